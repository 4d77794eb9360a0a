"""Writing the ledger. Entries are added; what was wrong is reversed by another entry, never changed."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.invoicing.models import BankLine, CardPayment, Fee, Invoice, LedgerEntry, MoneyReport, Posting
from midcycle.invoicing.rules.accounts import BANK, COST, COSTS, FIRST_DAY, INCOME, RECEIVED, REVERSED, Move
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup

_ALONE = frozenset({COST, RECEIVED})


@dataclass(frozen=True)
class Deed:
    """What happened, on which day, and what it was about."""

    kind: str
    day: date
    text: str = ""
    invoice: Invoice | None = None
    bank_line: BankLine | None = None
    fee: Fee | None = None
    card_payment: CardPayment | None = None
    reverses: LedgerEntry | None = None


def post(meetup: Meetup, deed: Deed, moves: list[Move], currency: str, *, by: Person | None, now: datetime) -> LedgerEntry:
    """Add an entry with its postings. Part of a deed."""
    entry = LedgerEntry.objects.create(
        meetup=meetup,
        deed=deed.kind,
        day=deed.day,
        text=deed.text[:200],
        invoice=deed.invoice,
        bank_line=deed.bank_line,
        fee=deed.fee,
        card_payment=deed.card_payment,
        reverses=deed.reverses,
        at=now,
        by=by,
    )
    Posting.objects.bulk_create(
        Posting(entry=entry, meetup=meetup, gets=move.gets, gives=move.gives, amount=move.amount, currency=currency)
        for move in moves
    )
    return entry


@dataclass(frozen=True)
class Noted:
    """Money that moved on the bank account, as somebody typed it. `text` is for everybody."""

    account: str
    amount: int
    currency: str
    day: date
    text: str = ""


@transaction.atomic
def note_money(meetup: Meetup, noted: Noted, *, by: Person, now: datetime) -> LedgerEntry:
    """Note a cost that was paid from the bank account, or other money that came in on it.

    Raises Refusal for another account, for nothing, for a day to come, and once the meetup is archived.
    """
    meetups.check_changeable(meetup.pk)
    if noted.account not in {**COSTS, **INCOME}:
        raise Refusal(gettext("Choose what it was for."), field="account")
    today = now.astimezone(ZoneInfo(meetup.timezone)).date()
    if not FIRST_DAY <= noted.day <= today:
        raise Refusal(gettext("Type the day it moved on the account: not one to come."), field="day")
    if noted.amount <= 0:
        raise Refusal(gettext("Type an amount above zero."), field="amount")
    is_cost = noted.account in COSTS
    gets, gives = (noted.account, BANK) if is_cost else (BANK, noted.account)
    deed = Deed(COST if is_cost else RECEIVED, noted.day, one_line(noted.text))
    entry = post(meetup, deed, [Move(gets, gives, noted.amount)], noted.currency, by=by, now=now)
    _record("invoicing.money_noted", meetup, by, now, entry=entry.pk)
    return entry


@transaction.atomic
def reverse(entry: LedgerEntry, *, by: Person, now: datetime) -> LedgerEntry:
    """Take back what was noted by hand: the same amounts the other way round, on the same day.

    Raises Refusal for what has its own way back (an invoice has credit notes, a line of the bank is undone), and a second time.
    """
    meetups.check_changeable(entry.meetup_id)
    if entry.deed not in _ALONE or entry.bank_line_id is not None:
        raise Refusal(
            gettext("This is taken back where it was done: an invoice by a credit note, a payment at the bank lines.")
        )
    back = turn_round(entry, by=by, now=now)
    _record("invoicing.entry_reversed", entry.meetup, by, now, entry=entry.pk)
    return back


def turn_round(entry: LedgerEntry, *, by: Person | None, now: datetime, day: date | None = None) -> LedgerEntry:
    """Add the reversal of an entry, on its day unless another is told. Part of a deed.

    Raises Refusal when there is one already.
    """
    postings = list(Posting.objects.filter(entry=entry))
    deed = Deed(
        REVERSED,
        day or entry.day,
        entry.text,
        invoice=entry.invoice,
        bank_line=entry.bank_line,
        fee=entry.fee,
        card_payment=entry.card_payment,
        reverses=entry,
    )
    moves = [Move(posting.gives, posting.gets, posting.amount) for posting in postings]
    try:
        with transaction.atomic():
            return post(entry.meetup, deed, moves, postings[0].currency, by=by, now=now)
    except IntegrityError:
        raise Refusal(gettext("This is taken back already.")) from None


@transaction.atomic
def publish_money(meetup: Meetup, *, is_public: bool, by: Person, now: datetime) -> None:
    """Let everybody read the money report, or the team alone."""
    meetups.check_changeable(meetup.pk)
    MoneyReport.objects.update_or_create(meetup=meetup, defaults={"published_at": now if is_public else None})
    _record("invoicing.money_published" if is_public else "invoicing.money_hidden", meetup, by, now)


def _record(kind: str, meetup: Meetup, by: Person, now: datetime, **facts: object) -> None:
    journal.record(kind, at=now, meetup=meetup.pk, actor=by.pk, facts=facts)
