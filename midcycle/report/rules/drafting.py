"""The first text of each section of a report, made of the facts alone, in sentences a team can keep or change. Pure.

Numbers stand as references such as `{{ people }}`, so that they follow the facts after the words are the team's.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from midcycle.feedback.rules import DataPoint
from midcycle.kernel.folding import Group
from midcycle.report.rules.figures import Path, guess_in_words, were
from midcycle.report.rules.told import escaped

LONGEST_BODY: Final = 50_000
# The sections in their order, and what each is called at the desk.
SECTIONS: Final[Mapping[str, str]] = {
    "opening": "Opening",
    "words": "In our own words",
    "came_about": "How it came about",
    "who": "Who came",
    "talked": "What we talked about",
    "learned": "What we learned",
    "said": "What was said",
    "actions": "What we took on",
    "money": "What it cost",
    "thanks": "Thanks",
}
_LONGEST_SUMMARY: Final = 500
_TITLE: Final = re.compile(r" {0,3}#{1,6}\s+(.*?)\s*#*\s*")
_NO_PROSE: Final = re.compile(r"\s*(?:[-*+>|#]|\d{1,9}[.)]\s|```|~~~|\[)")
_SENTENCE_END: Final = re.compile(r"[.!?…](?=\s)")
_OF_EVERY_PAD: Final = ("Moderated by ", "Notes by ", "Day ", "Everybody takes notes here.", "Write your name here")
_SUMMARY: Final = frozenset(
    {"summary", "in short", "zusammenfassung", "kurz", "résumé", "resumen", "riassunto", "resumo", "samenvatting"}
)


@dataclass(frozen=True)
class Summary:
    """What the publisher of a session's notes wrote, in Markdown."""

    title: str
    text: str


@dataclass(frozen=True)
class Remarks:
    """What was said, of one kind."""

    name: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Thanked:
    """Somebody who is thanked."""

    name: str
    is_host: bool = False


@dataclass(frozen=True)
class Sum:
    """The money in one currency, as amounts in words."""

    currency: str
    came_in: str
    was_paid: str
    is_left: str


@dataclass(frozen=True)
class Facts:
    """All that the first text of a report is made of. `when` is a phrase, such as `on 2 March 2027` or `(spring 2027)`.

    `counts` are of sessions, days, rooms, moderators, pads and actions.
    """

    title: str
    when: str = ""
    where: str = ""
    venue: str = ""
    series: str = ""
    path: Path = field(default_factory=Path)
    roles: tuple[Group, ...] = ()
    sectors: tuple[Group, ...] = ()
    regions: tuple[Group, ...] = ()
    points: tuple[DataPoint, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    summaries: tuple[Summary, ...] = ()
    remarks: tuple[Remarks, ...] = ()
    money: tuple[Sum, ...] = ()
    thanked: tuple[Thanked, ...] = ()

    def count(self, name: str) -> int:
        """Return how many there are of something."""
        return self.counts.get(name, 0)


def drafts(facts: Facts) -> dict[str, str]:
    """Return the first text of every section by its key, in their order; blank where the facts say nothing."""
    return {
        "opening": _opening(facts),
        "words": "",
        "came_about": _section("How it came about", _came_about(facts.path)),
        "who": _section("Who came", _who_came(facts)),
        "talked": _section("What we talked about", _talked_about(facts)),
        "learned": _section("What we learned", _learned(facts.points)),
        "said": _section("What was said", _said(facts.remarks)),
        "actions": _section("What we took on", _actions(facts)),
        "money": _section("What it cost", _money(facts.money)),
        "thanks": _section("Thanks", _thanks(facts)),
    }


def summary_of(text: str) -> str:
    """Return the summary in published notes: what stands under a heading that says so, else the first words that are prose."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text.strip())]
    named = next((at for at, block in enumerate(blocks) if _heading(block).casefold().rstrip(":") in _SUMMARY), None)
    first = blocks[0:] if named is None else _after(blocks, named)
    prose = next((each for each in first if each and not _NO_PROSE.match(each) and not each.startswith(_OF_EVERY_PAD)), "")
    return _shortened(" ".join(prose.split()))


def _heading(block: str) -> str:
    found = _TITLE.fullmatch(block.split("\n", maxsplit=1)[0])
    return found[1] if found else ""


def _after(blocks: Sequence[str], named: int) -> list[str]:
    """Return what follows a heading, the rest of its own block first."""
    return ["\n".join(blocks[named].split("\n")[1:]).strip(), *blocks[named + 1 :]]


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST_SUMMARY:
        return text
    ends = [found.end() for found in _SENTENCE_END.finditer(text[:_LONGEST_SUMMARY])]
    return text[: ends[-1]] if ends else f"{text[: _LONGEST_SUMMARY - 2].rsplit(' ', 1)[0]} …"


def _opening(facts: Facts) -> str:
    when = f" took place {escaped(facts.when)}" if facts.when else " took place"
    venue = f" at {escaped(facts.venue)}" if facts.venue else ""
    where = f" in {escaped(facts.where)}" if facts.where else ""
    came = f" {_people(facts.path.came, 'people')} came." if facts.path.came is not None else ""
    series = f" It belongs to the series {escaped(facts.series)}." if facts.series else ""
    return f"{escaped(facts.title)}{when}{venue}{where}.{came}{series}"


def _came_about(path: Path) -> str:
    said = []
    if path.channel:
        said.append(f"It began with a question on {escaped(path.channel)}.")
    if path.guess:
        said.append(f"At first {guess_in_words(path.guess)} expected.")
    if path.interested:
        said.append(f"{_people(path.interested, 'interested')} said they would come.")
    if path.asked and path.seats is not None:
        announced = path.seats if path.announced is None else path.announced
        raised = f", which became {_ref(path.seats, 'seats')}" if path.seats != announced else ""
        seats = "the one seat" if announced == 1 else "one of the {{ announced }} seats"
        said.append(f"{_people(path.asked, 'asked')} asked for {seats} announced{raised}.")
    if path.waiting:
        said.append(f"{_ref(path.waiting, 'waiting')} of them {were(path.waiting)} still waiting at the end.")
    if path.came is not None and path.seated > path.came:
        said.append(f"Of the {{{{ seated }}}} who had a seat, {_ref(path.came, 'people')} came.")
    return " ".join(said)


def _who_came(facts: Facts) -> str:
    """Name the largest group of each kind; the charts below the text show the rest."""
    kinds = (("by what they do", facts.roles), ("by sector", facts.sectors), ("by where they came from", facts.regions))
    named = [f"{escaped(groups[0].label)} ({groups[0].count}) {kind}" for kind, groups in kinds if groups]
    return f"The largest groups were {_and(named)}." if named else ""


def _talked_about(facts: Facts) -> str:
    if not facts.count("sessions"):
        return ""
    days = f" over {_count(facts, 'days', 'day')}" if facts.count("days") else ""
    rooms = f" in {_count(facts, 'rooms', 'room')}" if facts.count("rooms") else ""
    moderated = f" {_people(facts.count('moderators'), 'moderators')} moderated." if facts.count("moderators") else ""
    notes = " Their notes are linked below." if facts.count("pads") else ""
    wanted = f" The topics most people wanted were {_and([escaped(title) for title in facts.topics])}." if facts.topics else ""
    first = f"{_count(facts, 'sessions', 'session')}{days}{rooms}.{moderated}{notes}{wanted}"
    summed = [f"### {escaped(one.title)}\n\n{one.text}" for one in facts.summaries if one.text]
    return "\n\n".join([first, *summed])


def _learned(points: Sequence[DataPoint]) -> str:
    shares = [f"{{{{ {point.key} }}}} {escaped(point.said)}" for point in points if point.method != "count"]
    return f"Of those who were asked, {_and(shares)}." if shares else ""


def _said(remarks: Sequence[Remarks]) -> str:
    return "\n\n".join(
        f"### {escaped(kind.name)}\n\n" + "\n".join(f"- {escaped(text)}" for text in kind.texts)
        for kind in remarks
        if kind.texts
    )


def _actions(facts: Facts) -> str:
    if not facts.count("actions"):
        return ""
    stand = "One action stands" if facts.count("actions") == 1 else "{{ actions }} actions stand"
    done = facts.count("actions_done")
    done_too = f" {_ref(done, 'actions_done')} {'is' if done == 1 else 'are'} done." if done else ""
    return f"{stand} in the notes.{done_too}"


def _money(money: Sequence[Sum]) -> str:
    return "\n\n".join(
        f"In {one.currency}: {{{{ income_{one.currency.lower()} }}}} came in or was invoiced, "
        f"{{{{ costs_{one.currency.lower()} }}}} was paid, and {{{{ left_{one.currency.lower()} }}}} is left."
        for one in money
    )


def _thanks(facts: Facts) -> str:
    named = [f"{escaped(one.name)}{', who hosted us' if one.is_host else ''}" for one in facts.thanked]
    if not named:
        return ""
    return "With thanks to those who made it possible:\n\n" + "\n".join(f"- {name}" for name in named)


def _section(title: str, text: str) -> str:
    return f"## {title}\n\n{text}" if text else ""


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _people(count: int | None, name: str) -> str:
    return "One person" if count == 1 else f"{{{{ {name} }}}} people"


def _ref(count: int | None, name: str) -> str:
    return str(count) if count == 1 else f"{{{{ {name} }}}}"


def _count(facts: Facts, name: str, word: str) -> str:
    count = facts.count(name)
    return f"{count} {word}" if count == 1 else f"{{{{ {name} }}}} {word}s"
