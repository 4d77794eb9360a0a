"""A problem as the app has it, as one of the format `midcycle-agenda/1`, and agendas back and forth.

The format knows no plenaries, no times that overlap and no pins that contradict each other. So a plenary stays where it is,
with its time kept free of everything else; a slot that overlaps others is a session of several slots; and where pins
contradict each other, one of them gets a room of its own and does without the people the other one needs.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from midcycle.engines.solver.check import check, recount
from midcycle.engines.solver.format import HEAVIEST_WEIGHT, LONGEST_SESSION
from midcycle.engines.solver.instance import Agenda, Guest, Hall, Instance, Seat, Spot, Stretch, Theme, Vote, Weights
from midcycle.engines.solver.model import Assignment, Id, Person, Placement, Problem, Slot, Topic
from midcycle.engines.solver.seating import seat
from midcycle.kernel.words import gettext

VOTE: Final = 10
"""What a wish of weight 1 counts in the score; two sessions of one track side by side cost 1."""


class TranslationError(ValueError):
    """A problem the format cannot tell; the message is a sentence for people."""


@dataclass(frozen=True)
class Translation:
    """A problem of the format and what its numbers mean: topics and rooms, and for each topic its slots by where they begin."""

    instance: Instance
    topics: tuple[Id, ...]
    rooms: tuple[Id, ...]
    places: tuple[Mapping[int, Id], ...]

    def assignment(self, agenda: Agenda) -> dict[Id, Placement]:
        """Return where an agenda of the format has its topics."""
        return self.assigned({t: Spot(seat.slot, seat.room) for t, seat in agenda.grid.items()})

    def assigned(self, spots: Mapping[int, Spot]) -> dict[Id, Placement]:
        """Return where these places are."""
        return {self.topics[t]: (self.places[t][slot], self.rooms[room]) for t, (slot, room) in spots.items()}

    def agenda(self, assign: Assignment) -> Agenda:
        """Return an assignment as an agenda of the format: what has a place and a room there."""
        return Agenda({t: Seat(*spot) for t, spot in self.spots(assign).items()})

    def spots(self, assign: Assignment) -> dict[int, Spot]:
        """Return the places of topics by their numbers. A room of its own (for a contradicting pin) is told by `fixed_room`."""
        found = {}
        for t, key in enumerate(self.topics):
            slot, room = assign.get(key, _NOWHERE)
            begins = next((at for at, there in self.places[t].items() if there == slot), None)
            if begins is None or room is None:
                continue
            own = self.instance.topics[t].fixed_room
            found[t] = Spot(begins, self.rooms.index(room) if own is None or self.rooms[own] != room else own)
        return found


_NOWHERE: Final[Placement] = ("", None)


class _Span(NamedTuple):
    first: int
    length: int

    @property
    def all(self) -> range:
        return range(self.first, self.first + self.length)


def translate(problem: Problem, start: Assignment, *, per_move: int = 0, demanding: bool = False) -> Translation:
    """Return the problem with an agenda to begin from: its plenaries stay where they are, and its musts stay placed.

    As many topics as possible are to be placed, then the weight attended counts, then that no two of a track are side by side.
    `per_move` is what each change of the start costs, in tenths of a wish (0: nothing). When it is `demanding`, every must and
    every pin has to be placed, whether the start places it or not: then there may be no agenda at all. Raises TranslationError.
    """
    return _Work(problem, start, per_move, demanding).done()


def no_worse(problem: Problem, start: Assignment, found: Assignment) -> bool:
    """Tell whether an agenda breaks no rule the start keeps, places as many topics and meets as many wishes.

    Where times overlap the format tells less than the problem, so what was found there has to be looked at again.
    """
    before, after = (Counter(f.code for f in check(problem, assign, None)) for assign in (start, found))
    if after - before or len(found) < len(start):
        return False
    before_met, after_met = (recount(problem, assign, seat(problem, assign)) for assign in (start, found))
    return len(found) > len(start) or after_met >= before_met


@dataclass
class _Work:
    """A translation under way."""

    problem: Problem
    start: Assignment
    per_move: int
    demanding: bool
    slots: dict[Id, Slot] = field(default_factory=dict)
    base: list[Slot] = field(default_factory=list)
    span: dict[Id, _Span] = field(default_factory=dict)
    halls: list[Hall] = field(default_factory=list)
    rooms: list[Id] = field(default_factory=list)

    def done(self) -> Translation:
        problem = self.problem
        self.slots = {slot.id: slot for slot in problem.slots}
        self._lay_out()
        self._open_rooms()
        people = {person.id: n for n, person in enumerate(problem.people)}
        topics = [self._settled(topic) for topic in problem.topics]
        needed = self._needed(topics)
        rooms = self._own_rooms(topics, needed)
        closed = self._kept_for_all(topics)
        tracks = {track: n for n, track in enumerate(dict.fromkeys(topic.track for topic in topics))}
        places = [self._places(topic, needed[topic.id], closed) for topic in topics]
        themes = [
            Theme(
                format=topic.format,
                track=tracks[topic.track] if topic.track is not None else -1 - n,
                duration=max((self.span[slot].length for slot in places[n].values()), default=1),
                most=None if topic.comfort is None else max(topic.comfort, len(needed[topic.id])),
                must=_is_firm(topic) and (self.demanding or self._has_place(topic, places[n])),
                fixed_slot=next(iter(places[n])) if topic.pinned_slot is not None and places[n] else None,
                fixed_room=rooms.get(topic.id),
                slots=frozenset(places[n]),
                needed=tuple(people[person] for person in needed[topic.id]),
            )
            for n, topic in enumerate(topics)
        ]
        instance = Instance(
            slots=tuple(Stretch(slot.day, slot.day, slot.called) for slot in self.base),
            rooms=tuple(self.halls),
            topics=tuple(themes),
            people=tuple(Guest(slots=self._presence(person)) for person in problem.people),
            votes=self._votes(people),
            weights=self._weights(has_tracks=len(set(tracks) - {None}) > 0),
        )
        translation = Translation(instance, tuple(topic.id for topic in topics), tuple(self.rooms), tuple(places))
        if not self.per_move:
            return translation
        return replace(translation, instance=replace(instance, previous=translation.spots(self.start)))

    def _lay_out(self) -> None:
        """Choose slots that do not overlap, the shortest first; every other slot spans those it overlaps."""
        pinned = {topic.pinned_slot for topic in self.problem.topics}
        open_to = [slot for slot in self.problem.slots if not slot.reserved or slot.id in pinned]
        for slot in sorted(open_to, key=lambda s: (s.day, s.end, -s.start)):
            if not self.base or not slot.overlaps(self.base[-1]):
                self.base.append(slot)
        if not self.base:
            raise TranslationError(gettext("There is no slot for sessions."))
        for slot in open_to:
            over = [n for n, other in enumerate(self.base) if slot.overlaps(other)]
            self.span[slot.id] = _Span(over[0], len(over))
        for one in open_to:
            for two in open_to:
                if one.id != two.id and one.overlaps(two) and not _meet(self.span[one.id], self.span[two.id]):
                    told = gettext("%(one)s and %(other)s overlap in a way no search can follow.")
                    raise TranslationError(told % {"one": one.called, "other": two.called})

    def _open_rooms(self) -> None:
        crowd = max(1, len(self.problem.people))
        for room in self.problem.rooms:
            shut = frozenset(n for n, slot in enumerate(self.base) if slot.id in room.closed)
            self._add_room(room.id, Hall(crowd if room.capacity is None else room.capacity, shut, room.called))

    def _add_room(self, room: Id, hall: Hall) -> int:
        self.rooms.append(room)
        self.halls.append(hall)
        return len(self.halls) - 1

    def _settled(self, topic: Topic) -> Topic:
        """Return the topic; a plenary pinned to where the start has it."""
        if not topic.plenary or topic.id not in self.start:
            return topic
        slot, room = self.start[topic.id]
        return replace(topic, pinned_slot=topic.pinned_slot or slot, pinned_room=topic.pinned_room or room)

    def _needed(self, topics: Sequence[Topic]) -> dict[Id, list[Id]]:
        """Return whom each topic needs: of pinned ones only those who are there and not needed at another pin."""
        there = {person.id: person for person in self.problem.people}
        busy: dict[Id, set[int]] = defaultdict(set)
        found: dict[Id, list[Id]] = {}
        for topic in topics:
            found[topic.id] = list(dict.fromkeys(topic.needed))
            span = self._pinned(topic)
            if span is None or self.demanding:
                continue
            free = [p for p in found[topic.id] if self._is_there(there[p], span) and busy[p].isdisjoint(span.all)]
            for person in free:
                busy[person].update(span.all)
            found[topic.id] = free
        return found

    def _own_rooms(self, topics: Sequence[Topic], needed: Mapping[Id, Sequence[Id]]) -> dict[Id, int]:
        """Return the room of each topic pinned to one: a room of its own where the pin contradicts a closure or another pin."""
        taken: set[tuple[Id, int]] = set()
        found = {}
        for topic in topics:
            if topic.pinned_room is None:
                continue
            number = self.rooms.index(topic.pinned_room)
            hall, span = self.halls[number], self._pinned(topic)
            if span is not None and not self.demanding:
                cells = {(topic.pinned_room, at) for at in span.all}
                heads = len(needed[topic.id])
                if not hall.closed.isdisjoint(span.all) or not taken.isdisjoint(cells) or heads > hall.capacity:
                    others = frozenset(range(len(self.base))) - frozenset(span.all)
                    own = Hall(max(hall.capacity, heads), others, hall.name)
                    number = self._add_room(topic.pinned_room, own)
                taken |= cells
            found[topic.id] = number
        return found

    def _kept_for_all(self, topics: Iterable[Topic]) -> frozenset[int]:
        """Return the slots in which everybody is together."""
        spans = [self._pinned(topic) for topic in topics if topic.plenary and topic.id in self.start]
        return frozenset(at for span in spans if span is not None for at in span.all)

    def _places(self, topic: Topic, needed: Sequence[Id], closed: frozenset[int]) -> dict[int, Id]:
        """Return the slots a topic may go into by where they begin; all of them take equally many."""
        pin = self._pinned(topic)
        if topic.plenary and topic.id not in self.start and not self.demanding:
            return {}
        if pin is not None and topic.pinned_slot is not None:
            return {pin.first: topic.pinned_slot}
        there = {person.id: person for person in self.problem.people}
        spans: dict[Id, _Span] = {}
        for key in self.span if topic.slots is None else topic.slots:
            span = self.span.get(key)
            if span is None or self.slots[key].reserved or not closed.isdisjoint(span.all) or not self._is_like(key, span):
                continue
            if self.demanding or all(there[p].present(key) and self._is_there(there[p], span) for p in needed):
                spans[key] = span
        self._can_follow(topic, spans)
        if not spans:
            return {}
        usual = Counter(span.length for span in spans.values()).most_common(1)[0][0]
        before = spans.get(self.start.get(topic.id, _NOWHERE)[0])
        length = usual if before is None else before.length
        fit = {key: span for key, span in spans.items() if span.length == length <= LONGEST_SESSION}
        return {span.first: key for key, span in sorted(fit.items(), key=lambda x: self.slots[x[0]] in self.base)}

    def _can_follow(self, topic: Topic, spans: Mapping[Id, _Span]) -> None:
        """Refuse a start with a topic in a slot that overlaps others and cannot stand for itself."""
        slot = self.slots.get(self.start.get(topic.id, _NOWHERE)[0])
        if slot is not None and slot not in self.base and slot.id not in spans:
            told = gettext("%(slot)s overlaps other slots in a way no search can follow.")
            raise TranslationError(told % {"slot": slot.called})

    def _is_like(self, slot: Id, span: _Span) -> bool:
        """Tell whether every room that is shut in a slot is shut in one of those it spans: only then the search sees it."""
        return self._shut(slot) <= self._shut_in(span)

    def _shut(self, slot: Id) -> set[Id]:
        return {room.id for room in self.problem.rooms if slot in room.closed}

    def _shut_in(self, span: _Span) -> set[Id]:
        return set().union(*(self._shut(self.base[at].id) for at in span.all))

    def _has_place(self, topic: Topic, places: Mapping[int, Id]) -> bool:
        return bool(places) and self.start.get(topic.id, _NOWHERE)[1] is not None

    def _pinned(self, topic: Topic) -> _Span | None:
        return None if topic.pinned_slot is None else self.span[topic.pinned_slot]

    def _is_there(self, person: Person, span: _Span) -> bool:
        return all(person.present(self.base[at].id) for at in span.all)

    def _presence(self, person: Person) -> frozenset[int] | None:
        if person.slots is None:
            return None
        return frozenset(n for n, slot in enumerate(self.base) if slot.id in person.slots)

    def _votes(self, people: Mapping[Id, int]) -> tuple[Vote, ...]:
        topics = {topic.id: n for n, topic in enumerate(self.problem.topics)}
        return tuple(Vote(people[s.person], topics[s.topic], s.weight) for s in self.problem.supports)

    def _weights(self, *, has_tracks: bool) -> Weights:
        wanted = VOTE * sum(support.weight for support in self.problem.supports)
        others = len(self.problem.topics) * (len(self.base) + self.per_move)
        return Weights(
            attend=VOTE,
            track_clash=1 if has_tracks else 0,
            move_slot=self.per_move,
            move_room=self.per_move,
            unscheduled=min(HEAVIEST_WEIGHT, VOTE * (1 + (wanted + others) // VOTE)),
        )


def _meet(one: _Span, two: _Span) -> bool:
    return one.first < two.first + two.length and two.first < one.first + one.length


def _is_firm(topic: Topic) -> bool:
    return topic.must or topic.plenary or topic.pinned_slot is not None or topic.pinned_room is not None
