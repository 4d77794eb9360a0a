"""Exports of Etherpad (`.etherpad`): JSON with the records of one pad.

Source: github.com/ether/etherpad-lite, `src/node/utils/ExportEtherpad.ts` and `src/static/js/Changeset.ts`.
`pad:<id>` holds `atext` (text, and attributes as `*n…|l+c` operations in base 36) and `pool` (number to attribute);
`globalAuthor:<id>` holds the name of an author, `pad:<id>:revs:<n>` each revision. Lengths are UTF-16 units.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from midcycle.engines.etherpad.notes import COLOURS, Author, Notes, Run, joined
from midcycle.engines.etherpad.past import past_of
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.kernel.words import gettext, gettext_noop

_DAMAGED: Final = gettext_noop("This is no whole export of Etherpad. Export the pad as Etherpad again, or as text.")
_OPERATION: Final = re.compile(r"((?:\*[0-9a-z]{1,8})*)(?:\|[0-9a-z]{1,8})?\+([0-9a-z]{1,8})")
_BULLETS: Final = {"number": "1. ", "bullet": "- ", "indent": "  "}
_LIST: Final = re.compile(r"(number|bullet|indent)([1-9]\d?)")
_MARKS: Final = {"bold": "**", "italic": "*", "strikethrough": "~~"}
_DEEPEST: Final = 8


@dataclass(frozen=True, slots=True)
class _Look:
    """What a stretch of text has: its author, marks around it, and the sign of a list when it is one."""

    author: str = ""
    marks: tuple[str, ...] = ()
    bullet: str = ""
    is_marker: bool = False


def read(data: bytes) -> Notes:
    """Return the text of an export with its authors and its past; lists, bold, italic and struck text become Markdown.

    Raises Refusal.
    """
    records = _records(data)
    name, pad = _pad(records)
    text, attribs = _words(pad)
    looks = _looks(pad.get("pool"))
    runs = tuple(joined(_marked(_pieces(text, attribs, looks))))
    past = past_of(records, name, looks, _seen, runs, len(data))
    authors = {run.author for run in runs} | {stretch.author for stretch in (past.stretches if past else ())}
    return Notes(runs, {author: _author(records, author, number) for number, author in enumerate(sorted(authors - {""}))}, past)


def _records(data: bytes) -> Mapping[str, Any]:
    try:
        records = json.loads(data)
    except (ValueError, RecursionError):
        raise Refusal(gettext(_DAMAGED)) from None
    if not isinstance(records, dict):
        raise Refusal(gettext(_DAMAGED))
    return records


def _pad(records: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    pads = [(key, record) for key, record in records.items() if key.startswith("pad:") and key.count(":") == 1]
    if len(pads) != 1 or not isinstance(pads[0][1], dict):
        raise Refusal(gettext(_DAMAGED))
    return pads[0]


def _words(pad: Mapping[str, Any]) -> tuple[str, str]:
    match pad.get("atext"):
        case {"text": str(text), "attribs": str(attribs)}:
            return text.removesuffix("\n"), attribs  # Etherpad's own, which no line follows
    raise Refusal(gettext(_DAMAGED))


def _looks(pool: object) -> Mapping[str, tuple[str, str]]:
    match pool:
        case {"numToAttrib": dict(known)}:
            pairs = {str(number): pair for number, pair in known.items()}
        case _:
            raise Refusal(gettext(_DAMAGED))
    return {number: (pair[0], pair[1]) for number, pair in pairs.items() if isinstance(pair, list) and _is_pair_of_text(pair)}


def _is_pair_of_text(pair: list[object]) -> bool:
    return len(pair) == 2 and all(isinstance(part, str) for part in pair)


def _pieces(text: str, attribs: str, pool: Mapping[str, tuple[str, str]]) -> Iterator[tuple[_Look, str]]:
    """Cut the text as the operations say; no character is cut in two, and what they leave over has no look."""
    units = text.encode("utf-16-le", "surrogatepass")
    at = 0
    for found in _OPERATION.finditer(attribs):
        end = _whole(units, at + 2 * int(found[2], 36))
        yield _look(found[1], pool), units[at:end].decode("utf-16-le", "replace")
        at = end
        if at >= len(units):
            return
    yield _Look(), units[at:].decode("utf-16-le", "replace")


def _whole(units: bytes, end: int) -> int:
    """Return the end, a character later where it would cut a pair of surrogates."""
    return end + 2 if end < len(units) and 0xDC <= units[end + 1] <= 0xDF else end


def _look(numbers: str, pool: Mapping[str, tuple[str, str]]) -> _Look:
    return _look_of(dict(pool[key] for key in (str(int(number, 36)) for number in numbers.split("*") if number) if key in pool))


def _seen(has: Mapping[str, str]) -> tuple[str, str | None]:
    """Return the author, and what stands in place of the asterisk when it marks a line."""
    look = _look_of(has)
    return look.author, look.bullet if look.is_marker else None


def _look_of(has: Mapping[str, str]) -> _Look:
    listed = _LIST.fullmatch(has.get("list", ""))
    bullet = "  " * min(int(listed[2]) - 1, _DEEPEST) + _BULLETS[listed[1]] if listed else ""
    marks = tuple(mark for name, mark in _MARKS.items() if has.get(name) == "true")
    return _Look(has.get("author", ""), marks, bullet, is_marker="lmkr" in has)


def _marked(pieces: Iterator[tuple[_Look, str]]) -> Iterator[Run]:
    """Give the text in Markdown. A marker of a line is an asterisk that becomes the sign of the list."""
    for look, text in pieces:
        shown = look.bullet + text[1:] if look.is_marker and text.startswith("*") else text
        yield Run(look.author, "\n".join(_with(look.marks, line) for line in shown.split("\n")) if look.marks else shown)


def _with(marks: tuple[str, ...], line: str) -> str:
    """Put marks around the words of a line: Markdown wants no blank within them."""
    words = line.strip()
    if not words:
        return line
    begin = line.index(words)
    return f"{line[:begin]}{''.join(marks)}{words}{''.join(reversed(marks))}{line[begin + len(words) :]}"


def _author(records: Mapping[str, Any], author: str, number: int) -> Author:
    """Return an author; who has chosen a colour of their own gets one of ours by their number."""
    match records.get(f"globalAuthor:{author}"):
        case {"name": str(name), **rest}:
            colour = rest.get("colorId")
            return Author(one_line(name), (colour if isinstance(colour, int) else number) % COLOURS)
    return Author("")
