"""Bringing in what the bank says, and booking its lines: each by the yes of a person, and each can be undone."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.engines.statements import Columns, marked, read
from midcycle.funding import actions as funding
from midcycle.invoicing.actions.booking import Deed, post, turn_round
from midcycle.invoicing.actions.collecting import undo_fee
from midcycle.invoicing.models import BankFile, BankLine, Fee, Invoice, LedgerEntry
from midcycle.invoicing.queries.invoices import owed_on
from midcycle.invoicing.rules.accounts import BANK, CARDS, COST, COSTS, INCOME, PAID, PAYOUT, RECEIVED, Move, moves_of_payment
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup


@dataclass(frozen=True)
class Statement:
    """A file of the bank. `currency` is that of a CSV that names none."""

    name: str
    document: bytes
    currency: str = "EUR"
    columns: Columns = field(default_factory=Columns)


def take_statement(meetup: Meetup, statement: Statement, *, by: Person, now: datetime) -> BankFile:
    """Bring in a statement; lines that came before are counted and left alone. Raises Refusal for what cannot be read."""
    lines = marked(read(statement.document, currency=statement.currency, columns=statement.columns))
    with transaction.atomic():
        meetups.check_changeable(meetup.pk)
        marks = [mark for mark, _ in lines]
        known = set(BankLine.objects.filter(meetup=meetup).values_list("mark", flat=True)).intersection(marks)
        fresh = len(lines) - len(known)
        file = BankFile.objects.create(
            meetup=meetup, name=one_line(statement.name)[:120] or "statement", taken_at=now, fresh=fresh, known=len(known)
        )
        BankLine.objects.bulk_create(
            (
                BankLine(
                    meetup=meetup,
                    file=file,
                    mark=mark,
                    day=line.day,
                    amount=line.amount,
                    currency=line.currency,
                    party=line.party,
                    text=line.text,
                )
                for mark, line in lines
                if mark not in known
            ),
            batch_size=500,
        )
        facts = {"file": file.pk, "fresh": fresh}
        journal.record("invoicing.statement_taken", at=now, meetup=meetup.pk, actor=by.pk, facts=facts)
    return file


@transaction.atomic
def book_line(line: BankLine, *, invoice: Invoice | None, account: str, text: str, by: Person, now: datetime) -> LedgerEntry:
    """Book a line of the bank: as paying an invoice, as what the provider of card payments paid out, or as a cost or an income.

    Raises Refusal when it is booked already, for another currency, and for an account that does not fit its direction.
    """
    meetups.check_changeable(line.meetup_id)
    if not BankLine.objects.filter(pk=line.pk, is_done=False).update(is_done=True, is_set_aside=False):
        raise Refusal(gettext("This line is booked already."))
    if invoice is not None:
        return _pay(line, invoice, by, now)
    wanted = {**(INCOME if line.amount > 0 else COSTS), CARDS: ""}
    if account not in wanted:
        raise Refusal(gettext("Choose what it was for."), field="account")
    amount = abs(line.amount)
    move = Move(BANK, account, amount) if line.amount > 0 else Move(account, BANK, amount)
    kind = PAYOUT if account == CARDS else RECEIVED if line.amount > 0 else COST
    deed = Deed(kind, line.day, one_line(text), bank_line=line)
    entry = post(line.meetup, deed, [move], line.currency, by=by, now=now)
    _record("invoicing.line_booked", line, by, now, entry=entry.pk)
    return entry


@transaction.atomic
def unbook_line(line: BankLine, *, by: Person, now: datetime) -> None:
    """Undo the booking of a line: its entry is reversed, and the line waits again. Raises Refusal when it is not booked."""
    meetups.check_changeable(line.meetup_id)
    if not BankLine.objects.filter(pk=line.pk, is_done=True).update(is_done=False):
        raise Refusal(gettext("This line is not booked."))
    entry = (
        LedgerEntry.objects.select_related("meetup", "invoice__underwriter", "fee", "bank_line", "card_payment")
        .filter(bank_line=line, reverses=None, reversed_by=None)
        .latest("pk")
    )
    undo_fee(entry, by=by, now=now)
    back = turn_round(entry, by=by, now=now)
    _note_underwriter(entry.invoice, line.currency, -line.amount, by, now)
    _record("invoicing.line_unbooked", line, by, now, entry=back.pk)


@transaction.atomic
def set_line_aside(line: BankLine, *, by: Person, now: datetime) -> None:
    """Set aside a line that is no matter of this meetup. Raises Refusal when it is booked."""
    meetups.check_changeable(line.meetup_id)
    if not BankLine.objects.filter(pk=line.pk, is_done=False).update(is_set_aside=True):
        raise Refusal(gettext("This line is booked. Undo that first."))
    _record("invoicing.line_set_aside", line, by, now)


@transaction.atomic
def bring_line_back(line: BankLine, *, by: Person, now: datetime) -> None:
    """Let a line that was set aside wait again. Raises Refusal when it was not."""
    meetups.check_changeable(line.meetup_id)
    if not BankLine.objects.filter(pk=line.pk, is_set_aside=True).update(is_set_aside=False):
        raise Refusal(gettext("This line was not set aside."))
    _record("invoicing.line_brought_back", line, by, now)


def _pay(line: BankLine, invoice: Invoice, by: Person, now: datetime) -> LedgerEntry:
    if invoice.meetup_id != line.meetup_id or invoice.state != "issued" or invoice.kind != "invoice":
        raise Refusal(gettext("Choose an issued invoice of this meetup."), field="invoice")
    if Fee.objects.filter(invoice=invoice).exists():
        raise Refusal(gettext("This invoice is over a fee. Choose the fee."), field="invoice")
    if invoice.currency != line.currency:
        said = gettext("The invoice is in %(currency)s, the payment in %(other)s.")
        raise Refusal(said % {"currency": invoice.currency, "other": line.currency}, field="invoice")
    deed = Deed(PAID, line.day, invoice.number, invoice=invoice, bank_line=line)
    entry = post(line.meetup, deed, moves_of_payment(line.amount), line.currency, by=by, now=now)
    _note_underwriter(invoice, line.currency, line.amount, by, now)
    _record("invoicing.invoice_paid", line, by, now, entry=entry.pk, invoice=invoice.pk)
    return entry


def _note_underwriter(invoice: Invoice | None, currency: str, amount: int, by: Person, now: datetime) -> None:
    underwriter = invoice.underwriter if invoice else None
    if invoice is not None and underwriter is not None and underwriter.currency == currency:
        funding.note_paid(underwriter, amount, owed=owed_on(invoice), by=by, now=now)


def _record(kind: str, line: BankLine, by: Person, now: datetime, **facts: object) -> None:
    journal.record(kind, at=now, meetup=line.meetup_id, actor=by.pk, facts={"line": line.pk, **facts})
