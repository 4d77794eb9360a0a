"""Words of people and of sources, made to read as themselves. Pure."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from midcycle.kernel.words import gettext

LONGEST_PATH: Final = 200
LONGEST_KEY: Final = 40
LONGEST_WHERE: Final = 400

_MARKS: Final = re.compile(r"([\\`*_\[\]<>&|~{]|#(?=#))")  # two # begin a tag of ours, two { a figure
_KEY: Final = re.compile(r"[a-z]\d{1,3}")
_NUMBER: Final = re.compile(r"\.\d+$")
_FIRST_MARK: Final = re.compile(r"^([#+=-]|\d+(?=[.)]))")


@dataclass(frozen=True)
class Told:
    """Facts that share the first word of their path: `Size`, with `estimated demand` and `200`."""

    name: str
    facts: tuple[tuple[str, str], ...]


def can_be_kept(value: object) -> bool:
    """Say whether every database keeps this value as JSON: no NaN, no NUL, no half of a surrogate pair (RFC 8259, 8.2)."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
        text.encode()
    except (ValueError, TypeError, RecursionError):
        return False
    return "\\u0000" not in text


def escaped(text: str) -> str:
    """Return text as Markdown that reads as the text itself, on one line (CommonMark 0.31, section 2.4)."""
    return _FIRST_MARK.sub(_escape_first, escaped_within(text))


def escaped_within(text: str) -> str:
    """Return the same for text that does not begin a line."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def in_words(path: str) -> str:
    """Return a part of a path as people write it: `estimated_demand` is `estimated demand`."""
    return " ".join(re.sub(r"[_-]+", " ", part) for part in path.split(".") if part)


def value_in_words(value: object) -> str:
    """Return a value of JSON in one line: lists with commas, tables as `name: value`, yes and no."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if value is None:
        return "not known"
    if isinstance(value, Mapping):
        return "; ".join(f"{in_words(str(key))}: {value_in_words(held)}" for key, held in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(value_in_words(held) for held in value)
    return str(value)


def told_names(value: object) -> tuple[str, ...]:
    """Return a list of words as it was told; nothing of anything else."""
    return tuple(one for one in value if isinstance(one, str) and one) if isinstance(value, list) else ()


def worth_reading(told: Mapping[str, object], said: Collection[str] = ()) -> Iterator[tuple[str, object]]:
    """Yield the told facts that mean something on a page: not those it has said, nor those by a key of the facts themselves.

    Such keys are `s1` or `m3`. A value that stands apart from its source, as `a.1.value` and `a.1.source`, is one fact again.
    """
    for path, value in told.items():
        words = (*path.split("."), value)
        stem, _, name = path.rpartition(".")
        if path in said or any(isinstance(word, str) and _KEY.fullmatch(word) for word in words):
            continue
        if name == "value" and f"{stem}.source" in told:
            yield _NUMBER.sub("", stem), f"{value_in_words(value)} ({value_in_words(told[f'{stem}.source'])})"
        elif name != "source" or f"{stem}.value" not in told:
            yield path, value


def told_in_words(told: Iterable[tuple[str, object]]) -> tuple[Told, ...]:
    """Return told facts, given as path and value, by the first word of their path, in the order told."""
    by_name: dict[str, list[tuple[str, str]]] = {}
    for path, value in told:
        first, _, rest = path.partition(".")
        name = in_words(first) or "other"
        by_name.setdefault(name[:1].upper() + name[1:], []).append((in_words(rest), value_in_words(value)))
    return tuple(Told(name, tuple(facts)) for name, facts in by_name.items())


def _escape_first(found: re.Match[str]) -> str:
    """Keep a line from starting a heading, a list or a rule: `# x` and `1. x` are text."""
    mark = found[1]
    return f"{mark}\\" if mark[0].isdigit() else f"\\{mark}"
