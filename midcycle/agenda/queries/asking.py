"""Who is to be asked about which session, and what they answered."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext, gettext_noop, ngettext

from midcycle.accounts.models import Person
from midcycle.agenda.models import Freeze, Question, Session, SessionPart
from midcycle.agenda.queries.moderating import MODERATED
from midcycle.agenda.queries.rows import Rows, rows_of
from midcycle.agenda.rules import ANSWER_NAMES, PART_NAMES
from midcycle.agenda.rules.deeds import times_in_words
from midcycle.meetups.models import Meetup

_NO_ANSWER: Final = gettext_noop("No answer yet")


@dataclass(frozen=True)
class ToAsk:
    """A question to be asked: by number the session, the person and the slot, and the place in words."""

    session: int
    person: int
    slot: int
    place: str


@dataclass(frozen=True)
class Answered:
    """A question with its answer. `moved`: the session is at another time now."""

    session: int
    title: str
    name: str
    part: str
    place: str
    answer: str
    words: str
    note: str
    moved: bool


@dataclass(frozen=True)
class Round:
    """How the round of questions stands. `to_ask` counts questions that the next round would ask.

    `unwritten` are those with a part whom no letter reaches: a planning pad names them, and nobody has signed in as them.
    """

    answers: tuple[Answered, ...]
    to_ask: int
    people: int
    frozen: bool
    unwritten: tuple[str, ...] = ()
    placed: int = 0

    @property
    def still_to_ask(self) -> str:
        """How many have not been asked about how many sessions, in words."""
        sessions = ngettext("%(count)s session at its present time", "%(count)s sessions at their present time", self.to_ask)
        told = ngettext(
            "%(count)s person has not been asked yet about %(sessions)s.",
            "%(count)s people have not been asked yet about %(sessions)s.",
            self.people,
        )
        return told % {"count": self.people, "sessions": sessions % {"count": self.to_ask}}

    def count(self, answer: str) -> int:
        """Return how many gave an answer."""
        return sum(one.answer == answer for one in self.answers)

    @property
    def waiting(self) -> int:
        """How many have not answered."""
        return self.count("waiting")

    @property
    def objections(self) -> int:
        """How many cannot, or would rather swap."""
        return self.count("no") + self.count("swap")


@dataclass(frozen=True)
class Left:
    """What is still open before a release. Nothing of it forbids one.

    Sessions with a place, without one and without a lead, whether nobody has been asked yet, who cannot or would rather
    swap, and who has not answered.
    """

    placed: int
    unplaced: int
    leaderless: int
    unasked: bool
    objections: int
    waiting: int

    @property
    def is_something(self) -> bool:
        """Whether anything is open."""
        return bool(self.unplaced or self.leaderless or self.unasked or self.objections or self.waiting)


def to_ask(meetup: Meetup) -> tuple[ToAsk, ...]:
    """Return the questions nobody has been asked yet: one for each person with a part in a session at its present time.

    Whom no letter reaches is not asked.
    """
    return _to_ask(meetup, rows_of(meetup))


def round_of(meetup: Meetup) -> Round:
    """Return the answers so far, objections first; the number of queries does not grow with them."""
    rows = rows_of(meetup)
    fresh = _to_ask(meetup, rows)
    order = {"no": 0, "swap": 1, "waiting": 2, "yes": 3}
    answers = sorted(_answers(meetup), key=lambda one: (order[one.answer], one.title, one.name))
    people = len({asked.person for asked in fresh})
    return Round(tuple(answers), len(fresh), people, is_frozen(meetup), _unwritten(rows), len(rows.placements))


def left_before(meetup: Meetup) -> Left:
    """Return what is still open before a release; five queries."""
    sessions = Session.objects.filter(meetup=meetup, topic__withdrawn_at=None)
    placed = sessions.filter(placement__isnull=False)
    answers = Counter(Question.objects.filter(session__meetup=meetup).values_list("answer", flat=True))
    moderated = placed.filter(format__in=MODERATED, for_all=False)
    return Left(
        placed=placed.count(),
        unplaced=sessions.filter(placement=None).count(),
        leaderless=moderated.exclude(parts__part="lead").count(),
        unasked=not answers and SessionPart.objects.filter(session__in=placed, person__is_active=True).exists(),
        objections=answers["no"] + answers["swap"],
        waiting=answers["waiting"],
    )


def questions_for(meetup: Meetup, person: Person) -> tuple[Answered, ...]:
    """Return what one person is asked."""
    return tuple(one for number, one in _asked(meetup) if number == person.pk)


def is_frozen(meetup: Meetup) -> bool:
    """Say whether the agenda is frozen; one query."""
    return Freeze.objects.filter(meetup=meetup).exists()


def _to_ask(meetup: Meetup, rows: Rows) -> tuple[ToAsk, ...]:
    asked = Question.objects.filter(session__meetup=meetup).values_list("session", "person", "slot")
    known = set(asked)
    slots = {slot.id: rows.slot_name(slot) for slot in rows.plain_slots}
    rooms = {room.pk: room.name for room in rows.rooms}
    found = []
    for session in rows.sessions:
        placement = rows.placements.get(session.pk)
        if placement is None:
            continue
        room = rooms.get(placement.room_id or 0, "")
        place = f"{slots[placement.slot_id]}, {room}" if room else slots[placement.slot_id]
        people = dict.fromkeys(part.person_id for part in session.parts.all() if part.person.is_active)
        found += [
            ToAsk(session.pk, person, placement.slot_id, place)
            for person in people
            if (session.pk, person, placement.slot_id) not in known
        ]
    return tuple(found)


def _unwritten(rows: Rows) -> tuple[str, ...]:
    placed = [session for session in rows.sessions if session.pk in rows.placements]
    people = {part.person for session in placed for part in session.parts.all() if not part.person.is_active}
    return tuple(sorted(person.name for person in people if person.name))


def _answers(meetup: Meetup) -> list[Answered]:
    return [one for _, one in _asked(meetup)]


def _asked(meetup: Meetup) -> list[tuple[int, Answered]]:
    asked = (
        Question.objects.filter(session__meetup=meetup).select_related("session__placement", "person").order_by("slot", "pk")
    )
    found = []
    for one in asked.prefetch_related("session__parts").order_by("slot", "pk"):
        placement = getattr(one.session, "placement", None)
        parts = [gettext(PART_NAMES[part.part]) for part in one.session.parts.all() if part.person_id == one.person_id]
        found.append(
            (
                one.person_id,
                Answered(
                    session=one.session_id,
                    title=one.session.title,
                    name=str(one.person),
                    part=", ".join(parts),
                    place=times_in_words(one.place),
                    answer=one.answer,
                    words=gettext(ANSWER_NAMES.get(one.answer, _NO_ANSWER)),
                    note=one.note,
                    moved=placement is None or placement.slot_id != one.slot_id,
                ),
            )
        )
    return found
