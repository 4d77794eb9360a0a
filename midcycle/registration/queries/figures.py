"""Public figures that outlive the answers they were counted from."""

from collections.abc import Mapping
from typing import Any, Final

from midcycle.kernel.folding import SMALLEST
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Capacity, Seat

# As long as a meetup is not over, what is shown of it is counted from the answers.
_OVER: Final = frozenset({"wrap_up", "archived"})
_VOTED: Final = ("on_list", "first_time", "heard_how")


def kept_figures(meetup: Meetup) -> Mapping[str, Any]:
    """Return what was public of answers that are deleted, by the key of the question. A query only when it is over."""
    if meetup.stage not in _OVER:
        return {}
    return Capacity.objects.filter(meetup=meetup).values_list("figures", flat=True).first() or {}


def kept_votes(meetup: Meetup, state: str) -> dict[str, tuple[int, int]]:
    """Return yes and no of those whose seat is in this state, where the answers are deleted; `heard_how` is by forwarding."""
    figures = kept_figures(meetup)
    return {key: (yes, no) for key in _VOTED if key in figures for yes, no in [figures[key]["votes"][state]]}


def votes_to_keep(meetup: Meetup, key: str) -> dict[str, tuple[int, int]]:
    """Return yes and no to keep when the answers go, by state of the seat; nothing of sides with one to four people."""
    votes: dict[str, tuple[int, int]] = {}
    if key not in _VOTED:
        return votes
    for state in ("held", "checked_in"):
        seats = Seat.objects.filter(meetup=meetup, state=state)
        said = [_is_yes(value) for value in seats.values_list(key, flat=True) if value not in {None, ""}]
        sides = said.count(True), said.count(False)
        votes[state] = sides if all(side == 0 or side >= SMALLEST for side in sides) else (0, 0)
    return votes


def _is_yes(answer: object) -> bool:
    """Say whether an answer counts as a yes; how somebody heard does when it was by a forwarded invitation."""
    return answer == "forwarded" if isinstance(answer, str) else bool(answer)
