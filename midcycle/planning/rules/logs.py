"""What a MeetBot wrote about a meeting, its log or its text minutes, turned into minutes that people can go on with. Pure.

Both forms are those of MeetBot 0.1.4 (wiki.debian.org/MeetBot), as the OpenStack and Fedora channels keep them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from midcycle.kernel.typed import one_line
from midcycle.planning.rules.minutes import points_in

_SAID: Final = re.compile(r"(?:\[?[0-9T:. -]{4,24}Z?\]?\s+)?<[@+%~& ]?([^<>\s]{1,60})>\s?(.*)")
_STARTED: Final = re.compile(r"Meeting started \w{3} (\w{3}) +([0-9]{1,2}) [0-9:]{8} (20[0-9]{2}) UTC")
_IN_ADDRESS: Final = re.compile(r"(20[0-9]{2})-([0-9]{2})-([0-9]{2})-[0-9]{2}\.[0-9]{2}")
_NAMED: Final = re.compile(r"#startmeeting\s+(\S.*)", re.IGNORECASE)
_ITEM: Final = re.compile(r"( *)\* (.*\S)\s+\([^()\s]{1,60},\s+[0-9:]{8}\)\s*")
_KIND: Final = re.compile(r"(ACTION|AGREED|ACCEPTED|REJECTED|LINK|IDEA|HELP|INFO): (.*)")
_PERSON: Final = re.compile(r"\* (\S{1,60}) \([0-9]{1,6}\)")
_BOTS: Final = frozenset({"meetbot", "meetingology", "openstack", "opendevmeet", "ubottu", "zodbot"})
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FEWEST: Final = 3  # lines of talk that make a log
_MOST_JOINED: Final = 8  # lines an item of the text minutes is wrapped into


@dataclass(frozen=True)
class Log:
    """What was read: a title, blank when none is told, the day if it is told, who was there, and minutes with their points."""

    title: str
    held_on: date | None
    present: tuple[str, ...]
    text: str


def read_log(text: str) -> Log | None:
    """Return what a MeetBot wrote, None for text that is not of it. Only its points are kept; what was chatted is not."""
    rows = text.split("\n")
    if any(row.startswith("Meeting started by ") for row in rows) and "Meeting summary" in rows:
        return _of_summary(text, rows)
    said = [found for row in rows if (found := _SAID.fullmatch(row))]
    is_log = len(said) >= _FEWEST and 2 * len(said) >= sum(1 for row in rows if row.strip())
    return _of_talk(text, [(found[1], found[2]) for found in said]) if is_log else None


def _of_talk(text: str, said: Sequence[tuple[str, str]]) -> Log:
    bots = {nick for nick, words in said if _STARTED.match(words)} | _BOTS
    points: list[str] = []
    for nick, words in said:
        if nick not in bots and words.lower().startswith("#undo"):
            points = points[:-1]
        elif nick not in bots and points_in(words):
            points.append(words)
    named = next((found[1] for _, words in said if (found := _NAMED.fullmatch(words))), "")
    present = dict.fromkeys(nick for nick, _ in said if nick.lower() not in bots)
    return Log(_title(named), _day(text), tuple(present), "\n".join(points))


def _of_summary(text: str, rows: Sequence[str]) -> Log:
    begins = rows.index("Meeting summary")
    points = [_point(item) for item in _items(rows[begins + 1 :])]
    present = [found[1] for row in rows if (found := _PERSON.fullmatch(row.strip()))]
    named = rows[1] if len(rows) > 2 and set(rows[0]) == {"="} else ""
    people = dict.fromkeys(nick for nick in present if nick.lower() not in _BOTS)
    return Log(_title(named.partition(": ")[2] or named), _day(text), tuple(people), "\n".join(points))


def _items(rows: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Return indent and text of each item of the summary, put together from the lines it was wrapped into."""
    held: list[str] = []
    for row in rows:
        if row.startswith("Meeting ended at "):
            return
        if row.lstrip().startswith("* "):
            held = [row]
        elif held and len(held) < _MOST_JOINED:
            held.append(row.strip())
        found = _ITEM.fullmatch(" ".join(held))
        if found:
            held = []
            yield found[1], found[2]


def _point(item: tuple[str, str]) -> str:
    indent, words = item
    known = _KIND.fullmatch(words)
    if known:
        return f"#{known[1].lower()} {known[2]}"
    if words.startswith(("http://", "https://")):
        return f"#link {words}"
    return f"#info {words}" if indent else f"#topic {words}"


def _title(named: str) -> str:
    return one_line(named.replace("_", " "))[:120]


def _day(text: str) -> date | None:
    told = _STARTED.search(text)
    if told and told[1] in _MONTHS:
        return _date(int(told[3]), _MONTHS.index(told[1]) + 1, int(told[2]))
    found = _IN_ADDRESS.search(text)
    return _date(*map(int, found.groups())) if found else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
