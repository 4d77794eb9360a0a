"""Reads a facts file: every field is optional, and any of them may be missing or of another shape. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import yaml

from midcycle.kernel.refusal import Refusal

LONGEST = 5_000_000
MEETUP = "midcycle-meetup-facts/1"
SERIES = "midcycle-series-facts/1"
STANDARD = (
    "name", "dates", "location", "region", "size", "capacity", "attendance", "sponsors", "interest_call", "topics", "rooms",
    "slots", "sessions", "feedback_data_points",
)  # fmt: skip
_TIME = re.compile(r"^(\d{1,2})[:.](\d{2})(?::\d{2})?$")

Facts = Mapping[str, object]


@dataclass(frozen=True)
class Group:
    """People counted apart: how many asked for a seat, how many came; None where the file does not say."""

    name: str
    asked: int | None
    came: int | None


def read_facts(path: Path) -> Facts:
    """Return the facts of a file. Raises Refusal in one sentence when it is no facts file."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise Refusal(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Refusal(f"{path} is not UTF-8 text") from None
    if len(text) > LONGEST:
        raise Refusal(f"{path} is longer than {LONGEST} characters")
    try:
        facts = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Refusal(f"{path} is not YAML: {' '.join(str(error).split())[:200]}") from None
    if not isinstance(facts, dict) or not all(isinstance(key, str) for key in facts):
        raise Refusal(f"{path} holds no facts: a mapping with keys such as name, dates and sessions is expected")
    if facts.get("schema", MEETUP) not in (MEETUP, SERIES):
        raise Refusal(f"{path} is of the schema {facts['schema']}; {MEETUP} and {SERIES} are known")
    return facts


def mapping(value: object) -> Facts:
    """Return the mapping, or an empty one."""
    return value if isinstance(value, Mapping) else {}


def items(value: object) -> list[Facts]:
    """Return the items of a list as mappings; a plain text becomes `{"title": text}`."""
    if not isinstance(value, list):
        return []
    return [item if isinstance(item, Mapping) else {"title": str(item)} for item in value]


def names(value: object) -> list[str]:
    """Return a list of names from a list or a single value."""
    if value is None or value is True or value is False:
        return []
    return [str(item) for item in value] if isinstance(value, Sequence) and not isinstance(value, str) else [str(value)]


def whole(value: object) -> int | None:
    """Return a count, or None when the value is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def pair(value: object) -> tuple[int, int] | None:
    """Return a range of two counts, lowest first."""
    if isinstance(value, list) and len(value) == 2 and all(whole(item) is not None for item in value):
        low, high = sorted(value)
        return low, high
    return None


def day_of(value: object) -> date | None:
    """Return a day from a YAML date or ISO text."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def clock_time(value: object) -> time | None:
    """Return a time of day; YAML reads an unquoted 11:30 as 690, which is understood as minutes."""
    if isinstance(value, int) and not isinstance(value, bool):
        return time(value // 60, value % 60) if 0 <= value < 24 * 60 else None
    found = _TIME.match(str(value).strip()) if value is not None else None
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return time(int(found[1]), int(found[2]))


def month_in_words(value: object) -> str:
    """Return `March 2014` for `2014-03`; any other text as it is."""
    day = day_of(f"{value}-01")
    return f"{day:%B} {day.year}" if day else str(value or "")[:60]


def groups(attendance: object) -> tuple[Group, ...]:
    """Return the groups people were counted in: `{new: 162}` or `{new: {rsvp: 110, attended: 75}}`, without a total."""
    found = []
    for name, value in mapping(attendance).items():
        inner = mapping(value)
        asked, came = whole(inner.get("rsvp")), whole(value) if not inner else whole(inner.get("attended"))
        if name != "total" and (asked is not None or came is not None):
            found.append(Group(str(name), asked, came))
    return tuple(found)


def not_said(facts: Facts) -> list[str]:
    """Return what the file leaves out: what it names itself as missing, else the standard fields it does not have."""
    named = names(facts.get("missing"))
    return named or [field for field in STANDARD if field not in facts]
