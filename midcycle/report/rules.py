"""What a report tells and how it is first worded. Pure."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from midcycle.feedback.rules import DataPoint
from midcycle.kernel.folding import Group

LONGEST_BODY: Final = 50_000
LONGEST_PATH: Final = 200
LONGEST_KEY: Final = 40
LONGEST_WHERE: Final = 400
OVER_STAGES: Final = frozenset({"wrap_up", "archived"})
REPORTED_STAGES: Final = OVER_STAGES | {"on_site"}
NOT_YET: Final = "The report is drafted once the meetup is on site."

_MARKS: Final = re.compile(r"([\\`*_\[\]<>&|~]|#(?=#))")  # two # begin a tag of ours
_FIRST_MARK: Final = re.compile(r"^([#+=-]|\d+(?=[.)]))")


@dataclass(frozen=True)
class Path:
    """From the first question to the door, in people; None where nobody asked or counted."""

    guess: tuple[int, int] | None = None
    interested: int | None = None
    announced: int | None = None
    seats: int | None = None
    asked: int = 0
    seated: int = 0
    waiting: int = 0
    came: int | None = None


@dataclass(frozen=True)
class Figure:
    """A number of the report and where it comes from."""

    key: str
    value: int
    label: str
    origin: str


@dataclass(frozen=True)
class Facts:
    """All that the first text of a report is made of. `when` is a phrase, such as `on 2 March 2027` or `(spring 2027)`."""

    title: str
    when: str = ""
    where: str = ""
    venue: str = ""
    path: Path = Path()
    roles: tuple[Group, ...] = ()
    sectors: tuple[Group, ...] = ()
    regions: tuple[Group, ...] = ()
    points: tuple[DataPoint, ...] = ()
    sessions: int = 0
    days: int = 0
    rooms: int = 0
    pads: int = 0


@dataclass(frozen=True)
class Told:
    """Facts that share the first word of their path: `Size`, with `estimated demand` and `200`."""

    name: str
    facts: tuple[tuple[str, str], ...]


def figures(path: Path) -> tuple[Figure, ...]:
    """Return the numbers a report opens with, the last first: who came, out of how many."""
    guessed = f" At first {_guess(path.guess)} expected." if path.guess else ""
    raised = (
        f" {path.announced} {_were(path.announced)} announced at first." if path.announced not in (None, path.seats) else ""
    )
    waited = f" {path.waiting} {_were(path.waiting)} still waiting for a seat at the end." if path.waiting else ""
    seated = None if path.seated in (0, path.came) else path.seated
    known = (
        ("came", path.came, "person came" if path.came == 1 else "people came", "Checked in at the door, one by one."),
        ("seated", seated, "had a seat", "Registrations that got a seat and did not give it back."),
        ("seats", path.seats, "seats", f"What the organisers set as the capacity.{raised}"),
        ("asked", path.asked or None, "asked for a seat", f"All registrations, with those later cancelled.{waited}"),
        ("interested", path.interested, "said they would come", f"Answers to the call for interest.{guessed}"),
    )
    return tuple(Figure(key, value, label, origin) for key, value, label, origin in known if value is not None)


def may_write(stage: str) -> bool:
    """Say whether there is something to report in this stage of a meetup: before it is on site, nothing has happened."""
    return stage in REPORTED_STAGES


def can_be_kept(value: object) -> bool:
    """Say whether every database keeps this value as JSON: no NaN, no NUL, no half of a surrogate pair (RFC 8259, 8.2)."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
        text.encode()
    except (ValueError, TypeError, RecursionError):
        return False
    return "\\u0000" not in text


def draft_text(facts: Facts) -> str:
    """Return a first text in Markdown: what the facts say, in sentences an organiser can keep or change."""
    parts = [
        _opening(facts),
        _section("How it came about", _came_about(facts.path)),
        _section("Who came", _who_came(facts)),
        _section("What we talked about", _talked_about(facts)),
        _section("What we learned", _learned(facts.points)),
    ]
    return "\n\n".join(part for part in parts if part)


def escaped(text: str) -> str:
    """Return text as Markdown that reads as the text itself, on one line (CommonMark 0.31, section 2.4)."""
    line = " ".join(text.split())
    return _FIRST_MARK.sub(_escape_first, _MARKS.sub(r"\\\1", line))


def in_words(path: str) -> str:
    """Return a part of a path as people write it: `estimated_demand` is `estimated demand`."""
    return " ".join(re.sub(r"[_-]+", " ", part) for part in path.split(".") if part)


def value_in_words(value: object) -> str:
    """Return a value of JSON in one line: lists with commas, tables as `name: value`, yes and no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return "not known"
    if isinstance(value, Mapping):
        return "; ".join(f"{in_words(str(key))}: {value_in_words(held)}" for key, held in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(value_in_words(held) for held in value)
    return str(value)


def told_in_words(told: Iterable[tuple[str, object]]) -> tuple[Told, ...]:
    """Return told facts, given as path and value, by the first word of their path, in the order told."""
    by_name: dict[str, list[tuple[str, str]]] = {}
    for path, value in told:
        first, _, rest = path.partition(".")
        name = in_words(first) or "other"
        by_name.setdefault(name[:1].upper() + name[1:], []).append((in_words(rest), value_in_words(value)))
    return tuple(Told(name, tuple(facts)) for name, facts in by_name.items())


def _opening(facts: Facts) -> str:
    when = f" took place {escaped(facts.when)}" if facts.when else " took place"
    venue = f" at {escaped(facts.venue)}" if facts.venue else ""
    where = f" in {escaped(facts.where)}" if facts.where else ""
    came = f" {_people(facts.path.came)} came." if facts.path.came is not None else ""
    return f"{escaped(facts.title)}{when}{venue}{where}.{came}"


def _came_about(path: Path) -> str:
    said = []
    if path.guess:
        said.append(f"At first {_guess(path.guess)} expected.")
    if path.interested:
        said.append(f"{_people(path.interested)} said they would come.")
    if path.asked and path.seats is not None:
        announced = path.seats if path.announced is None else path.announced
        raised = f", which became {path.seats}" if path.seats != announced else ""
        seats = "the one seat" if announced == 1 else f"one of the {announced} seats"
        said.append(f"{_people(path.asked)} asked for {seats} announced{raised}.")
    if path.waiting:
        said.append(f"{path.waiting} of them {_were(path.waiting)} still waiting at the end.")
    if path.came is not None and path.seated > path.came:
        said.append(f"Of the {path.seated} who had a seat, {path.came} came.")
    return " ".join(said)


def _who_came(facts: Facts) -> str:
    """Name the largest group of each kind; the charts beside the text show the rest."""
    kinds = (("by what they do", facts.roles), ("by sector", facts.sectors), ("by where they came from", facts.regions))
    named = [f"{escaped(groups[0].label)} ({groups[0].count}) {kind}" for kind, groups in kinds if groups]
    return f"The largest groups were {_and(named)}." if named else ""


def _talked_about(facts: Facts) -> str:
    if not facts.sessions:
        return ""
    days = f" over {_count(facts.days, 'day')}" if facts.days else ""
    rooms = f" in {_count(facts.rooms, 'room')}" if facts.rooms else ""
    notes = " Their notes are linked below." if facts.pads else ""
    return f"{_count(facts.sessions, 'session')}{days}{rooms}.{notes}"


def _learned(points: Sequence[DataPoint]) -> str:
    shares = [escaped(f"{point.percent} {point.said}") for point in points if point.method != "count"]
    return f"Of those who were asked, {_and(shares)}." if shares else ""


def _section(title: str, text: str) -> str:
    return f"## {title}\n\n{text}" if text else ""


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _people(count: int) -> str:
    return "One person" if count == 1 else f"{count} people"


def _guess(guess: tuple[int, int]) -> str:
    low, high = guess
    if low == high == 1:
        return "one person was"
    return f"{low if low == high else f'{low} to {high}'} people were"


def _were(count: int | None) -> str:
    return "was" if count == 1 else "were"


def _count(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _escape_first(found: re.Match[str]) -> str:
    """Keep a line from starting a heading, a list or a rule: `# x` and `1. x` are text."""
    mark = found[1]
    return f"{mark}\\" if mark[0].isdigit() else f"\\{mark}"
