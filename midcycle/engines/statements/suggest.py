"""Suggests which invoice a line of the bank pays, and says why. A person decides."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from midcycle.engines.statements.model import StatementLine
from midcycle.kernel.banking import references_in
from midcycle.kernel.words import gettext

_WORD: Final = re.compile(r"\w{3,}")
_EVERYWHERE: Final = frozenset({"gmbh", "ltd", "inc", "llc", "company", "group", "the", "and", "und", "foundation"})
MOST: Final = 3


@dataclass(frozen=True, slots=True)
class Due:
    """An invoice that is not settled: its number, its reference, who owes, and how much of it (minor units)."""

    pk: int
    number: str
    reference: str
    name: str
    owed: int
    currency: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An invoice and why it may be the one; the surer, the higher the points."""

    due: Due
    why: str
    points: int


def suggested(line: StatementLine, open_invoices: Sequence[Due]) -> list[Suggestion]:
    """Return what the line may pay, the surest first, three at most. Another currency is never suggested."""
    references = set(references_in(line.text))
    said = _plain(f"{line.text} {line.party}")
    found = [_weighed(line, due, references, said) for due in open_invoices if due.currency == line.currency]
    kept = sorted((one for one in found if one.points >= 3), key=lambda one: (-one.points, one.due.pk))
    return kept[:MOST]


def _weighed(line: StatementLine, due: Due, references: set[str], said: str) -> Suggestion:
    reasons, points = [], 0
    if due.reference and due.reference in references:
        reasons, points = [gettext("the reference is the same")], 6
    elif _plain(due.number) and re.search(rf"(?<!\w){re.escape(_plain(due.number))}(?!\w)", said):
        reasons, points = [gettext("the number is in the text")], 5
    if line.amount == due.owed:
        reasons.append(gettext("the amount is the same"))
        points += 3
    elif 0 < line.amount < due.owed and points:
        reasons.append(gettext("it pays a part"))
    if words_of(due.name) & words_of(line.party):
        reasons.append(gettext("the name is alike"))
        points += 2
    return Suggestion(due, ", ".join(reasons), points)


def words_of(name: str) -> set[str]:
    """Return the words of a name by which it can be told: without accents, and those that many organisations have."""
    return set(_WORD.findall(_plain(name))) - _EVERYWHERE


def _plain(text: str) -> str:
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in split if not unicodedata.combining(char))
