"""The form Etherpad imports: one pad, one revision that brings the whole text, and its authors.

Source: github.com/ether/etherpad-lite, `ImportEtherpad.ts` and `check` in `Pad.ts`, which an import must pass: the changeset
is in its shortest form, and what it makes is equal to the text that is stored beside it.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Final

from midcycle.engines.etherpad.notes import Notes, Run, joined

_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


def write(name: str, notes: Notes, at: int) -> bytes:
    """Write notes as the export of a pad called `name`, made at `at` (milliseconds since 1970). The same each time.

    Etherpad's text ends with a line break of its own, which comes on top and is left out again by `read`.
    """
    numbers = {author: number for number, author in enumerate(sorted({run.author for run in notes.runs if run.author}))}
    ids = {author: f"a.{number:016d}" for author, number in numbers.items()}
    runs = list(joined(notes.runs))
    pool = {
        "numToAttrib": {str(number): ["author", ids[author]] for author, number in numbers.items()},
        "nextNum": len(numbers),
    }
    atext = {"text": notes.text + "\n", "attribs": _operations(list(joined([*runs, Run("", "\n")])), numbers)}
    records: dict[str, object] = {
        f"pad:{name}": {
            "atext": atext, "pool": pool, "head": 0, "chatHead": -1, "publicStatus": False, "savedRevisions": [],
        },
        f"pad:{name}:revs:0": {
            "changeset": _changeset(notes.text, runs, numbers),
            "meta": {"author": "", "timestamp": at, "pool": pool, "atext": atext},
        },
    }  # fmt: skip
    for author, number in numbers.items():
        known = notes.authors.get(author)
        records[f"globalAuthor:{ids[author]}"] = {
            "colorId": known.colour if known else number % 8,
            "name": known.name if known and known.name else None,
            "timestamp": at,
            "padIDs": name,
        }
    return json.dumps(records, ensure_ascii=False, separators=(",", ":")).encode()


def _changeset(text: str, runs: Sequence[Run], numbers: dict[str, int]) -> str:
    """Write what brings the text into a pad that holds a line break only."""
    return f"Z:1>{_number(_length(text))}{_operations(runs, numbers)}${text}"


def _operations(runs: Iterable[Run], numbers: dict[str, int]) -> str:
    """Write how long each author's text is: first as far as its last line break, then the rest."""
    pieces: list[str] = []
    for run in runs:
        attribute = f"*{_number(numbers[run.author])}" if run.author else ""
        head, rest = _cut(run.text)
        if head:
            pieces.append(f"{attribute}|{_number(head.count(chr(10)))}+{_number(_length(head))}")
        if rest:
            pieces.append(f"{attribute}+{_number(_length(rest))}")
    return "".join(pieces)


def _cut(text: str) -> tuple[str, str]:
    end = text.rfind("\n") + 1
    return text[:end], text[end:]


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _number(value: int) -> str:
    digits = ""
    while value:
        value, digit = divmod(value, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
