"""What machines send: JSON (RFC 8259) without anything that readers take differently, and mistakes told in our words."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NoReturn

from django.http import HttpRequest
from ninja.parser import Parser
from pydantic import BaseModel, ConfigDict

from midcycle.kernel.problems import Mistake

_JSON: Final = re.compile(r"application/(?:[\w.+-]+\+)?json", re.IGNORECASE)
_RISKY: Final = re.compile(r"\\u(?:0000|[dD][89abAB])")  # a NUL or half a character may come
_BAD: Final = re.compile("[\x00\ud800-\udfff]")
_DEEPEST: Final = 20


class Body(BaseModel):
    """What a machine sends: these fields and no others, each of its own kind."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Unreadable(Exception):  # noqa: N818 - reads as a fact
    """A body that is no JSON we take: the status to answer with, why, and in which fields."""

    def __init__(self, status: int, detail: str = "", errors: Sequence[Mistake] = ()) -> None:
        """Keep all three."""
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = errors


class Reader(Parser):
    """Reads the body of a request."""

    def parse_body(self, request: HttpRequest) -> Any:  # noqa: ANN401 - the library's signature: whatever JSON holds
        """Return what the body says. Raises Unreadable."""
        if _JSON.fullmatch(request.content_type or "") is None:
            raise Unreadable(415)
        return read(request.body)


def read(body: bytes) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return what a body says. Raises Unreadable for what is no JSON, or JSON that one reader takes so and another so."""
    try:
        text = body.decode("utf-8")
        said = _DECODER.decode(text)
    except UnicodeDecodeError:
        raise Unreadable(400, "The body is not UTF-8. Send JSON as UTF-8.") from None
    except RecursionError:
        raise Unreadable(400, _TOO_DEEP) from None
    except ValueError as error:
        raise Unreadable(400, _why(error)) from None
    if _depth(said) > _DEEPEST:
        raise Unreadable(400, _TOO_DEEP)
    broken = list(_broken(said)) if _RISKY.search(text) else []
    if broken:
        raise Unreadable(422, errors=[Mistake(field, _BROKEN) for field in broken])
    return said


def mistakes(errors: Sequence[Mapping[str, Any]]) -> list[Mistake]:
    """Return what is wrong with each field in our words, from what the library found."""
    return [Mistake(_field(error["loc"]), _words(error["type"], error.get("ctx") or {})) for error in errors]


_BROKEN: Final = "This has a character in it that cannot be kept: a NUL, or half of one. Leave it out."
_TOO_DEEP: Final = f"The body has more than {_DEEPEST} brackets within each other. No field needs so many."
_WORDS: Final[Mapping[str, str]] = {
    "missing": "This is required. Send it too.",
    "extra_forbidden": "There is no such field. Leave it out, or look for its right name in /api/v1/openapi.json.",
    "string_type": "Send text.",
    "string_too_short": "This is shorter than {min_length}. Send more.",
    "string_too_long": "This is longer than {max_length} characters. Shorten it.",
    "string_unicode": "This has half a character in it. Leave it out.",
    "bool_type": "Send true or false.",
    "bool_parsing": "Send true or false.",
    "int_type": "Send a whole number.",
    "int_parsing": "Send a whole number, in digits.",
    "int_parsing_size": "Send a smaller number.",
    "int_from_float": "Send a whole number.",
    "greater_than_equal": "Send {ge} or more.",
    "less_than_equal": "Send {le} or less.",
    "less_than": "Send less than {lt}.",
    "literal_error": "Send one of {expected}.",
    "list_type": "Send a list.",
    "dict_type": "Send an object.",
    "model_type": "Send an object.",
    "model_attributes_type": "Send an object.",
    "too_long": "These are more than {max_length}. Send fewer.",
    "value_error": "{error}",
}
_OTHERWISE: Final = "This cannot be used. /api/v1/openapi.json says what it has to be."


def _words(kind: str, facts: Mapping[str, Any]) -> str:
    return _WORDS.get(kind, _OTHERWISE).format_map(facts)


def _field(place: Sequence[str | int]) -> str:
    """Return the name of a field: without where it was sent and the name our code has for the whole body."""
    within = place[2:] if place and place[0] == "body" else place[1:]
    return ".".join(str(part) for part in within) or "body"


def _why(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"The body is no JSON: it cannot be read from line {error.lineno}, character {error.colno} on."
    return str(error) if isinstance(error, _OddError) else "The body has a number in it that is too long."


class _OddError(ValueError):
    """JSON that readers do not agree about."""


def _once_each(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    said = dict(pairs)
    if len(said) != len(pairs):
        raise _OddError("A field is in the body twice. Send each once.")
    return said


def _no_number(text: str) -> NoReturn:
    raise _OddError(f"{text} is no number of JSON. Leave it out.")


def _depth(said: object) -> int:
    """Return how many brackets are within each other, counted no further than is needed."""
    depth, level = 0, [said]
    while level and depth <= _DEEPEST:
        level = [inner for one in level for inner in _inside(one)]
        depth += 1
    return depth


def _inside(said: object) -> Iterator[object]:
    if isinstance(said, dict):
        yield from said.values()
    elif isinstance(said, list):
        yield from said


def _broken(said: object, place: tuple[str, ...] = ()) -> Iterator[str]:
    """Return the fields whose text, or name, has a NUL or half a character in it."""
    if isinstance(said, dict | list):
        for name, inner in said.items() if isinstance(said, dict) else enumerate(said):
            if _BAD.search(str(name)):
                yield ".".join((*place, _BAD.sub("?", str(name))))
            else:
                yield from _broken(inner, (*place, str(name)))
    elif isinstance(said, str) and _BAD.search(said):
        yield ".".join(place)


_hook: Callable[[Sequence[tuple[str, Any]]], dict[str, Any]] = _once_each
_DECODER: Final = json.JSONDecoder(object_pairs_hook=_hook, parse_constant=_no_number)
