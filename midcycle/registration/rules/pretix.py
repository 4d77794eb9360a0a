"""Orders of pretix in JSON, as the table its list of order positions would be. Pure.

Two kinds are read: the export "Order data (JSON)", `{"event": {"orders": […], "items": […], "questions": […], …}}`, and what
its REST API answers, `{"count": 2, "next": null, "results": [{"code", "status", "email", "positions": […]}]}`, or such orders
alone. A status is `n` (pending), `p` (paid), `e` (expired) or `c` (canceled).
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from midcycle.engines.tables import Table
from midcycle.engines.tables.model import MOST_BYTES, Gathering
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.words import gettext, gettext_noop

_COLUMNS: Final = (
    "Event slug", "Order code", "Position ID", "Status", "Email", "Order date", "Attendee name", "Attendee email", "Company",
    "Country", "Order locale", "Invoice address name", "Checked in",
)  # fmt: skip
_STATUS: Final = {"n": "pending", "p": "paid", "e": "expired", "c": "canceled"}
_NO_EXPORT: Final = gettext_noop(
    "This JSON has no orders of pretix in it. Choose “Order data (JSON)” there, or the orders its API answers, or a CSV, XLSX "
    "or ODS file."
)
_NOBODY: Final = gettext_noop("There is nobody in these orders of pretix: none of them has a ticket. Choose another export.")
_PART: Final = gettext_noop("This is a part of the list: %(here)s of %(all)s orders. Import the other pages of it, too.")
_ONE_IS_NO_TICKET: Final = gettext_noop(
    "1 of the products ordered has no name beside others that have one, and is taken for no ticket. If that is wrong, export "
    "“Order data (JSON)” instead."
)
_NO_TICKETS: Final = gettext_noop(
    "%(count)s of the products ordered have no name beside others that have one, and are taken for no ticket. If that is "
    "wrong, export “Order data (JSON)” instead."
)
_TESTED: Final = gettext_noop("Orders made while the shop was being tested count as cancelled.")
# What is kept about a file, in English.
REMARKS: Final = (_PART, _ONE_IS_NO_TICKET, _NO_TICKETS, _TESTED)

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Orders:
    """Orders with what is needed to read them: the event, which products admit somebody, and questions by their number.

    `missing` orders are on other pages of the list.
    """

    orders: Sequence[Json]
    event: str = ""
    admits: Mapping[str, bool] | None = None
    asked: Mapping[str, str] = field(default_factory=dict)
    missing: int = 0

    def tickets(self, order: Json) -> list[Json]:
        """Return the positions of an order that admit somebody.

        The API does not say which product does. Where an order names its attendees, what has no name is taken for no ticket.
        """
        own = [position for position in order["positions"] if position.get("addon_to") is None]
        if self.admits is not None:
            return [position for position in own if self.admits.get(_number(position.get("item")), True)]
        return [position for position in own if position.get("attendee_name") or position.get("attendee_email")] or own


def looks_like_json(data: bytes) -> bool:
    """Say whether a file begins as JSON does."""
    return data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}


def read_pretix(data: bytes) -> tuple[Table, tuple[str, ...]]:
    """Return the positions of orders, one in a row, and what is to say about the file. Raises Refusal for anything else.

    Positions added to others, such as a shirt to a ticket, are left out, and products that admit nobody.
    """
    if len(data) > MOST_BYTES:
        raise Refusal(
            gettext("This file is larger than %(most)s MB. Export the orders as a table, or in parts.")
            % {"most": MOST_BYTES >> 20}
        )
    try:
        read = _orders_in(json.loads(data))
        gathering = Gathering()
        gathering.add(1, (*_COLUMNS, *read.asked.values()))
        for number, cells in enumerate(_positions(read), start=2):
            gathering.add(number, cells)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise Refusal(gettext(_NO_EXPORT)) from None
    if not gathering.has_rows:
        raise Refusal(gettext(_NOBODY if read.orders else _NO_EXPORT))
    return gathering.table(), _remarks(read)


def _orders_in(document: Any) -> Orders:  # noqa: ANN401 - anything that JSON can be
    if isinstance(document, Mapping) and "event" in document and "positions" not in document:
        event = document["event"]
        asked = {str(question["id"]): str(question["question"]) for question in event["questions"]}
        admits = {_number(item): item.get("admission", True) for item in event["items"]}
        return Orders(event["orders"], str(event["slug"]), admits, asked)
    missing = 0
    if isinstance(document, Mapping) and "results" in document:
        missing = max(0, int(document.get("count") or 0) - len(document["results"]))
        document = document["results"]
    elif isinstance(document, Mapping) and "positions" in document:
        document = [document]
    if not isinstance(document, list) or not all("status" in order and "positions" in order for order in document):
        raise ValueError("no orders")
    return Orders(document, asked=_asked_in(document), missing=missing)


def _asked_in(orders: Iterable[Json]) -> dict[str, str]:
    """Return what questions are called in answers of the API, by their number: it tells no titles but where asked to."""
    asked: dict[str, str] = {}
    for order in orders:
        for position in order["positions"]:
            for answer in position.get("answers") or ():
                number, question = _number(answer["question"]), answer["question"]
                title = question.get("question") if isinstance(question, Mapping) else None
                title = next(iter(title.values()), None) if isinstance(title, Mapping) else title
                asked.setdefault(number, str(title or answer.get("question_identifier") or f"Question {number}"))
    return asked


def _positions(read: Orders) -> Iterator[list[str]]:
    return (_row(read, order, position) for order in read.orders for position in read.tickets(order))


def _row(read: Orders, order: Json, position: Json) -> list[str]:
    answers = {_number(answer["question"]): answer["answer"] for answer in position.get("answers") or ()}
    bill = order.get("invoice_address") or {}
    cells = (
        read.event or order.get("event"), order["code"], position.get("positionid"), _status(order, position),
        order.get("email"), order.get("datetime"), position.get("attendee_name"), position.get("attendee_email"),
        position.get("company") or bill.get("company"), position.get("country") or bill.get("country"), order.get("locale"),
        bill.get("name"), "yes" if position.get("checkins") else "", *(answers.get(number) for number in read.asked),
    )  # fmt: skip
    return ["" if cell is None else str(cell) for cell in cells]


def _status(order: Json, position: Json) -> str:
    """Return the status in words. An order that waits for approval is pending, whatever it cost; one of a test is nobody's.

    One that is good before it is paid is as good as paid.
    """
    if position.get("canceled") or order.get("testmode"):
        return "canceled"
    if order["status"] == "n" and not order.get("require_approval") and order.get("valid_if_pending"):
        return "pending (confirmed)"
    return "pending" if order.get("require_approval") and order["status"] == "n" else _STATUS[order["status"]]


def _remarks(read: Orders) -> tuple[str, ...]:
    said = []
    if read.missing:
        said.append(_PART % {"here": len(read.orders), "all": len(read.orders) + read.missing})
    added = sum(position.get("addon_to") is not None for order in read.orders for position in order["positions"])
    left_out = sum(len(order["positions"]) - len(read.tickets(order)) for order in read.orders) - added
    if read.admits is None and left_out:
        said.append(_ONE_IS_NO_TICKET if left_out == 1 else _NO_TICKETS % {"count": left_out})
    if any(order.get("testmode") for order in read.orders):
        said.append(_TESTED)
    return tuple(said)


def _number(thing: Any) -> str:  # noqa: ANN401 - a number, or all there is to say about a question or product
    return str(thing["id"] if isinstance(thing, Mapping) else thing)
