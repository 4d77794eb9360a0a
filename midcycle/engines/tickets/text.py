"""The text of a ticket: `MC1.<meetup>.<code>.<signature>`, all of it in capitals and digits.

`meetup` is the number of the meetup in base 36, `code` the random text of the seat, `signature` the 64 bytes of Ed25519
(RFC 8032) over everything before the last dot, in base 32 (RFC 4648) without padding. Capitals and digits make the smaller
QR code (ISO/IEC 18004, alphanumeric mode). No name, no address, nothing about a person is in it.
"""

import base64
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_PURPOSE: Final = b"midcycle.ticket.1"
_DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CODE: Final = re.compile(r"[0-9a-z]{8,32}")
_TICKET: Final = re.compile(r"(MC1\.([1-9A-Z][0-9A-Z]{0,11})\.([0-9A-Z]{8,32}))\.([2-7A-Z]{103})")
_FOREIGN: Final = "This is no ticket of ours."
_FORGED: Final = "This ticket was not made here."


class BadTicket(ValueError):  # noqa: N818 - reads as a fact
    """The text is no ticket this instance signed. The message is safe to show."""


@dataclass(frozen=True)
class Ticket:
    """A seat, by the number of its meetup and its own code in small letters and digits."""

    meetup: int
    code: str


def sign(secret: str, meetup: int, code: str) -> str:
    """Return the text of a ticket. Raises ValueError for a number or a code no ticket can hold."""
    if meetup < 1 or _CODE.fullmatch(code) is None:
        raise ValueError("A ticket names a meetup from 1 on and a code of 8 to 32 small letters and digits.")
    message = f"MC1.{_base36(meetup)}.{code.upper()}"
    return f"{message}.{_base32(_key(secret).sign(message.encode()))}"


def public_key(secret: str) -> bytes:
    """Return the 32 bytes with which a device checks tickets; no ticket can be made with them."""
    return _key(secret).public_key().public_bytes_raw()


def read(key: bytes, text: str) -> Ticket:
    """Return what a ticket names, if `key` is the public one of who signed it. White space and small letters are forgiven.

    Raises BadTicket on anything else.
    """
    parts = _TICKET.fullmatch(text.strip().upper())
    if parts is None or not text.isascii():
        raise BadTicket(_FOREIGN)
    message, meetup, code, written = parts.groups()
    signature = base64.b32decode(f"{written}=")
    if _base32(signature) != written:
        raise BadTicket(_FORGED)
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message.encode())
    except InvalidSignature:
        raise BadTicket(_FORGED) from None
    return Ticket(int(meetup, 36), code.lower())


@lru_cache(maxsize=4)
def _key(secret: str) -> Ed25519PrivateKey:
    """Derive the signing key from the secret of the instance (RFC 5869), so that there is one secret to keep."""
    seed = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret.encode())
    return Ed25519PrivateKey.from_private_bytes(seed)


def _base32(signature: bytes) -> str:
    return base64.b32encode(signature).decode().rstrip("=")


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits
