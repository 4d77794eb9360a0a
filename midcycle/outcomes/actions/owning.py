"""Whose an action is: asking, answering, handing on, taking it. Nobody's name is shown before their own yes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts import actions as accounts
from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.meetups.models import Meetup
from midcycle.outcomes import queries
from midcycle.outcomes.actions.common import change, lock, record
from midcycle.outcomes.models import Action, Silence
from midcycle.outcomes.rules import ASKED, CONFIRMED, DECLINED, LONGEST, NOBODY, OPEN, candidates

FREE: Final = (NOBODY, DECLINED)
_NOBODYS: Final[dict[str, Any]] = {"owner": None, "is_named": False, "agreed_what": "", "agreed_name": ""}


@dataclass(frozen=True)
class Answer:
    """What somebody says of an action: `yes`, `no` or `other`, then `to` is the name of whose it is."""

    said: str
    is_named: bool = False
    to: str = ""


@transaction.atomic
def ask(action: Action, person: int, *, by: Person | None, now: datetime) -> None:
    """Ask somebody whether an action is theirs; a letter follows. Raises Refusal."""
    locked = lock(action)
    _check_free(locked)
    if person not in dict(queries.people_at(action.meetup)):
        raise Refusal(gettext("Choose somebody who comes to this meetup or has a part in it."), field="person")
    if Silence.objects.filter(meetup=action.meetup, person=person).exists():
        raise Refusal(
            gettext("They want no letters about outcomes. Speak with them; they can take it themselves."), field="person"
        )
    _ask(action.meetup_id, person, [locked.pk], by=by, now=now)


@transaction.atomic
def ask_all(meetup: Meetup, *, by: Person, now: datetime) -> int:
    """Ask everybody who alone can be meant by the name at an open action, each by one letter; return how many people."""
    wanted = _meant(meetup, Action.objects.select_for_update(of=("self",)).filter(meetup=meetup, state=OPEN, standing=NOBODY))
    for person, numbers in sorted(wanted.items()):
        _ask(meetup.pk, person, numbers, by=by, now=now)
    return len(wanted)


@transaction.atomic
def answer(action: Action, person: Person, said: Answer, *, now: datetime) -> None:
    """Take the answer of somebody who was asked, or who confirmed before. Raises Refusal."""
    locked = lock(action)
    if locked.owner_id != person.pk:
        raise Refusal(gettext("This action is not yours any more. Look at the list again."))
    if said.said == "yes":
        _confirm(locked, person, is_named=said.is_named, now=now)
    elif said.said == "no":
        change(locked, "owner_declined", by=person, now=now, **_NOBODYS, standing=DECLINED, handed_to="", stood_at=now)
    else:
        _hand_on(locked, person, said.to, now=now)


@transaction.atomic
def take(action: Action, person: Person, *, is_named: bool, now: datetime) -> None:
    """Let somebody of the meetup take an action nobody stands for. Raises Refusal."""
    locked = lock(action)
    if locked.owner_id == person.pk:
        _confirm(locked, person, is_named=is_named, now=now)
        return
    _check_free(locked)
    if not queries.is_at(action.meetup, person.pk):
        raise Refusal(gettext("Who comes to the meetup can take an action. Register first, or ask the organisers."))
    _confirm(locked, person, is_named=is_named, now=now)


@transaction.atomic
def let_go(action: Action, *, by: Person, now: datetime) -> None:
    """Let an action be nobody's again."""
    locked = lock(action)
    if locked.owner_id is not None:
        change(locked, "owner_let_go", by=by, now=now, **_NOBODYS, standing=NOBODY, handed_to="", stood_at=now)


@transaction.atomic
def forget_owner(meetup: int, person: int, *, now: datetime) -> None:
    """Take somebody who asked to be forgotten off their actions; what is to be done stays, by nobody. Again changes nothing.

    The name in the line goes from here, too, and is not read from the pad again, where it stays part of the notes.
    """
    mine = Action.objects.filter(meetup=meetup, owner=person)
    count = mine.update(
        **_NOBODYS, standing=NOBODY, said_owner="", handed_to="", is_forgotten=True, stood_at=now, changed_at=now
    )
    Silence.objects.filter(meetup=meetup, person=person).delete()
    if count:
        record("owner_forgotten", meetup, by=None, now=now, actions=count)
    known = Person.objects.filter(pk=person).first()
    if known is not None:
        accounts.forget_unless_needed(known)


def _meant(meetup: Meetup, actions: Collection[Action]) -> dict[int, list[int]]:
    """Return the actions of each person who alone can be meant, by number."""
    people = queries.people_at(meetup)
    silent = set(Silence.objects.filter(meetup=meetup).values_list("person", flat=True))
    found: dict[int, list[int]] = {}
    for action in actions:
        meant = candidates(action.handed_to or action.said_owner, people)
        if len(meant) == 1 and meant[0] not in silent and action.is_public:
            found.setdefault(meant[0], []).append(action.pk)
    return found


def _ask(meetup: int, person: int, numbers: Collection[int], *, by: Person | None, now: datetime) -> None:
    asked = Action.objects.filter(pk__in=numbers)
    asked.update(**{**_NOBODYS, "owner": person}, standing=ASKED, stood_at=now, changed_at=now)
    record("owner_asked", meetup, by=by, now=now, person=person, actions=sorted(numbers))


def _confirm(action: Action, person: Person, *, is_named: bool, now: datetime) -> None:
    agreed = {"agreed_what": action.said_what, "agreed_name": action.said_owner}
    fields = {"owner": person, "standing": CONFIRMED, "is_named": is_named, "handed_to": "", "stood_at": now}
    change(action, "owner_confirmed", by=person, now=now, **fields, **agreed)


def _hand_on(action: Action, person: Person, to: str, *, now: datetime) -> None:
    """Note whose it is; who alone is called so is asked at once. Whether anybody is, the answer does not tell."""
    name = one_line(to)[: LONGEST["owner"]]
    if not name:
        raise Refusal(gettext("Type the name of whose it is."), field="to")
    fields = {**_NOBODYS, "standing": NOBODY, "handed_to": name, "stood_at": now}
    change(action, "owner_handed_on", by=person, now=now, **fields)
    people = [(number, full) for number, full in queries.people_at(action.meetup) if number != person.pk]
    exact = [number for number, full in people if full.casefold() == name.casefold()]
    if len(exact) == 1 and not Silence.objects.filter(meetup=action.meetup_id, person=exact[0]).exists():
        _ask(action.meetup_id, exact[0], [action.pk], by=person, now=now)


def _check_free(action: Action) -> None:
    if action.standing not in FREE:
        raise Refusal(gettext("Somebody was asked or stands for it already. Let them go first."))
