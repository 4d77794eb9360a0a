"""Issuing: the number is given in the transaction that issues, so that no number is missing and none is given twice."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.engines.invoices import Invoice as Issued
from midcycle.engines.invoices import Payee, as_data, fault_in_taxes
from midcycle.funding import actions as funding
from midcycle.invoicing.actions.booking import Deed, post
from midcycle.invoicing.actions.drafting import CHANGED, write_lines
from midcycle.invoicing.models import Fee, Invoice, NumberRange
from midcycle.invoicing.queries.drafts import as_written, lines_of
from midcycle.invoicing.rules.accounts import CREDITED, ISSUED, moves_of_invoice
from midcycle.invoicing.rules.states import number_of
from midcycle.journal import actions as journal
from midcycle.kernel.banking import reference_for
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups


@transaction.atomic
def issue(invoice: Invoice, *, seen: int, by: Person | None, now: datetime) -> Invoice:
    """Issue a draft: it gets the next number of its issuer and year, is posted to the ledger and is final.

    Raises Refusal when it was changed or issued meanwhile, when its VAT cannot be as it is, and once the meetup is archived.
    """
    meetups.check_changeable(invoice.meetup_id)
    known = Invoice.objects.select_for_update(of=("self",)).select_related("issuer", "meetup", "corrects").get(pk=invoice.pk)
    if known.state != "draft" or known.version != seen:
        raise Refusal(gettext(CHANGED))
    today = now.astimezone(ZoneInfo(known.meetup.timezone)).date()
    _check(known)
    count = _next_number(known.issuer_id, today.year)
    written = _final(known, number_of(known.issuer.prefix, today.year, count), today)
    Invoice.objects.filter(pk=known.pk, state="draft").update(
        state="issued",
        number=written.number,
        year=today.year,
        count=count,
        issued_on=today,
        due_on=written.due_on,
        reference=written.payee.reference,
        issued=as_data(written),
    )
    known.refresh_from_db()
    _post(known, by, now)
    journal.record("invoicing.issued", at=now, meetup=known.meetup_id, actor=by.pk if by else None, facts={"invoice": known.pk})
    return known


@transaction.atomic
def credit(invoice: Invoice, *, by: Person | None, now: datetime) -> Invoice:
    """Write the draft of a credit note that takes an invoice back, as a whole unless its lines are changed before it is issued.

    Raises Refusal for what is no issued invoice, and when all of it is credited already.
    """
    meetups.check_changeable(invoice.meetup_id)
    if invoice.kind != "invoice" or invoice.state != "issued":
        raise Refusal(gettext("Only an issued invoice can be taken back."))
    if _credited(invoice) >= invoice.gross:
        raise Refusal(gettext("All of this invoice is credited already."))
    twin = Invoice.objects.filter(corrects=invoice, state="draft").first()
    if twin is not None:
        return twin
    columns = {field.attname: getattr(invoice, field.attname) for field in Invoice._meta.concrete_fields}
    cleared = {"number": "", "year": None, "count": None, "issued_on": None, "due_on": None, "reference": "", "issued": None}
    note = Invoice.objects.create(
        **{**columns, **cleared, "id": None, "kind": "credit_note", "state": "draft", "version": 1, "corrects_id": invoice.pk}
    )
    write_lines(note, lines_of(invoice))
    journal.record("invoicing.drafted", at=now, meetup=note.meetup_id, actor=by.pk if by else None, facts={"invoice": note.pk})
    return note


def _check(known: Invoice) -> None:
    draft = as_written(known)
    fault = fault_in_taxes(draft.lines, draft.seller, draft.buyer, draft.reason)
    if fault is None and known.gross <= 0:
        fault = gettext("There is nothing to pay on it. Give a line a price.")
    if fault is None and known.corrects is not None and _credited(known.corrects) + known.gross > known.corrects.gross:
        fault = gettext("This would credit more than the invoice says. Lower it.")
    if fault is not None:
        raise Refusal(fault)


def _credited(invoice: Invoice) -> int:
    """Return what issued credit notes took back of an invoice; until the transaction ends no other can be issued."""
    Invoice.objects.select_for_update().get(pk=invoice.pk)
    notes = Invoice.objects.filter(corrects=invoice, state="issued")
    return notes.aggregate(total=Sum("gross"))["total"] or 0


def _next_number(issuer: int, year: int) -> int:
    """Give the next number. The row stays locked until the transaction ends, and one that fails gives its number back."""
    NumberRange.objects.get_or_create(issuer_id=issuer, year=year)
    NumberRange.objects.filter(issuer_id=issuer, year=year).update(last=F("last") + 1)
    return NumberRange.objects.get(issuer_id=issuer, year=year).last


def _final(known: Invoice, number: str, today: date) -> Issued:
    """Return the invoice as it goes out."""
    draft = as_written(known)
    fee = Fee.objects.filter(invoice=known).first()
    payee = Payee(known.issuer.iban, known.issuer.bic, fee.reference if fee else reference_for(number))
    if fee is not None and fee.state == "paid":
        payee = Payee()  # nobody is to pay it again
    if known.corrects is None:
        return replace(draft, number=number, issued_on=today, due_on=today + timedelta(days=known.days), payee=payee)
    earlier = (known.corrects.number, known.corrects.issued_on or today)
    return replace(draft, number=number, issued_on=today, due_on=None, corrects=earlier, payee=replace(payee, reference=""))


def _post(known: Invoice, by: Person | None, now: datetime) -> None:
    is_credit = known.corrects is not None
    moves = moves_of_invoice(known.income, known.net, known.tax, is_credit=is_credit)
    deed = Deed(CREDITED if is_credit else ISSUED, known.issued_on or now.date(), known.number, invoice=known.corrects or known)
    post(known.meetup, deed, moves, known.currency, by=by, now=now)
    if known.underwriter is None or by is None:
        return
    if not is_credit:
        funding.note_invoiced(known.underwriter, by=by, now=now)
    elif known.corrects is not None and _credited(known.corrects) >= known.corrects.gross:
        funding.note_uninvoiced(known.underwriter, by=by, now=now)
