"""Thanking underwriters."""

from datetime import datetime

from django.db import transaction

from midcycle.accounts.models import Person
from midcycle.funding.models import Underwriter
from midcycle.funding.rules import fault_in
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup


@transaction.atomic
def thank(meetup: Meetup, name: str, *, is_host: bool, by: Person, now: datetime) -> Underwriter:
    """Thank an underwriter; one who is thanked already is not thanked twice, but may become the host as well.

    Raises Refusal for a blank or long name, and once the meetup is archived.
    """
    meetups.check_changeable(meetup.pk)
    name = one_line(name)
    fault = fault_in(name)
    if fault is not None:
        raise Refusal(fault, field="name")
    known = Underwriter.objects.filter(meetup=meetup, name__iexact=name).first()
    if known is None:
        known, changed = Underwriter.objects.get_or_create(meetup=meetup, name=name, defaults={"is_host": is_host})
    else:
        changed = is_host and not known.is_host
        Underwriter.objects.filter(pk=known.pk).update(is_host=known.is_host or is_host)
        known.is_host = known.is_host or is_host
    if changed:
        _record("funding.underwriter_thanked", known, by, now=now)
    return known


@transaction.atomic
def remove(underwriter: Underwriter, *, by: Person, now: datetime) -> None:
    """Take an underwriter off the list. Raises Refusal once the meetup is archived."""
    meetups.check_changeable(underwriter.meetup_id)
    gone, _ = Underwriter.objects.filter(pk=underwriter.pk).delete()
    if gone:
        _record("funding.underwriter_removed", underwriter, by, now=now)


def _record(kind: str, underwriter: Underwriter, by: Person, *, now: datetime) -> None:
    journal.record(kind, at=now, meetup=underwriter.meetup_id, actor=by.pk, facts={"underwriter": underwriter.pk})
