"""Categories of VAT (UNTDID 5305) that a meetup needs, and what EN 16931 asks of each."""

from collections.abc import Sequence
from typing import Final

from midcycle.engines.invoices.model import Line, Party

STANDARD: Final = "S"
REVERSE: Final = "AE"
EXEMPT: Final = "E"
ZERO: Final = "Z"
OUTSIDE: Final = "O"
CATEGORIES: Final = {
    STANDARD: "VAT is charged",
    REVERSE: "Reverse charge: the buyer owes the VAT",
    EXEMPT: "Exempt from VAT, also as a small business",
    ZERO: "Zero rate",
    OUTSIDE: "Not subject to VAT",
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
        (any(line.rate <= 0 for line in lines if line.category == STANDARD), "Give a rate to each line with VAT."),
        (
            any(line.rate for line in lines if line.category != STANDARD),
            "Only lines with VAT have a rate. Set others to 0.",
        ),
        (OUTSIDE in used and len(used) > 1, "What is not subject to VAT stands on an invoice of its own."),
        (
            used & {STANDARD, ZERO, EXEMPT, REVERSE} and not (seller.vat_id or seller.tax_number),
            "Give the VAT id or the tax number of whoever issues the invoice.",
        ),
        (REVERSE in used and not seller.vat_id, "For a reverse charge, give the VAT id of whoever issues the invoice."),
        (REVERSE in used and not buyer.vat_id, "For a reverse charge, give the VAT id of the buyer."),
        (needs_reason(lines) and not reason, "Say why no VAT is charged, for instance the law on small businesses."),
    )
    return next((sentence for is_wrong, sentence in checks if is_wrong), None)
