"""What was done on the board: as its history keeps it, in English, and as it is told. Pure."""

import re
from datetime import date, timedelta
from typing import Final

from midcycle.agenda.rules.clock import opening, weekday_and_time
from midcycle.kernel.words import ENGLISH, gettext, gettext_noop, language, pgettext, retold

MOVED: Final = gettext_noop("moved %(title)s to %(place)s")
TAKEN_OFF: Final = gettext_noop("took %(title)s off the grid")
KEPT: Final = {
    "pinned": gettext_noop("pinned %(title)s"),
    "unpinned": gettext_noop("unpinned %(title)s"),
    "locked": gettext_noop("locked %(title)s"),
    "unlocked": gettext_noop("unlocked %(title)s"),
}
DRAFTED: Final = gettext_noop("drafted the agenda")
FOUND: Final = gettext_noop("put the agenda that was found on the board")
BROUGHT_BACK: Final = gettext_noop("put the draft %(name)s on the board")
MENDED_ONE: Final = gettext_noop("moved 1 session after a change on the day")
MENDED: Final = gettext_noop("moved %(count)s sessions after a change on the day")
UNDONE: Final = gettext_noop("took back: %(deed)s")
REDONE: Final = gettext_noop("did again: %(deed)s")
_DEEDS: Final = (MENDED, *KEPT.values(), BROUGHT_BACK, TAKEN_OFF, MOVED)
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TIME: Final = re.compile(rf"\b({'|'.join(_WEEKDAYS)}) (\d\d:\d\d)\b")
_OPENING: Final = re.compile(r"(?:On (?:day (?P<number>\d+)|(?P<day>\w+)) at|At) (?P<time>\d\d:\d\d)")
_A_MONDAY: Final = date(2024, 1, 1)


def deed_in_words(kept: str) -> str:
    """Return what the history keeps as it reads in the language that is active."""
    for template in (UNDONE, REDONE):
        before = template.partition("%")[0]
        if kept.startswith(before):
            return gettext(template) % {"deed": deed_in_words(kept.removeprefix(before))}
    return times_in_words(retold(kept, _DEEDS))


def done_by_you(kept: str) -> str:
    """Return such as `You drafted the agenda`; blank for nothing."""
    return pgettext("who did what on the board", "You %(deed)s") % {"deed": deed_in_words(kept)} if kept else ""


def done_by(who: str, kept: str) -> str:
    """Return such as `Ada drafted the agenda.`; by nobody: a machine did it."""
    facts = {"who": who or gettext("A machine"), "deed": deed_in_words(kept)}
    return pgettext("who did what on the board", "%(who)s %(deed)s.") % facts


def times_in_words(kept: str) -> str:
    """Return a text that was kept in English with its times, such as `Mon 09:30`, in the language that is active."""
    return kept if language() == ENGLISH else _TIME.sub(_time, kept)


def opening_in_words(kept: str) -> str:
    """Return how a sentence begins that was kept in English, such as `On Mon at 09:30`, in the language that is active."""
    found = _OPENING.fullmatch(kept)
    if found is None or (found["day"] and found["day"] not in _WEEKDAYS):
        return kept
    day = _A_MONDAY + timedelta(days=_WEEKDAYS.index(found["day"])) if found["day"] else None
    return opening(found["time"], day, int(found["number"] or 0))


def _time(found: re.Match[str]) -> str:
    return weekday_and_time(_A_MONDAY + timedelta(days=_WEEKDAYS.index(found[1])), found[2])
