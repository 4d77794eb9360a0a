"""Quotas: so many seats at most for one kind of people."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext, gettext_noop

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.meetups.models import Meetup
from midcycle.registration import rules
from midcycle.registration.actions import ground
from midcycle.registration.actions.promoting import promote
from midcycle.registration.models import Capacity, Quota, Seat
from midcycle.registration.queries.words import told
from midcycle.registration.rules import line


@transaction.atomic
def set_quota(meetup: Meetup, kind: str, value: str, most: int | None, *, by: Person, now: datetime) -> int:
    """Set how many seats one kind of people can have, None for no limit; return how many were promoted. Raises Refusal.

    One organisation is named as people write it. The value `*` is what each organisation has that has no quota of its own.
    """
    capacity = ground.locked_or_new(meetup)
    key = line.organisation_key(value) if kind == "organisation" and value != line.EACH else value
    if not key or (key == line.EACH and kind != "organisation"):
        raise Refusal(gettext("Say for whom: this names nobody."), field="whom")
    if most is None:
        _remove(meetup, kind, key)
    elif key == line.EACH:
        _keep_for_each(meetup, most)
    else:
        _keep(meetup, kind, key, most, name=one_line(value)[:120] if kind == "organisation" else "")
    capacity.has_quotas = Quota.objects.filter(meetup=meetup).exists()
    Capacity.objects.filter(pk=capacity.pk).update(has_quotas=capacity.has_quotas)
    promoted = promote(capacity, reason=gettext_noop("a quota was changed"), now=now)
    facts = {"kind": kind, "most": most, "promoted": promoted}
    journal.record("registration.quota_set", at=now, meetup=meetup.pk, actor=by.pk, facts=facts)
    return promoted


def _keep(meetup: Meetup, kind: str, value: str, most: int, *, name: str) -> None:
    held = _held_by_value(meetup, kind)[value]
    _check(held, most, rules.quota_name(kind, value))
    known = Quota.objects.filter(meetup=meetup, kind=kind, value=value).first()
    kept = known.name if known and name == value else name  # a key tells less than what was written before
    said = {"most": most, "held": held, "name": kept, "copied": False}
    Quota.objects.update_or_create(meetup=meetup, kind=kind, value=value, defaults=said)


def _keep_for_each(meetup: Meetup, most: int) -> None:
    if most < 1:
        raise Refusal(gettext("Give each organisation one seat at least, or remove this."), field="most")
    of_organisations = Quota.objects.filter(meetup=meetup, kind="organisation").exclude(value=line.EACH)
    own = set(of_organisations.filter(copied=False).values_list("value", flat=True))
    held = {value: number for value, number in _held_by_value(meetup, "organisation").items() if value not in own}
    _check(max(held.values(), default=0), most, "people of one organisation")
    Quota.objects.update_or_create(meetup=meetup, kind="organisation", value=line.EACH, defaults={"most": most})
    of_organisations.filter(copied=True).delete()
    copies = [
        Quota(meetup=meetup, kind="organisation", value=value, most=most, held=number, copied=True)
        for value, number in held.items()
    ]
    Quota.objects.bulk_create(copies, batch_size=500)


def _remove(meetup: Meetup, kind: str, value: str) -> None:
    """Take a quota away; an organisation that had its own has what each has, from then on."""
    gone = Quota.objects.filter(meetup=meetup, kind=kind)
    if value == line.EACH:
        gone.filter(Q(value=line.EACH) | Q(copied=True)).delete()
        return
    gone.filter(value=value).delete()
    each = gone.filter(value=line.EACH).first()
    if each is not None:
        _keep_for_each(meetup, each.most)


def _check(held: int, most: int, whom: str) -> None:
    if held > most:
        said = gettext("%(held)s seats for %(whom)s are taken already. Type %(held)s or more.")
        raise Refusal(said % {"held": held, "whom": told(whom)}, field="most")


def _held_by_value(meetup: Meetup, kind: str) -> Counter[str]:
    """Return how many seats are taken by each value that people count as."""
    seats = Seat.objects.filter(meetup=meetup, state__in=rules.TAKES_A_SEAT)
    return Counter(value for seat in seats if (value := line.counted_as(seat.claim).get(kind)))
