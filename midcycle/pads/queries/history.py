"""The history of a pad: any version of it, who wrote what, and what changed."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from django.utils.html import format_html
from django.utils.translation import gettext

from midcycle.engines.crdt.chapters import Chapter
from midcycle.engines.crdt.weave import Weave, ends_of_typing
from midcycle.pads.models import Client, Pad, Update, Version
from midcycle.pads.queries.weaves import weave_of
from midcycle.pads.rules import name_of_writer

LONGEST_SHOWN: Final = 60_000  # characters; a page of more helps nobody
MOST_LINES: Final = 2_000
_WHO: Final = '<span class="pad-who person-{}" title="{}">{}</span>'
_STATES: Final = {"kept": "{}{}", "added": "{}<ins>{}</ins>", "gone": "{}<del>{}</del>"}
_MOMENT: Final = 60_000  # milliseconds; what was typed without a longer pause is one step


@dataclass(frozen=True)
class Mark:
    """A stretch of text of one author. `tint` is 0 for what no person wrote; `state` is "kept", "added" or "gone"."""

    author: str
    initials: str
    tint: int
    text: str
    state: str

    @property
    def html(self) -> str:
        """The stretch with its author, written here since a page has thousands of them, and a template is slow in that."""
        who = format_html(_WHO, self.tint, self.author, self.initials) if self.initials else ""
        return format_html(_STATES[self.state], who, self.text)


@dataclass(frozen=True)
class Step:
    """A version to go to: after which row of the log, and when that was. `label` is the name somebody gave it."""

    seq: int
    at: datetime
    label: str = ""


@dataclass(frozen=True)
class Writer:
    """Somebody who wrote: name, initials, tint, and how many characters of the version shown."""

    name: str
    initials: str
    tint: int
    amount: int


@dataclass(frozen=True)
class BlamedLine:
    """A line of a version: who wrote most of it, how many others wrote in it, and when it last changed.

    `author` is blank for what the pad began with.
    """

    number: int
    text: str
    author: str
    initials: str
    tint: int
    others: int
    changed_at: datetime


@dataclass(frozen=True)
class HistoryPage:
    """One version of a pad beside the one before it, or line by line. `position` counts from 0 in `steps`."""

    pad: Pad
    steps: tuple[Step, ...]
    position: int
    marks: tuple[Mark, ...]
    writers: tuple[Writer, ...]
    is_cut: bool
    lines: tuple[BlamedLine, ...] | None = None

    @property
    def shown(self) -> Step:
        """The version that is shown."""
        return self.steps[self.position]

    @property
    def last(self) -> int:
        """The position of the newest version."""
        return len(self.steps) - 1

    @property
    def before(self) -> int:
        """The position before this one."""
        return self.position - 1

    @property
    def after(self) -> int:
        """The position after this one."""
        return self.position + 1

    @property
    def named(self) -> tuple[tuple[int, Step], ...]:
        """The versions with a name, with their positions."""
        return tuple((position, step) for position, step in enumerate(self.steps) if step.label)


def history_of(pad: Pad, position: int | None = None, *, by_line: bool = False) -> HistoryPage:
    """Return the version at a position, the newest without one, with what changed since the position before.

    Or line by line, with who wrote most of each line. Three queries, and three more where somebody typed since it was
    last asked.
    """
    made, log = weave_of(pad)
    steps = _steps(pad, log)
    at = len(steps) - 1 if position is None else max(0, min(position, len(steps) - 1))
    people = _people(pad)
    writers = _writers(made, steps[at].seq, people)
    if by_line:
        lines, is_cut = _blamed(made, steps[at].seq, people, lambda seq: _time_of(pad, log, seq))
        return HistoryPage(pad, tuple(steps), at, (), writers, is_cut=is_cut, lines=lines)
    changes = made.changes(steps[max(at - 1, 0)].seq, steps[at].seq)
    marks, left = list[Mark](), LONGEST_SHOWN
    for change in changes:
        if left > 0:
            marks.append(Mark(*people.get(change.client, _NOBODY), change.text[:left], change.state))
            left -= len(change.text)
    return HistoryPage(pad, tuple(steps), at, tuple(marks), writers, is_cut=left < 0)


def with_history(pads: Sequence[Pad]) -> int:
    """Return how many of some pads have more versions than the one they began with. One query."""
    return Update.objects.filter(pad__in=pads).values("pad").distinct().count()


def _steps(pad: Pad, log: Chapter) -> list[Step]:
    """Return the versions to go to: how it began, the end of each stretch of typing, and what has a name."""
    labels = dict(Version.objects.filter(pad=pad).values_list("seq", "name"))
    steps = [Step(0, pad.made_at, labels.get(0, ""))]
    for place in ends_of_typing(log, labels, _MOMENT):
        seq = log.seqs[place]
        steps.append(Step(seq, _time_of(pad, log, seq), labels.get(seq, "")))
    return steps


def _time_of(pad: Pad, log: Chapter, seq: int) -> datetime:
    return datetime.fromtimestamp(log.times[bisect_left(log.seqs, seq)] / 1000, UTC) if seq else pad.made_at


_NOBODY: Final = ("", "", 0)


def _people(pad: Pad) -> Mapping[int, tuple[str, str, int]]:
    """Return name, initials and tint by client id."""
    somebody = gettext("Somebody")
    return {
        one.client_id: (name_of_writer(one.person, one.name) or somebody, _initials(one.name), one.colour % 8 + 1)
        for one in Client.objects.filter(pad=pad)
    }


def _blamed(
    made: Weave, seq: int, people: Mapping[int, tuple[str, str, int]], time_of: Callable[[int], datetime]
) -> tuple[tuple[BlamedLine, ...], bool]:
    """Return the lines that say something, and whether there are more than is shown."""
    lines, left = list[BlamedLine](), LONGEST_SHOWN
    for number, line in enumerate(made.lines(seq), 1):
        if not line.text.strip():
            continue
        if left <= 0 or len(lines) == MOST_LINES:
            return tuple(lines), True
        amounts: dict[tuple[str, str, int], int] = {}
        for client, amount in line.amounts.items():
            who = people.get(client, _NOBODY)
            amounts[who] = amounts.get(who, 0) + amount
        most = max(amounts, key=lambda who: (amounts[who], who))
        others = sum(bool(name) for name, _, _ in amounts.keys() - {most})
        lines.append(BlamedLine(number, line.text[:left], *most, others, time_of(line.changed)))
        left -= len(line.text)
    return tuple(lines), False


def _initials(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in (words[0], *words[1:][-1:])).upper() if words else "?"


def _writers(made: Weave, seq: int, people: Mapping[int, tuple[str, str, int]]) -> tuple[Writer, ...]:
    amounts: dict[tuple[str, str, int], int] = {}
    for piece in made.pieces(seq):
        if piece.client in people:
            who = people[piece.client]
            amounts[who] = amounts.get(who, 0) + len(piece.text)
    ordered = sorted(amounts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Writer(*who, amount) for who, amount in ordered)
