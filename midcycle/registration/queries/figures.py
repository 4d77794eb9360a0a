"""Public figures that stay as they were first told, also when the answers they were counted from are gone."""

from collections.abc import Mapping
from typing import Any, Final

from midcycle.kernel.folding import SMALLEST
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Capacity, Seat

# Before, what is shown is counted from the answers. A meetup may go one step back from its wrap-up.
_COUNTED: Final = frozenset({"on_site", "wrap_up", "archived"})
_VOTED: Final = ("on_list", "first_time", "heard_how")


def kept_figures(meetup: Meetup) -> Mapping[str, Any]:
    """Return what was public when the report was published, or answers were deleted, by the key of the question.

    A query only once the meetup is on site.
    """
    if meetup.stage not in _COUNTED:
        return {}
    return Capacity.objects.filter(meetup=meetup).values_list("figures", flat=True).first() or {}


def kept_votes(meetup: Meetup, state: str) -> dict[str, tuple[int, int]]:
    """Return yes and no of those whose seat is in this state, where that is kept; `heard_how` is by forwarding."""
    figures = kept_figures(meetup)
    return {key: (yes, no) for key in _VOTED if key in figures for yes, no in [figures[key]["votes"][state]]}


def votes_to_keep(meetup: Meetup, key: str) -> dict[str, tuple[int, int]]:
    """Return yes and no to keep, by state of the seat; nothing where a side or the rest of them are one to four people."""
    votes: dict[str, tuple[int, int]] = {}
    if key not in _VOTED:
        return votes
    for state in ("held", "checked_in"):
        all_said = Seat.objects.filter(meetup=meetup, state=state).values_list(key, flat=True)
        said = [_is_yes(value) for value in all_said if value not in {None, ""}]
        sides = said.count(True), said.count(False)
        is_told = all(people == 0 or people >= SMALLEST for people in (*sides, len(all_said) - len(said)))
        votes[state] = sides if is_told else (0, 0)
    return votes


def _is_yes(answer: object) -> bool:
    """Say whether an answer counts as a yes; how somebody heard does when it was by a forwarded invitation."""
    return answer == "forwarded" if isinstance(answer, str) else bool(answer)
