"""An issued invoice as plain data, so that it can be kept as it was and written again to the letter."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from midcycle.engines.invoices.model import Invoice, Line, Party, Payee


def as_data(invoice: Invoice) -> dict[str, Any]:
    """Return the invoice as JSON can hold it."""
    data = asdict(invoice)
    data["issued_on"] = invoice.issued_on.isoformat()
    data["due_on"] = invoice.due_on.isoformat() if invoice.due_on else None
    data["served"] = [day.isoformat() for day in invoice.served] if invoice.served else None
    data["corrects"] = [invoice.corrects[0], invoice.corrects[1].isoformat()] if invoice.corrects else None
    data["lines"] = [asdict(line) for line in invoice.lines]
    return data


def from_data(data: Mapping[str, Any]) -> Invoice:
    """Return the invoice that `as_data` described."""
    served, corrects = data["served"], data["corrects"]
    return Invoice(
        **{key: data[key] for key in ("kind", "number", "currency", "buyer_reference", "reason", "note")},
        issued_on=date.fromisoformat(data["issued_on"]),
        due_on=date.fromisoformat(data["due_on"]) if data["due_on"] else None,
        seller=Party(**data["seller"]),
        buyer=Party(**data["buyer"]),
        lines=tuple(Line(**line) for line in data["lines"]),
        payee=Payee(**data["payee"]),
        served=(date.fromisoformat(served[0]), date.fromisoformat(served[1])) if served else None,
        corrects=(corrects[0], date.fromisoformat(corrects[1])) if corrects else None,
    )
