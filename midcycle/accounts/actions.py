"""Knowing people."""

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import connection, transaction
from django.db.models import SET_NULL, ForeignObjectRel

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.kernel.addresses import canonical
from midcycle.kernel.typed import one_line
from midcycle.web.prepared import Constant, Prepared, asked

NOWHERE: Final = "erased.invalid"
_GOES_WITH_THE_PERSON: Final = frozenset(
    {
        "dead_address",
        "emailaddress_set",
        "letters",
        "merged_voices",
        "no_mailings",
        "outcome_silences",
        "planning_memberships",
        "weekly_wishes",
    }
)
_UNLESS_KNOWN: Final = Constant("""
INSERT INTO accounts_person (password, email, name, language, is_administrator, is_active, since)
VALUES (%s, %s, %s, '', %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id
""")
_KNOWN: Final = Prepared(lambda: Person.objects.filter(email=asked("email")))
_KEPT: Final = Prepared(lambda: Person.objects.select_for_update(no_key=True).filter(email=asked("email")))


def person_for(email: str, *, now: datetime, name: str = "") -> Person:
    """Return the person with this address, new if nobody has it yet. A stranger cannot rename somebody.

    Raises Refusal when no letter could be sent there.
    """
    person, is_new = _known_or_new(email, name, _KNOWN, now=now)
    if is_new:
        journal.record("accounts.person_known", at=now, actor=person.pk)
    return person


def met(email: str, *, now: datetime, name: str = "") -> tuple[Person, bool]:
    """Return the person with this address, and whether nobody had it yet. One statement for somebody new.

    For deeds whose own journal entry tells of the person too; until their transaction ends nobody can forget the person.
    Raises Refusal when no letter could be sent there.
    """
    return _known_or_new(email, name, _KEPT, now=now)


def held(person: Person) -> Person | None:
    """Return the person, locked until the transaction ends, or None when they were forgotten meanwhile."""
    return Person.objects.select_for_update().filter(pk=person.pk).first()


def met_all(names: Mapping[str, str], *, now: datetime) -> dict[str, tuple[Person, bool]]:
    """Return for each address, in the form it is kept in, the person and whether nobody had it yet; `names` are theirs if so.

    As many statements for one as for many. As with `met`, nobody can forget them until the transaction ends. Those nobody has
    are made first, all of them in the order of their addresses, and the others held after that, in an order too: no two deeds
    wait for each other.
    """
    people: dict[str, tuple[Person, bool]] = {}
    while left := names.keys() - people.keys():  # somebody known may be forgotten in just that moment
        fresh = {email: _no_password() for email in sorted(left)}
        new = [Person(email=key, name=one_line(names[key])[:120], since=now, password=word) for key, word in fresh.items()]
        Person.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
        known = Person.objects.select_for_update(no_key=True).filter(email__in=left).order_by("email")
        people |= {person.email: (person, person.password == fresh[person.email]) for person in known}
    return people


def hold_all(numbers: Collection[int]) -> None:
    """Hold these people until the transaction ends: nobody else can change or forget them."""
    list(Person.objects.select_for_update().filter(pk__in=numbers).order_by("email"))


def nobodies(number: int, *, now: datetime) -> list[Person]:
    """Return so many people nobody can be, in one statement."""
    blank = {"name": "", "since": now, "is_active": False}
    people = [Person(email=f"{secrets.token_hex(16)}@{NOWHERE}", password=_no_password(), **blank) for _ in range(number)]
    return Person.objects.bulk_create(people)


def nobody(*, now: datetime) -> Person:
    """Return a new person nobody can be, who keeps the figures of somebody forgotten. No letter gets there (RFC 2606)."""
    return nobodies(1, now=now)[0]


def forget_unless_needed(person: Person) -> bool:
    """Delete a person nothing on this instance refers to any more; return whether that was so.

    Letters to them do not count: they go with the person.
    """
    return forget_all_unless_needed([person.pk]) == 1


def forget_all_unless_needed(numbers: Collection[int]) -> int:
    """Delete those of these people nothing refers to any more; return how many. One statement for each kind of reference.

    Whoever looks after the instance stays.
    """
    left = set(numbers)
    relations = [field for field in Person._meta.get_fields(include_hidden=True) if isinstance(field, ForeignObjectRel)]
    for relation in relations:
        if relation.on_delete is SET_NULL or relation.get_accessor_name() in _GOES_WITH_THE_PERSON:
            continue
        key = relation.field.attname
        rows = relation.related_model._default_manager.filter(**{f"{key}__in": left})
        left -= set(rows.values_list(key, flat=True))
    left -= set(Person.objects.filter(pk__in=left, is_administrator=True).values_list("pk", flat=True))
    Person.objects.filter(pk__in=left).delete()
    return len(left)


def _no_password() -> str:
    """Return what nobody can sign in with, different each time."""
    return f"{UNUSABLE_PASSWORD_PREFIX}{secrets.token_urlsafe(30)}"


@transaction.atomic
def rename(person: Person, name: str, *, now: datetime) -> None:
    """Set the name others see."""
    person.name = one_line(name)[:120]
    person.save(update_fields=["name"])
    journal.record("accounts.person_renamed", at=now, actor=person.pk)


@transaction.atomic
def choose_language(person: Person, language: str, *, now: datetime) -> None:
    """Write letters to a person in this language from now on; the same again is harmless."""
    if person.language != language:
        person.language = language
        person.save(update_fields=["language"])
        journal.record("accounts.language_chosen", at=now, actor=person.pk)


@transaction.atomic
def make_administrator(person: Person, *, now: datetime) -> None:
    """Let a person look after this instance."""
    person.is_administrator = True
    person.save(update_fields=["is_administrator"])
    journal.record("accounts.administrator_named", at=now, actor=person.pk)


def _known_or_new(email: str, name: str, people: Prepared[Person], *, now: datetime) -> tuple[Person, bool]:
    person = Person(email=canonical(email), name=one_line(name)[:120], since=now)
    person.set_unusable_password()
    values = person.password, person.email, person.name, False, True, connection.ops.adapt_datetimefield_value(now)
    while True:  # somebody known may be forgotten in just that moment
        with connection.cursor() as cursor:
            cursor.execute(_UNLESS_KNOWN, values)
            row = cursor.fetchone()
        if row is not None:
            columns = ("id", "password", "last_login", "email", "name", "language", "is_administrator", "is_active", "since")
            told = row[0], person.password, None, person.email, person.name, "", False, True, now
            return Person.from_db(connection.alias, columns, told), True
        known = people.first(email=person.email)
        if known is not None:
            return known, False
