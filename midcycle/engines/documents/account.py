"""A text of many pages: headings, paragraphs, lists and tables, with bars beside shares. For reports."""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from midcycle.engines.documents.letters import LONGEST, line
from midcycle.engines.documents.model import Occasion, Paper
from midcycle.engines.documents.press import pressed

Kind: TypeAlias = Literal["heading", "paragraph", "item", "quote", "code"]
_SCHEMES: Final = ("https://", "http://", "mailto:")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look. White space at its ends is kept as one space; `href` leads to the web."""

    text: str
    is_strong: bool = False
    is_code: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (`level` 2 to 4), a paragraph, an item of a list (`level` from 1, `mark` before it), a quotation or code."""

    kind: Kind
    runs: tuple[Run, ...]
    level: int = 1
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a table; a `share` from 0 to 1 is drawn as a bar beside it."""

    text: str
    is_number: bool = False
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. The first entry of a row names it."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Entry, ...], ...]


Part: TypeAlias = Block | Grid


@dataclass(frozen=True, slots=True)
class AccountWords:
    """The words around: what it is, and the facts below the title."""

    kind: str
    facts: tuple[str, ...]
    page: str = "Page"


def account(occasion: Occasion, parts: Iterable[Part], *, words: AccountWords) -> Paper:
    """Return the text as PDF, tagged, with bookmarks. The same parts give the same bytes. Raises NotPrinted."""
    language = occasion.language
    values = {
        **occasion.as_data(),
        "title": line(f"{occasion.title}: {words.kind}").text,
        "words": {"kind": line(words.kind, language).as_data(), "page": line(words.page, language).as_data()},
        "facts": [line(fact, language).as_data() for fact in words.facts if fact],
        "parts": [_grid(part, language) if isinstance(part, Grid) else _block(part, language) for part in parts],
    }
    return Paper.of(pressed("account", values), ())


def _block(block: Block, language: str) -> dict[str, object]:
    """Return the block for the template. Lines of code stay lines."""
    if block.kind == "code":
        said = [row for run in block.runs for row in run.text.rstrip("\n").split("\n")]
        pieces = [{**_piece(row, Run("", is_code=True), language), "ends": True} for row in said]
    else:
        pieces = [piece for run in block.runs for piece in _pieces(run, language)]
    return {"kind": block.kind, "level": block.level, "mark": block.mark, "pieces": pieces}


def _pieces(run: Run, language: str) -> list[dict[str, object]]:
    """Return a run of any length in pieces that are lines each, with a space where there was one."""
    cut = textwrap.wrap(run.text, LONGEST - 50, break_on_hyphens=False) or [""]
    pieces = [_piece(text, run, language) for text in cut]
    for piece in pieces[:-1]:
        piece["after"] = True
    pieces[0]["before"] = run.text[:1].isspace()
    pieces[-1]["after"] = run.text[-1:].isspace()
    return pieces


def _piece(text: str, run: Run, language: str) -> dict[str, object]:
    href = run.href if run.href.startswith(_SCHEMES) else ""
    look = {"strong": run.is_strong, "code": run.is_code, "href": href, "before": False, "after": False, "ends": False}
    return {"line": line(text, language).as_data(), **look}


def _grid(grid: Grid, language: str) -> dict[str, object]:
    return {
        "kind": "grid",
        "caption": line(grid.caption, language).as_data(),
        "columns": [line(column, language).as_data() for column in grid.columns],
        "rows": [[_entry(entry, language) for entry in row] for row in grid.rows],
    }


def _entry(entry: Entry, language: str) -> dict[str, object]:
    texts: Sequence[str] = textwrap.wrap(entry.text, LONGEST - 50, break_on_hyphens=False) or [""]
    share = None if entry.share is None else max(0.0, min(1.0, entry.share))
    return {"lines": [line(text, language).as_data() for text in texts], "number": entry.is_number, "share": share}
