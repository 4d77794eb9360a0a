"""Writing drafts. A draft has no number, so it may be changed and thrown away."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext, gettext_noop, ngettext

from midcycle.accounts.models import Person
from midcycle.engines.invoices import Line, sums_of
from midcycle.funding.models import Underwriter
from midcycle.funding.rules.letters import DAYS_TO_PAY
from midcycle.funding.rules.underwriting import COUNTED
from midcycle.invoicing.models import Invoice, InvoiceLine, Issuer, IssuerUse
from midcycle.invoicing.queries.drafts import invoices_over_pledges
from midcycle.invoicing.rules.states import AS_INVOICED, BILLED, MOST_LINES
from midcycle.journal import actions as journal
from midcycle.kernel.money import MOST
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup

OTHERWISE: Final = gettext_noop("A credit note names whom and what its invoice names. Change its lines alone.")
NO_ISSUER: Final = gettext_noop("Say first who writes the invoices.")
CHANGED: Final = gettext_noop("Somebody changed this meanwhile. Look at it as it is now, and change it again.")


_NO_PLEDGE: Final = gettext_noop("%(name)s has not pledged an amount that can be invoiced.")


@dataclass(frozen=True)
class Details:
    """What an invoice says, as checked by the form. Amounts are minor units, rates hundredths of a per cent."""

    name: str
    country: str
    currency: str
    lines: tuple[Line, ...]
    street: str = ""
    postcode: str = ""
    city: str = ""
    vat_id: str = ""
    email: str = ""
    buyer_reference: str = ""
    days: int = 14
    income: str = "income_underwriters"
    reason: str = ""
    note: str = ""

    def as_columns(self) -> dict[str, object]:
        """Return the columns of the invoice, sums included. Raises Refusal for sums too large to keep."""
        sums = sums_of(self.lines)
        if sums.gross > MOST:
            raise Refusal(gettext("Together this is more than can be kept here. Make the amounts smaller."))
        columns = {key: value for key, value in vars(self).items() if key != "lines"}
        return {**columns, "net": sums.net, "tax": sums.tax, "gross": sums.gross}


def issuer_of(meetup: Meetup) -> Issuer:
    """Return who writes the invoices of a meetup. Raises Refusal when nobody was named."""
    use = IssuerUse.objects.select_related("issuer").filter(meetup=meetup).first()
    if use is None:
        raise Refusal(gettext(NO_ISSUER))
    return use.issuer


@transaction.atomic
def draft(meetup: Meetup, details: Details, *, by: Person, now: datetime, underwriter: Underwriter | None = None) -> Invoice:
    """Write a draft. Raises Refusal when nobody was named to write invoices, and once the meetup is archived."""
    meetups.check_changeable(meetup.pk)
    invoice = Invoice.objects.create(meetup=meetup, issuer=issuer_of(meetup), underwriter=underwriter, **details.as_columns())
    write_lines(invoice, details.lines)
    _record("invoicing.drafted", invoice, by, now)
    return invoice


@transaction.atomic
def draft_for(underwriter: Underwriter, *, vat: Line | None, by: Person, now: datetime) -> Invoice:
    """Return the draft over what an underwriter pledged; `vat` is a line whose category and rate are taken.

    Raises Refusal for who pledged nothing, and when an invoice over it went out that is not taken back.
    """
    meetups.check_changeable(underwriter.meetup_id)
    known = Underwriter.objects.select_for_update().get(pk=underwriter.pk)
    earlier = invoices_over_pledges(known.meetup_id).filter(underwriter=known).order_by("state").first()
    if earlier is not None and earlier.state == "draft":
        return earlier
    if earlier is not None:
        said = gettext("%(number)s is the invoice over this pledge. Take it back by a credit note first.")
        raise Refusal(said % {"number": earlier.number})
    if known.state not in COUNTED:
        raise Refusal(gettext(_NO_PLEDGE) % {"name": known.name})
    lines = tuple(part.strip() for part in underwriter.address.splitlines() if part.strip())
    category, rate = (vat.category, vat.rate) if vat else ("O", 0)
    if underwriter.currency not in BILLED or not underwriter.pledged:
        raise Refusal(gettext(_NO_PLEDGE) % {"name": underwriter.name})
    postcode, city = _place(lines[-1]) if len(lines) > 1 else ("", "")
    text = f"Underwriting of {underwriter.meetup.title}"[:200]
    details = Details(
        name=underwriter.name,
        country=underwriter.country or underwriter.meetup.country or "DE",
        currency=underwriter.currency,
        lines=(Line(text, 1_000, underwriter.pledged, category, rate),),
        street=", ".join(lines[:-1])[:160] if len(lines) > 1 else "".join(lines)[:160],
        postcode=postcode,
        city=city,
        email=underwriter.contact_email,
        days=DAYS_TO_PAY,
        reason=issuer_of(underwriter.meetup).reason if category == "E" else "",
    )
    return draft(underwriter.meetup, details, by=by, now=now, underwriter=underwriter)


def _place(line: str) -> tuple[str, str]:
    """Return postcode and city of the last line of an address, such as `10115 Berlin`."""
    first, _, rest = line.partition(" ")
    has_code = rest and len(first) <= 10 and any(char.isdigit() for char in first)
    return (first, rest[:80]) if has_code else ("", line[:80])


@transaction.atomic
def change(invoice: Invoice, details: Details, *, seen: int, by: Person, now: datetime) -> None:
    """Change a draft that is still as it was seen. Raises Refusal when it was changed or issued meanwhile."""
    meetups.check_changeable(invoice.meetup_id)
    if invoice.kind == "credit_note" and any(getattr(invoice, name) != getattr(details, name) for name in AS_INVOICED):
        raise Refusal(gettext(OTHERWISE))
    drafts = Invoice.objects.filter(pk=invoice.pk, state="draft", version=seen)
    if not drafts.update(version=seen + 1, **details.as_columns()):
        raise Refusal(gettext(CHANGED))
    InvoiceLine.objects.filter(invoice=invoice).delete()
    write_lines(invoice, details.lines)
    _record("invoicing.draft_changed", invoice, by, now)
    invoice.refresh_from_db()


@transaction.atomic
def discard(invoice: Invoice, *, by: Person, now: datetime) -> None:
    """Throw a draft away; what is issued stays. Raises Refusal for that."""
    meetups.check_changeable(invoice.meetup_id)
    gone, _ = Invoice.objects.filter(pk=invoice.pk, state="draft").delete()
    if not gone:
        raise Refusal(gettext("What is issued stays. Write a credit note instead."))
    _record("invoicing.draft_discarded", invoice, by, now)


def write_lines(invoice: Invoice, lines: tuple[Line, ...]) -> None:
    """Write the lines of a draft. Part of a deed. Raises Refusal for none and for too many."""
    if not 0 < len(lines) <= MOST_LINES:
        said = ngettext("An invoice has 1 to %(most)s line.", "An invoice has 1 to %(most)s lines.", MOST_LINES)
        raise Refusal(said % {"most": MOST_LINES})
    InvoiceLine.objects.bulk_create(
        InvoiceLine(
            invoice=invoice,
            position=position,
            text=line.text,
            quantity=line.quantity,
            price=line.price,
            category=line.category,
            rate=line.rate,
        )
        for position, line in enumerate(lines, start=1)
    )


def _record(kind: str, invoice: Invoice, by: Person, now: datetime) -> None:
    journal.record(kind, at=now, meetup=invoice.meetup_id, actor=by.pk, facts={"invoice": invoice.pk})
