"""What a cost line, an exchange rate and a scenario may say. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from midcycle.funding.rules.balance import MOST, PARTS
from midcycle.funding.rules.underwriting import LARGEST
from midcycle.kernel.money import CURRENCIES, NotAnAmountError, amount_in_words, parse_amount
from midcycle.kernel.words import gettext, gettext_noop, ngettext

BASES: Final[Mapping[str, str]] = {
    "fixed": gettext_noop("Once"),
    "per_head": gettext_noop("For each person who comes"),
    "stepped": gettext_noop("In steps: more from a number of people on"),
}
PAYERS: Final[Mapping[str, str]] = {"community": gettext_noop("The meetup pays"), "host": gettext_noop("The host covers it")}
CERTAINTIES: Final[Mapping[str, str]] = {
    "estimate": gettext_noop("Estimate"),
    "quote": gettext_noop("Quote"),
    "actual": gettext_noop("Actual"),
}
PURPOSES: Final[Mapping[str, str]] = {
    "venue": gettext_noop("Rooms"),
    "catering": gettext_noop("Food and drink"),
    "equipment": gettext_noop("Sound, screens, network"),
    "evening": gettext_noop("The evening"),
    "travel": gettext_noop("Travel fund"),
    "printing": gettext_noop("Badges and print"),
    "insurance": gettext_noop("Insurance and permits"),
    "other": gettext_noop("Other"),
}
LONGEST: Final[Mapping[str, int]] = {"title": 120, "source": 200, "note": 500, "name": 80, "rate_source": 160}
MOST_LINES: Final = 300
MOST_STEPS: Final = 20
MOST_SCENARIOS: Final = 12
MOST_ROOMS: Final = 50
MOST_NO_SHOW: Final = 90  # percent
HIGHEST_RATE: Final = 10**6

_RATE: Final = re.compile(r"[0-9]{1,7}(?:[.,][0-9]{1,8})?")
_STEP: Final = re.compile(r"\s*([0-9]{1,4})\s*(?:[:=;]|\s)\s*(\S.*)")

Steps = tuple[tuple[int, int], ...]


class NotReadableError(ValueError):
    """What was typed cannot be read; the message says what to type instead."""


def parse_rate(text: str) -> int:
    """Return an exchange rate in parts of 10^8. Raises NotReadableError."""
    typed = text.strip()
    if not _RATE.fullmatch(typed):
        raise NotReadableError(gettext("Type a rate such as 1.0652, with eight decimals at most."))
    whole, _, part = typed.replace(",", ".").partition(".")
    rate = int(whole) * PARTS + int(part.ljust(8, "0"))
    if not 0 < rate <= HIGHEST_RATE * PARTS:
        raise NotReadableError(gettext("A rate is above zero and a million at most."))
    return rate


def rate_in_digits(rate: int) -> str:
    """Return a rate as people type it: `1.0652`, `0.00000001`, `150`."""
    whole, part = divmod(rate, PARTS)
    return f"{whole}.{part:08d}".rstrip("0").rstrip(".")


def parse_steps(text: str, currency: str) -> Steps:
    """Return steps typed one on a line, `101: 2,600`, in ascending order. Raises NotReadableError naming the line."""
    found = []
    for number, line in enumerate((part for part in text.splitlines() if part.strip()), start=1):
        match = _STEP.fullmatch(line)
        if match is None:
            raise NotReadableError(
                gettext("Line %(number)s: type a number of people, a colon and an amount, such as 101: 2,600.")
                % {"number": number}
            )
        try:
            found.append((int(match[1]), parse_amount(match[2], currency)))
        except NotAnAmountError as mistake:
            said = gettext("Line %(number)s: %(mistake)s") % {"number": number, "mistake": mistake}
            raise NotReadableError(said) from None
    return tuple(sorted(found))


def steps_as_typed(steps: Steps, currency: str) -> str:
    """Return steps as they are typed."""
    return "\n".join(f"{start}: {amount_in_words(amount, currency, name=False)}" for start, amount in steps)


def fault_in_line(basis: str, amount: int, steps: Steps) -> tuple[str, str] | None:
    """Return the field of a cost line that is wrong and what to do about it; None when all is well."""
    if basis == "stepped":
        return _fault_in_steps(steps)
    if amount < 0:
        return "amount", gettext("A cost is not below zero. Leave out what is not paid.")
    return ("amount", gettext("This is more than can be kept here.")) if amount > LARGEST else None


def _fault_in_steps(steps: Steps) -> tuple[str, str] | None:
    starts = [start for start, _ in steps]
    if not steps:
        return "steps", gettext("Type at least one step, such as 1: 1,200.")
    if len(steps) > MOST_STEPS:
        said = ngettext("Type %(most)s step or fewer.", "Type %(most)s steps or fewer.", MOST_STEPS)
        return "steps", said % {"most": MOST_STEPS}
    if len(set(starts)) < len(starts):
        return "steps", gettext("Two steps begin at the same number of people. Leave one.")
    if starts[-1] > MOST:
        return "steps", gettext("A step begins at %(most)s people at most.") % {"most": MOST}
    if any(not 0 <= amount <= LARGEST for _, amount in steps):
        return "steps", gettext("A cost is not below zero, and not more than can be kept here.")
    return None


def fault_in_choice(facts: Mapping[str, int]) -> tuple[str, str] | None:
    """Return what of seats, fee, no-shows and rooms is out of bounds and what to do; None when all is well."""
    bounds = {"seats": (1, MOST), "fee": (0, LARGEST), "underwriting": (0, LARGEST), "no_show": (0, MOST_NO_SHOW),
              "rooms": (1, MOST_ROOMS), "reserve": (0, 100), "reduced_share": (0, 100), "reduced_price": (0, 100),
              "comfort": (1, MOST)}  # fmt: skip
    for field, value in facts.items():
        low, high = bounds[field]
        if not low <= value <= high:
            return field, gettext("Type %(low)s to %(high)s.") % {"low": low, "high": high}
    return None


def unknown_currencies(wanted: Sequence[str], home: str, rates: Mapping[str, int]) -> tuple[str, ...]:
    """Return the currencies that need a rate and have none."""
    return tuple(sorted({code for code in wanted if code != home and code not in rates and code in CURRENCIES}))
