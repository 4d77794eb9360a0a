"""Entries of the shared calendar: typed in, or taken from a file."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.engines.schedules.events import Found
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import has_ink, one_line
from midcycle.meetups.models import Series
from midcycle.series.models import CalendarEvent
from midcycle.series.rules.facts import FIRST_DAY, LAST_DAY
from midcycle.series.rules.regions import key_of

MOST_DAYS: Final = 62
MOST_EVENTS: Final = 1000  # of one person


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of an event."""

    title: str
    starts_on: date
    ends_on: date
    community: str = ""
    url: str = ""
    city: str = ""
    country: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a file: how many entries are new, changed, and as they were."""

    new: int
    changed: int
    same: int


@transaction.atomic
def add_event(said: Said, *, by: Person, now: datetime, summit_of: Series | None = None) -> CalendarEvent:
    """Add an event. Raises Refusal when the days make no sense, and for one who added very many."""
    values = _checked(said)
    _check_room(by, 1)
    event = CalendarEvent.objects.create(**values, summit_of=summit_of, added_by=by, added_at=now)
    _record("series.event_added", event, by, now)
    return event


@transaction.atomic
def change_event(event: CalendarEvent, said: Said, *, by: Person, now: datetime, summit_of: Series | None = None) -> None:
    """Say other things about an event. Raises Refusal when the days make no sense."""
    CalendarEvent.objects.filter(pk=event.pk).update(**_checked(said), summit_of=summit_of)
    _record("series.event_changed", event, by, now)


@transaction.atomic
def drop_event(event: CalendarEvent, *, by: Person, now: datetime) -> None:
    """Take an event off the calendar."""
    number = event.pk
    if CalendarEvent.objects.filter(pk=number).delete()[0]:
        journal.record("series.event_dropped", at=now, actor=by.pk, facts={"event": number})


@transaction.atomic
def take_in(found: tuple[Found, ...], *, community: str, region: str, by: Person, now: datetime) -> Taken:
    """Take over the events of a file; one that the same person took over before is known by its UID and changed.

    Raises Refusal when one person would have very many.
    """
    Person.objects.select_for_update().get(pk=by.pk)  # two files of one person go one after the other
    mine = {event.uid: event for event in CalendarEvent.objects.filter(added_by=by).exclude(uid="")}
    fresh = [each for each in found if each.uid not in mine]
    _check_room(by, len(fresh))
    called, where = one_line(community)[:120], key_of(region)
    CalendarEvent.objects.bulk_create(
        CalendarEvent(**_of_file(each), community=called, region=where, uid=each.uid, added_by=by, added_at=now)
        for each in fresh
    )
    changed = [each for each in found if each.uid in mine and _differs(mine[each.uid], each)]
    for each in changed:
        CalendarEvent.objects.filter(pk=mine[each.uid].pk).update(**_of_file(each))
    taken = Taken(len(fresh), len(changed), len(found) - len(fresh) - len(changed))
    journal.record("series.events_taken_in", at=now, actor=by.pk, facts=asdict(taken))
    return taken


def _checked(said: Said) -> dict[str, object]:
    if not has_ink(said.title):
        raise Refusal(gettext("Give the event its name."), field="title")
    if said.ends_on < said.starts_on:
        raise Refusal(gettext("The last day is before the first. Choose a later last day."), field="ends_on")
    if said.ends_on - said.starts_on >= timedelta(days=MOST_DAYS):
        told = gettext("These are more than %(most)s days. Choose the days people are there.") % {"most": MOST_DAYS}
        raise Refusal(told, field="ends_on")
    if not FIRST_DAY <= said.starts_on <= LAST_DAY:
        raise Refusal(gettext("Choose a day of this century or the last."), field="starts_on")
    texts = {"title": 160, "community": 120, "city": 80}
    values = asdict(said)
    return {**values, **{name: one_line(values[name])[:longest] for name, longest in texts.items()}}


def _check_room(by: Person, more: int) -> None:
    if CalendarEvent.objects.filter(added_by=by).count() + more > MOST_EVENTS:
        raise Refusal(gettext("One person adds %(most)s events at most. Take some away first.") % {"most": MOST_EVENTS})


def _of_file(found: Found) -> dict[str, object]:
    return {
        "title": found.title,
        "url": found.url,
        "city": found.location[:80],
        "starts_on": found.starts_on,
        "ends_on": found.ends_on,
    }


def _differs(event: CalendarEvent, found: Found) -> bool:
    return any(getattr(event, name) != value for name, value in _of_file(found).items())


def _record(kind: str, event: CalendarEvent, by: Person, now: datetime) -> None:
    journal.record(kind, at=now, actor=by.pk, facts={"event": event.pk})
