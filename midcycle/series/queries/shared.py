"""The calendar that communities share: meetups of this server and events of others, with what is at the same time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.engines.schedules.events import Listed, write_events
from midcycle.kernel.words import day_in_words
from midcycle.meetups.access import Visitor
from midcycle.meetups.models import Meetup
from midcycle.series.access import may_add_events, tended_series
from midcycle.series.models import CalendarEvent
from midcycle.series.rules.calendar import NEAR, Clash, Span, clashes
from midcycle.series.rules.regions import name_of

MOST: Final = 400
_AROUND: Final = timedelta(days=NEAR + 62)
_STILL_SHOWN: Final = timedelta(days=14)


@dataclass(frozen=True)
class Entry:
    """Something on the calendar. `path` is its page here, `url` a page elsewhere; `number` that of an event one may change."""

    key: str
    title: str
    when: str
    where: str
    region: str
    starts_on: date
    ends_on: date
    community: str
    path: str = ""
    url: str = ""
    stage: str = ""
    stage_name: str = ""
    beside: str = ""
    summit_of: str = ""
    number: int | None = None
    clashes: tuple[Clash, ...] = ()

    @property
    def month(self) -> str:
        """Return the month it begins in, in words."""
        return day_in_words(self.starts_on, "month")


@dataclass(frozen=True)
class SharedCalendar:
    """What is on the calendar from one day to another; None means without end. `year` is one that was asked for."""

    entries: tuple[Entry, ...]
    year: int | None
    years: tuple[int, ...]
    adds: bool
    overlaps: int
    is_cut: bool


def shared_calendar(visitor: Visitor, *, today: date, year: int | None = None) -> SharedCalendar:
    """Return the calendar of a year, or from two weeks ago on; the same number of queries however much there is."""
    first, last = (date(year, 1, 1), date(year, 12, 31)) if year else (today - _STILL_SHOWN, None)
    found = entries_between(first, last, visitor=visitor)
    return SharedCalendar(
        entries=found[:MOST],
        year=year,
        years=_years(),
        adds=may_add_events(visitor),
        overlaps=sum(any(clash.overlaps for clash in entry.clashes) for entry in found[:MOST]),
        is_cut=len(found) > MOST,
    )


def entries_between(first: date, last: date | None, *, visitor: Visitor | None = None) -> tuple[Entry, ...]:
    """Return what lasts into the time between two days, soonest first, each with what is at the same time or near.

    Two queries, and two more for somebody who is signed in.
    """
    since, until = max(first, date(1951, 1, 1)) - _AROUND, last + _AROUND if last else None
    entries = [*_meetups(since, until), *_events(since, until, visitor)]
    found = clashes([Span(entry.key, entry.title, entry.starts_on, entry.ends_on, entry.region) for entry in entries])
    shown = [entry for entry in entries if entry.ends_on >= first and (last is None or entry.starts_on <= last)]
    return tuple(
        Entry(**{**vars(entry), "clashes": found[entry.key]})
        for entry in sorted(shown, key=lambda entry: (entry.starts_on, entry.ends_on, entry.title, entry.key))
    )


def clashes_of(meetup: Meetup) -> tuple[Clash, ...]:
    """Return what is at the same time as a meetup, or near; nothing while it has no day."""
    if meetup.starts_on is None:
        return ()
    last = meetup.ends_on or meetup.starts_on
    found = entries_between(meetup.starts_on, last)
    return next((entry.clashes for entry in found if entry.key == f"m-{meetup.slug}"), ())


def as_ics(root: str, *, title: str, today: date) -> bytes:
    """Return the calendar from a year ago on as an iCalendar file; `root` is the address of this server without a slash."""
    found = entries_between(today - timedelta(days=365), None)
    return write_events([_listed(entry, root) for entry in found], title=title)


def _meetups(since: date, until: date | None) -> list[Entry]:
    found = Meetup.objects.exclude(starts_on=None).annotate(until=Coalesce("ends_on", "starts_on"))
    found = found.filter(_within("starts_on", "until", since, until)).select_related("series", "colocation")
    return [_of_meetup(meetup) for meetup in found]


def _of_meetup(meetup: Meetup) -> Entry:
    beside = getattr(meetup, "colocation", None)
    starts = meetup.starts_on or date.min
    return Entry(
        key=f"m-{meetup.slug}",
        title=meetup.title,
        when=meetup.when,
        where=meetup.where,
        region=meetup.region,
        starts_on=starts,
        ends_on=meetup.ends_on or starts,
        community=meetup.series.title if meetup.series else "",
        path=meetup.path,
        stage=meetup.stage,
        stage_name=meetup.stage_name,
        beside=gettext("Beside %(event)s, %(days)s") % {"event": beside.event, "days": beside.when} if beside else "",
    )


def _events(since: date, until: date | None, visitor: Visitor | None) -> list[Entry]:
    found = CalendarEvent.objects.filter(_within("starts_on", "ends_on", since, until)).select_related("summit_of")
    tended = {series.pk for series in tended_series(visitor)} if visitor is not None else set()
    return [_of_event(event, changes=_may_change(event, visitor, tended)) for event in found]


def _of_event(event: CalendarEvent, *, changes: bool) -> Entry:
    return Entry(
        key=f"e-{event.pk}",
        title=event.title,
        when=event.when,
        where=event.where or name_of(event.region),
        region=event.region,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        community=event.community,
        url=event.url,
        summit_of=event.summit_of.title if event.summit_of else "",
        number=event.pk if changes else None,
    )


def _may_change(event: CalendarEvent, visitor: Visitor | None, tended: set[int]) -> bool:
    """Say what `access.event_for` says, for many at once."""
    if not isinstance(visitor, Person):
        return False
    return visitor.is_administrator or event.added_by_id == visitor.pk or event.summit_of_id in tended


def _within(starts: str, ends: str, since: date, until: date | None) -> Q:
    begun = Q(**{f"{starts}__lte": until}) if until else Q()
    return begun & Q(**{f"{ends}__gte": since})


def _years() -> tuple[int, ...]:
    """Return the years there is something in, newest first; two queries."""
    meetups = Meetup.objects.exclude(starts_on=None).values_list(F("starts_on__year"), flat=True).distinct()
    events = CalendarEvent.objects.values_list(F("starts_on__year"), flat=True).distinct()
    return tuple(sorted({*meetups, *events}, reverse=True))


def _listed(entry: Entry, root: str) -> Listed:
    home = f"{root}{entry.path}" if entry.path else entry.url
    beside: Sequence[str] = [clash.sentence for clash in entry.clashes if clash.overlaps]
    return Listed(
        uid=str(uuid5(NAMESPACE_URL, f"{root}/calendar/#{entry.key}")),
        title=entry.title,
        starts_on=entry.starts_on,
        ends_on=entry.ends_on,
        stamp=datetime.combine(entry.starts_on, time(), UTC),
        location=entry.where,
        url=home,
        text=" ".join([f"{entry.community}." if entry.community else "", *beside]),
    )
