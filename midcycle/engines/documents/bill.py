"""Invoices on paper: PDF/A-3 with the same invoice in it as XML, as Factur-X (ZUGFeRD 2) has it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from midcycle.engines.documents.codes import drawn
from midcycle.engines.documents.letters import face, line
from midcycle.engines.documents.press import pressed_each

FILE_NAME: Final = "factur-x.xml"


@dataclass(frozen=True, slots=True)
class Said:
    """A fact and its name, or a total; `is_strong` for what catches the eye."""

    name: str
    value: str
    is_strong: bool = False

    def as_data(self) -> dict[str, object]:
        """Return what the template takes."""
        return {"name": line(self.name).as_data(), "value": line(self.value).as_data(), "strong": self.is_strong}


@dataclass(frozen=True, slots=True)
class BillLine:
    """What is paid for, in words: how much of it, the price of one, the VAT, and the sum."""

    text: str
    quantity: str
    price: str
    vat: str
    total: str

    def as_data(self) -> dict[str, object]:
        """Return what the template takes."""
        parts = (self.quantity, self.price, self.vat, self.total)
        return {"text": line(self.text).as_data(), "figures": [line(part).as_data() for part in parts]}


@dataclass(frozen=True, slots=True)
class Bill:
    """An invoice in words. `code` is a square of modules to scan, empty for none; `xml` is the same invoice for machines."""

    title: str
    day: date
    seller: tuple[str, ...]
    buyer: tuple[str, ...]
    facts: tuple[Said, ...]
    lines: tuple[BillLine, ...]
    totals: tuple[Said, ...]
    notes: tuple[str, ...]
    payment: tuple[Said, ...]
    code: Sequence[Sequence[bool]]
    xml: bytes

    def as_data(self) -> dict[str, object]:
        """Return what the template takes."""
        return {
            "language": "en",
            "region": None,
            "face": face("", "en"),
            "title": line(self.title).text,
            "day": [self.day.year, self.day.month, self.day.day],
            "heading": line(self.title).as_data(),
            "seller": [line(text).as_data() for text in self.seller],
            "buyer": [line(text).as_data() for text in self.buyer],
            "facts": [fact.as_data() for fact in self.facts],
            "lines": [one.as_data() for one in self.lines],
            "totals": [total.as_data() for total in self.totals],
            "notes": [line(note).as_data() for note in self.notes],
            "payment": [fact.as_data() for fact in self.payment],
            "code": drawn(self.code),
            "xml": self.xml.decode(),
            "file": FILE_NAME,
            "words": {"page": line("Page").as_data()},
        }


def bills(several: Sequence[Bill]) -> list[bytes]:
    """Return each invoice as PDF/A-3a, all set by one program. The same invoice gives the same bytes. Raises NotPrinted."""
    return pressed_each("bill", [bill.as_data() for bill in several])
