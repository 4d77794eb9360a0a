"""What a plan comes to, in words. Pure; `frontend/src/balance/telling.ts` says the same, and a test compares both."""

from collections.abc import Iterable
from typing import Final

from midcycle.funding.rules.balance import MOST, Outcome, Terms
from midcycle.kernel.money import amount_in_words

_STRETCHES: Final = 3


def told(found: Outcome, terms: Terms, currency: str) -> dict[str, str]:
    """Return the figures of an outcome in words, by name."""
    amounts = {
        "cost": found.cost,
        "by_host": found.by_host,
        "reserve": found.reserve,
        "need": found.need,
        "fees": found.fees,
        "underwriting": found.underwriting,
        "income": found.income,
        "gap": abs(found.gap),
    }
    return {
        **{name: amount_in_words(amount, currency) for name, amount in amounts.items()},
        "seats": str(found.seats),
        "people": str(found.people),
        "gap_label": _gap_label(found.gap),
        "verdict": _verdict(found, currency),
        "balanced": _balanced(found.balanced),
        "enough_seats": _enough(found),
        "enough_fee": "none" if found.enough_fee is None else amount_in_words(found.enough_fee, currency),
        "per_room": str(found.per_room),
        "comfort": _comfort(found, terms),
    }


def _enough(found: Outcome) -> str:
    """Return how many seats break even, as short as a figure is."""
    if found.enough_seats is None:
        return "none"
    low, high = found.balanced[0]
    if low > 1:
        return f"from {low}"
    return "any" if high == MOST else f"up to {high}"


def _gap_label(gap: int) -> str:
    if gap > 0:
        return "missing"
    return "left" if gap < 0 else "balanced"


def _verdict(found: Outcome, currency: str) -> str:
    seats = "1 seat" if found.seats == 1 else f"{found.seats} seats"
    come = "" if found.people == found.seats else f", {found.people} come"
    if not found.gap:
        return f"{seats}{come}: it balances to the last coin."
    return f"{seats}{come}: {amount_in_words(abs(found.gap), currency)} {'missing' if found.gap > 0 else 'left'}."


def _balanced(stretches: tuple[tuple[int, int], ...]) -> str:
    if not stretches:
        return f"with no number of seats up to {MOST}"
    said = [_stretch(low, high) for low, high in stretches[:_STRETCHES]]
    more = ", and more" if len(stretches) > _STRETCHES else ""
    return f"with {' or '.join(said)}{more}"


def _stretch(low: int, high: int) -> str:
    if high == MOST:
        return f"{low} seats or more"
    return f"{low} to {high} seats" if low < high else f"{low} seats"


def _comfort(found: Outcome, terms: Terms) -> str:
    if found.is_comfortable:
        return f"Comfortable: {terms.comfort} in a discussion at most."
    return f"Too many to talk: {terms.comfort} at most. {found.rooms_needed} rooms would do."


def reach(seats: Iterable[int], starts: Iterable[int]) -> int:
    """Return up to how many seats it makes sense to look: beyond all that are thought of and each step, in fifties."""
    furthest = max([100, *seats, *(start + 20 for start in starts if start < MOST)])
    return min(MOST, -(-furthest * 5 // (4 * 50)) * 50)


def unit_of(largest: int, minor: int) -> int:
    """Return what one step of a slider is: `minor` or 2, 5, 10, 20 times that and so on, for about 200 steps to `largest`."""
    unit, factors = minor, 0
    while largest > 200 * unit:
        unit = minor * (1, 2, 5)[(factors + 1) % 3] * 10 ** ((factors + 1) // 3)
        factors += 1
    return unit
