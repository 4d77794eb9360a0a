"""The score of a plan and every rule it breaks. This file does not know how plans are made.

It agrees with the rules of the format `midcycle-agenda/1` to the last point, and is written apart from the search.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from midcycle.engines.solver.instance import Agenda, Agendas, Instance


@dataclass(frozen=True)
class Breach:
    """One broken hard rule: its code and what it is about."""

    code: str
    topic: int | None = None
    person: int | None = None
    slot: int | None = None


@dataclass(frozen=True)
class Score:
    """The points of a plan, and how fair it is.

    `least_share` and `tenth_share` are the share of their votes that the worst served person attends, and the one at the
    tenth percentile.
    """

    points: float
    attended: int
    wanted: int
    pairs: int
    singles: int
    clashes: int
    moved_slot: int
    moved_room: int
    unscheduled: int
    least_share: float | None
    tenth_share: float | None
    breaches: tuple[Breach, ...]


def score(instance: Instance, plan: Agenda) -> Score:
    """Count the points of a plan; they are counted even when rules are broken."""
    breaches = list(_placement_breaches(instance, plan))
    spans = _spans(instance, plan)
    breaches += _room_breaches(instance, plan, spans)
    breaches += [Breach("not_scheduled", t) for t, theme in enumerate(instance.topics) if theme.must and t not in spans]
    roles = _roles(instance, plan, spans)
    breaches += _moderator_breaches(instance, plan, spans)
    plans = greedy(instance, plan, spans, roles) if plan.attend is None else plan.attend
    goes: dict[int, set[int]] = defaultdict(set)
    for person, topics in plans.items():
        for topic in topics:
            if topic in spans:
                goes[person].add(topic)
            else:
                breaches.append(Breach("attends_unscheduled", topic, person))
    for person, having in roles.items():
        goes[person] |= having
    breaches += _personal_breaches(instance, spans, roles, goes)
    breaches += _overfull(instance, plan, goes)
    return _counted(instance, plan, spans, goes, breaches)


def _spans(instance: Instance, plan: Agenda) -> dict[int, range]:
    """Return the slots of every session that stands somewhere."""
    found = {}
    for topic, seat in sorted(plan.grid.items()):
        if 0 <= topic < len(instance.topics) and _known(instance, seat.slot, seat.room):
            span = instance.span(topic, seat.slot)
            if span is not None:
                found[topic] = span
    return found


def _known(instance: Instance, slot: int, room: int) -> bool:
    return 0 <= slot < len(instance.slots) and 0 <= room < len(instance.rooms)


def _placement_breaches(instance: Instance, plan: Agenda) -> Iterator[Breach]:
    for topic, seat in sorted(plan.grid.items()):
        if not 0 <= topic < len(instance.topics):
            yield Breach("unknown_topic", topic)
        elif not _known(instance, seat.slot, seat.room):
            yield Breach("unknown_slot_or_room", topic)
        elif instance.span(topic, seat.slot) is None:
            yield Breach("crosses_break", topic, slot=seat.slot)
        else:
            theme = instance.topics[topic]
            if theme.fixed_slot not in {None, seat.slot}:
                yield Breach("fixed_slot", topic, slot=seat.slot)
            if theme.fixed_room not in {None, seat.room}:
                yield Breach("fixed_room", topic, slot=seat.slot)
            if theme.slots is not None and seat.slot not in theme.slots:
                yield Breach("slot_not_allowed", topic, slot=seat.slot)


def _room_breaches(instance: Instance, plan: Agenda, spans: Mapping[int, range]) -> Iterator[Breach]:
    taken: dict[tuple[int, int], int] = {}
    for topic, span in spans.items():
        room = plan.grid[topic].room
        for slot in span:
            if slot in instance.reserved:
                yield Breach("reserved_slot", topic, slot=slot)
            if slot in instance.rooms[room].closed:
                yield Breach("room_closed", topic, slot=slot)
            if (room, slot) in taken:
                yield Breach("room_double", topic, slot=slot)
            taken[room, slot] = topic


def _roles(instance: Instance, plan: Agenda, spans: Mapping[int, range]) -> dict[int, set[int]]:
    roles: dict[int, set[int]] = defaultdict(set)
    for topic in spans:
        for person in (*instance.topics[topic].needed, *plan.grid[topic].moderators):
            roles[person].add(topic)
    return roles


def _moderator_breaches(instance: Instance, plan: Agenda, spans: Mapping[int, range]) -> Iterator[Breach]:
    load: Counter[int] = Counter()
    for topic in spans:
        theme, moderators = instance.topics[topic], plan.grid[topic].moderators
        if len(moderators) > theme.moderators or len(set(moderators)) != len(moderators):
            yield Breach("too_many_moderators", topic)
        for person in moderators:
            if person not in theme.volunteers:
                yield Breach("not_a_volunteer", topic, person)
        load.update(moderators)
    for person, sessions in load.items():
        if 0 <= person < len(instance.people) and sessions > instance.people[person].most_moderations:
            yield Breach("moderator_overloaded", person=person)


def _personal_breaches(
    instance: Instance, spans: Mapping[int, range], roles: Mapping[int, set[int]], goes: Mapping[int, set[int]]
) -> Iterator[Breach]:
    for person, topics in sorted(goes.items()):
        if not 0 <= person < len(instance.people):
            yield Breach("unknown_person", person=person)
            continue
        used: set[int] = set()
        for topic in sorted(topics):
            for slot in spans[topic]:
                if not instance.present(person, range(slot, slot + 1)):
                    has_role = topic in roles.get(person, ())
                    yield Breach("role_absent" if has_role else "attends_absent", topic, person, slot)
                if slot in used:
                    yield Breach("person_double", topic, person, slot)
                used.add(slot)


def _overfull(instance: Instance, plan: Agenda, goes: Mapping[int, set[int]]) -> Iterator[Breach]:
    heads = Counter(topic for person, topics in goes.items() if 0 <= person < len(instance.people) for topic in topics)
    for topic, count in heads.items():
        if count > instance.seats(topic, plan.grid[topic].room):
            yield Breach("overfull", topic)


def _counted(
    instance: Instance, plan: Agenda, spans: Mapping[int, range], goes: Mapping[int, set[int]], breaches: list[Breach]
) -> Score:
    weights = instance.weights
    attended, shares = _attended(instance, goes)
    pairs, singles = _moderated(instance, plan, spans)
    clashes = _clashes(instance, spans)
    moved_slot, moved_room = _moves(instance, plan)
    unscheduled = len(instance.topics) - len(spans)
    points = (
        weights.attend * attended
        + weights.pair * pairs
        + weights.one_moderator * singles
        - weights.track_clash * clashes
        - weights.move_slot * moved_slot
        - weights.move_room * moved_room
        - weights.unscheduled * unscheduled
    )
    wanted = sum(vote.weight for vote in instance.votes)
    least, tenth = (shares[0], shares[len(shares) // 10]) if shares else (None, None)
    return Score(
        points, attended, wanted, pairs, singles, clashes, moved_slot, moved_room, unscheduled, least, tenth, tuple(breaches)
    )


def _attended(instance: Instance, goes: Mapping[int, set[int]]) -> tuple[int, list[float]]:
    """Return the votes attended, and the share of each person who votes, smallest first."""
    total, shares = 0, []
    for person, wants in enumerate(instance.wants):
        got = sum(wants.get(topic, 0) for topic in goes.get(person, ()))
        total += got
        if wants:
            shares.append(got / sum(wants.values()))
    return total, sorted(shares)


def _moderated(instance: Instance, plan: Agenda, spans: Mapping[int, range]) -> tuple[int, int]:
    pairs = singles = 0
    for topic in spans:
        moderators = plan.grid[topic].moderators
        experienced = sum(instance.people[p].experienced for p in moderators if 0 <= p < len(instance.people))
        if len(moderators) > 1 and 0 < experienced < len(moderators):
            pairs += 1
        elif moderators:
            singles += 1
    return pairs, singles


def _clashes(instance: Instance, spans: Mapping[int, range]) -> int:
    seen = Counter((slot, instance.topics[topic].track) for topic, span in spans.items() for slot in span)
    return sum(count - 1 for count in seen.values())


def _moves(instance: Instance, plan: Agenda) -> tuple[int, int]:
    slots = rooms = 0
    for topic, spot in instance.previous.items():
        seat = plan.grid.get(topic)
        if seat is None or seat.slot != spot.slot:
            slots += 1
        elif seat.room != spot.room:
            rooms += 1
    return slots, rooms


def greedy(instance: Instance, plan: Agenda, spans: Mapping[int, range], roles: Mapping[int, set[int]]) -> Agendas:
    """Return the personal agendas the format assumes for a plan without any.

    People with the fewest wants choose first, by weight and then the emptier session.
    """
    heads: Counter[int] = Counter()
    busy: dict[int, set[int]] = defaultdict(set)
    for person, topics in roles.items():
        for topic in topics:
            heads[topic] += 1
            busy[person].update(spans[topic])
    wants = {
        person: [(t, w) for t, w in mine.items() if t in spans and t not in roles.get(person, ())]
        for person, mine in enumerate(instance.wants)
    }
    seats = {topic: instance.seats(topic, plan.grid[topic].room) for topic in spans}
    found = {}
    for person in sorted((p for p, mine in wants.items() if mine), key=lambda p: (len(wants[p]), p)):
        chosen = []
        for topic, _ in sorted(wants[person], key=lambda x: (-x[1], heads[x[0]] / max(1, seats[x[0]]), x[0])):
            span = spans[topic]
            if heads[topic] < seats[topic] and busy[person].isdisjoint(span) and instance.present(person, span):
                chosen.append(topic)
                busy[person].update(span)
                heads[topic] += 1
        found[person] = tuple(chosen)
    return found
