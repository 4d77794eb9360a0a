"""Ideas that were asked about, and the answers."""

from typing import Any

from midcycle.accounts.models import Person
from midcycle.hosting import actions
from midcycle.hosting.actions import Answer, Answered
from midcycle.meetups.models import Meetup
from tests.world import NOW, ada

FROM_LISBON = {"region": "europe", "place": "Lisbon"}


def asked(title: str = "Northern meetup", guess: tuple[int, int] | None = (20, 30)) -> Meetup:
    """Return an idea of Ada's whose call is open."""
    words = {"summary": "Two days in the *north*.", "region": "europe", "channel": "the operators list"}
    return actions.open_call(ada(), title=title, guess=guess, now=NOW, **words)


def said(name: str, *ways: str, **changes: Any) -> Answer:
    """Return what somebody called so says: that they would come, unless told otherwise."""
    chosen = ways or ("would_come",)
    return Answer(
        email=f"{name.lower()}@example.org",
        name=f"{name} Example",
        would_come="would_come" in chosen,
        could_host="could_host" in chosen,
        could_moderate="could_moderate" in chosen,
        could_underwrite="could_underwrite" in chosen,
        **{**FROM_LISBON, **changes},
    )


def answered(meetup: Meetup, name: str, *ways: str, now=NOW, signed_in: Person | None = None, **changes: Any) -> Answered:
    """Let somebody called so answer, and open the link in the letter."""
    told = typed(meetup, name, *ways, now=now, signed_in=signed_in, **changes)
    actions.confirm_answer(told.interest, now=now)
    return told


def typed(meetup: Meetup, name: str, *ways: str, now=NOW, **changes: Any) -> Answered:
    """Let somebody called so answer, who does not open the link."""
    how = {key: changes.pop(key) for key in ("signed_in", "via") if key in changes}
    return actions.answer(meetup, now=now, **how, **said(name, *ways, **changes))
