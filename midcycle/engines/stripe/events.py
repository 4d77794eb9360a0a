"""Events Stripe sends: whether they are signed, and what they say of a payment by card."""

import hmac
import json
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

TOLERANCE: Final = 300
"""Seconds a signature may be old, or ahead of a clock that is slow."""
_MOST_PARTS: Final = 20
_TIME: Final = re.compile(r"[0-9]{1,12}", re.ASCII)
_SIGNATURE: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_NAME: Final = re.compile(r"[A-Za-z0-9_]{1,255}", re.ASCII)
_MOST: Final = 2**53
_PAID: Final = "payment_intent.succeeded"
_RETURNED: Final = "charge.refunded"


class NotSignedError(ValueError):
    """The signature is missing, wrong or too old; the text says which."""


class NotAnEventError(ValueError):
    """It is signed, and yet not of the form that is documented; the text says where."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What an event says of a payment: what came in all, what of it went back so far, in minor units; when, since 1970.

    `key` is what was sent along when the payment was asked for, blank where nothing was.
    """

    event: str
    kind: str
    payment: str
    key: str
    amount: int
    returned: int
    currency: str
    at: int


def verify(body: bytes, header: str, secret: str, *, now: float) -> None:
    """Raise NotSignedError unless one of the signatures of a header `t=…,v1=…,v1=…` is of this body, and of just now.

    There are two while a secret is renewed. All are compared, each in constant time.
    """
    parts = [part.strip().partition("=") for part in header.split(",", _MOST_PARTS)[:_MOST_PARTS]]
    times = [value for name, _, value in parts if name == "t" and _TIME.fullmatch(value)]
    if len(times) != 1:
        raise NotSignedError("no time")
    signed = sha256_of(secret, times[0].encode() + b"." + body)
    given = [value for name, _, value in parts if name == "v1" and _SIGNATURE.fullmatch(value)]
    if not any([hmac.compare_digest(signed, value) for value in given]):  # noqa: C419 - all of them, so that none is told by time
        raise NotSignedError("no signature of ours")
    if abs(now - int(times[0])) > TOLERANCE:
        raise NotSignedError("too old, or ahead of our clock")


def sha256_of(secret: str, text: bytes) -> str:
    """Return the signature of a text, in hexadecimal digits."""
    return hmac.new(secret.encode(), text, sha256).hexdigest()


def read_event(body: bytes) -> Moved | None:
    """Return what an event says of a payment; None for events about anything else. Raises NotAnEventError."""
    try:
        event = json.loads(body)
    except (ValueError, RecursionError):
        raise NotAnEventError("this is no JSON") from None
    if not isinstance(event, dict):
        raise NotAnEventError("this is no object")
    kind = event.get("type")
    if kind not in (_PAID, _RETURNED):
        return None
    said = _dict(_dict(event, "data"), "object")
    is_paid = kind == _PAID
    payment = said.get("id" if is_paid else "payment_intent")
    if payment is None:
        return None  # a charge that was made without the Payment Intents all of ours have
    amount = _whole(said, "amount_received" if is_paid else "amount_captured", "amount")
    returned = 0 if is_paid else _whole(said, "amount_refunded")
    if amount == 0 or returned > amount:
        raise NotAnEventError("the amounts contradict each other")
    return Moved(
        event=_name(event.get("id"), "id"),
        kind=kind,
        payment=_name(payment, "payment"),
        key=_key(said.get("metadata")),
        amount=amount,
        returned=returned,
        currency=_currency(said.get("currency")),
        at=_whole(event, "created"),
    )


def _dict(within: dict[str, Any], name: str) -> dict[str, Any]:
    found = within.get(name)
    if not isinstance(found, dict):
        raise NotAnEventError(f"no {name}")
    return found


def _whole(within: dict[str, Any], *names: str) -> int:
    """Return the first of these whole numbers that is there."""
    found = next((within[name] for name in names if within.get(name) is not None), None)
    if type(found) is not int or not 0 <= found < _MOST:
        raise NotAnEventError(f"{names[0]} is no whole number")
    return found


def _name(found: object, what: str) -> str:
    if not isinstance(found, str) or not _NAME.fullmatch(found):
        raise NotAnEventError(f"{what} is no name")
    return found


def _currency(found: object) -> str:
    if not isinstance(found, str) or not re.fullmatch("[a-z]{3}", found):
        raise NotAnEventError("no currency")
    return found.upper()


def _key(metadata: object) -> str:
    found = metadata.get("fee") if isinstance(metadata, dict) else None
    return found if isinstance(found, str) and len(found) <= 64 else ""
