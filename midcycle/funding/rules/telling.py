"""What a plan comes to, in words. Pure; `frontend/src/balance/telling.ts` says the same, and a test compares both."""

from collections.abc import Iterable
from functools import reduce
from typing import Final

from midcycle.funding.rules.balance import MOST, Outcome, Terms
from midcycle.kernel.money import amount_in_words
from midcycle.kernel.words import gettext, ngettext, pgettext

_STRETCHES: Final = 3


def told(found: Outcome, terms: Terms, currency: str) -> dict[str, str]:
    """Return the figures of an outcome in words, by name."""
    fee = found.enough_fee
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
        "gap_label": gap_label(found.gap),
        "verdict": _verdict(found, currency),
        "balanced": _balanced(found.balanced),
        "enough_seats": _enough(found),
        "enough_fee": pgettext("no fee is enough", "none") if fee is None else amount_in_words(fee, currency),
        "per_room": str(found.per_room),
        "comfort": _comfort(found, terms),
    }


def _enough(found: Outcome) -> str:
    """Return how many seats break even, as short as a figure is."""
    if found.enough_seats is None:
        return pgettext("no number of seats is enough", "none")
    low, high = found.balanced[0]
    if low > 1:
        return pgettext("number of seats", "from %(least)s") % {"least": low}
    return (
        pgettext("number of seats", "any") if high == MOST else pgettext("number of seats", "up to %(most)s") % {"most": high}
    )


def gap_label(gap: int) -> str:
    """Return what stands beside the amount that is missing or left."""
    if gap > 0:
        return pgettext("after an amount of money", "missing")
    return (
        pgettext("after an amount of money", "left") if gap < 0 else pgettext("nothing is missing and nothing left", "balanced")
    )


def _verdict(found: Outcome, currency: str) -> str:
    said = {"plan": _plan(found), "amount": amount_in_words(abs(found.gap), currency)}
    if not found.gap:
        return gettext("%(plan)s: it balances to the last coin.") % said
    return (gettext("%(plan)s: %(amount)s missing.") if found.gap > 0 else gettext("%(plan)s: %(amount)s left.")) % said


def _plan(found: Outcome) -> str:
    seats = ngettext("%(count)s seat", "%(count)s seats", found.seats) % {"count": found.seats}
    if found.people == found.seats:
        return seats
    said = ngettext("%(seats)s, %(count)s come", "%(seats)s, %(count)s come", found.people)
    return said % {"seats": seats, "count": found.people}


def _balanced(stretches: tuple[tuple[int, int], ...]) -> str:
    if not stretches:
        return gettext("with no number of seats up to %(most)s") % {"most": MOST}
    said = reduce(
        lambda before, one: gettext("%(before)s or %(one)s") % {"before": before, "one": one},
        [_stretch(low, high) for low, high in stretches[:_STRETCHES]],
    )
    whole = gettext("with %(seats)s, and more") if len(stretches) > _STRETCHES else gettext("with %(seats)s")
    return whole % {"seats": said}


def _stretch(low: int, high: int) -> str:
    if high == MOST:
        return ngettext("%(low)s seats or more", "%(low)s seats or more", low) % {"low": low}
    if low == high:
        return ngettext("%(low)s seats", "%(low)s seats", low) % {"low": low}
    return ngettext("%(low)s to %(high)s seats", "%(low)s to %(high)s seats", high) % {"low": low, "high": high}


def _comfort(found: Outcome, terms: Terms) -> str:
    values = {"most": terms.comfort, "rooms": found.rooms_needed}
    if found.is_comfortable:
        return gettext("Comfortable: %(most)s in a discussion at most.") % values
    return (
        ngettext(
            "Too many to talk: %(most)s at most. %(rooms)s room would do.",
            "Too many to talk: %(most)s at most. %(rooms)s rooms would do.",
            found.rooms_needed,
        )
        % values
    )


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
