"""Problem details (RFC 9457): the one form in which every error of the API is told. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from midcycle.kernel.refusal import Refusal

MEDIA_TYPE: Final = "application/problem+json"
DOCUMENT: Final = "/api/v1/openapi.json"

# Kinds that say more than their status; the document of the API explains each where its type points to.
KINDS: Final[Mapping[str, str]] = {
    "Refused": "The meetup does not allow it",
    "Invalid": "What was sent cannot be used",
    "KeyReused": "This Idempotency-Key was used for something else",
}
_TITLES: Final[Mapping[int, str]] = {413: "Content Too Large", 422: "Unprocessable Content"}  # as RFC 9110 calls them
_DETAILS: Final[Mapping[int, str]] = {
    400: "This request cannot be read.",
    404: f"There is no such address. {DOCUMENT} lists those there are.",
    405: "This address does not take that method; the header Allow lists those it takes.",
    413: "This is too much at once. Send 1 MiB at most.",
    415: "Send JSON as UTF-8, with the header Content-Type: application/json.",
    429: "These are too many requests. Wait for a while, then go on.",
    500: "Something is broken here. Try again in a minute; if it stays so, tell those who look after this server.",
    503: "The server is busy or being looked after. Try again in a minute.",
}


@dataclass(frozen=True)
class Mistake:
    """What is wrong with one field; the name of a field within another has dots, such as `more.shirt`."""

    field: str
    detail: str


def problem(status: int, detail: str = "", *, kind: str = "", errors: Sequence[Mistake] = ()) -> dict[str, object]:
    """Return a problem as it is sent. Without a kind the status says it all, as `about:blank` tells (RFC 9457 4.2.1)."""
    told: dict[str, object] = {
        "type": f"{DOCUMENT}#/components/schemas/{kind}" if kind else "about:blank",
        "title": KINDS[kind] if kind else _TITLES.get(status) or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or _DETAILS.get(status) or _DETAILS[400],
    }
    return {**told, "errors": [{"field": error.field, "detail": error.detail} for error in errors]} if errors else told


def refused(refusal: Refusal) -> dict[str, object]:
    """Return what is sent when the rules do not allow a deed."""
    errors = [Mistake(refusal.field, refusal.message)] if refusal.field else []
    return problem(HTTPStatus.CONFLICT, refusal.message, kind="Refused", errors=errors)


def written(body: Mapping[str, object]) -> bytes:
    """Return the bytes of a body: in ASCII, so that no half character breaks it, and the same ones for the same body."""
    return json.dumps(body, sort_keys=True).encode()
