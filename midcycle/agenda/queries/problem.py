"""The agenda as the solver knows it: what it may place where, and who wants and needs to be there.

A session of several slots goes into a stretch, which the solver knows as one more slot that overlaps those it is made of; its
key names them, `12+13`. `start_of` leads back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from midcycle.accounts.models import Person
from midcycle.agenda.models import Session
from midcycle.agenda.queries.rows import Rows, rows_of
from midcycle.agenda.rules import FORMATS, HELD_KINDS, NEEDED, PRESENT, values
from midcycle.agenda.rules.spans import span, spans
from midcycle.engines.solver import model
from midcycle.engines.solver.check import Finding, check
from midcycle.meetups.models import Meetup
from midcycle.topics.models import Topic
from midcycle.topics.queries import voices_of

_AND: Final = "+"


@dataclass(frozen=True)
class Drafting:
    """What a draft is made from. Topics without a session yet stand in `problem` as `t<number>`."""

    rows: Rows
    problem: model.Problem
    newcomers: tuple[Topic, ...]

    @property
    def frame(self) -> tuple[object, ...]:
        """What must not change while a draft is made: slots, rooms and pins."""
        pins = tuple((t.id, t.pinned_slot, t.pinned_room) for t in self.problem.topics if t.pinned_slot or t.pinned_room)
        return (self.problem.slots, self.problem.rooms, pins)


@dataclass(frozen=True)
class Wish:
    """One person's voice for a topic, with the weight the meetup's way to vote gives it."""

    topic: int
    person: Person
    weight: int = 1


def drafting(meetup: Meetup) -> Drafting:
    """Return the problem a draft solves: open topics and sessions, pins kept, breaks and free time out of reach."""
    rows = rows_of(meetup)
    fresh = Topic.objects.filter(meetup=meetup, withdrawn_at=None, session=None)
    newcomers = tuple(fresh.prefetch_related("offers__person").order_by("pk"))
    alone = _times_together(rows)
    topics = [_drafted(rows, s, alone.get(s.pk)) for s in rows.sessions if _can_be_drafted(rows, s)]
    topics += [_newcomer(rows, topic) for topic in newcomers]
    people = _people(rows.sessions) | {offer.person_id: offer.person for topic in newcomers for offer in topic.offers.all()}
    keys: dict[int, model.Id] = {s.topic_id: s.pk for s in rows.sessions if s.topic_id}
    keys |= {topic.pk: f"t{topic.pk}" for topic in newcomers}
    slots = _slots(rows, reserved=frozenset({"break", "free"}))
    return Drafting(rows, _problem(rows, slots, topics, people, _supports(wishes_of(meetup), keys)), newcomers)


def present(given: Drafting) -> dict[model.Id, model.Placement]:
    """Return where the sessions that are drafted stand on the board now."""
    drafted = {topic.id for topic in given.problem.topics}
    return {key: place for key, place in _assigned(given.rows).items() if key in drafted}


def as_it_stands(rows: Rows, wishes: Iterable[Wish]) -> tuple[model.Problem, dict[model.Id, model.Placement]]:
    """Return the present agenda as a problem with drafting rules but without newcomers, and where its sessions are."""
    topics = [_drafted(rows, session) for session in rows.sessions if not _timeless(rows, session)]
    keys: dict[int, model.Id] = {s.topic_id: s.pk for s in rows.sessions if s.topic_id}
    slots = _slots(rows, reserved=frozenset({"break", "free"}))
    return _problem(rows, slots, topics, _people(rows.sessions), _supports(wishes, keys)), _assigned(rows)


def on_the_day(
    rows: Rows, wishes: Iterable[Wish], picks: Iterable[tuple[Person, int, bool]]
) -> tuple[model.Problem, dict[model.Id, model.Placement]]:
    """Return the present agenda as a problem with what people have in their own agendas, and where its sessions are.

    Each of `picks` is a person, a session, and whether it was put in or taken out. Who put one in wants it once. Sessions
    without a place whose topic was withdrawn are not in it.
    """
    assigned = _assigned(rows)
    sessions = [s for s in rows.sessions if not _timeless(rows, s) and (s.pk in assigned or not s.lost_its_topic)]
    keys: dict[int, model.Id] = {s.topic_id: s.pk for s in rows.sessions if s.topic_id}
    wanted = {(person.pk, key): (person, key, weight) for person, key, weight in _supports(wishes, keys)}
    for person, session, is_in in picks:
        if is_in:
            wanted.setdefault((person.pk, session), (person, session, 1))
        else:
            wanted.pop((person.pk, session), None)
    slots = _slots(rows, reserved=frozenset({"break", "free"}))
    topics = [_drafted(rows, session) for session in sessions]
    return _problem(rows, slots, topics, _people(rows.sessions), wanted.values()), assigned


def start_of(slot: model.Id) -> int:
    """Return the number of the slot in which what is placed in this one begins."""
    return int(str(slot).split(_AND)[0])


def findings(meetup: Meetup) -> tuple[Finding, ...]:
    """Return what is wrong with the present placements: people or rooms booked twice, protected time used, and so on.

    Reports real grids as they are: any time may hold a session but free time, and pins prove nothing.
    """
    return findings_in(rows_of(meetup))


def findings_in(rows: Rows) -> tuple[Finding, ...]:
    """Return the findings of rows already read."""
    topics = [
        model.Topic(s.pk, s.title, s.format, plenary=s.for_all, needed=_with_part(s, PRESENT), slots=_unbroken(rows, s))
        for s in rows.sessions
        if not _timeless(rows, s)
    ]
    problem = _problem(rows, _slots(rows, reserved=frozenset({"free"})), topics, _people(rows.sessions), ())
    return check(problem, _assigned(rows), None)


def wishes_of(meetup: Meetup) -> tuple[Wish, ...]:
    """Return every support for the topics of a meetup that were not withdrawn; one query."""
    return tuple(Wish(voice.topic_id, voice.person, weight) for voice, weight in voices_of(meetup))


def _problem(
    rows: Rows,
    slots: tuple[model.Slot, ...],
    topics: Iterable[model.Topic],
    people: Mapping[int, Person],
    supports: Iterable[tuple[Person, model.Id, int]],
) -> model.Problem:
    kept = tuple(topics)
    known = {topic.id for topic in kept}
    wanted = [voice for voice in supports if voice[1] in known]
    everybody = {**people, **{person.pk: person for person, _, _ in wanted}}
    long = _stretches(rows, slots)
    return model.Problem(
        slots=(*slots, *(stretch for stretch, _ in long)),
        rooms=tuple(model.Room(room.pk, room.seats, _shut(rows.closed.get(room.pk), long), room.name) for room in rows.rooms),
        topics=kept,
        people=tuple(
            model.Person(number, str(everybody[number]), _there(rows.there(number), long)) for number in sorted(everybody)
        ),
        supports=tuple(model.Support(person.pk, topic, weight) for person, topic, weight in wanted),
    )


def _slots(rows: Rows, *, reserved: frozenset[str]) -> tuple[model.Slot, ...]:
    """Return the slots that have a start. Of an unknown end only the first minute is sure."""
    found = []
    for slot in rows.plain_slots:
        if slot.starts is not None:
            start = slot.starts.hour * 60 + slot.starts.minute
            end = start if slot.ends is None else slot.ends.hour * 60 + slot.ends.minute
            kept = slot.kind in reserved
            words = (rows.slot_name(slot), rows.slot_opening(slot))
            found.append(model.Slot(slot.id, slot.day, start, max(end, start + 1), kept, *words))
    return tuple(found)


_Long: TypeAlias = list[tuple[model.Slot, tuple[int, ...]]]


def _stretches(rows: Rows, slots: Iterable[model.Slot]) -> _Long:
    """Return a slot for each stretch a session may take whole, of the lengths there are, with those it is made of."""
    known = {slot.id: slot for slot in slots}
    found: _Long = []
    for length in sorted({session.length for session in rows.sessions} - {1}):
        for parts in spans(rows.plain_slots, length):
            first, last = known[parts[0].id], known[parts[-1].id]
            found.append((replace(first, id=_key(parts), end=last.end), tuple(slot.id for slot in parts)))
    return found


def _key(parts: Iterable[values.Slot]) -> model.Id:
    numbers = [slot.id for slot in parts]
    return numbers[0] if len(numbers) == 1 else _AND.join(map(str, numbers))


def _shut(closed: frozenset[int] | None, long: _Long) -> frozenset[model.Id]:
    shut = closed or frozenset()
    return frozenset([*shut, *(stretch.id for stretch, parts in long if not shut.isdisjoint(parts))])


def _there(there: frozenset[int] | None, long: _Long) -> frozenset[model.Id] | None:
    if there is None:
        return None
    return frozenset([*there, *(stretch.id for stretch, parts in long if there.issuperset(parts))])


def _unbroken(rows: Rows, session: Session) -> frozenset[model.Id] | None:
    """Return the stretches a session of several slots may take; None for one slot, which may be anywhere."""
    if session.length == 1:
        return None
    return frozenset(_key(parts) for parts in spans(rows.plain_slots, session.length))


def _drafted(rows: Rows, session: Session, only: frozenset[model.Id] | None = None) -> model.Topic:
    placement = rows.placements.get(session.pk)
    pin = placement if placement is not None and placement.pinned else None
    return model.Topic(
        id=session.pk,
        title=session.title,
        format=session.format,
        comfort=FORMATS[session.format].comfortable,
        must=session.must,
        plenary=session.for_all,
        needed=_with_part(session, NEEDED),
        slots=only or _open_to(rows, session.format, for_all=session.for_all, length=session.length),
        pinned_slot=_fixed(rows, session) if pin is None else _key(rows.span_of(session)),
        pinned_room=session.fixed_room_id if pin is None or pin.room_id is None else pin.room_id,
        track=None if session.topic is None else _track(session.topic),
    )


def _fixed(rows: Rows, session: Session) -> model.Id | None:
    """Return the slot every draft puts a session into."""
    slot = next((slot for slot in rows.plain_slots if slot.id == session.fixed_slot_id and slot.starts), None)
    if slot is None or session.length == 1:
        return None if slot is None else slot.id
    parts = span(rows.plain_slots, slot.id, session.length)
    return None if parts is None else _key(parts)


def _newcomer(rows: Rows, topic: Topic) -> model.Topic:
    leads = tuple(offer.person_id for offer in topic.offers.all() if offer.part == "lead")
    comfort = FORMATS[topic.format].comfortable
    slots = _open_to(rows, topic.format, for_all=False)
    return model.Topic(f"t{topic.pk}", topic.title, topic.format, comfort, needed=leads, slots=slots, track=_track(topic))


def _track(topic: Topic) -> str | None:
    """Return the first tag of a topic: what shares it is better not side by side."""
    return str(topic.tags[0]) if topic.tags else None


def _open_to(rows: Rows, sort: str, *, for_all: bool, length: int = 1) -> frozenset[model.Id]:
    """Return the slots a session of a format may go into: what is for all where everybody is together, if there is such a time.

    What is kept for another format is out of reach. A format that slots are kept for goes there as long as there are enough.
    """
    kinds = {slot.kind for slot in rows.plain_slots if slot.starts} & HELD_KINDS
    kind = "plenary" if for_all and "plenary" in kinds else "session"
    open_to = [slot for slot in rows.plain_slots if slot.kind == kind and slot.starts and slot.only in ("", sort)]
    kept = [slot for slot in open_to if slot.only]
    alike = sum(session.length for session in rows.sessions if session.format == sort and not session.for_all)
    if kept and alike <= len(kept) * len(rows.rooms):
        open_to = kept
    if length == 1:
        return frozenset(slot.id for slot in open_to)
    whole = {slot.id for slot in open_to}
    return frozenset(_key(parts) for parts in spans(rows.plain_slots, length) if whole.issuperset(slot.id for slot in parts))


def _times_together(rows: Rows) -> dict[int, frozenset[model.Id]]:
    """Return the one time of each session for everybody: in their order, a wrap-up last. Empty when there are too few times."""
    pinned = {placement.session_id: placement.slot_id for placement in rows.placements.values() if placement.pinned}
    free = [slot.id for slot in rows.plain_slots if slot.kind == "plenary" and slot.starts and slot.id not in pinned.values()]
    waiting = [session.pk for session in rows.sessions if session.for_all and session.pk not in pinned]
    if len(waiting) > len(free):
        return {}
    closing = [session.pk for session in rows.sessions if session.pk in waiting and session.format == "wrap_up"]
    opening = [number for number in waiting if number not in closing]
    times = [*free[: len(opening)], *free[len(free) - len(closing) :]]
    return {number: frozenset({slot}) for number, slot in zip([*opening, *closing], times, strict=True)}


def _can_be_drafted(rows: Rows, session: Session) -> bool:
    placement = rows.placements.get(session.pk)
    if placement is not None and placement.pinned:
        return not _timeless(rows, session)
    return not session.lost_its_topic


def _timeless(rows: Rows, session: Session) -> bool:
    placement = rows.placements.get(session.pk)
    return placement is not None and placement.slot_id in {slot.pk for slot in rows.slots if slot.starts is None}


def _assigned(rows: Rows) -> dict[model.Id, model.Placement]:
    timeless = {slot.pk for slot in rows.slots if slot.starts is None}
    return {
        session.pk: (_key(rows.span_of(session)), rows.placements[session.pk].room_id)
        for session in rows.sessions
        if session.pk in rows.placements and rows.placements[session.pk].slot_id not in timeless
    }


def _with_part(session: Session, parts: frozenset[str]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(held.person_id for held in session.parts.all() if held.part in parts))


def _people(sessions: Iterable[Session]) -> dict[int, Person]:
    return {held.person_id: held.person for session in sessions for held in session.parts.all()}


def _supports(wishes: Iterable[Wish], keys: Mapping[int, model.Id]) -> tuple[tuple[Person, model.Id, int], ...]:
    return tuple((wish.person, keys[wish.topic], wish.weight) for wish in wishes if wish.topic in keys)
