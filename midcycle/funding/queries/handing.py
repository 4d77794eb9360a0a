"""What the browser is handed to reckon with: amounts as text, because they are larger than its plain numbers."""

from collections.abc import Iterable
from dataclasses import asdict

from midcycle.funding.rules.balance import Cost, Terms
from midcycle.kernel.money import CURRENCIES, manner_of


def as_sent(
    currency: str, terms: Terms, lines: Iterable[Cost], *, reach: int, marks: Iterable[tuple[int, str]]
) -> dict[str, object]:
    """Return the model of a balance, ready for JSON."""
    return {
        "currency": currency,
        "digits": CURRENCIES[currency],
        "manner": asdict(manner_of(currency)),
        "reach": reach,
        "terms": {
            "reserve": terms.reserve,
            "reducedShare": terms.reduced_share,
            "reducedPrice": terms.reduced_price,
            "comfort": terms.comfort,
        },
        "lines": [_line(line) for line in lines],
        "marks": [{"seats": seats, "name": name} for seats, name in marks],
    }


def _line(line: Cost) -> dict[str, object]:
    return {
        "basis": line.basis,
        "amount": str(line.amount),
        "steps": [[start, str(amount)] for start, amount in line.steps],
        "up": str(line.up),
        "down": str(line.down),
        "byHost": line.by_host,
    }
