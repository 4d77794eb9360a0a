"""Knowing people."""

from datetime import datetime

from django.db import IntegrityError, transaction

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.kernel.addresses import canonical
from midcycle.kernel.typed import one_line


def person_for(email: str, *, now: datetime, name: str = "") -> Person:
    """Return the person with this address, new if nobody has it yet. A stranger cannot rename somebody.

    Raises Refusal when no letter could be sent there.
    """
    address = canonical(email)
    known = Person.objects.filter(email=address).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            person = Person(email=address, name=one_line(name)[:120], since=now)
            person.set_unusable_password()
            person.save()
            journal.record("accounts.person_known", at=now, actor=person.pk)
            return person
    except IntegrityError:  # somebody else was faster
        return Person.objects.get(email=address)


@transaction.atomic
def rename(person: Person, name: str, *, now: datetime) -> None:
    """Set the name others see."""
    person.name = one_line(name)[:120]
    person.save(update_fields=["name"])
    journal.record("accounts.person_renamed", at=now, actor=person.pk)


@transaction.atomic
def make_administrator(person: Person, *, now: datetime) -> None:
    """Let a person look after this instance."""
    person.is_administrator = True
    person.save(update_fields=["is_administrator"])
    journal.record("accounts.administrator_named", at=now, actor=person.pk)
