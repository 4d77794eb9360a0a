"""Plain values of strangers: nothing is trusted to be there or to be of a kind."""

from collections.abc import Mapping
from typing import Any


def text(value: object) -> str:
    """Return a text, a number as one, and nothing for anything else."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def mapping(value: object) -> Mapping[str, Any]:
    """Return a mapping, empty for anything else."""
    return value if isinstance(value, dict) else {}


def sequence(value: object) -> list[Any]:
    """Return a list, empty for anything else."""
    return value if isinstance(value, list) else []


def name(value: object) -> str:
    """Return a name that may stand alone, in an object, or in several languages."""
    facts = mapping(value)
    return translated(facts.get("name", facts)) if facts else translated(value)


def translated(value: object) -> str:
    """Return a text that may stand in several languages: in English, or in the first of them."""
    facts = mapping(value)
    return text(facts.get("en") or next(iter(facts.values()), "")) if facts else text(value)
