"""What every API route shares: addresses, the keys of requests, and how a problem looks."""

import re
from typing import Annotated, Final, Literal

from django.http import HttpRequest
from ninja import Schema
from pydantic import AfterValidator, Field

from midcycle.kernel.addresses import canonical
from midcycle.kernel.refusal import Refusal
from midcycle.web.reading import Unreadable

# A key is at most this long and visible ASCII: plain, or as a string of RFC 9651, as the draft of Idempotency-Key says.
_KEY: Final = re.compile(r"\"([!#-+\--\[\]-~]{1,255})\"|([!#-+\--\[\]-~]{1,255})")

_NO_KEY: Final = "An Idempotency-Key has 1 to 255 visible ASCII characters, without spaces, commas, quotes and backslashes."


def _address(text: str) -> str:
    try:
        return canonical(text)
    except Refusal as refusal:
        raise ValueError(refusal.message) from None


Address = Annotated[str, Field(max_length=254, json_schema_extra={"format": "email", "minLength": 3}), AfterValidator(_address)]


class MistakeOut(Schema):
    """What is wrong with one field."""

    field: str
    detail: str


class Problem(Schema):
    """Why a request was not done (RFC 9457). `detail` is a sentence that says what to do next."""

    type: str
    title: str
    status: int
    detail: str


class Refused(Problem):
    """The meetup does not allow it: closed, over, too early. Nothing was changed; the same request may be allowed later."""

    type: Literal["/api/v1/openapi.json#/components/schemas/Refused"]
    errors: list[MistakeOut] = []


class Invalid(Problem):
    """Something that was sent cannot be used. Nothing was changed; mend what `errors` names, and send it again."""

    type: Literal["/api/v1/openapi.json#/components/schemas/Invalid"]
    errors: list[MistakeOut]


class KeyReused(Problem):
    """The Idempotency-Key came before with another body. Nothing was changed; take a new key for a new request."""

    type: Literal["/api/v1/openapi.json#/components/schemas/KeyReused"]


def key_of(request: HttpRequest) -> str | None:
    """Return the Idempotency-Key of a request, None without one. Raises Unreadable for text that is no key."""
    sent = request.headers.get("Idempotency-Key")
    if sent is None:
        return None
    found = _KEY.fullmatch(sent.strip())
    if found is None:
        raise Unreadable(400, _NO_KEY)
    return found[1] or found[2]
