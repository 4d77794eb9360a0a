"""Reading the text of a planning pad, as people write it in an Etherpad. Pure.

A bullet at the left is a topic; below it, indented, are voices (`+1 Bo, Cy`, `Bo +1`, `+3`), who moderates
(`Moderator: Dee`, `Shadow: Eve`), wishes (`Format: working group`, `Minutes: 40`), and details. A line without a bullet is a
topic when it has a `+1` or something indented below it. Headings become tags. What is struck out is left out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from midcycle.kernel.typed import has_ink, lines, one_line
from midcycle.kernel.words import gettext
from midcycle.topics.rules.voices import Said, is_vote, voices_in, without_voices
from midcycle.topics.rules.words import (
    FORMATS,
    LONGEST,
    LONGEST_DETAILS,
    LONGEST_TAG,
    LONGEST_TITLE,
    MOST_TAGS,
    SHORTEST,
    tags_in,
)

LONGEST_PAD: Final = 200_000
MOST_TOPICS: Final = 500
_INDENT: Final = 4  # what a tab is

_BULLET: Final = re.compile(r"(?:[*\u2022\u25e6\u25aa\u2023\u2013-]|\d{1,3}[.)])[ \t]+")
_MARKED_HEADING: Final = re.compile(r"(#{1,6}|={1,6})[ \t]*(.*?)[ \t]*[#=]*$")
_RULE: Final = re.compile(r"[-=_*~]{3,}$")
_STRUCK: Final = re.compile(r"~~[^~]*~~|<(s|del|strike)>[^<]*</\1>", re.IGNORECASE)
_OVERLAY: Final = re.compile("(?:.[\u0335\u0336])+")
_PART: Final = re.compile(r"(moderators?|mods?|leads?|facilitators?|chairs?|shadows?)[ \t]*[:=][ \t]*(.+)$", re.IGNORECASE)
_WISH: Final = re.compile(r"(format|minutes|length|duration|tags?)[ \t]*[:=][ \t]*(.+)$", re.IGNORECASE)
_BREAK: Final = re.compile(r"\r\n?|[\u2028\u2029]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_EVERYTHING: Final = frozenset(
    {"topics", "ideas", "proposals", "proposed topics", "sessions", "proposed sessions", "new topics"}
)


@dataclass(frozen=True)
class PadTopic:
    """A topic as a pad tells it: lines `first` to before `after`, names as written, `unnamed` voices without one.

    `counted` voices were given in Midcycle: a pad that is written there has them as a figure.
    """

    title: str
    details: str = ""
    format: str = ""
    minutes: int | None = None
    tags: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    unnamed: int = 0
    counted: int = 0
    leads: tuple[str, ...] = ()
    shadows: tuple[str, ...] = ()
    first: int = 0
    after: int = 0
    is_struck: bool = False


@dataclass(frozen=True)
class Reading:
    """What a pad was understood as: its topics, and the lines that were left out, with their numbers from 1 and why."""

    topics: tuple[PadTopic, ...]
    remarks: tuple[tuple[int, str, str], ...]


@dataclass
class _Draft:
    title: str
    first: int
    depth: int
    tags: tuple[str, ...]
    is_struck: bool
    after: int = 0
    format: str = ""
    minutes: int | None = None
    said: Said = field(default_factory=Said)
    leads: list[str] = field(default_factory=list)
    shadows: list[str] = field(default_factory=list)
    details: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Line:
    """A line that says something: its depth in columns, whether it has a bullet, what it says once struck words are gone."""

    number: int
    depth: int
    is_bullet: bool
    raw: str
    text: str

    @property
    def is_struck(self) -> bool:
        """Whether all of it is struck out."""
        return not has_ink(self.text)


def pad_text(typed: str) -> str:
    """Return the text of a pad as it is kept: plain line breaks, no other controls; indents and blank lines stay."""
    return _CONTROL.sub("", _BREAK.sub("\n", typed)).rstrip() + "\n"


def read_pad(text: str) -> Reading:
    """Return what a pad says. Takes time in proportion to its length; anything is understood as something."""
    return _Reader(text.split("\n")).read()


class _Reader:
    """Goes through the lines once, with the topic and the heading they stand under."""

    def __init__(self, rows: Sequence[str]) -> None:
        self.rows = rows
        self.lines = [found for number, row in enumerate(rows) if (found := _line(number, row)) is not None]
        self.topics: list[_Draft] = []
        self.remarks: list[tuple[int, str, str]] = []
        self.tags: tuple[str, ...] = ()
        self.open: _Draft | None = None

    def read(self) -> Reading:
        """Return what the lines say."""
        for at, line in enumerate(self.lines):
            self._take(line, self.lines[at + 1] if at + 1 < len(self.lines) else None)
        for found, following in zip(self.topics, [*self.topics[1:], None], strict=False):
            found.after = min(found.after, following.first) if following else found.after
        most = self.topics[:MOST_TOPICS]
        for found in self.topics[MOST_TOPICS:]:
            self._leave(found.first, found.title, gettext("a pad has at most %(most)s topics") % {"most": MOST_TOPICS})
        return Reading(tuple(self._topic(found) for found in most), tuple(self.remarks))

    def _take(self, line: _Line, following: _Line | None) -> None:
        heading = None if line.is_struck else self._heading(line)
        if _RULE.fullmatch(line.raw.strip()):
            self.open = None
        elif heading is not None:
            self.open = None
            is_about_all = line is self.lines[0] or heading.casefold().strip(" :") in _EVERYTHING
            self.tags = () if is_about_all else tuple(tag[:LONGEST_TAG] for tag in tags_in(heading)[:1])
        elif self.open is not None and (line.depth > self.open.depth or (is_vote(line.text) and not line.is_bullet)):
            self.open.after = line.number + 1
            if not line.is_struck:
                _add(self.open, line)
        elif line.is_bullet or self._begins(line, following):
            self._begin(line)
        else:
            self.open = None
            if not line.is_struck:
                self._leave(line.number, line.raw, gettext("it is no bullet and has no +1"))

    def _heading(self, line: _Line) -> str | None:
        """Return the words of a heading, None when the line is none."""
        if line.is_bullet or line.depth:
            return None
        marked = _MARKED_HEADING.fullmatch(line.text)
        if marked is not None:
            return marked[2]
        below = self.rows[line.number + 1].strip() if line.number + 1 < len(self.rows) else ""
        if len(below) >= 3 and set(below) in ({"-"}, {"="}):
            return line.text
        return line.text[:-1] if line.text.endswith(":") and not is_vote(line.text) else None

    def _begins(self, line: _Line, following: _Line | None) -> bool:
        below = following is not None and (
            following.depth > line.depth or (is_vote(following.text) and following.number == line.number + 1)
        )
        is_said = bool(voices_in(line.text).count) and without_voices(line.text) == without_voices(line.text.split("+")[0])
        return not line.is_struck and not is_vote(line.text) and (below or is_said)

    def _begin(self, line: _Line) -> None:
        words = _unstruck(line.raw)[0] if line.is_struck else line.text
        said = Said() if line.is_struck else voices_in(words, is_title=True)
        title = one_line(without_voices(words)) or one_line(words)
        self.open = _Draft(title, line.number, line.depth, self.tags, line.is_struck, line.number + 1, said=said)
        if has_ink(title):
            self.topics.append(self.open)

    def _topic(self, draft: _Draft) -> PadTopic:
        title, details = draft.title, lines("\n".join(draft.details))
        if len(title) > LONGEST_TITLE:
            self._leave(draft.first, title[LONGEST_TITLE - 1 :], gettext("the title was too long; all of it is in the details"))
            title, details = f"{title[: LONGEST_TITLE - 1]}…", f"{title}\n\n{details}".strip()
        if len(details) > LONGEST_DETAILS:
            self._leave(draft.first, details[LONGEST_DETAILS:], gettext("the details were too long"))
        return PadTopic(
            title=title,
            details=details[:LONGEST_DETAILS],
            format=draft.format,
            minutes=draft.minutes,
            tags=draft.tags,
            voices=draft.said.people,
            unnamed=draft.said.unnamed,
            counted=draft.said.counted,
            leads=tuple(dict.fromkeys(draft.leads)),
            shadows=tuple(name for name in dict.fromkeys(draft.shadows) if name not in draft.leads),
            first=draft.first,
            after=draft.after,
            is_struck=draft.is_struck,
        )

    def _leave(self, number: int, text: str, why: str) -> None:
        self.remarks.append((number + 1, one_line(text)[:80], why))


def _line(number: int, row: str) -> _Line | None:
    raw = row.expandtabs(_INDENT).rstrip()
    bare = raw.lstrip()
    if not bare:
        return None
    bullet = _BULLET.match(bare)
    inner = bare[bullet.end() :] if bullet else bare
    return _Line(number, len(raw) - len(bare), bullet is not None, inner, _unstruck(inner)[1])


def _unstruck(text: str) -> tuple[str, str]:
    """Return a text with the marks of what is struck out taken away, and without what is struck out."""
    marks = re.sub(r"~~|</?(?:s|del|strike)>|[\u0335\u0336]", "", text, flags=re.IGNORECASE)
    return marks.strip(), " ".join(_OVERLAY.sub(" ", _STRUCK.sub(" ", text)).split())


def _add(draft: _Draft, line: _Line) -> None:
    """Understand a line below a topic: voices, who moderates, a wish, or details."""
    part, wish = _PART.match(line.text), _WISH.match(line.text)
    if part is not None:
        held = draft.shadows if part[1].casefold().startswith("shadow") else draft.leads
        held += [name for name in Said.names(part[2]) if name not in held]
    elif wish is None or not _wish(draft, wish[1].casefold(), wish[2]):
        voices = voices_in(line.text)
        draft.said = draft.said.with_more(voices)
        depth = max(0, line.depth - draft.depth - 1) // _INDENT
        said = without_voices(line.text) if voices.count else line.text
        if is_vote(line.text) and voices.people and said.strip() in voices.people:
            return
        if has_ink(said):
            draft.details.append(f"{'    ' * depth}- {said}" if line.is_bullet else said)


def _wish(draft: _Draft, kind: str, said: str) -> bool:
    """Take a wish for a format or a time, or tags; return whether it was understood."""
    if kind == "format":
        known = {name.name.casefold(): key for key, name in FORMATS.items()} | {key: key for key in FORMATS}
        draft.format = known.get(one_line(said).casefold(), draft.format)
        return one_line(said).casefold() in known
    if kind.startswith("tag"):
        draft.tags = tuple(dict.fromkeys([*draft.tags, *(tag[:LONGEST_TAG] for tag in tags_in(said))]))[:MOST_TAGS]
        return True
    number = re.match(r"(\d{1,3})(?!\d)", said)
    if number is None or not SHORTEST <= int(number[1]) <= LONGEST:
        return False
    draft.minutes = int(number[1])
    return True
