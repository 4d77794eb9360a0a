"""Ideas that were asked about, and the answers."""

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


def said(name: str, *ways: str, **changes: str) -> Answer:
    """Return what somebody called so says: that they would come, unless told otherwise."""
    chosen = ways or ("would_come",)
    return Answer(
        email=f"{name.lower()}@example.org",
        name=f"{name} Example",
        would_come="would_come" in chosen,
        could_host="could_host" in chosen,
        could_moderate="could_moderate" in chosen,
        **{**FROM_LISBON, **changes},
    )


def answered(meetup: Meetup, name: str, *ways: str, now=NOW, signed_in: Person | None = None, **changes: str) -> Answered:
    """Let somebody called so answer."""
    return actions.answer(meetup, now=now, signed_in=signed_in, **said(name, *ways, **changes))
