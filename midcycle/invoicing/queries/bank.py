"""Lines of the bank: those that wait, with what they may pay, and those that are booked."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext

from midcycle.engines.statements import Due, StatementLine, Suggestion, suggested
from midcycle.invoicing.models import BankFile, BankLine, Invoice
from midcycle.invoicing.queries.fees import OpenFees
from midcycle.invoicing.rules.accounts import OWED
from midcycle.kernel.money import amount_in_words
from midcycle.meetups.models import Meetup

SHOWN: Final = 50


@dataclass(frozen=True)
class Waiting:
    """A line that waits, its amount in words, and what it may pay."""

    line: BankLine
    amount: str
    suggestions: list[Suggestion]
    fees: list[Suggestion]


@dataclass(frozen=True)
class Booked:
    """A line that is booked, and as what."""

    line: BankLine
    amount: str
    what: str


@dataclass(frozen=True)
class Aside:
    """A line that is no matter of the meetup."""

    line: BankLine
    amount: str


@dataclass(frozen=True)
class Desk:
    """What is to be decided, what was decided last, what was set aside, which invoices are not settled, and the files."""

    waiting: list[Waiting]
    more: int
    booked: list[Booked]
    aside: list[Aside]
    dues: list[Due]
    files: list[BankFile]


def bank_desk(meetup: Meetup) -> Desk:
    """Return the page of the bank. Eight queries, however many lines there are."""
    dues, fees = open_invoices(meetup), OpenFees.of(meetup)
    lines = BankLine.objects.filter(meetup=meetup, is_done=False, is_set_aside=False)
    count = lines.count()
    waiting = [_waiting(line, dues, fees) for line in lines.order_by("day", "pk")[:SHOWN]]
    done = BankLine.objects.filter(meetup=meetup, is_done=True).prefetch_related("entries__postings")
    booked = [_booked(line) for line in done.order_by("-day", "-pk")[:SHOWN]]
    aside = BankLine.objects.filter(meetup=meetup, is_set_aside=True).order_by("-day", "-pk")[:SHOWN]
    files = list(BankFile.objects.filter(meetup=meetup).order_by("-pk")[:10])
    set_aside = [Aside(line, amount_in_words(line.amount, line.currency)) for line in aside]
    return Desk(waiting, max(0, count - len(waiting)), booked, set_aside, dues, files)


def open_invoices(meetup: Meetup) -> list[Due]:
    """Return the issued invoices that are not settled, but for those over fees. One query."""
    amount = "entries__postings__amount"
    found = (
        Invoice.objects.filter(meetup=meetup, state="issued", kind="invoice", fee=None)
        .annotate(
            charged=Coalesce(Sum(amount, filter=Q(entries__postings__gets=OWED)), 0),
            settled=Coalesce(Sum(amount, filter=Q(entries__postings__gives=OWED)), 0),
        )
        .order_by("due_on", "pk")
    )
    dues = [Due(one.pk, one.number, one.reference, one.name, one.charged - one.settled, one.currency) for one in found]
    return [due for due in dues if due.owed]


def _waiting(line: BankLine, dues: list[Due], fees: OpenFees) -> Waiting:
    said = StatementLine(line.day, line.amount, line.currency, line.party, line.text)
    return Waiting(line, amount_in_words(line.amount, line.currency), suggested(said, dues), fees.suggested(said))


def _booked(line: BankLine) -> Booked:
    last = max(line.entries.all(), key=lambda entry: entry.pk)
    return Booked(line, amount_in_words(line.amount, line.currency), f"{gettext(last.deed_name)} {last.text}".strip())
