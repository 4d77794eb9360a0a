"""A line of a statement, and the mark by which the same line is known when it comes again."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

MOST_BYTES: Final = 50 * 1024 * 1024
MOST_LINES: Final = 20_000


@dataclass(frozen=True, slots=True)
class StatementLine:
    """Money that came, or went when the amount (minor units) is below zero. `key` is the bank's own reference, if any."""

    day: date
    amount: int
    currency: str
    party: str = ""
    text: str = ""
    key: str = ""


def marked(lines: Sequence[StatementLine]) -> list[tuple[str, StatementLine]]:
    """Return each line with its mark: made of the bank's reference, else of all that is said.

    Two lines of a file that say the same are two payments: the second has a mark of its own, the same each time the file comes.
    """
    seen: Counter[str] = Counter()
    found = []
    for line in lines:
        said = (line.key,) if line.key else (line.party, line.text)
        whole = "\x1f".join((line.day.isoformat(), str(line.amount), line.currency, *said))
        found.append((hashlib.sha256(f"{whole}\x1f{seen[whole]}".encode()).hexdigest(), line))
        seen[whole] += 1
    return found
