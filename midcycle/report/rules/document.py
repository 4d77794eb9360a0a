"""Data points as a document that other servers read: its shape, and the JSON Schema made of it. Pure."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from midcycle.kernel.money import CURRENCIES
from midcycle.report.rules.datapoints import BY_KEY
from midcycle.report.rules.told import can_be_kept

MOST_BYTES: Final = 200_000
_MOST: Final = 1_000_000_000
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
People = Annotated[int, Field(ge=0, le=_MOST)]
Words = Annotated[str, Field(min_length=1, max_length=200)]


class Refused(Exception):  # noqa: N818 - reads as a fact
    """A file is no such document; the message says where it is not."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class GroupShape(_Strict):
    """A group of five people or more."""

    label: Words
    people: Annotated[int, Field(ge=5, le=_MOST)]


class PointShape(_Strict):
    """A data point. `value` is a share of 0 to 1, a number of people or things, or an amount in minor units of `currency`.

    `part` of `n` is what a share was made of, where that may be told. Nothing is told while `state` is not `told`.
    """

    key: Key
    state: Literal["told", "withheld", "unknown"]
    unit: Literal["people", "things", "share", "groups", "minor"]
    value: Annotated[float, Field(ge=-_MOST, le=_MOST, allow_inf_nan=False)] | None
    part: People | None
    n: People | None
    groups: Annotated[list[GroupShape], Field(max_length=60)]
    currency: Annotated[str, Field(pattern=r"^([A-Z]{3})?$")]
    version: Annotated[int, Field(ge=1, le=1000)]
    since: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class MeetupShape(_Strict):
    """The edition the points are of."""

    title: Words
    address: Annotated[str, Field(pattern=r"^https?://", max_length=400)]
    starts_on: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None
    ends_on: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None
    city: Annotated[str, Field(max_length=200)]
    country: Annotated[str, Field(max_length=2)]
    series: Annotated[str, Field(max_length=200)]


class DocumentShape(_Strict):
    """The data points of one edition, published once. `smallest` is the smallest group of people that is told."""

    format: Literal["midcycle-data-points/1"]
    meetup: MeetupShape
    smallest: Annotated[int, Field(ge=5, le=100)]
    points: Annotated[list[PointShape], Field(max_length=200)]


@cache
def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a document."""
    made = DocumentShape.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def schema_text() -> str:
    """Return the schema as it is shipped."""
    return json.dumps(schema(), indent=2, sort_keys=True) + "\n"


def read_document(content: bytes) -> dict[str, Any]:
    """Return a document of another server. Raises Refused for anything that is none."""
    if len(content) > MOST_BYTES:
        raise Refused(f"it is larger than {MOST_BYTES // 1000} kB")
    try:
        found = DocumentShape.model_validate_json(content)
    except (ValidationError, RecursionError) as error:
        first = error.errors()[0] if isinstance(error, ValidationError) else {"loc": (), "msg": "too deep"}
        raise Refused(f"{'.'.join(str(part) for part in first['loc']) or 'file'}: {first['msg']}") from None
    if fault := next(_faults(found), ""):
        raise Refused(fault)
    return found.model_dump()


def _faults(found: DocumentShape) -> Iterator[str]:
    """Yield what is wrong with a document of the right shape."""
    if len({point.key for point in found.points}) != len(found.points):
        yield "points: one key stands there twice"
    for day in (found.meetup.starts_on, found.meetup.ends_on, *(point.since for point in found.points)):
        if day and not _is_day(day):
            yield f"{day} is no day"
    for point in found.points:
        if fault := _fault(point):
            yield f"points: {point.key} {fault}"
    if not can_be_kept(found.model_dump()):
        yield "a text has characters that are no text"


def _fault(point: PointShape) -> str:
    """Return why a point says nothing that could stand beside others, blank when it does."""
    if point.key in BY_KEY and point.unit != BY_KEY[point.key].unit:
        return f"is not counted in {point.unit}"
    if point.state != "told":
        return "is not told and has a value" if point.value is not None or point.groups else ""
    if point.unit == "minor":
        return "is no amount" if point.value is None or point.currency not in CURRENCIES else ""
    if point.unit == "share":
        return "" if _is_share(point) else "is no share of 0 to 1"
    if point.unit == "groups":
        return "" if point.groups else "has no groups"
    return "" if point.value is not None and point.value >= 0 else "is no number of people or things"


def _is_share(point: PointShape) -> bool:
    if point.part is None and point.n is None:
        return point.value is not None and 0 <= point.value <= 1
    return point.part is not None and bool(point.n) and point.part <= (point.n or 0)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
