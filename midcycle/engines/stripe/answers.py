"""Answers of Stripe, of which only what is needed is read, and nothing is believed to be there."""

import json
import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

_LONGEST: Final = 4_000
_WORD: Final = re.compile(r"[a-z_]{1,60}")
_DEFAULT_PORTS: Final = {"https": 443, "http": 80}


class NotAnAnswerError(ValueError):
    """What came is not what was asked for; the text says what was wrong, without quoting it."""


@dataclass(frozen=True, slots=True)
class Charged:
    """What Stripe took for a payment, in minor units of the currency of its balance."""

    amount: int
    currency: str


def page_in(body: bytes, page: str) -> str:
    """Return the address of the page on which a session is paid. Raises NotAnAnswerError unless it is below `page`."""
    url = _object(body).get("url")
    if not isinstance(url, str) or not 0 < len(url) <= _LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        raise NotAnAnswerError("the session has no address")
    if "\\" in url or "@" in url.split("#", 1)[0] or _origin(url) != _origin(page):
        raise NotAnAnswerError("the session leads to another host")
    return url


def charged_in(body: bytes) -> Charged | None:
    """Return what Stripe took for a payment, None while it does not know. Raises NotAnAnswerError."""
    charge = _object(body).get("latest_charge")
    moved = charge.get("balance_transaction") if isinstance(charge, dict) else None
    if not isinstance(moved, dict):
        return None
    fee, currency = moved.get("fee"), moved.get("currency")
    if type(fee) is not int or not 0 <= fee < 2**53 or not isinstance(currency, str) or not re.fullmatch("[a-z]{3}", currency):
        raise NotAnAnswerError("the charge is not a whole amount of a currency")
    return Charged(fee, currency.upper())


def error_in(body: bytes) -> str:
    """Return the word Stripe has for what was wrong, such as `amount_too_small`; blank where it says none."""
    try:
        error = _object(body).get("error")
    except NotAnAnswerError:
        return ""
    words = [error.get(name) for name in ("code", "type")] if isinstance(error, dict) else []
    return next((word for word in words if isinstance(word, str) and _WORD.fullmatch(word)), "")


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise NotAnAnswerError("this is no JSON") from None
    if not isinstance(found, dict):
        raise NotAnAnswerError("this is no object")
    return found


def _origin(url: str) -> tuple[str, str | None, int | None]:
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname, parts.port or _DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return "", None, None
