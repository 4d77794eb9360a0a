"""Who of some is on a list, as two numbers: both sides are hashed with a key made for one comparison (HMAC, RFC 2104).

Addresses are compared as a mail server compares them, and as their owners write them: white space around them goes, letters are
lower case, a domain is in its ASCII form. What stands after a plus is kept, and so are dots: at most servers those are other
mailboxes, and joining them would count two people as one.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable
from typing import Final

BYTES: Final = 16  # of each hash that is kept: no two of a million addresses share one by chance
_HEX: Final = re.compile(r"[0-9a-f]{32}")
# As long as an address may be (RFC 5321 section 4.5.3.1) and from the beginning of a word on: a file of one endless word is
# read as fast as any other.
_ADDRESS: Final = re.compile(r"(?<![^\s,;<>\"'()@])[^\s,;<>\"'()@]{1,64}@[^\s,;<>\"'()@]{1,190}\.[^\s,;<>\"'()@]{1,63}")


def comparable(address: str) -> str:
    """Return the form in which addresses are compared."""
    local, _, domain = address.strip().lower().rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii") if not domain.isascii() else domain
    except UnicodeError:
        ascii_domain = domain
    return f"{local}@{ascii_domain.rstrip('.')}"


def hash_of(address: str, key: bytes) -> bytes:
    """Return the hash of an address, of BYTES bytes."""
    return hmac.new(key, comparable(address).encode(), hashlib.sha256).digest()[:BYTES]


def hashes_of(addresses: Iterable[str], key: bytes) -> frozenset[bytes]:
    """Return the hashes of these addresses."""
    return frozenset(hash_of(address, key) for address in addresses)


def read_file(text: str, key: bytes) -> frozenset[bytes]:
    """Return the hashes a file tells: a line of 32 hexadecimal digits is one, an address in another line is hashed here."""
    found: set[bytes] = set()
    for line in text.splitlines():
        word = line.strip().strip('"').lower()
        if _HEX.fullmatch(word):
            found.add(bytes.fromhex(word))
        else:
            found.update(hash_of(address, key) for address in _ADDRESS.findall(line))
    return frozenset(found)


def packed(hashes: Iterable[bytes]) -> bytes:
    """Return hashes as one run of bytes, in an order that tells nothing."""
    return b"".join(sorted(hashes))


def unpacked(run: bytes) -> frozenset[bytes]:
    """Return the hashes in a run of bytes."""
    return frozenset(run[start : start + BYTES] for start in range(0, len(run), BYTES))
