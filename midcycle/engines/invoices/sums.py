"""Sums of an invoice, as EN 16931 defines them (BR-CO-10 to BR-CO-17): VAT is computed, and rounded, per category and rate."""

from collections.abc import Sequence
from dataclasses import dataclass

from midcycle.engines.invoices.model import Line


@dataclass(frozen=True, slots=True)
class Share:
    """A category and rate of VAT: what it is computed on, and the VAT."""

    category: str
    rate: int
    basis: int
    tax: int


@dataclass(frozen=True, slots=True)
class Sums:
    """Totals of an invoice."""

    net: int
    tax: int
    gross: int
    shares: tuple[Share, ...]


def line_total(line: Line) -> int:
    """Return quantity times price; half a unit is rounded away from zero."""
    return _rounded(line.quantity * line.price, 1_000)


def sums_of(lines: Sequence[Line]) -> Sums:
    """Return the totals."""
    bases: dict[tuple[str, int], int] = {}
    for line in lines:
        key = (line.category, line.rate)
        bases[key] = bases.get(key, 0) + line_total(line)
    shares = tuple(Share(*key, basis, _rounded(basis * key[1], 10_000)) for key, basis in sorted(bases.items()))
    net, tax = sum(share.basis for share in shares), sum(share.tax for share in shares)
    return Sums(net, tax, net + tax, shares)


def _rounded(amount: int, parts: int) -> int:
    sign = -1 if amount < 0 else 1
    return sign * ((2 * abs(amount) + parts) // (2 * parts))
