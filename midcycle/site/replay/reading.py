"""Reads a facts file and single values in it: every field is optional, and any may be missing or of another shape. Pure."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import yaml

from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.kernel.yaml_text import read_yaml

LONGEST: Final = 5_000_000
MEETUP: Final = "midcycle-meetup-facts/1"
SERIES: Final = "midcycle-series-facts/1"
STANDARD: Final = (
    "name", "dates", "location", "region", "size", "capacity", "attendance", "sponsors", "interest_call", "topics", "rooms",
    "slots", "sessions", "feedback_data_points",
)  # fmt: skip
# What people write around a number: "~200", "about 30", "ca. 1,200", "60.0", "80 people".
_NUMBER: Final = r"(\d{1,3}(?:[,' ]\d{3})+|\d{1,12})(?:\.0+)?"
_ABOUT: Final = r"(?:~|≈|c(?:irca|a)?\.?\s|about\s|around\s|approx(?:imately|\.)?\s|some\s)?\s*"
_PEOPLE: Final = r"\s*(?:people|persons|attendees|seats|votes)?"
_WHOLE: Final = re.compile(rf"{_ABOUT}{_NUMBER}{_PEOPLE}", re.IGNORECASE)
_PAIR: Final = re.compile(rf"{_ABOUT}{_NUMBER}\s*(?:[-\u2013\u2014]|to)\s*{_NUMBER}{_PEOPLE}", re.IGNORECASE)
_PERCENT: Final = re.compile(r"\s*(\d{1,3}(?:\.\d+)?)\s*%\s*")
_YES: Final = frozenset({"true", "yes", "y", "on"})
_NO: Final = frozenset({"false", "no", "n", "off"})

Facts = Mapping[str, object]


def read_facts(path: Path) -> Facts:
    """Return the facts of a file. Raises Refusal in one sentence when it is no facts file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Refusal(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Refusal(f"{path} is not UTF-8 text") from None
    if len(text) > LONGEST:
        raise Refusal(f"{path} is longer than {LONGEST} characters")
    return facts_in(text, str(path))


def facts_in(text: str, called: str = "the file") -> Facts:
    """Return the facts a text tells; `called` names it in a Refusal."""
    try:
        facts = read_yaml(text)
    except Refusal as refusal:
        raise Refusal(f"{called} cannot be replayed: {refusal.message}") from None
    except (yaml.YAMLError, ValueError) as error:
        raise Refusal(f"{called} is not YAML: {' '.join(str(error).split())[:200]}") from None
    if not isinstance(facts, dict):
        raise Refusal(f"{called} holds no facts: a mapping with keys such as name, dates and sessions is expected")
    if facts.get("schema", MEETUP) not in (MEETUP, SERIES):
        raise Refusal(f"{called} is of the schema {facts['schema']}; {MEETUP} and {SERIES} are known")
    return facts


def mapping(value: object) -> Facts:
    """Return the mapping, or an empty one."""
    return value if isinstance(value, Mapping) else {}


def text(value: object) -> str:
    """Return a scalar as text on one line; blank for a list, a table, true, false or nothing."""
    return "" if value is None or isinstance(value, bool | Mapping | list | tuple | set | bytes) else one_line(str(value))


def names(value: object) -> list[str]:
    """Return the words of a list, or a single one; what is no word is left out."""
    return [said for item in (value if isinstance(value, list | tuple) else [value]) if (said := text(item))]


def words(value: object) -> list[str] | None:
    """Return a list of nothing but words, or one word as a list; None for anything else, and for nothing."""
    said = names(value)
    count = len(value) if isinstance(value, list) else 1
    return said if said and len(said) == count else None


def whole(value: object) -> int | None:
    """Return a count, also one told in words such as `about 30`; None when the value is none."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        return value if not isinstance(value, bool) and value >= 0 else None
    found = _WHOLE.fullmatch(value.strip()) if isinstance(value, str) else None
    return int(re.sub(r"\D", "", found[1])) if found else None


def pair(value: object) -> tuple[int, int] | None:
    """Return a range of two counts, lowest first: `[20, 30]` or `20-30`."""
    if isinstance(value, list | tuple) and len(value) == 2:
        ends = [whole(item) for item in value]
    else:
        found = _PAIR.fullmatch(value.strip()) if isinstance(value, str) else None
        ends = [int(re.sub(r"\D", "", part)) for part in found.groups()] if found else []
    known = sorted(end for end in ends if end is not None)
    return (known[0], known[1]) if len(known) == 2 else None


def share(value: object) -> tuple[float, int] | None:
    """Return a share from 0 to 1 and its decimals: of `0.30`, of `"45%"`, and of 45, which is percent."""
    found = _PERCENT.fullmatch(value) if isinstance(value, str) else None
    if isinstance(value, bool) or not (found or isinstance(value, int | float)):
        return None
    told = found[1] if found else str(value)
    number, decimals = float(told), len(told.partition(".")[2])
    if found or number > 1:
        number, decimals = round(number / 100, decimals + 2), decimals + 2
    return (number, decimals) if 0 <= number <= 1 else None


def truth(value: object) -> bool | None:
    """Return yes or no, however it is written; None for anything else."""
    said = str(value).lower() if isinstance(value, str | bool) else ""
    return True if said in _YES else False if said in _NO else None


def not_said(facts: Facts, *, of_a_series: bool = False) -> list[str]:
    """Return what the file leaves out: what it names itself as missing, and the standard fields it does not have."""
    named = names(facts.get("missing"))
    absent = [] if of_a_series else [field for field in STANDARD if facts.get(field) is None]
    return [*named, *(field for field in absent if field.replace("_", " ") not in " ".join(named).lower().replace("_", " "))]
