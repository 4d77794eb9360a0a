"""The ledger in figures: what each account comes to, and the entries behind each figure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext, pgettext

from midcycle.funding.models import Recognition
from midcycle.invoicing.models import LedgerEntry, MoneyReport, Posting
from midcycle.invoicing.rules.accounts import (
    ACCOUNTS,
    BANK,
    CARDS,
    COST,
    COSTS,
    DEEDS,
    HELD,
    INCOME,
    OWED,
    RECEIVED,
    REVERSED,
    TAKEN_BACK,
    VAT,
)
from midcycle.kernel.money import amount_in_digits, amount_in_words
from midcycle.meetups.models import Meetup

SHOWN: Final = 500


@dataclass(frozen=True)
class Figure:
    """What an account comes to in a currency, in minor units, signed as people expect: income and costs are above zero."""

    account: str
    name: str
    currency: str
    amount: int

    @property
    def words(self) -> str:
        """The amount, for people."""
        return amount_in_words(self.amount, self.currency)

    @property
    def digits(self) -> str:
        """The amount, for machines."""
        return amount_in_digits(self.amount, self.currency)


@dataclass(frozen=True)
class Report:
    """What came in and what was paid in one currency, and what is left."""

    currency: str
    income: tuple[Figure, ...]
    costs: tuple[Figure, ...]
    standing: tuple[Figure, ...]
    income_total: Figure
    costs_total: Figure
    left: Figure


@dataclass(frozen=True)
class Movement:
    """One posting behind a figure. `text` names an underwriter who is thanked in public, and nobody else."""

    day: date
    what: str
    text: str
    amount: str
    digits: str
    currency: str


@dataclass(frozen=True)
class LedgerRow:
    """An entry of the ledger: each of its postings in words, and whether it can be taken back here."""

    pk: int
    day: date
    what: str
    text: str
    postings: tuple[str, ...]
    is_reversed: bool
    may_reverse: bool


def balances(meetup: Meetup) -> dict[tuple[str, str], int]:
    """Return what each account got less what it gave, by account and currency. Two queries."""
    found: dict[tuple[str, str], int] = {}
    for side, sign in (("gets", 1), ("gives", -1)):
        rows = Posting.objects.filter(meetup=meetup).values_list(side, "currency").annotate(Sum("amount")).order_by()
        for account, currency, total in rows:
            found[account, currency] = found.get((account, currency), 0) + sign * total
    return found


def money_report(meetup: Meetup) -> list[Report]:
    """Return the report in each currency that was used, by its letters. Two queries."""
    found = balances(meetup)
    return [_report(currency, found) for currency in sorted({currency for _, currency in found})]


def movements(meetup: Meetup, account: str, currency: str) -> list[Movement]:
    """Return the postings behind a figure, by day. One query."""
    touching = Q(gets=account) | Q(gives=account)
    postings = Posting.objects.filter(touching, meetup=meetup, currency=currency)
    sign = -1 if account in INCOME or account in {HELD, VAT} else 1
    return [_movement(posting, account, sign) for posting in _with_words(postings).order_by("entry__day", "pk")]


def ledger_rows(meetup: Meetup) -> list[LedgerRow]:
    """Return the last entries of the ledger, the latest first. Two queries."""
    found = LedgerEntry.objects.filter(meetup=meetup).select_related("invoice__underwriter", "reversed_by")
    return [_ledger_row(entry) for entry in found.prefetch_related("postings").order_by("-day", "-pk")[:SHOWN]]


def is_public(meetup: Meetup) -> bool:
    """Say whether everybody may read the money report. One query."""
    return MoneyReport.objects.filter(meetup=meetup, published_at__isnull=False).exists()


def _ledger_row(entry: LedgerEntry) -> LedgerRow:
    is_reversed = hasattr(entry, "reversed_by")
    return LedgerRow(
        pk=entry.pk,
        day=entry.day,
        what=gettext(DEEDS[entry.deed]),
        text=_said(entry),
        postings=tuple(_moved(one) for one in sorted(entry.postings.all(), key=lambda one: one.pk)),
        is_reversed=is_reversed,
        may_reverse=not is_reversed and entry.bank_line_id is None and entry.deed in {COST, RECEIVED},
    )


def _moved(posting: Posting) -> str:
    amount = amount_in_words(posting.amount, posting.currency)
    accounts = {"gives": gettext(ACCOUNTS[posting.gives]), "gets": gettext(ACCOUNTS[posting.gets])}
    return gettext("%(amount)s from %(gives)s to %(gets)s") % {"amount": amount, **accounts}


def _report(currency: str, found: dict[tuple[str, str], int]) -> Report:
    income = _figures(INCOME, currency, found, -1)
    costs = _figures(COSTS, currency, found, 1)
    standing = (*_figures([BANK, CARDS, OWED], currency, found, 1), *_figures([HELD, VAT], currency, found, -1))
    came, went = sum(figure.amount for figure in income), sum(figure.amount for figure in costs)
    return Report(
        currency=currency,
        income=income,
        costs=costs,
        standing=standing,
        income_total=Figure("income", gettext("Income"), currency, came),
        costs_total=Figure("costs", gettext("Costs"), currency, went),
        left=Figure("left", pgettext("money", "Left"), currency, came - went),
    )


def _figures(accounts: Iterable[str], currency: str, found: dict[tuple[str, str], int], sign: int) -> tuple[Figure, ...]:
    return tuple(
        Figure(account, gettext(ACCOUNTS[account]), currency, sign * found[account, currency])
        for account in accounts
        if (account, currency) in found
    )


def _with_words(postings: QuerySet[Posting]) -> QuerySet[Posting]:
    thanked = Recognition.objects.filter(underwriter=OuterRef("entry__invoice__underwriter"), underwriter__state="thanked")
    found = postings.select_related("entry", "entry__reverses", "entry__invoice", "entry__invoice__underwriter")
    return found.annotate(is_named=Exists(thanked))


def _movement(posting: Posting, account: str, sign: int) -> Movement:
    entry = posting.entry
    amount = sign * (posting.amount if posting.gets == account else -posting.amount)
    what = DEEDS[entry.deed]
    if entry.deed == REVERSED and entry.reverses is not None:
        what = TAKEN_BACK[entry.reverses.deed]
    return Movement(
        day=entry.day,
        what=gettext(what),
        text=_said(entry) if vars(posting)["is_named"] else entry.text,
        amount=amount_in_words(amount, posting.currency),
        digits=amount_in_digits(amount, posting.currency),
        currency=posting.currency,
    )


def _said(entry: LedgerEntry) -> str:
    """Return what the team reads, and of an underwriter thanked in public everybody: the number of an invoice, and who pays."""
    invoice = entry.invoice
    if invoice is None:
        return entry.text
    who = invoice.underwriter.name if invoice.underwriter else ""
    return ", ".join(part for part in (entry.text, who) if part)
