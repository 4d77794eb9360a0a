"""The lottery: who knows the seed and the codes can draw it again. Pure.

Before the draw the SHA-256 of the seed is published, so that the seed cannot be chosen after the list is known; with the draw,
the seed and all codes are. The order is that of SHA-256 of `seed:code` as hexadecimal text (FIPS 180-4).
"""

import hashlib
from collections.abc import Iterable
from typing import Final

FORMAT: Final = "midcycle-draw-1"


def commitment(seed: str) -> str:
    """Return what is published of the seed before the draw."""
    return hashlib.sha256(seed.encode()).hexdigest()


def code_of(token: str) -> str:
    """Return the code under which a seat takes part: it tells nothing about the person, who sees it on their page."""
    return hashlib.sha256(f"draw:{token}".encode()).hexdigest()[:12]


def drawn(seed: str, codes: Iterable[str]) -> list[str]:
    """Return the codes in the order they are drawn."""
    return sorted(codes, key=lambda code: (hashlib.sha256(f"{seed}:{code}".encode()).hexdigest(), code))
