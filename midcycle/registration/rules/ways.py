"""By which link somebody came: where the link was given out, and through how many hands it went from there. Pure.

A way is kept as text: `poster`, `operators-list~2` for the second hand that link was passed on by, `~1` where it began nowhere
that is known. It says nothing of who passed it on: everybody as far from the same place has the same.
"""

import re
from dataclasses import dataclass
from typing import Final, Self

from midcycle.kernel.words import gettext_noop

LONGEST_CODE: Final = 30
LONGEST_WAY: Final = LONGEST_CODE + 2
FURTHEST: Final = 9  # hands that are counted
_CODE: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?", re.ASCII)
_WAY: Final = re.compile(rf"({_CODE.pattern})?(?:~([1-{FURTHEST}]))?", re.ASCII)
# What may stand in an address: a way, and for one that was passed on the mark that shows where its code came from.
SAID: Final = re.compile(r"[a-z0-9~-]{1,64}", re.ASCII)

# Codes every meetup has, beside those its team makes.
USUAL: Final = {
    "letter": gettext_noop("A letter from the organisers"),
    "list": gettext_noop("A letter to a list"),
    "poster": gettext_noop("A poster"),
    "page": gettext_noop("Another page"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """Where a link was given out, blank where that is not known, and how many hands passed it on; 0 for straight from there."""

    code: str = ""
    hands: int = 0

    @classmethod
    def of(cls, text: str) -> Self | None:
        """Return the way a text stands for; None for text that stands for none."""
        found = _WAY.fullmatch(text)
        return cls(found[1] or "", int(found[2] or 0)) if found else None

    def __str__(self) -> str:
        """Return the text that is kept."""
        return f"{self.code}~{self.hands}" if self.hands else self.code

    @property
    def passed_on(self) -> "Way":
        """Return how somebody comes whom a person passes the link on to who came this way."""
        return Way(self.code, min(self.hands + 1, FURTHEST))
