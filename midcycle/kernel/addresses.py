"""E-mail addresses in the one form we keep and compare."""

import re
from typing import Final

from midcycle.kernel.refusal import Refusal

# A dot-atom (RFC 5322 3.2.3). Quoted local parts and domain literals are legal, used by nobody, and good for mischief.
_LOCAL: Final = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN: Final = re.compile(r"localhost|(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_LONGEST: Final = 254
_LONGEST_LOCAL: Final = 64


def canonical(text: str) -> str:
    """Return the address in lower case with an ASCII domain (IDNA, RFC 3490): two of them are compared letter by letter.

    Raises Refusal when it is none that a letter can be sent to.
    """
    local, _, domain = text.strip().rpartition("@")
    who, where = local.lower(), _ascii(domain.lower())
    fits = len(who) <= _LONGEST_LOCAL and len(who) + len(where) < _LONGEST
    if not (fits and _LOCAL.fullmatch(who) and _DOMAIN.fullmatch(where)):
        raise Refusal("Type an address such as name@example.org.", field="email")
    return f"{who}@{where}"


def _ascii(domain: str) -> str:
    """Return the domain as it is looked up; empty when it cannot be, or when letters would be read as others (as in faß)."""
    try:
        found = domain if domain.isascii() else domain.encode("idna").decode("ascii")
        return found if domain.isascii() or found.encode("ascii").decode("idna") == domain else ""
    except UnicodeError:
        return ""
