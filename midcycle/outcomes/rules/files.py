"""Outcomes as files: Markdown, and rows in the shape of what trackers read or their tools take. Pure.

GitLab reads CSV with `title`, `description` and `due_date` (its documentation, "Importing issues from CSV"). GitHub, Launchpad
and StoryBoard read none: there the columns are the fields of what their APIs take, and the same fields stand in a file with one
JSON object on each line. Words of a pad stand in a fence, so that no tracker writes to people or does what they say: `@name`
and `/close` are words there.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from midcycle.engines.tables import Table
from midcycle.kernel.words import gettext_noop

_LONGEST_TITLE: Final = 200
Fields = dict[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Item:
    """An action as a file tells it: no name but that of somebody who agreed to be named."""

    number: int
    what: str
    state: str
    due: date | None
    owner: str
    meant_for: str
    meetup: str
    pad: str
    url: str
    pad_url: str
    tags: tuple[str, ...]
    became: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TagItem:
    """A tag as a file tells it, with the pads it stands in as title and address."""

    word: str
    meant_for: str
    pads: tuple[tuple[str, str], ...]
    became: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A file somebody can take away: what it is called to people, and what it is for."""

    label: str
    about: str
    fields: Callable[[Item], Fields]

    def table(self, items: Sequence[Item]) -> Table:
        """Return the rows, lists with commas."""
        rows = [self.fields(item) for item in items]
        columns = tuple(self.fields(_NOTHING))
        return Table.of(columns, [[_cell(row[column]) for column in columns] for row in rows])

    def json_lines(self, items: Sequence[Item]) -> bytes:
        """Return one JSON object on each line, blank fields left out."""
        rows = ({name: value for name, value in self.fields(item).items() if value} for item in items)
        return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode()


def markdown(title: str, url: str, items: Sequence[Item], tags: Sequence[TagItem]) -> bytes:
    """Return the outcomes of a meetup as Markdown."""
    lines = [f"# Outcomes of {_inert(title)}", "", f"<{url}>", ""]
    for heading, state in (("To do", "open"), ("Done", "done"), ("Given up", "dropped")):
        of_state = [item for item in items if item.state == state]
        if of_state:
            lines += [f"## {heading}", "", *(line for item in of_state for line in _listed(item)), ""]
    if tags:
        lines += ["## Tags", "", *(line for tag in tags for line in _tagged(tag)), ""]
    return ("\n".join(lines).rstrip() + "\n").encode()


def _listed(item: Item) -> list[str]:
    box = "x" if item.state == "done" else " "
    facts = [item.owner or "nobody confirmed it", f"by {item.due}" if item.due else ""]
    facts += [f"for {item.meant_for}" if item.meant_for else "", f"[{_inert(item.pad)}]({item.pad_url})"]
    told = ", ".join(_inert(fact) if not fact.startswith("[") else fact for fact in facts if fact)
    return [f"- [{box}] {_inert(item.what)} ({told})", *(f"  - {_inert(one)}" for one in item.became)]


def _tagged(tag: TagItem) -> list[str]:
    pads = ", ".join(f"[{_inert(title)}]({url})" for title, url in tag.pads)
    meant = f" for {_inert(tag.meant_for)}" if tag.meant_for else ""
    return [f"- \\#\\#{_inert(tag.word)}{meant}: {pads}", *(f"  - {_inert(one)}" for one in tag.became)]


def _inert(text: str) -> str:
    """Return words that Markdown shows as they are."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>#|!~" else char for char in text).replace("@", "@\u2060")


def _description(item: Item) -> str:
    """Return what a tracker is told: where it comes from, and its words in a fence they cannot leave, being one line."""
    facts = [f"Due: {item.due}"] if item.due else []
    facts += [f"Meant for: {item.meant_for}"] if item.meant_for else []
    where = [f"From the notes of {item.meetup}: {item.pad}", item.pad_url]
    return "\n".join([*where, "", "```text", item.what, "```", "", *facts, f"What becomes of it: {item.url}"])


def _title(item: Item) -> str:
    """Return the words as a title; one that begins with a slash would be a command to some trackers."""
    return item.what[:_LONGEST_TITLE].lstrip("/ ") or item.what


def _cell(value: str | list[str]) -> str:
    return value if isinstance(value, str) else ",".join(value)


def _day(item: Item) -> str:
    return item.due.isoformat() if item.due else ""


def _plain(item: Item) -> Fields:
    return {
        "number": str(item.number), "what": item.what, "state": item.state, "due": _day(item), "owner": item.owner,
        "meant_for": item.meant_for, "tags": list(item.tags), "pad": item.pad, "pad_url": item.pad_url, "url": item.url,
        "became": " / ".join(item.became),
    }  # fmt: skip


def _github(item: Item) -> Fields:
    return {"title": _title(item), "body": _description(item), "labels": list(item.tags)}


def _gitlab(item: Item) -> Fields:
    return {"title": _title(item), "description": _description(item), "due_date": _day(item)}


def _launchpad(item: Item) -> Fields:
    return {"title": _title(item), "description": _description(item), "tags": [_launchpad_tag(tag) for tag in item.tags]}


def _launchpad_tag(tag: str) -> str:
    """Return a tag as Launchpad takes it: small letters, digits and `+-.`, beginning with a letter or digit."""
    kept = "".join(char if (char.isascii() and char.isalnum()) or char in "+-." else "-" for char in tag.lower())
    return kept.strip("+-.") or "meetup"


def _storyboard(item: Item) -> Fields:
    return {"title": _title(item), "description": _description(item), "tags": list(item.tags)}


_NOTHING: Final = Item(0, "", "", None, "", "", "", "", "", "", (), ())
FILES: Final[Mapping[str, Shape]] = {
    "actions": Shape(gettext_noop("Everything"), gettext_noop("For a spreadsheet."), _plain),
    "gitlab": Shape("GitLab", gettext_noop("In a project: Issues, Import CSV."), _gitlab),
    "github": Shape("GitHub", gettext_noop("GitHub imports no CSV; its API takes these fields."), _github),
    "launchpad": Shape(
        "Launchpad", gettext_noop("Launchpad imports no CSV; launchpadlib's createBug takes these fields."), _launchpad
    ),
    "storyboard": Shape(
        "StoryBoard", gettext_noop("StoryBoard imports no CSV; its API takes these fields as a story."), _storyboard
    ),
}
