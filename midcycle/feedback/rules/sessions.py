"""How a session was, in two taps: a mark, and a reason if somebody has one. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

MARKS: Final[Mapping[str, str]] = {"good": "Good", "mixed": "So-so", "poor": "Not for me"}
REASONS: Final[Mapping[str, str]] = {
    "learned": "I learned something",
    "took_part": "I could take part",
    "few_spoke": "Only a few spoke",
    "crowded": "Too many people",
    "unheard": "Hard to hear or see",
    "no_result": "It led to nothing",
}
SHOWN_AFTER: Final = timedelta(hours=12)  # after a session began
OPEN_FOR: Final = timedelta(days=14)  # after the last day of the meetup


def why_not_now(starts: datetime | None, ends: datetime | None, now: datetime) -> str | None:
    """Return why nobody can say how it was: the session has not begun, or the meetup was too long ago."""
    if starts is not None and now < starts:
        return "This session has not begun. Tell us how it was once you have been there."
    if ends is not None and now > ends + OPEN_FOR:
        return "This was two weeks ago and more, so nothing is counted any longer. Thank you for wanting to tell."
    return None


def may_show(starts: datetime | None, now: datetime) -> bool:
    """Say whether figures are shown: not while people are still answering, so that nobody watches a figure change."""
    return starts is None or now >= starts + SHOWN_AFTER


def fault_in_mark(mark: str, reason: str) -> tuple[str, str] | None:
    """Return the field that is wrong and what to do about it; None when all is well."""
    if mark not in MARKS:
        return "mark", f"Choose one: {', '.join(MARKS.values())}."
    if reason and reason not in REASONS:
        return "reason", "Choose one of the reasons, or none."
    return None
