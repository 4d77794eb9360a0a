"""What has changed on the day, what could be done about it, and what each of that costs."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext, gettext_noop, ngettext

from midcycle.accounts.models import Person
from midcycle.agenda.models import Pick, Room, Search, SessionPart, Slot
from midcycle.agenda.queries.asking import is_frozen
from midcycle.agenda.queries.history import ELSEWHERE
from midcycle.agenda.queries.problem import findings_in, on_the_day, start_of, wishes_of
from midcycle.agenda.queries.released import newest_number
from midcycle.agenda.queries.rows import Rows, plain_slot, rows_of
from midcycle.agenda.rules import HELD_KINDS, PRESENT, clock, values
from midcycle.agenda.rules.kept import conflict_in_words
from midcycle.agenda.rules.replanning import REPLAN_KINDS, Situation, plan_of, situation
from midcycle.agenda.rules.searching import UNDER_WAY, Gap, gap_between
from midcycle.agenda.rules.wishes import lost_wishes
from midcycle.engines.solver.model import Placement, Problem
from midcycle.journal.queries import newest_entry
from midcycle.meetups.models import Meetup

MOST_OUTGROWN: Final = 5
_OPTIONS: Final = {"none": gettext_noop("Nothing moves"), "few": gettext_noop("Few moves"), "best": gettext_noop("The best")}
_BESIDE: Final = (
    *ELSEWHERE,
    *(f"agenda.{kind}" for kind in ("released", "frozen", "thawed", "round_asked", "round_answered")),
    *(f"agenda.{kind}" for kind in ("draft_kept", "draft_dropped", "notes_linked", "session_started")),
)
"""What leaves what was worked out as good as it was."""


@dataclass(frozen=True)
class Day:
    """The agenda as it stands at a moment, and what of it can stand. `begun` has the slots that have begun or are over."""

    rows: Rows
    problem: Problem
    begun: frozenset[int]
    situation: Situation


@dataclass(frozen=True)
class Trouble:
    """Something that is wrong now, in a sentence. `session` is the number of the session it is about."""

    sentence: str
    session: int | None = None


@dataclass(frozen=True)
class Changed:
    """What stands wrong now, and the times to come, for forms.

    `outgrown` counts further sessions beyond those told. `frozen`: nobody moves anything until the agenda is thawed.
    """

    troubles: tuple[Trouble, ...]
    outgrown: tuple[Trouble, ...]
    more_outgrown: int
    waiting: tuple[Trouble, ...]
    times: tuple[tuple[int, str], ...]
    begun: int
    frozen: bool

    @property
    def is_wrong(self) -> bool:
        """Tell whether anything is."""
        return bool(self.troubles or self.outgrown or self.waiting)


@dataclass(frozen=True)
class Moved:
    """A session an option moves, and in words from where to where. `is_forced`: it cannot stay where it is."""

    title: str
    words: str
    is_forced: bool


@dataclass(frozen=True)
class Option:
    """A way to go on. `change` counts wishes against leaving everything; `gap` is None until something is proven."""

    kind: str
    attended: int
    change: int
    moved: tuple[Moved, ...]
    left_out: tuple[str, ...]
    least_share: int | None
    gap: Gap | None = None
    is_under_way: bool = False
    is_on_board: bool = False

    @property
    def name(self) -> str:
        """What it is called."""
        return gettext(_OPTIONS[self.kind])

    @property
    def proof(self) -> str:
        """How far it is proven, in words."""
        if self.is_proven:
            return gettext("proven: none of its kind is better")
        if self.gap is not None:
            return gettext("proven: at most %(gap)s from the best of its kind") % {"gap": self.gap.percent}
        return gettext("not proven yet") if self.is_under_way else gettext("not proven")

    @property
    def is_proven(self) -> bool:
        """Tell whether there is known to be none better of its kind."""
        return self.gap is not None and self.gap.is_closed

    @property
    def lost(self) -> int:
        """How many wishes fewer."""
        return max(0, -self.change)

    @property
    def forced(self) -> int:
        """How many of its moves cannot be avoided."""
        return sum(one.is_forced for one in self.moved)


@dataclass(frozen=True)
class Options:
    """What was worked out. `nothing` is leaving everything; `upset` says what cannot take place then, and why.

    `let_go` names pinned sessions that were free to move. `is_stale`: something has changed since.
    """

    nothing: Option
    others: tuple[Option, ...]
    wanted: int
    upset: tuple[str, ...]
    let_go: tuple[str, ...]
    is_stale: bool
    release: int | None

    @property
    def is_under_way(self) -> bool:
        """Tell whether something may still be found or proven."""
        return any(option.is_under_way for option in self.others)

    @property
    def on_board(self) -> bool:
        """Tell whether one of them is on the board, and nothing was changed since."""
        return any(option.is_on_board for option in self.others)


def day_of(meetup: Meetup, now: datetime) -> Day:
    """Return the agenda as it stands at a moment; the number of queries does not grow with it."""
    rows = rows_of(meetup)
    picks = Pick.objects.filter(session__meetup=meetup).select_related("person").order_by("pk")
    chosen: Iterable[tuple[Person, int, bool]] = ((pick.person, pick.session_id, pick.wanted) for pick in picks)
    problem, stands = on_the_day(rows, wishes_of(meetup), chosen)
    begun = clock.begun(rows.plain_slots, starts_on=meetup.starts_on, timezone=meetup.timezone, now=now)
    past = frozenset(slot.id for slot in problem.slots if start_of(slot.id) in begun)
    return Day(rows, problem, begun, situation(problem, stands, past))


def changed(meetup: Meetup, now: datetime) -> Changed:
    """Return what stands wrong at a moment in what is to come, which sessions outgrow their room, and which have no place."""
    day = day_of(meetup, now)
    rows, live = day.rows, set(day.situation.stands)
    troubles = [f for f in findings_in(rows) if f.slot is None or not live.isdisjoint(f.topics)]
    outgrown = _outgrown(day)
    titles = {session.pk: session.title for session in rows.sessions}
    waiting = [t.id for t in day.problem.topics if t.id not in rows.placements]
    return Changed(
        troubles=tuple(Trouble(f.sentence, int(f.topics[0]) if f.topics else None) for f in troubles),
        outgrown=outgrown[:MOST_OUTGROWN],
        more_outgrown=len(outgrown[MOST_OUTGROWN:]),
        waiting=tuple(Trouble(gettext("%(title)s has no place.") % {"title": titles[int(n)]}, int(n)) for n in waiting),
        times=_to_come(rows.plain_slots, day.begun, meetup, rows.days),
        begun=len(day.begun),
        frozen=is_frozen(meetup),
    )


def times_to_come(meetup: Meetup, now: datetime) -> tuple[tuple[int, str], ...]:
    """Return the times sessions can be at that have not begun, in words; one query."""
    slots = clock.in_order(plain_slot(slot) for slot in Slot.objects.filter(meetup=meetup))
    days = max([clock.days_between(meetup.starts_on, meetup.ends_on), *(slot.day for slot in slots)])
    begun = clock.begun(slots, starts_on=meetup.starts_on, timezone=meetup.timezone, now=now)
    return _to_come(slots, begun, meetup, days)


def needed_people(meetup: Meetup) -> QuerySet[Person]:
    """Return the people sessions need, by name."""
    needed = SessionPart.objects.filter(session__meetup=meetup, part__in=PRESENT)
    return Person.objects.filter(pk__in=needed.values("person")).order_by("name", "pk")


def rooms_of(meetup: Meetup) -> QuerySet[Room]:
    """Return the rooms in their order."""
    return Room.objects.filter(meetup=meetup).select_related("meetup").order_by("position", "pk")


def options(meetup: Meetup, now: datetime) -> Options | None:
    """Return what was worked out, None when nothing was. The number of queries does not grow with the agenda."""
    held = Search.objects.defer("problem").filter(meetup=meetup, kind__in=REPLAN_KINDS)
    searches = {search.kind: search for search in held}
    if len(searches) < len(REPLAN_KINDS):
        return None
    rows, told = rows_of(meetup), searches["few"].told
    names, begun = _Names(rows), clock.begun(rows.plain_slots, starts_on=meetup.starts_on, timezone=meetup.timezone, now=now)
    upset = {int(number): sentences for number, sentences in told["upset"].items()}
    version = board_version(meetup)
    without = tuple(names.title(number) for number in told["topics"] if str(number) not in told["places"])
    return Options(
        nothing=Option("none", searches["few"].first_attended or 0, 0, (), without, _percent(told["least"])),
        others=tuple(_option(searches[kind], names, version) for kind in REPLAN_KINDS),
        wanted=searches["few"].wanted,
        upset=tuple(conflict_in_words(sentence) for sentences in upset.values() for sentence in sentences),
        let_go=tuple(names.title(number) for number in told["let_go"]),
        is_stale=told["begun"] != len(begun) or version not in {told["version"], *(s.put_version for s in held)},
        release=newest_number(meetup),
    )


def board_version(meetup: Meetup) -> int:
    """Return the number of the last deed that could make what was worked out wrong; one query."""
    return newest_entry(meetup.pk, "agenda.", but=_BESIDE)


def places_before(search: Search) -> dict[int, Placement]:
    """Return where the sessions were for which a re-plan was worked out."""
    return {int(number): (slot, room) for number, (slot, room) in search.told["places"].items()}


def places_after(search: Search) -> dict[int, Placement]:
    """Return where a re-plan has its sessions. The files of the search have the numbers, `keys` says what they mean."""
    keys, grid = search.keys, json.loads(search.plan)["assign"]
    return {
        int(keys["topics"][int(t)]): (keys["places"][int(t)][str(seat["slot"])], keys["rooms"][seat["room"]])
        for t, seat in grid.items()
    }


def _to_come(slots: Iterable[values.Slot], begun: frozenset[int], meetup: Meetup, days: int) -> tuple[tuple[int, str], ...]:
    held = [slot for slot in slots if slot.kind in HELD_KINDS and slot.starts and slot.id not in begun]
    return tuple((slot.id, clock.slot_name(slot, starts_on=meetup.starts_on, days=days)) for slot in held)


def _outgrown(day: Day) -> tuple[Trouble, ...]:
    """Return the sessions to come for which their room is too small, the most crowded first."""
    topics = {topic.id: topic for topic in day.situation.problem.topics}
    rooms = {room.id: room for room in day.situation.problem.rooms}
    standing = day.situation.kept
    found = []
    for lost in lost_wishes(day.situation.problem, plan_of(day.situation.problem, standing)):
        room = rooms.get(standing[lost.topic][1] or 0) if lost.topic in standing else None
        comfort = topics[lost.topic].comfort
        if room is None or room.capacity is None or not lost.no_seat or (comfort is not None and comfort <= room.capacity):
            continue
        sentence = ngettext(
            "%(title)s outgrows %(room)s: %(count)s more person could come than its %(seats)s seats take.",
            "%(title)s outgrows %(room)s: %(count)s more people could come than its %(seats)s seats take.",
            lost.no_seat,
        )
        facts = {"title": lost.title, "room": room.called, "count": lost.no_seat, "seats": room.capacity}
        found.append((lost.no_seat, Trouble(sentence % facts, int(lost.topic))))
    return tuple(trouble for _, trouble in sorted(found, key=lambda pair: -pair[0]))


def _option(search: Search, names: "_Names", version: int) -> Option:
    before, after = places_before(search), places_after(search)
    upset = {int(number) for number in search.told["upset"]}
    changes = [n for n in {**before, **after} if _start(before.get(n)) != _start(after.get(n))]
    attended = search.attended or 0
    proven = search.score is not None and search.bound is not None
    return Option(
        kind=search.kind,
        attended=attended,
        change=attended - (search.first_attended or 0),
        moved=tuple(Moved(names.title(n), names.move(before.get(n), after.get(n)), n in upset) for n in changes),
        left_out=tuple(names.title(n) for n in search.told["topics"] if n not in after),
        least_share=_percent(search.least_share),
        gap=gap_between(search.score or 0, search.bound or 0, attended, search.wanted) if proven else None,
        is_under_way=search.state in UNDER_WAY,
        is_on_board=search.put_version == version,
    )


def _start(place: Placement | None) -> tuple[int, object] | None:
    return None if place is None else (start_of(place[0]), place[1])


class _Names:
    """What sessions, slots and rooms are called; those that were removed meanwhile as well."""

    def __init__(self, rows: Rows) -> None:
        self.titles: Mapping[int, str] = {session.pk: session.title for session in rows.sessions}
        self.slots: Mapping[int, str] = {slot.id: rows.slot_name(slot) for slot in rows.plain_slots}
        self.rooms: Mapping[int, str] = {room.pk: room.name for room in rows.rooms}

    def title(self, session: int) -> str:
        """Return the title of a session."""
        return self.titles.get(session, gettext("A session that was removed"))

    def move(self, before: Placement | None, after: Placement | None) -> str:
        """Return such as `from Mon 09:30, Hall to Mon 10:30, Loft`, or `from Hall to Loft, Mon 09:30` at the same time."""
        if after is None:
            lost = gettext("loses its place, %(place)s")
            return gettext("loses its place") if before is None else lost % {"place": self._place(before)}
        if before is None:
            return gettext("to %(place)s") % {"place": self._place(after)}
        if start_of(before[0]) == start_of(after[0]):
            facts = {"one": self._room(before), "other": self._room(after), "time": self._time(after)}
            return gettext("from %(one)s to %(other)s, %(time)s") % facts
        return gettext("from %(one)s to %(other)s") % {"one": self._place(before), "other": self._place(after)}

    def _place(self, place: Placement) -> str:
        return f"{self._time(place)}, {self._room(place)}"

    def _time(self, place: Placement) -> str:
        return self.slots.get(start_of(place[0]), gettext("a time that was removed"))

    def _room(self, place: Placement) -> str:
        return gettext("no room") if place[1] is None else self.rooms.get(int(place[1]), gettext("a room that was removed"))


def _percent(share: float | None) -> int | None:
    return None if share is None else round(100 * share)
