"""What the lines of minutes say: `#action`, `#agreed`, `#info`, `#topic` and more, in the manner of MeetBot. Pure."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from html import escape
from typing import Final

from midcycle.kernel.typed import has_ink, one_line
from midcycle.kernel.words import ENGLISH, gettext, gettext_noop, language
from midcycle.planning.rules.things import LONGEST

POINTS: Final[Mapping[str, str]] = {
    "action": gettext_noop("Action"),
    "agreed": gettext_noop("Agreed"),
    "info": gettext_noop("Info"),
    "topic": gettext_noop("Topic"),
    "link": gettext_noop("Link"),
    "idea": gettext_noop("Idea"),
    "help": gettext_noop("Help wanted"),
}
MOST_POINTS: Final = 500
_SAME: Final = {"agree": "agreed", "accepted": "agreed", "rejected": "agreed", "halp": "help", "subtopic": "topic"}
_COMMAND: Final = re.compile(r"[ \t]{0,8}(?:[-*+][ \t]{1,4})?#([a-z]{4,8})(?::[ \t]*|[ \t]+)(\S.*)", re.IGNORECASE)
_FENCE: Final = re.compile(r" {0,3}(```|~~~)")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH: Final = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY: Final = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?:,?\s+(?P<year>20[0-9]{2}))?"
_DATES: Final = (
    re.compile(r"(?P<year>20[0-9]{2})-(?P<number>[0-9]{2})-(?P<day>[0-9]{2})"),
    re.compile(rf"{_DAY}(?:\s+of)?\s+{_MONTH}{_YEAR}"),
    re.compile(rf"{_MONTH}\s+{_DAY}{_YEAR}"),
)
_WEEKDAY: Final = re.compile(r"(?:next\s+)?(mon|tue|wed|thu|fri|sat|sun)[a-z]*")
_BY: Final = re.compile(r"\s\(?by\s+", re.IGNORECASE)
_AFTER_NAME: Final = " :,-\N{EN DASH}"
_ENDS_NAME: Final = frozenset({"", *_AFTER_NAME})
MOST_PRESENT: Final = 200
# Minutes are kept with these words of ours in English; whoever reads them has them in their own language.
_REJECTED: Final = "Rejected: "
_LABELS: Final = re.compile(
    rf'(<p id="line-[0-9]+"><strong>)({"|".join(POINTS.values())})(:</strong> )({_REJECTED})?', re.ASCII
)


@dataclass(frozen=True)
class Point:
    """One line that says something: its kind, its number counted from 1, and its text."""

    kind: str
    line: int
    text: str

    @property
    def in_words(self) -> str:
        """Return the text for whoever reads it; what somebody typed stays as it is."""
        rest = self.text.removeprefix(_REJECTED)
        return self.text if rest == self.text else gettext("Rejected: %(text)s") % {"text": rest}


def html_in_words(html: str) -> str:
    """Return minutes as they are kept, with the words of ours in them in the language that is active."""
    return html if language() == ENGLISH else _LABELS.sub(_label_in_words, html)


def _label_in_words(found: re.Match[str]) -> str:
    rejected = gettext("Rejected: %(text)s") % {"text": ""} if found[4] else ""
    return f"{found[1]}{escape(gettext(found[2]))}{found[3]}{escape(rejected)}"


@dataclass(frozen=True)
class Wanted:
    """What an action asks for: of a person of the team by number, or of a name; `due` None when no day is named."""

    title: str
    owner: int | None
    owner_name: str
    due: date | None
    line: int


def points_in(text: str) -> tuple[Point, ...]:
    """Return what the lines of Markdown say. Lines within fenced code are code; at most MOST_POINTS are taken."""
    found = (_point(number, line) for number, line in _outside_code(text))
    return tuple(point for point in found if point is not None)[:MOST_POINTS]


def wanted_of(point: Point, *, team: Mapping[str, int], present: Collection[str], held_on: date) -> Wanted:
    """Return what an action asks for.

    `team` has names in lower case with the number of the person; `present` are the names of those who were there. A name
    at the beginning is the owner and is left out of the title; else the first name of the team or of those present that
    stands anywhere in the line is, as with MeetBot; else a first word written `@name` or `name:`.
    """
    spelled = {name.lower(): name for name in present}
    names = sorted({*team, *spelled}, key=lambda name: (-len(name), name))
    text, due = _without_date(point.text, held_on)
    owner, title = _owner_first(text, names)
    owner = owner or _owner_within(text, names)
    known = team.get(owner)
    name = "" if known is not None else spelled.get(owner, owner)[: LONGEST["owner_name"]]
    return Wanted(title if has_ink(title) else point.text, known, name, due, point.line)


def followed(before: Sequence[str], after: Sequence[str]) -> tuple[int | None, ...]:
    """Return for each action after an edit which it was before, by its place; None for a new one.

    What reads the same is the same; a line that was changed where it stood is the same too.
    """
    found: list[int | None] = [None] * len(after)
    for kind, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind in {"equal", "replace"}:
            for old, new in zip(range(first, last), range(start, end), strict=False):
                found[new] = old
    return tuple(found)


def names_in(present: str) -> tuple[str, ...]:
    """Return the names of those who were there, as they were typed with commas or on lines of their own, each once."""
    names = (one_line(name)[: LONGEST["owner_name"]] for name in re.split(r"[,;\n]", present))
    return tuple(dict.fromkeys(name for name in names if has_ink(name)))[:MOST_PRESENT]


def date_in(text: str, held_on: date) -> date | None:
    """Return the day a few words name, seen from the day of the meeting; None when they name none.

    Without a year it is the next such day; `Friday` is the next one after the meeting.
    """
    words = one_line(text).strip(" .)").lower()
    named = {"today": 0, "tomorrow": 1, "next week": 7, "next meeting": 7, "the next meeting": 7}
    if words in named:
        return held_on + timedelta(days=named[words])
    weekday = _WEEKDAY.fullmatch(words)
    if weekday:
        return held_on + timedelta(days=(_DAYS.index(weekday[1]) - held_on.weekday() - 1) % 7 + 1)
    found = next((match for pattern in _DATES if (match := pattern.fullmatch(words))), None)
    return _date_of(found.groupdict(), held_on) if found else None


def _outside_code(text: str) -> Iterator[tuple[int, str]]:
    fence = ""
    for number, line in enumerate(text.split("\n"), start=1):
        mark = _FENCE.match(line)
        if mark and fence in {"", mark[1]}:
            fence = "" if fence else mark[1]
        elif not fence:
            yield number, line


def _point(number: int, line: str) -> Point | None:
    found = _COMMAND.fullmatch(line)
    if found is None:
        return None
    word = found[1].lower()
    kind = _SAME.get(word, word)
    text = one_line(found[2])[: LONGEST["line"]]
    if kind not in POINTS or not has_ink(text):
        return None
    return Point(kind, number, f"{_REJECTED}{text}" if word == "rejected" else text)


def _without_date(text: str, held_on: date) -> tuple[str, date | None]:
    """Return the text without `by DATE` at its end, and that day."""
    last = next(reversed(list(_BY.finditer(text))), None)
    due = date_in(text[last.end() :], held_on) if last else None
    return (text[: last.start()].rstrip(" ,;"), due) if last and due else (text, None)


def _owner_first(text: str, names: Sequence[str]) -> tuple[str, str]:
    """Return the name a text begins with, known names in lower case, and the rest; a blank name when it begins with none."""
    bare = text.removeprefix("@")
    for name in names:
        if bare.lower().startswith(name) and bare[len(name) : len(name) + 1] in _ENDS_NAME:
            return name, _rest(bare[len(name) :])
    word, _, rest = bare.partition(" ")
    if (text != bare or word.endswith(":")) and "//" not in word and has_ink(word.strip(":,")):
        return word.strip(":,"), _rest(rest)
    return "", text


def _owner_within(text: str, names: Sequence[str]) -> str:
    """Return the name that comes first in a text as words of their own; blank when none does."""
    said = text.lower()
    places = [(place, name) for name in names if (place := _place_of(name, said)) >= 0]
    return min(places)[1] if places else ""


def _place_of(name: str, said: str) -> int:
    place = said.find(name)
    while place >= 0:
        end = place + len(name)
        if not (said[:place][-1:].isalnum() or said[end : end + 1].isalnum()):
            return place
        place = said.find(name, place + 1)
    return -1


def _rest(text: str) -> str:
    """Return what an owner is to do, beginning with a capital: `to write the report` is `Write the report`."""
    bare = re.sub(r"(?i)^(?:to|will)\s+", "", text.lstrip(_AFTER_NAME))
    return bare[:1].upper() + bare[1:]


def _date_of(parts: Mapping[str, str | None], held_on: date) -> date | None:
    month = int(parts.get("number") or 0) or _MONTHS.index(parts["month"] or "") + 1
    year = parts.get("year")
    for candidate in (int(year),) if year else (held_on.year, held_on.year + 1):
        with suppress(ValueError):  # such as 30 February, or 29 February of most years
            day = date(candidate, month, int(parts["day"] or 0))
            if year or day >= held_on:
                return day
    return None
