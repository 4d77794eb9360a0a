"""The order export of pretix in JSON ("Order data (JSON)"), as the table its list of order positions would be. Pure.

`{"event": {"orders": [{"code", "status", "email", "datetime", "positions": [{"positionid", "attendee_name", …}]}], …}}`;
a status is `n` (pending), `p` (paid), `e` (expired) or `c` (canceled).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from midcycle.engines.tables import Table
from midcycle.engines.tables.model import MOST_BYTES, Gathering
from midcycle.kernel.refusal import Refusal

_COLUMNS: Final = (
    "Event slug", "Order code", "Position ID", "Status", "Email", "Order date", "Attendee name", "Attendee email", "Company",
    "Country", "Order locale",
)  # fmt: skip
_STATUS: Final = {"n": "pending", "p": "paid", "e": "expired", "c": "canceled"}
_NO_EXPORT: Final = "This JSON is no order export of pretix. Choose “Order data (JSON)” there, or a CSV, XLSX or ODS file."

Json = Mapping[str, Any]


def looks_like_json(data: bytes) -> bool:
    """Say whether a file begins as JSON does."""
    return data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}


def read_pretix(data: bytes) -> Table:
    """Return the positions of an order export, one in a row. Raises Refusal for anything else.

    Positions added to others, such as a shirt to a ticket, are left out, and products that admit nobody.
    """
    if len(data) > MOST_BYTES:
        raise Refusal(f"This file is larger than {MOST_BYTES >> 20} MB. Export the orders as a table, or in parts.")
    try:
        event = json.loads(data)["event"]
        orders, asked = event["orders"], {str(question["id"]): str(question["question"]) for question in event["questions"]}
        gathering = Gathering()
        gathering.add(1, (*_COLUMNS, *asked.values()))
        for number, cells in enumerate(_positions(event, orders, list(asked)), start=2):
            gathering.add(number, cells)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise Refusal(_NO_EXPORT) from None
    return gathering.table()


def _positions(event: Json, orders: Sequence[Json], asked: Sequence[str]) -> Iterator[list[str]]:
    admits = {item["id"]: item.get("admission", True) for item in event["items"]}
    for order in orders:
        for position in order["positions"]:
            if position.get("addon_to") is None and admits.get(position.get("item"), True):
                yield _row(event, order, position, asked)


def _row(event: Json, order: Json, position: Json, asked: Sequence[str]) -> list[str]:
    answers = {str(answer["question"]): answer["answer"] for answer in position.get("answers") or ()}
    cells = (
        event["slug"], order["code"], position.get("positionid"), _status(order), order.get("email"), order.get("datetime"),
        position.get("attendee_name"), position.get("attendee_email"), position.get("company"), position.get("country"),
        order.get("locale"), *(answers.get(number) for number in asked),
    )  # fmt: skip
    return ["" if cell is None else str(cell) for cell in cells]


def _status(order: Json) -> str:
    """Return the status in words. An order that waits for approval is pending, whatever it cost."""
    return "pending" if order.get("require_approval") and order["status"] == "n" else _STATUS[order["status"]]
