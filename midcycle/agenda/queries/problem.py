"""The agenda as the solver knows it: what it may place where, and who wants and needs to be there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from midcycle.accounts.models import Person
from midcycle.agenda.models import Session
from midcycle.agenda.queries.rows import Rows, rows_of
from midcycle.agenda.rules import FORMATS, HELD_KINDS, NEEDED, PRESENT
from midcycle.engines.solver import model
from midcycle.engines.solver.check import Finding, check
from midcycle.meetups.models import Meetup
from midcycle.topics.models import Support, Topic


@dataclass(frozen=True)
class Drafting:
    """What a draft is made from. Topics without a session yet stand in `problem` as `t<number>`."""

    rows: Rows
    problem: model.Problem
    newcomers: tuple[Topic, ...]

    @property
    def frame(self) -> tuple[object, ...]:
        """What must not change while a draft is made: slots, rooms and pins."""
        pins = tuple((t.id, t.pinned_slot, t.pinned_room) for t in self.problem.topics if t.pinned_slot is not None)
        return (self.problem.slots, self.problem.rooms, pins)


@dataclass(frozen=True)
class Wish:
    """One person's support for a topic."""

    topic: int
    person: Person


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


def as_it_stands(rows: Rows, wishes: Iterable[Wish]) -> tuple[model.Problem, dict[model.Id, model.Placement]]:
    """Return the present agenda as a problem with drafting rules but without newcomers, and where its sessions are."""
    topics = [_drafted(rows, session) for session in rows.sessions if not _timeless(rows, session)]
    keys: dict[int, model.Id] = {s.topic_id: s.pk for s in rows.sessions if s.topic_id}
    slots = _slots(rows, reserved=frozenset({"break", "free"}))
    return _problem(rows, slots, topics, _people(rows.sessions), _supports(wishes, keys)), _assigned(rows)


def findings(meetup: Meetup) -> tuple[Finding, ...]:
    """Return what is wrong with the present placements: people or rooms booked twice, protected time used, and so on.

    Reports real grids as they are: any time may hold a session but free time, and pins prove nothing.
    """
    return findings_in(rows_of(meetup))


def findings_in(rows: Rows) -> tuple[Finding, ...]:
    """Return the findings of rows already read."""
    topics = [
        model.Topic(s.pk, s.title, s.format, plenary=s.for_all, needed=_with_part(s, PRESENT))
        for s in rows.sessions
        if not _timeless(rows, s)
    ]
    problem = _problem(rows, _slots(rows, reserved=frozenset({"free"})), topics, _people(rows.sessions), ())
    return check(problem, _assigned(rows), None)


def wishes_of(meetup: Meetup) -> tuple[Wish, ...]:
    """Return every support for the topics of a meetup that were not withdrawn; two queries, each person read once."""
    supports = Support.objects.filter(topic__meetup=meetup, topic__withdrawn_at=None)
    people = {person.pk: person for person in Person.objects.filter(pk__in=supports.values("person"))}
    return tuple(
        Wish(topic, people[person])
        for topic, person in supports.order_by("pk").values_list("topic", "person")
        if person in people
    )


def _problem(
    rows: Rows,
    slots: tuple[model.Slot, ...],
    topics: Iterable[model.Topic],
    people: Mapping[int, Person],
    supports: Iterable[tuple[Person, model.Id]],
) -> model.Problem:
    kept = tuple(topics)
    known = {topic.id for topic in kept}
    wanted = [(person, topic) for person, topic in supports if topic in known]
    everybody = {**people, **{person.pk: person for person, _ in wanted}}
    return model.Problem(
        slots=slots,
        rooms=tuple(model.Room(room.pk, room.capacity, name=room.name) for room in rows.rooms),
        topics=kept,
        people=tuple(model.Person(number, str(everybody[number])) for number in sorted(everybody)),
        supports=tuple(model.Support(person.pk, topic) for person, topic in wanted),
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


def _drafted(rows: Rows, session: Session, only: frozenset[model.Id] | None = None) -> model.Topic:
    placement = rows.placements.get(session.pk)
    pin = placement if placement is not None and placement.pinned else None
    return model.Topic(
        id=session.pk,
        title=session.title,
        format=session.format,
        comfort=FORMATS[session.format].comfortable,
        plenary=session.for_all,
        needed=_with_part(session, NEEDED),
        slots=only or _open_to(rows, for_all=session.for_all),
        pinned_slot=pin.slot_id if pin else None,
        pinned_room=pin.room_id if pin else None,
    )


def _newcomer(rows: Rows, topic: Topic) -> model.Topic:
    leads = tuple(offer.person_id for offer in topic.offers.all() if offer.part == "lead")
    comfort = FORMATS[topic.format].comfortable
    slots = _open_to(rows, for_all=False)
    return model.Topic(f"t{topic.pk}", topic.title, topic.format, comfort, needed=leads, slots=slots)


def _open_to(rows: Rows, *, for_all: bool) -> frozenset[model.Id]:
    """Return the slots a session may go into: what is for all where everybody is together, if there is such a time."""
    kinds = {slot.kind for slot in rows.plain_slots if slot.starts} & HELD_KINDS
    kind = "plenary" if for_all and "plenary" in kinds else "session"
    return frozenset(slot.id for slot in rows.plain_slots if slot.kind == kind and slot.starts)


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
        number: (placement.slot_id, placement.room_id)
        for number, placement in rows.placements.items()
        if placement.slot_id not in timeless
    }


def _with_part(session: Session, parts: frozenset[str]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(held.person_id for held in session.parts.all() if held.part in parts))


def _people(sessions: Iterable[Session]) -> dict[int, Person]:
    return {held.person_id: held.person for session in sessions for held in session.parts.all()}


def _supports(wishes: Iterable[Wish], keys: Mapping[int, model.Id]) -> tuple[tuple[Person, model.Id], ...]:
    return tuple((wish.person, keys[wish.topic]) for wish in wishes if wish.topic in keys)
