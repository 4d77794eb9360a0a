"""Fees that are paid and paid back: what that moves in the ledger, and undoing it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.invoicing.actions.booking import Deed, post, turn_round
from midcycle.invoicing.actions.receipts import is_taken_back, take_back
from midcycle.invoicing.models import BankLine, CardPayment, Fee, Invoice, LedgerEntry
from midcycle.invoicing.rules import fees as rules
from midcycle.invoicing.rules.accounts import BANK, FEE_BACK, FEE_PAID, PAID, moves_of_fee, moves_of_payment, turned
from midcycle.journal import actions as journal
from midcycle.kernel.money import amount_in_words
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups


@dataclass(frozen=True)
class Source:
    """Where money for a fee came in or went out: on which day and account, and the bank's line or the payment that shows it."""

    day: date
    account: str = BANK
    bank_line: BankLine | None = None
    card_payment: CardPayment | None = None


@transaction.atomic
def book_fee(line: BankLine, fee: Fee, *, by: Person, now: datetime) -> LedgerEntry:
    """Book a line of the bank as paying a fee, or as paying one back.

    Raises Refusal when it is booked already, unless the amounts are the same, and for a fee that is not open or not to be paid
    back.
    """
    meetups.check_changeable(line.meetup_id)
    if not BankLine.objects.filter(pk=line.pk, is_done=False).update(is_done=True, is_set_aside=False):
        raise Refusal(gettext("This line is booked already."))
    known = Fee.objects.select_for_update(of=("self",)).select_related("meetup", "invoice").get(pk=fee.pk)
    _check(line, known)
    is_paid = line.amount > 0
    move = take_in if is_paid else pay_back
    entry = move(known, Source(line.day, bank_line=line), by=by, now=now)
    facts = {"fee": known.pk, "entry": entry.pk, "line": line.pk}
    kind = "invoicing.fee_paid" if is_paid else "invoicing.fee_refunded"
    journal.record(kind, at=now, meetup=line.meetup_id, actor=by.pk, facts=facts)
    return entry


def take_in(fee: Fee, source: Source, *, by: Person | None, now: datetime) -> LedgerEntry:
    """Let a fee be paid; an invoice that was written is settled by it. Part of a deed, which has locked the fee."""
    Fee.objects.filter(pk=fee.pk).update(state=rules.PAID, paid_on=source.day)
    invoice = None if is_taken_back(fee) else fee.invoice
    return _post(fee, PAID if invoice else FEE_PAID, invoice, source, by=by, now=now)


def pay_back(fee: Fee, source: Source, *, by: Person | None, now: datetime) -> LedgerEntry:
    """Let a fee be paid back, and take its invoice back. Part of a deed, which has locked the fee."""
    take_back(fee, by=by, now=now)
    Fee.objects.filter(pk=fee.pk).update(state=rules.REFUNDED)
    return _post(fee, FEE_BACK, fee.invoice, source, by=by, now=now)


def undo_fee(entry: LedgerEntry, *, by: Person | None, now: datetime) -> None:
    """Let a fee be as it was before its payment was booked; its entry is reversed by the caller. Part of a deed."""
    if entry.fee_id is None:
        return
    fee = Fee.objects.select_for_update(of=("self",)).get(pk=entry.fee_id)
    if entry.deed == FEE_BACK:
        Fee.objects.filter(pk=fee.pk).update(state=rules.DUE_BACK)
        return
    if fee.state not in {rules.PAID, rules.DUE_BACK}:
        raise Refusal(gettext("This fee was paid back. Undo that first."))
    open_again = rules.OPEN if fee.state == rules.PAID else rules.LAPSED
    Fee.objects.filter(pk=fee.pk).update(state=open_again, paid_on=None)
    settled = LedgerEntry.objects.filter(fee=fee, deed=PAID, bank_line=None, card_payment=None, reversed_by=None)
    for one in settled.select_related("meetup", "invoice", "bank_line", "card_payment", "fee"):
        turn_round(one, by=by, now=now)


def check_payment(fee: Fee, amount: int, currency: str) -> None:
    """Raise Refusal unless a payment is for this open fee, in its currency and to the last minor unit."""
    if fee.state != rules.OPEN:
        raise Refusal(gettext(rules.NOT_OPEN[fee.state]), field="fee")
    _check_amount(fee, amount, currency)


def _check(line: BankLine, fee: Fee) -> None:
    if fee.meetup_id != line.meetup_id:
        raise Refusal(gettext("Choose a fee of this meetup."), field="fee")
    if line.amount > 0:
        check_payment(fee, line.amount, line.currency)
        return
    if fee.state != rules.DUE_BACK:
        raise Refusal(gettext("Nothing of this fee is to be paid back."), field="fee")
    _check_amount(fee, -line.amount, line.currency)


def _check_amount(fee: Fee, amount: int, currency: str) -> None:
    if (amount, currency) != (fee.amount, fee.currency):
        asked, came = amount_in_words(fee.amount, fee.currency), amount_in_words(amount, currency)
        said = gettext(
            "The fee is %(asked)s, this is %(came)s. Book it as fees without a name, then waive the fee or ask for the rest."
        )
        raise Refusal(said % {"asked": asked, "came": came}, field="fee")


def _post(fee: Fee, kind: str, invoice: Invoice | None, source: Source, *, by: Person | None, now: datetime) -> LedgerEntry:
    parts = rules.split(fee.amount, fee.rate) or rules.Split(fee.amount, 0)
    came = moves_of_payment(fee.amount, source.account) if invoice else moves_of_fee(parts.net, parts.tax, source.account)
    deed = Deed(
        kind,
        source.day,
        invoice.number if invoice else "",
        invoice=invoice,
        bank_line=source.bank_line,
        card_payment=source.card_payment,
        fee=fee,
    )
    return post(fee.meetup, deed, turned(came) if kind == FEE_BACK else came, fee.currency, by=by, now=now)
