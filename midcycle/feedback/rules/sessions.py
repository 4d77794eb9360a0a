"""How a session was, in two taps: a mark, and a reason if somebody has one. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from midcycle.kernel.words import gettext, gettext_noop

MARKS: Final[Mapping[str, str]] = {
    "good": gettext_noop("Good"),
    "mixed": gettext_noop("So-so"),
    "poor": gettext_noop("Not for me"),
}
REASONS: Final[Mapping[str, str]] = {
    "learned": gettext_noop("I learned something"),
    "took_part": gettext_noop("I could take part"),
    "few_spoke": gettext_noop("Only a few spoke"),
    "crowded": gettext_noop("Too many people"),
    "unheard": gettext_noop("Hard to hear or see"),
    "no_result": gettext_noop("It led to nothing"),
}
SHOWN_AFTER: Final = timedelta(hours=12)  # after a session began; it is counted until then
OPEN_FOR: Final = timedelta(days=14)  # after the last day of the meetup, where nobody knows when a session began
TOO_LATE: Final = gettext_noop(
    "Thank you for wanting to answer. If something should still be said, tell the organisers in your own way."
)


def why_not_now(starts: datetime | None, ends: datetime | None, now: datetime) -> str | None:
    """Return why nobody can say how it was: the session has not begun, or figures are shown, or the meetup was too long ago."""
    if starts is not None and now < starts:
        return gettext("This session has not begun. Tell us how it was once you have been there.")
    if ends is not None and now > ends + OPEN_FOR:
        return gettext("This was two weeks ago and more, so nothing is counted any longer. Thank you for wanting to tell.")
    return gettext(TOO_LATE) if may_show(starts, ends, now) else None


def may_show(starts: datetime | None, ends: datetime | None, now: datetime) -> bool:
    """Say whether figures are shown. Then nothing is counted any longer: a figure that changes tells what one person said.

    A session whose hour nobody knows is counted until two weeks after the meetup.
    """
    if starts is not None:
        return now >= starts + SHOWN_AFTER
    return ends is not None and now > ends + OPEN_FOR


def fault_in_mark(mark: str, reason: str) -> tuple[str, str] | None:
    """Return the field that is wrong and what to do about it; None when all is well."""
    if mark not in MARKS:
        return "mark", gettext("Choose one: %(choices)s.") % {"choices": ", ".join(gettext(name) for name in MARKS.values())}
    if reason and reason not in REASONS:
        return "reason", gettext("Choose one of the reasons, or none.")
    return None
