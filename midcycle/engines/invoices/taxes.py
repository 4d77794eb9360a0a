"""Categories of VAT (UNTDID 5305) that a meetup needs, and what EN 16931 asks of each."""

from collections.abc import Sequence
from typing import Final

from midcycle.engines.invoices.model import Line, Party
from midcycle.kernel.words import gettext, gettext_noop

STANDARD: Final = "S"
REVERSE: Final = "AE"
EXEMPT: Final = "E"
ZERO: Final = "Z"
OUTSIDE: Final = "O"
CATEGORIES: Final = {
    STANDARD: gettext_noop("VAT is charged"),
    REVERSE: gettext_noop("Reverse charge: the buyer owes the VAT"),
    EXEMPT: gettext_noop("Exempt from VAT, also as a small business"),
    ZERO: gettext_noop("Zero rate"),
    OUTSIDE: gettext_noop("Not subject to VAT"),
}
_WHY: Final = {REVERSE: "Reverse charge", OUTSIDE: "Not subject to VAT"}
REASON_CODES: Final = {REVERSE: "VATEX-EU-AE", OUTSIDE: "VATEX-EU-O"}
HIGHEST_RATE: Final = 10_000


def reason_for(category: str, typed: str) -> str:
    """Return why no VAT is charged, as the invoice says it; blank where it is charged or zero."""
    if category in {STANDARD, ZERO}:
        return ""
    return _WHY.get(category, "") or typed


def needs_reason(lines: Sequence[Line]) -> bool:
    """Say whether the invoice must give a reason of its own."""
    return any(line.category == EXEMPT for line in lines)


def fault_in_taxes(lines: Sequence[Line], seller: Party, buyer: Party, reason: str) -> str | None:
    """Return what to do before the invoice can be issued; None when its VAT is as EN 16931 wants it (BR-S, -AE, -E, -O)."""
    used = {line.category for line in lines}
    checks = (
        (
            any(line.rate <= 0 for line in lines if line.category == STANDARD),
            gettext_noop("Give a rate to each line with VAT."),
        ),
        (
            any(line.rate for line in lines if line.category != STANDARD),
            gettext_noop("Only lines with VAT have a rate. Set others to 0."),
        ),
        (OUTSIDE in used and len(used) > 1, gettext_noop("What is not subject to VAT stands on an invoice of its own.")),
        (
            used & {STANDARD, ZERO, EXEMPT, REVERSE} and not (seller.vat_id or seller.tax_number),
            gettext_noop("Give the VAT id or the tax number of whoever issues the invoice."),
        ),
        (
            REVERSE in used and not seller.vat_id,
            gettext_noop("For a reverse charge, give the VAT id of whoever issues the invoice."),
        ),
        (REVERSE in used and not buyer.vat_id, gettext_noop("For a reverse charge, give the VAT id of the buyer.")),
        (
            needs_reason(lines) and not reason,
            gettext_noop("Say why no VAT is charged, for instance the law on small businesses."),
        ),
    )
    return next((gettext(sentence) for is_wrong, sentence in checks if is_wrong), None)
