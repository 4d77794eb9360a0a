"""The first text of each section of a report, made of the facts alone, in sentences a team can keep or change. Pure.

It is said in the language that is active. Numbers stand as references such as `{{ people }}`, so that they follow the facts
after the words are the team's.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from midcycle.feedback.rules import DataPoint
from midcycle.kernel.folding import Group
from midcycle.kernel.words import gettext, gettext_noop, listed, ngettext
from midcycle.report.rules.figures import Path, guessed
from midcycle.report.rules.told import escaped

LONGEST_BODY: Final = 50_000
# The sections in their order, and what each is called at the desk.
SECTIONS: Final[Mapping[str, str]] = {
    "opening": gettext_noop("Opening"),
    "words": gettext_noop("In our own words"),
    "came_about": gettext_noop("How it came about"),
    "who": gettext_noop("Who came"),
    "heard": gettext_noop("How people heard"),
    "talked": gettext_noop("What we talked about"),
    "learned": gettext_noop("What we learned"),
    "said": gettext_noop("What was said"),
    "actions": gettext_noop("What we took on"),
    "photos": gettext_noop("In pictures"),
    "money": gettext_noop("What it cost"),
    "thanks": gettext_noop("Thanks"),
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
class OnList:
    """How many of so many people were on a list at the meetup, and how many joined it after; None where too few to tell."""

    name: str
    people: int
    on_list: int | None = None
    joined: int | None = None


@dataclass(frozen=True)
class Hearsay:
    """What only a source tells: how many seats could have been filled, and in words where people came from."""

    demand: int | None = None
    sectors: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """All that the first text of a report is made of. `when` is the day or days, or in `about` words such as `spring 2027`.

    `counts` are of sessions, days, rooms, moderators, pads, actions and pictures.
    """

    title: str
    when: str = ""
    about: str = ""
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
    heard: tuple[Group, ...] = ()
    lists: tuple[OnList, ...] = ()
    told: Hearsay = field(default_factory=Hearsay)

    def count(self, name: str) -> int:
        """Return how many there are of something."""
        return self.counts.get(name, 0)


def drafts(facts: Facts) -> dict[str, str]:
    """Return the first text of every section by its key, in their order; blank where the facts say nothing."""
    texts = {
        "came_about": " ".join(_came_about(facts.path, facts.told.demand)),
        "who": _who_came(facts),
        "heard": _heard(facts),
        "talked": _talked_about(facts),
        "learned": _learned(facts.points),
        "said": _said(facts.remarks),
        "actions": _actions(facts),
        "photos": _photos(facts),
        "money": _money(facts.money),
        "thanks": _thanks(facts),
    }
    return {key: _opening(facts) if key == "opening" else _section(key, texts.get(key, "")) for key in SECTIONS}


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
    """Say what took place, when and where, in one sentence; who came; and what it belongs to."""
    known = {
        "title": escaped(facts.title),
        "when": escaped(facts.when or facts.about),
        "where": escaped(facts.where),
        "venue": escaped(facts.venue),
    }
    which = "when" if facts.when else "about" if facts.about else ""
    opened = _OPENED[which, bool(facts.venue), bool(facts.where)]
    said = [gettext(opened) % known]
    came = facts.path.came
    if came is not None:
        said.append(ngettext("One person came.", "%(count)s people came.", came) % {"count": _ref("people")})
    if facts.series:
        said.append(gettext("It belongs to the series %(series)s.") % {"series": escaped(facts.series)})
    return " ".join(said)


def _came_about(path: Path, demand: int | None) -> Iterator[str]:
    if path.channel:
        yield gettext("It began with a question on %(channel)s.") % {"channel": escaped(path.channel)}
    if path.guess:
        yield guessed(path.guess)
    if path.interested:
        told = ngettext("One person said they would come.", "%(count)s people said they would come.", path.interested)
        yield told % {"count": _ref("interested")}
    yield from _seats(path)
    if demand:
        told = ngettext("About one seat could have been filled.", "About %(count)s seats could have been filled.", demand)
        yield told % {"count": demand}
    if path.came is not None and path.seated > path.came:
        told = ngettext(
            "Of the %(seated)s who had a seat, 1 came.", "Of the %(seated)s who had a seat, %(came)s came.", path.came
        )
        yield told % {"seated": _ref("seated"), "came": _ref("people")}


def _seats(path: Path) -> Iterator[str]:
    """Say how many asked for how many seats, or only how many seats there were, and whether any was left."""
    if path.seats is None:
        return
    announced = path.seats if path.announced is None else path.announced
    seats = str(path.seats) if path.seats == 1 else _ref("seats")
    known = {"count": _ref("asked"), "announced": _ref("announced"), "seats": seats}
    if path.told_asked:
        yield _asked(path.told_asked, is_one=announced == 1, is_raised=path.seats != announced) % known
    elif path.seats != announced:
        told = ngettext(
            "One seat was announced, which became %(seats)s.",
            "%(announced)s seats were announced, which became %(seats)s.",
            announced,
        )
        yield told % known
    if path.waiting:
        told = ngettext(
            "1 of them was still waiting at the end.", "%(count)s of them were still waiting at the end.", path.waiting
        )
        yield told % {"count": _ref("waiting")}
    elif path.seats and path.seated >= path.seats:
        yield gettext("It was sold out.")


def _asked(asked: int, *, is_one: bool, is_raised: bool) -> str:
    """Return the sentence about so many who asked for the one seat, or one of the seats, that may have become more."""
    if is_one and is_raised:
        return ngettext(
            "One person asked for the one seat announced, which became %(seats)s.",
            "%(count)s people asked for the one seat announced, which became %(seats)s.",
            asked,
        )
    if is_one:
        return ngettext(
            "One person asked for the one seat announced.", "%(count)s people asked for the one seat announced.", asked
        )
    if is_raised:
        return ngettext(
            "One person asked for one of the %(announced)s seats announced, which became %(seats)s.",
            "%(count)s people asked for one of the %(announced)s seats announced, which became %(seats)s.",
            asked,
        )
    return ngettext(
        "One person asked for one of the %(announced)s seats announced.",
        "%(count)s people asked for one of the %(announced)s seats announced.",
        asked,
    )


def _who_came(facts: Facts) -> str:
    """Name the largest group of each kind; the charts below the text show the rest."""
    kinds = (
        (gettext("%(group)s (%(count)s) by what they do"), facts.roles),
        (gettext("%(group)s (%(count)s) by sector"), facts.sectors),
        (gettext("%(group)s (%(count)s) by where they came from"), facts.regions),
    )
    named = [told % {"group": escaped(groups[0].label), "count": groups[0].count} for told, groups in kinds if groups]
    said = [gettext("The largest groups were %(groups)s.") % {"groups": listed(named)}] if named else []
    if facts.told.sectors:
        said.append(gettext("They came from these sectors: %(names)s.") % {"names": _names(facts.told.sectors)})
    if facts.told.regions:
        said.append(gettext("They came from these regions: %(names)s.") % {"names": _names(facts.told.regions)})
    return " ".join(said)


def _names(names: Sequence[str]) -> str:
    return listed([escaped(name) for name in names])


def _heard(facts: Facts) -> str:
    """Name what most people said, and how many were on each list."""
    said = []
    if facts.heard:
        first = facts.heard[0]
        told = gettext("The most frequent answer was “%(answer)s” (%(count)s).")
        said.append(told % {"answer": escaped(first.label), "count": first.count})
    for one in facts.lists:
        known = {"list": escaped(one.name), "people": one.people, "on": one.on_list, "joined": one.joined}
        if one.on_list is not None:
            said.append(gettext("Of %(people)s people, %(on)s were on the list %(list)s.") % known)
        if one.joined is not None:
            said.append(gettext("%(joined)s of the others joined it within 30 days.") % known)
    return " ".join(said)


def _talked_about(facts: Facts) -> str:
    if not facts.count("sessions"):
        return ""
    said = [_sessions(facts)]
    if facts.count("moderators"):
        told = ngettext("One person moderated.", "%(count)s people moderated.", facts.count("moderators"))
        said.append(told % {"count": _ref("moderators")})
    if facts.count("pads") and facts.summaries:
        said.append(gettext("Their notes are linked below."))
    if facts.topics:
        wanted = listed([escaped(title) for title in facts.topics])
        said.append(gettext("The topics most people wanted were %(topics)s.") % {"topics": wanted})
    summed = [f"### {escaped(one.title)}\n\n{one.text}" for one in facts.summaries if one.text]
    return "\n\n".join([" ".join(said), *summed])


def _sessions(facts: Facts) -> str:
    sessions, days, rooms = (facts.count(name) for name in ("sessions", "days", "rooms"))
    known = _counted("sessions") | {
        "sessions": ngettext("1 session", "%(count)s sessions", sessions) % {"count": _ref("sessions")},
        "days": ngettext("1 day", "%(number)s days", days) % {"number": _ref("days")},
        "rooms": ngettext("1 room", "%(count)s rooms", rooms) % {"count": _ref("rooms")},
    }
    if days and rooms:
        return gettext("%(sessions)s over %(days)s in %(rooms)s.") % known
    if days:
        return gettext("%(sessions)s over %(days)s.") % known
    return (gettext("%(sessions)s in %(rooms)s.") if rooms else gettext("Sessions we know of: %(count)s.")) % known


def _learned(points: Sequence[DataPoint]) -> str:
    shares = [f"{_ref(point.key)} {escaped(gettext(point.said))}" for point in points if point.method != "count"]
    return gettext("Of those who were asked, %(shares)s.") % {"shares": listed(shares)} if shares else ""


def _said(remarks: Sequence[Remarks]) -> str:
    return "\n\n".join(
        f"### {escaped(gettext(kind.name))}\n\n" + "\n".join(f"- {escaped(text)}" for text in kind.texts)
        for kind in remarks
        if kind.texts
    )


def _actions(facts: Facts) -> str:
    actions, done = facts.count("actions"), facts.count("actions_done")
    if not actions:
        return ""
    said = [ngettext("One action stands in the notes.", "%(count)s actions stand in the notes.", actions) % _counted("actions")]
    if done:
        said.append(ngettext("1 is done.", "%(count)s are done.", done) % _counted("actions_done"))
    return " ".join(said)


def _photos(facts: Facts) -> str:
    count = facts.count("pictures")
    told = ngettext("One picture of the meetup is public.", "%(count)s pictures of the meetup are public.", count)
    return told % _counted("pictures") if count else ""


def _money(money: Sequence[Sum]) -> str:
    told = gettext("In %(currency)s: %(income)s came in or was invoiced, %(costs)s was paid, and %(left)s is left.")
    return "\n\n".join(told % {"currency": one.currency, **_amounts(one.currency.lower())} for one in money)


def _amounts(code: str) -> dict[str, str]:
    return {name: _ref(f"{name}_{code}") for name in ("income", "costs", "left")}


def _thanks(facts: Facts) -> str:
    host = gettext("%(name)s, who hosted us")
    named = [host % {"name": escaped(one.name)} if one.is_host else escaped(one.name) for one in facts.thanked]
    if not named:
        return ""
    return gettext("With thanks to those who made it possible:") + "\n\n" + "\n".join(f"- {name}" for name in named)


def _section(key: str, text: str) -> str:
    return f"## {gettext(SECTIONS[key])}\n\n{text}" if text else ""


def _ref(name: str) -> str:
    """Return the name of a figure as a text takes it up."""
    return f"{{{{ {name} }}}}"


def _counted(name: str) -> dict[str, str]:
    return {"count": _ref(name)}


# For what is known: the days (or about when), the venue, the place.
_OPENED: Final[Mapping[tuple[str, bool, bool], str]] = {
    ("", False, False): gettext_noop("%(title)s took place."),
    ("", True, False): gettext_noop("%(title)s took place at %(venue)s."),
    ("", False, True): gettext_noop("%(title)s took place in %(where)s."),
    ("", True, True): gettext_noop("%(title)s took place at %(venue)s in %(where)s."),
    ("when", False, False): gettext_noop("%(title)s took place on %(when)s."),
    ("when", True, False): gettext_noop("%(title)s took place on %(when)s at %(venue)s."),
    ("when", False, True): gettext_noop("%(title)s took place on %(when)s in %(where)s."),
    ("when", True, True): gettext_noop("%(title)s took place on %(when)s at %(venue)s in %(where)s."),
    ("about", False, False): gettext_noop("%(title)s took place (%(when)s)."),
    ("about", True, False): gettext_noop("%(title)s took place (%(when)s) at %(venue)s."),
    ("about", False, True): gettext_noop("%(title)s took place (%(when)s) in %(where)s."),
    ("about", True, True): gettext_noop("%(title)s took place (%(when)s) at %(venue)s in %(where)s."),
}
