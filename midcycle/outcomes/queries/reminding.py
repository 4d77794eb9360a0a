"""Who is to be reminded, and of what."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from midcycle.accounts.models import Person
from midcycle.meetups.models import Meetup
from midcycle.outcomes.models import Action, Silence
from midcycle.outcomes.rules import ASKED, CONFIRMED, OPEN
from midcycle.planning.rules import is_time

ASK_AGAIN: Final = 7  # days after somebody was asked and did not answer; once


@dataclass(frozen=True)
class Section:
    """What a letter says of one meetup: what is due, and what somebody was asked and did not answer."""

    meetup: Meetup
    due: tuple[Action, ...]
    asked: tuple[Action, ...]


@dataclass(frozen=True)
class Digest:
    """A letter of a day to one person, about all meetups they have actions from."""

    person: Person
    today: date
    sections: tuple[Section, ...]

    @property
    def count(self) -> int:
        """How many actions it names."""
        return sum(len(section.due) + len(section.asked) for section in self.sections)


def people_to_remind(*, since: date, today: date) -> list[int]:
    """Return the numbers of those who are to get a letter today; `since` is the day of the letters before. One query."""
    found = {action.owner_id for action in _waiting() if _is_due(action, since, today) or _is_asked(action, since, today)}
    return sorted(number for number in found if number is not None)


def digest_for(number: int, *, since: date, today: date) -> Digest | None:
    """Return the letter of a day to a person, None when there is nothing to say any more. Two queries."""
    person = Person.objects.filter(pk=number, is_active=True).first()
    if person is None:
        return None
    by_meetup: dict[int, list[Action]] = {}
    for action in _waiting().filter(owner=person).select_related("meetup", "pad"):
        by_meetup.setdefault(action.meetup_id, []).append(action)
    sections = (_section(actions, since, today) for actions in by_meetup.values())
    told = tuple(section for section in sections if section.due or section.asked)
    return Digest(person, today, told) if told else None


def asked_of(number: int, actions: list[int]) -> tuple[Person, Meetup, list[Action]] | None:
    """Return somebody and those of some actions they are asked about, None when none is left."""
    asked = Action.objects.filter(pk__in=actions, owner=number, standing=ASKED, owner__is_active=True).order_by("pk")
    found = list(asked.select_related("meetup", "owner", "pad"))
    person = found[0].owner if found else None
    if person is None or Silence.objects.filter(meetup=found[0].meetup, person=number).exists():
        return None
    return person, found[0].meetup, found


def _section(actions: list[Action], since: date, today: date) -> Section:
    return Section(
        meetup=actions[0].meetup,
        due=tuple(action for action in actions if _is_due(action, since, today)),
        asked=tuple(action for action in actions if _is_asked(action, since, today)),
    )


def _waiting() -> QuerySet[Action]:
    """Return what is open and somebody's, of people who want letters."""
    silent = Silence.objects.filter(meetup=OuterRef("meetup"), person=OuterRef("owner"))
    mine = Q(standing=CONFIRMED, due_on__isnull=False) | Q(standing=ASKED)
    return Action.objects.filter(mine, ~Exists(silent), state=OPEN, owner__is_active=True).order_by("due_on", "pk")


def _is_due(action: Action, since: date, today: date) -> bool:
    return action.standing == CONFIRMED and action.due_on is not None and is_time(action.due_on, since=since, today=today)


def _is_asked(action: Action, since: date, today: date) -> bool:
    if action.standing != ASKED or action.stood_at is None:
        return False
    again = action.stood_at.date() + timedelta(days=ASK_AGAIN)
    return since < again <= today
