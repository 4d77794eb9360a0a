"""Markdown as what is printed: headings, paragraphs, lists, quotations, code and tables, with plain runs of text. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from midcycle.engines.documents import Block, Entry, Grid, Run

_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])
_DEEPEST: Final = 4
_BOX: Final = ("[ ] ", "[x] ", "[X] ")


@dataclass
class _Place:
    """Where in a text the reader is: in which lists, how deep in quotations, and below which heading."""

    lists: list[int | None] = field(default_factory=list)
    quotes: int = 0
    level: int = 1
    mark: str = ""


def printed(text: str) -> tuple[Block | Grid, ...]:
    """Return the parts of a text in order. Headings begin at level 2 and skip none, as PDF/UA-1 wants it."""
    place = _Place()
    tokens = _MARKDOWN.parse(text)
    return tuple(_parts(tokens, place))


def _parts(tokens: list[Token], place: _Place) -> Iterator[Block | Grid]:
    table: list[Token] = []
    for at, token in enumerate(tokens):
        if table or token.type == "table_open":
            table.append(token)
            if token.type == "table_close":
                yield _grid(table)
                table = []
        elif token.type in {"fence", "code_block"}:
            yield Block("code", (Run(token.content, is_code=True),))
        elif token.type == "inline":
            yield _block(token, tokens[at - 1], place)
        else:
            _move(token, place)


def _move(token: Token, place: _Place) -> None:
    """Note what a token opens or closes."""
    if token.type == "bullet_list_open":
        place.lists.append(None)
    elif token.type == "ordered_list_open":
        place.lists.append(int(token.attrGet("start") or 1))
    elif token.type in {"bullet_list_close", "ordered_list_close"}:
        place.lists.pop()
    elif token.type == "list_item_open":
        place.mark = _mark(place)
    elif token.type.startswith("blockquote"):
        place.quotes += token.nesting


def _mark(place: _Place) -> str:
    number = place.lists[-1]
    if number is None:
        return "•"
    place.lists[-1] = number + 1
    return f"{number}."


def _block(token: Token, opened: Token, place: _Place) -> Block:
    runs = tuple(_runs(token.children or []))
    if opened.type == "heading_open" and not place.lists and not place.quotes:
        place.level = min(max(2, int(opened.tag[1:])), place.level + 1, _DEEPEST)
        return Block("heading", runs, place.level)
    if place.lists:
        mark, place.mark = place.mark, ""
        return Block("item", runs, len(place.lists), mark)
    return Block("quote" if place.quotes else "paragraph", runs)


def _runs(children: list[Token]) -> Iterator[Run]:
    strong, href = 0, ""
    for at, child in enumerate(children):
        if child.type == "link_open":
            href = str(child.attrGet("href") or "")
        elif child.type == "link_close":
            href = ""
        elif child.type in {"strong_open", "strong_close"}:
            strong += child.nesting
        elif child.type in {"softbreak", "hardbreak"}:
            yield Run(" ")
        elif child.content and child.type != "image":
            yield Run(
                _boxed(child.content, first=at == 0), is_strong=strong > 0, is_code=child.type == "code_inline", href=href
            )


def _boxed(text: str, *, first: bool) -> str:
    """Return the words of a task with a box that can be printed."""
    if first and text.startswith(_BOX):
        return f"{'☐' if text[1] == ' ' else '☒'} {text[4:]}"
    return text


def _grid(tokens: list[Token]) -> Grid:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append("".join(run.text for run in _runs(token.children or [])))
    head, *rest = rows
    return Grid("", tuple(head), tuple(tuple(Entry(cell) for cell in row) for row in rest))


def plain(text: str) -> str:
    """Return the words of a text as they stand in a letter: headings on their own line, items after a dash, links in full."""
    return "\n\n".join(_grouped(printed(text)))


def _grouped(parts: tuple[Block | Grid, ...]) -> Iterator[str]:
    """Yield paragraphs; the items of a list are one, line by line."""
    items: list[str] = []
    for part in parts:
        if isinstance(part, Block) and part.kind == "item":
            items.append(f"{'  ' * (part.level - 1)}{'-' if part.mark == '•' else part.mark or ' '} {_words(part)}")
            continue
        if items:
            yield "\n".join(items)
            items = []
        yield _rows(part) if isinstance(part, Grid) else _words(part).upper() if part.kind == "heading" else _words(part)
    if items:
        yield "\n".join(items)


def _words(block: Block) -> str:
    return "".join(f"{run.text} <{run.href}>" if run.href and run.href != run.text else run.text for run in block.runs).strip()


def _rows(grid: Grid) -> str:
    return "\n".join(" | ".join(cell.text for cell in row) for row in grid.rows)
