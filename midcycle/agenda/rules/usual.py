"""The slots of a usual day: sessions with breaks between them, lunch and protected free time. Pure."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from midcycle.kernel.words import gettext, gettext_noop

SHORTEST: Final = 5
"""Minutes of the shortest session."""
OPENING: Final = gettext_noop("Opening")
LUNCH: Final = gettext_noop("Lunch")
WRAP_UP: Final = gettext_noop("Wrap-up")
_TOO_SOON: Final = {
    OPENING: gettext_noop("The opening would begin before what comes first has ended."),
    WRAP_UP: gettext_noop("The wrap-up would begin before what comes first has ended."),
    "break": gettext_noop("The lunch would begin before what comes first has ended."),
    "free": gettext_noop("The free time would begin before what comes first has ended."),
    "end": gettext_noop("The end of the day would begin before what comes first has ended."),
}
_TOO_LATE: Final = {
    OPENING: gettext_noop("The opening would end after the day does."),
    WRAP_UP: gettext_noop("The wrap-up would end after the day does."),
    "break": gettext_noop("The lunch would end after the day does."),
    "free": gettext_noop("The free time would end after the day does."),
}


@dataclass(frozen=True, slots=True)
class Usual:
    """How a usual day goes; lengths in minutes, 0 for none. Lunch and free time begin at fixed times."""

    starts: time
    ends: time
    session: int
    pause: int
    together: int
    lunch_at: time
    lunch: int
    free_at: time
    free: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A slot to be made; it starts before it ends."""

    starts: time
    ends: time
    kind: str
    label: str = ""


def usual_day(usual: Usual, *, is_last: bool = False) -> tuple[Stretch, ...]:
    """Return the slots of one day in order of time, from its start to its end without a gap.

    Everybody is together at the start, and on the last day at the end. Sessions fill what lunch, free time and these leave.
    What is left over there lengthens the breaks between the sessions; where there is no break between them it lengthens the
    sessions, and what is shorter than a session is a break. Raises ValueError with a sentence when the times contradict
    each other.
    """
    if usual.starts >= usual.ends:
        raise ValueError(gettext("The day ends before it begins."))
    if usual.session < SHORTEST:
        raise ValueError(gettext("A session lasts at least %(minutes)s minutes.") % {"minutes": SHORTEST})
    fixed = sorted(_fixed(usual, is_last=is_last), key=lambda stretch: stretch.starts)
    edges = [*fixed, Stretch(usual.ends, usual.ends, "end")]
    found: list[Stretch] = []
    at = usual.starts
    for stretch in edges:
        if stretch.starts < at:
            raise ValueError(gettext(_TOO_SOON[_name(stretch)]))
        found += _sessions(usual, at, stretch.starts)
        found += [stretch] if stretch.kind != "end" else []
        at = stretch.ends
    return tuple(found)


def _fixed(usual: Usual, *, is_last: bool) -> list[Stretch]:
    found = []
    if usual.together:
        found.append(_stretch(usual.starts, usual.together, "plenary", OPENING))
    if usual.lunch:
        found.append(_stretch(usual.lunch_at, usual.lunch, "break", LUNCH))
    if usual.free:
        found.append(_stretch(usual.free_at, usual.free, "free"))
    if usual.together and is_last:
        found.append(_stretch(_later(usual.ends, -usual.together), usual.together, "plenary", WRAP_UP))
    late = [stretch for stretch in found if stretch.ends > usual.ends]
    if late:
        raise ValueError(gettext(_TOO_LATE[_name(late[0])]))
    return found


def _sessions(usual: Usual, starts: time, ends: time) -> list[Stretch]:
    """Fill a stretch of the day to its last minute."""
    length = _minutes(starts, ends)
    count = (length + usual.pause) // (usual.session + usual.pause)
    if not count:
        return [Stretch(starts, ends, "break")] if starts < ends else []
    pauses = count - 1 if usual.pause else 0
    shares = _shares(length - count * usual.session - pauses * usual.pause, pauses or count)
    sessions = [usual.session + (0 if pauses else shares[at]) for at in range(count)]
    found: list[Stretch] = []
    for at, minutes in enumerate(sessions):
        found.append(_stretch(starts, minutes, "session"))
        if at < pauses:
            found.append(_stretch(found[-1].ends, usual.pause + shares[at], "break"))
        starts = found[-1].ends
    return [*found[:-1], replace(found[-1], ends=ends)]  # a day may begin between two minutes


def _shares(minutes: int, count: int) -> list[int]:
    """Share minutes out, in fives as far as they go, so that times stay round; the first get more."""
    fives, rest = divmod(minutes, 5)
    each, more = divmod(fives, count)
    shares = [5 * (each + (at < more)) for at in range(count)]
    shares[-1] += rest
    return shares


def _stretch(starts: time, minutes: int, kind: str, label: str = "") -> Stretch:
    return Stretch(starts, _later(starts, minutes), kind, label)


def _later(at: time, minutes: int) -> time:
    """Return the time so many minutes later, the last minute of the day when that is tomorrow."""
    then = datetime.combine(date.min + timedelta(days=1), at) + timedelta(minutes=minutes)
    if then.date() != date.min + timedelta(days=1):
        return time.max if minutes > 0 else time()
    return then.time()


def _minutes(starts: time, ends: time) -> int:
    return (ends.hour - starts.hour) * 60 + ends.minute - starts.minute


def _name(stretch: Stretch) -> str:
    return stretch.label if stretch.kind == "plenary" else stretch.kind
