"""Invoices as lists and pages show them."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext

from midcycle.engines.documents import Said
from midcycle.engines.invoices import Line, Payee, fault_in_taxes, missing_for_xrechnung, sums_of
from midcycle.engines.tickets import qr_svg
from midcycle.funding.models import Underwriter
from midcycle.invoicing.models import Invoice, InvoiceLine, Issuer, IssuerUse, LedgerEntry, Reminder
from midcycle.invoicing.queries.drafts import as_written, invoices_over_pledges
from midcycle.invoicing.rules.accounts import OWED
from midcycle.invoicing.rules.states import STANDINGS, may_remind, standing
from midcycle.invoicing.rules.wording import payment_code, payment_facts
from midcycle.kernel.money import amount_in_words
from midcycle.meetups.models import Meetup, Organiser

LOOKS: Final = {"draft": "draft", "overdue": "danger", "open": "accent", "part paid": "accent", "overpaid": "now"}


@dataclass(frozen=True)
class Row:
    """An invoice in the list."""

    pk: int
    number: str
    kind_name: str
    name: str
    gross: str
    owed: str
    standing: str
    due_on: date | None
    issued_on: date | None

    @property
    def look(self) -> str:
        """How its state looks; the state itself is there in a word."""
        return LOOKS.get(self.standing, "held")

    @property
    def standing_name(self) -> str:
        """How it stands, for people."""
        return gettext(STANDINGS[self.standing])


@dataclass(frozen=True)
class Preview:
    """What a draft comes to, what keeps it from being issued, and what XRechnung would lack."""

    net: str
    tax: str
    gross: str
    fault: str | None
    missing_for_xrechnung: list[str]


@dataclass(frozen=True)
class Page:
    """An issued invoice: what is owed, how to pay, what happened, and what may be done now."""

    row: Row
    payment: tuple[Said, ...]
    code: str
    missing_for_xrechnung: list[str]
    entries: list[LedgerEntry]
    notes: list[Invoice]
    reminders: int
    why_no_reminder: str | None


def issuer_for(meetup: Meetup) -> Issuer | None:
    """Return who writes the invoices of a meetup. One query."""
    use = IssuerUse.objects.select_related("issuer").filter(meetup=meetup).first()
    return use.issuer if use else None


def others_of(issuer: Issuer, meetup: Meetup) -> list[str]:
    """Return the titles of the other meetups an issuer writes invoices for. One query."""
    uses = IssuerUse.objects.filter(issuer=issuer).exclude(meetup=meetup).exclude(meetup__stage="archived")
    return list(uses.order_by("meetup").values_list("meetup__title", flat=True))


def issuers_to_adopt(meetup: Meetup, person: int) -> list[Issuer]:
    """Return the issuers of other meetups that a person organises. One query."""
    theirs = Organiser.objects.filter(person=person).exclude(meetup=meetup).values("meetup")
    return list(Issuer.objects.filter(uses__meetup__in=theirs).distinct().order_by("name", "pk"))


def invoices(meetup: Meetup, *, now: datetime) -> list[Row]:
    """Return all invoices of a meetup: drafts first, then the latest. One query."""
    today = now.astimezone(ZoneInfo(meetup.timezone)).date()
    found = _with_owed(Invoice.objects.filter(meetup=meetup)).order_by("state", "-year", "-count", "-pk")
    return [_row(invoice, today) for invoice in found]


def owed_on(invoice: Invoice) -> int:
    """Return what is still to be paid, in minor units; less than zero when too much was. One query."""
    found = _with_owed(Invoice.objects.filter(pk=invoice.pk)).get()
    return _owed(found)


def invoice_page(invoice: Invoice, *, now: datetime) -> Page:
    """Return the page of an issued invoice. Four queries."""
    today = now.astimezone(ZoneInfo(invoice.meetup.timezone)).date()
    found = _with_owed(Invoice.objects.filter(pk=invoice.pk)).get()
    row = _row(found, today)
    document = as_written(invoice)
    reminders = list(Reminder.objects.filter(invoice=invoice).order_by("level"))
    last = reminders[-1].sent_at.astimezone(ZoneInfo(invoice.meetup.timezone)).date() if reminders else None
    is_owed = invoice.kind == "invoice" and _owed(found) > 0
    code = payment_code(document, _owed(found)) if is_owed else ""
    return Page(
        row=row,
        payment=payment_facts(document) if is_owed else (),
        code=qr_svg(code, gettext("A code for a SEPA transfer")) if code else "",
        missing_for_xrechnung=missing_for_xrechnung(document),
        entries=list(LedgerEntry.objects.filter(invoice=invoice).order_by("day", "pk")),
        notes=list(Invoice.objects.filter(corrects=invoice).order_by("pk")),
        reminders=len(reminders),
        why_no_reminder=may_remind(due_on=invoice.due_on, today=today, sent=len(reminders), last=last) if is_owed else "",
    )


def preview(invoice: Invoice) -> Preview:
    """Return what a draft comes to, and what is missing before it can be issued. One query."""
    document = as_written(invoice)
    sums = sums_of(document.lines)
    return Preview(
        net=amount_in_words(sums.net, invoice.currency),
        tax=amount_in_words(sums.tax, invoice.currency),
        gross=amount_in_words(sums.gross, invoice.currency),
        fault=fault_in_taxes(document.lines, document.seller, document.buyer, document.reason),
        missing_for_xrechnung=missing_for_xrechnung(replace(document, payee=Payee(invoice.issuer.iban))),
    )


def pledges_to_invoice(meetup: Meetup) -> list[Underwriter]:
    """Return the underwriters who pledged an amount that is not paid, and have no invoice yet. One query."""
    pledged = Underwriter.objects.filter(meetup=meetup, state__in=["pledged", "thanked"], pledged__gt=F("paid"))
    return list(pledged.exclude(pk__in=invoices_over_pledges(meetup.pk).values("underwriter")).order_by("name", "pk"))


def usual_line(issuer: Issuer | None) -> Line:
    """Return a line with the VAT that is usual for the issuer: that of its last invoice, else what its numbers say."""
    last = InvoiceLine.objects.filter(invoice__issuer=issuer, invoice__state="issued").order_by("-invoice__pk").first()
    if last is not None:
        return Line("", 1_000, 0, last.category, last.rate)
    if issuer is None or issuer.reason or not issuer.vat_id:
        return Line("", 1_000, 0, "E" if issuer and (issuer.reason or issuer.tax_number) else "O")
    return Line("", 1_000, 0, "S")


def _with_owed(invoices: QuerySet[Invoice]) -> QuerySet[Invoice]:
    amount = "entries__postings__amount"
    return invoices.annotate(
        charged=Coalesce(Sum(amount, filter=Q(entries__postings__gets=OWED)), 0),
        settled=Coalesce(Sum(amount, filter=Q(entries__postings__gives=OWED)), 0),
    )


def _owed(invoice: Invoice) -> int:
    annotated = vars(invoice)
    return int(annotated["charged"]) - int(annotated["settled"])


def _row(invoice: Invoice, today: date) -> Row:
    owed = _owed(invoice)
    stands = standing(
        kind=invoice.kind, state=invoice.state, gross=invoice.gross, owed=owed, due_on=invoice.due_on, today=today
    )
    return Row(
        pk=invoice.pk,
        number=invoice.number,
        kind_name=gettext(invoice.kind_name),
        name=invoice.name,
        gross=amount_in_words(invoice.gross, invoice.currency),
        owed=amount_in_words(owed, invoice.currency) if invoice.state == "issued" and invoice.kind == "invoice" else "",
        standing=stands,
        due_on=invoice.due_on,
        issued_on=invoice.issued_on,
    )
