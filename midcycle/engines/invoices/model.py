"""What an invoice is. Amounts are minor units of its currency, rates hundredths of a per cent, quantities thousandths."""

from dataclasses import dataclass
from datetime import date
from typing import Final

INVOICE: Final = "invoice"
CREDIT_NOTE: Final = "credit_note"


@dataclass(frozen=True, slots=True)
class Party:
    """Who sells or buys. `contact`, `phone` and `email` are who answers questions; `register` is a number in a register."""

    name: str
    street: str
    postcode: str
    city: str
    country: str
    vat_id: str = ""
    tax_number: str = ""
    register: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Payee:
    """Where money goes: the account, and the structured reference (ISO 11649) a transfer is known by."""

    iban: str = ""
    bic: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What is paid for: so many thousandths at a price each, in a category of VAT with its rate in hundredths of a per cent."""

    text: str
    quantity: int
    price: int
    category: str
    rate: int = 0


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice or a credit note. `corrects` is the number and day of the invoice a credit note takes back."""

    kind: str
    number: str
    issued_on: date
    due_on: date | None
    currency: str
    seller: Party
    buyer: Party
    lines: tuple[Line, ...]
    payee: Payee = Payee()
    buyer_reference: str = ""
    reason: str = ""
    note: str = ""
    served: tuple[date, date] | None = None
    corrects: tuple[str, date] | None = None
