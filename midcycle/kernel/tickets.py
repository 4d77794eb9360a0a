"""Signed tickets that let one person into one pad for a short while.

The web side issues a ticket after its own gate said yes; the live server reads
it back without a database and without Django. A ticket is text of
`itsdangerous.URLSafeTimedSerializer`: base64 JSON, time of issue, HMAC.
It is signed, not secret: never put into it what its holder may not read.
"""

import hashlib
import re
import secrets
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal, get_args

from itsdangerous import BadData, URLSafeTimedSerializer

_SALT = "midcycle.pad-ticket.1"
AGE = 60  # seconds between the ticket and its first use
_LONGEST = 4096  # characters; a ticket made here is below 1,500
_MOST_RIGHTS = 2**31 - 1  # of an integer column
_PAD = re.compile(r"[0-9a-f]{32}")

Role = Literal["read", "write"]
COLOURS = 8


class BadTicket(ValueError):  # noqa: N818 - reads as a fact
    """The text is no ticket of ours, or too old. The message is safe to show."""


@dataclass(frozen=True)
class PadTicket:
    """What the holder may do.

    `pad` is the pad's UUID as 32 lower-case hex digits, `person` an opaque id
    of 1 to 64 characters (never an e-mail address), `name` what the others see,
    1 to 200 characters, `colour` a palette index from 0 to 7. `rights` is how
    often who may do what in the pad had changed by then: older tickets are no
    good. `nonce` is given by `issue`: no two tickets are the same, so each can
    be used once.
    """

    pad: str
    person: str
    name: str
    colour: int
    role: Role
    rights: int = 0
    nonce: str = field(default="", compare=False)


def issue(secret: str, ticket: PadTicket) -> str:
    """Sign `ticket` with the time of now; the result is URL-safe text."""
    return _serializer(secret).dumps(asdict(replace(ticket, nonce=secrets.token_hex(8))))


def read(secret: str, text: str, max_age: int) -> PadTicket:
    """Give back the ticket in `text` if it is ours and at most `max_age` seconds old.

    Raises `BadTicket` on anything else.
    """
    if len(text) > _LONGEST or not text.isascii():
        raise BadTicket("This is not a ticket.")
    try:
        fields = _serializer(secret).loads(text, max_age=max_age)
    except BadData as error:
        raise BadTicket("This ticket is not valid any more.") from error
    return _from_fields(fields)


def _serializer(secret: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt=_SALT, signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256})


def _from_fields(fields: Any) -> PadTicket:  # noqa: ANN401  (signed JSON, checked here)
    try:
        ticket = PadTicket(**fields)
    except TypeError as error:
        raise BadTicket("This ticket has the wrong fields.") from error
    fits = (
        _is_text(ticket.pad, 32)
        and _PAD.fullmatch(ticket.pad)
        and _is_text(ticket.person, 64)
        and _is_text(ticket.name, 200)
        and type(ticket.colour) is int
        and 0 <= ticket.colour < COLOURS
        and ticket.role in get_args(Role)
        and _is_count(ticket.rights)
        and _is_text(ticket.nonce, 16)
    )
    if not fits:
        raise BadTicket("This ticket has the wrong fields.")
    return ticket


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value <= _MOST_RIGHTS


def _is_text(value: object, longest: int) -> bool:
    """Say whether a database column of `longest` characters takes the value."""
    return isinstance(value, str) and 0 < len(value) <= longest and "\0" not in value
