"""Fees as pages show them: what a seat costs, what somebody owes, and the list of the team."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext, pgettext

from midcycle.engines.documents import Said
from midcycle.engines.invoices import transfer_code
from midcycle.engines.statements import Due, StatementLine, Suggestion, suggested, words_of
from midcycle.engines.tickets import qr_svg
from midcycle.invoicing.access import invoice_key
from midcycle.invoicing.models import CardPayment, Fee, FeeTerms, Issuer, IssuerUse
from midcycle.invoicing.rules import fees as rules
from midcycle.invoicing.rules.wording import day_in_words
from midcycle.kernel.banking import grouped, references_in
from midcycle.kernel.money import amount_in_words
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Seat

SHOWN: Final = 500
SURE: Final = 4
"""Points a suggestion needs: that the amount is the same says nothing where everybody owes the same."""
REFERRED: Final = 6
"""Points a suggestion has at least whose reference is in the line: beside it, names that are alike say nothing."""
_LOOKS: Final = {"open": "accent", "overdue": "danger", "due_back": "danger", "paid": "held"}


@dataclass(frozen=True)
class Choice:
    """What somebody can choose to pay."""

    kind: str
    name: str
    amount: str
    text: str = ""


@dataclass(frozen=True)
class Cost:
    """What a seat costs, for everybody."""

    choices: tuple[Choice, ...]
    has_vat: bool
    pay_by: date
    to: str


@dataclass(frozen=True)
class OwnFee:
    """What the holder of a seat owes, how to pay it, and what they can do now. `invoice` is the key that opens its PDF."""

    state: str
    state_name: str
    look: str
    kind: str
    amount: str
    due_on: date
    paid_on: date | None
    choices: tuple[Choice, ...]
    payment: tuple[Said, ...]
    code: str
    invoice: str
    invoice_number: str
    may_invoice: bool
    may_pay_by_card: bool


@dataclass(frozen=True)
class FeeRow:
    """A fee in the list of the team."""

    pk: int
    seat: int | None
    name: str
    state: str
    state_name: str
    look: str
    kind_name: str
    amount: str
    due_on: date
    reference: str
    invoice: int | None
    invoice_number: str
    reason: str
    is_by_card: bool


@dataclass(frozen=True)
class Total:
    """How many fees are in a state, and what they come to in each currency."""

    state: str
    name: str
    count: int
    amount: str


@dataclass(frozen=True)
class FeeDesk:
    """The page of fees."""

    totals: list[Total]
    rows: list[FeeRow]
    more: int
    without: int


class OpenFees:
    """The fees of a meetup that wait for money, or to be paid back, found by reference or by name."""

    def __init__(self, dues: Iterable[Due]) -> None:
        """Take them once for many lines."""
        self._by_mark: dict[str, list[Due]] = {}
        for due in dues:
            for mark in {due.reference, *words_of(due.name)}:
                self._by_mark.setdefault(mark, []).append(due)

    @classmethod
    def of(cls, meetup: Meetup) -> "OpenFees":
        """Return those of a meetup. One query."""
        fees = Fee.objects.filter(meetup=meetup, state__in=(rules.OPEN, rules.DUE_BACK)).select_related("seat", "invoice")
        return cls(
            Due(
                pk=fee.pk,
                number=fee.invoice.number if fee.invoice else "",
                reference=fee.reference,
                name=_name(fee),
                owed=fee.amount if fee.state == rules.OPEN else -fee.amount,
                currency=fee.currency,
            )
            for fee in fees.order_by("pk")
        )

    def suggested(self, line: StatementLine) -> list[Suggestion]:
        """Return which fees a line may pay, or pay back: those with its reference, or its name and amount."""
        marks = {*references_in(line.text), *words_of(line.party), *words_of(line.text)}
        found = {due.pk: due for mark in marks for due in self._by_mark.get(mark, [])}
        offered = suggested(line, [found[pk] for pk in sorted(found)])
        least = REFERRED if offered and offered[0].points >= REFERRED else SURE
        return [one for one in offered if one.points >= least]


def terms_of(meetup: Meetup) -> FeeTerms | None:
    """Return what a seat costs from now on, whether that is switched on or not. One query."""
    return FeeTerms.objects.filter(meetup=meetup).first()


def cost_of(meetup: Meetup) -> Cost | None:
    """Return what a seat costs, for everybody; None where it costs nothing. Two queries."""
    terms = terms_of(meetup)
    issuer = _issuer(meetup)
    if terms is None or not terms.is_on or issuer is None:
        return None
    return Cost(_choices(terms), terms.category == "S", terms.pay_by, issuer.name)


def own_fee(seat: Seat, *, now: datetime, cards: frozenset[str] = frozenset()) -> OwnFee | None:
    """Return what somebody owes for a seat, or what became of it; None where nothing was ever asked.

    `cards` are the currencies in which cards can be taken. Two queries, a third where there are any.
    """
    fee = Fee.objects.filter(seat=seat).select_related("invoice", "meetup").order_by("-pk").first()
    issuer = _issuer(seat.meetup)
    if fee is None or issuer is None:
        return None
    is_open = fee.state == rules.OPEN
    may_choose = fee.invoice is None and (is_open or (fee.state == rules.WAIVED and fee.kind == rules.FREE))
    code = transfer_code(issuer.name, issuer.iban, issuer.bic, fee.amount, fee.reference) if is_open else None
    is_theirs = fee.invoice is not None and fee.invoice.email == seat.person.email
    return OwnFee(
        state=fee.state,
        state_name=gettext(rules.FEE_KINDS[rules.FREE]) if fee.kind == rules.FREE else pgettext("of a fee", fee.state_name),
        look=_look(fee, _today(fee.meetup, now)),
        kind=fee.kind,
        amount=amount_in_words(fee.amount, fee.currency),
        due_on=fee.due_on,
        paid_on=fee.paid_on,
        choices=_choices(fee) if may_choose else (),
        payment=_payment(issuer, fee) if is_open else (),
        code=qr_svg(code, gettext("A code for a SEPA transfer")) if code and fee.currency == "EUR" else "",
        invoice=invoice_key(fee.invoice) if fee.invoice and is_theirs else "",
        invoice_number=fee.invoice.number if fee.invoice and is_theirs else "",
        may_invoice=fee.invoice is None and fee.state in {rules.OPEN, rules.PAID},
        may_pay_by_card=is_open and fee.currency in cards and _takes_cards(fee),
    )


def fee_desk(meetup: Meetup, *, state: str, now: datetime) -> FeeDesk:
    """Return the fees of a meetup, those of one state or all, the first due first. Three queries."""
    fees = Fee.objects.filter(meetup=meetup)
    totals = _totals(fees)
    chosen = fees.filter(state=state) if state else fees
    by_card = Exists(CardPayment.objects.filter(fee=OuterRef("pk"), state="settled"))
    rows = chosen.select_related("seat", "invoice").annotate(is_by_card=by_card).order_by("due_on", "pk")[:SHOWN]
    today = _today(meetup, now)
    count = sum(total.count for total in totals if not state or total.state == state)
    return FeeDesk(totals, [_row(fee, today) for fee in rows], max(0, count - SHOWN), _without(meetup))


def _without(meetup: Meetup) -> int:
    """Return how many hold a seat of whom no fee is asked."""
    asked = Q(fees__state__in=(*rules.LIVE, rules.DUE_BACK))
    return Seat.objects.filter(meetup=meetup, state__in=rules.HOLDING).exclude(asked).count()


def _totals(fees: QuerySet[Fee]) -> list[Total]:
    counted = fees.values_list("state", "currency").annotate(Count("pk"), Sum("amount")).order_by("state", "currency")
    found: dict[str, list[tuple[int, str]]] = {}
    for state, currency, count, total in counted:
        found.setdefault(state, []).append((count, amount_in_words(total, currency)))
    return [
        Total(
            state,
            pgettext("of a fee", name),
            sum(count for count, _ in found[state]),
            ", ".join(words for _, words in found[state]),
        )
        for state, name in rules.FEE_STATES.items()
        if state in found
    ]


def _row(fee: Fee, today: date) -> FeeRow:
    return FeeRow(
        pk=fee.pk,
        seat=fee.seat_id,
        name=_name(fee) or gettext("Somebody who was forgotten"),
        state=fee.state,
        state_name=pgettext("of a fee", "Overdue") if _is_overdue(fee, today) else pgettext("of a fee", fee.state_name),
        look=_look(fee, today),
        kind_name=gettext(fee.kind_name),
        amount=amount_in_words(fee.amount, fee.currency),
        due_on=fee.due_on,
        reference=grouped(fee.reference),
        invoice=fee.invoice_id,
        invoice_number=fee.invoice.number if fee.invoice else "",
        reason=fee.reason,
        is_by_card=vars(fee)["is_by_card"],
    )


def _choices(terms: FeeTerms | Fee) -> tuple[Choice, ...]:
    texts = {rules.REDUCED: terms.reduced_for, rules.FREE: gettext("If you could not come otherwise. Nobody asks why.")}
    prices = {
        kind: rules.price_of(kind, terms.standard, terms.reduced, may_be_free=terms.may_be_free) for kind in rules.FEE_KINDS
    }
    return tuple(
        Choice(kind, gettext(name), amount_in_words(amount, terms.currency), texts.get(kind, ""))
        for kind, name in rules.FEE_KINDS.items()
        if (amount := prices[kind]) is not None
    )


def _payment(issuer: Issuer, fee: Fee) -> tuple[Said, ...]:
    facts = (
        (pgettext("whom to pay", "To"), issuer.name),
        ("IBAN", grouped(issuer.iban)),
        ("BIC", issuer.bic),
        (gettext("Amount"), amount_in_words(fee.amount, fee.currency)),
        (gettext("Reference"), grouped(fee.reference)),
        (pgettext("when to pay", "Until"), day_in_words(fee.due_on)),
    )
    return tuple(Said(name, value) for name, value in facts if value)


def _takes_cards(fee: Fee) -> bool:
    return FeeTerms.objects.filter(meetup=fee.meetup_id, takes_cards=True).exists()


def _name(fee: Fee) -> str:
    return fee.seat.name if fee.seat else ""


def _issuer(meetup: Meetup) -> Issuer | None:
    use = IssuerUse.objects.select_related("issuer").filter(meetup=meetup).first()
    return use.issuer if use else None


def _look(fee: Fee, today: date) -> str:
    return _LOOKS.get("overdue" if _is_overdue(fee, today) else fee.state, "draft")


def _is_overdue(fee: Fee, today: date) -> bool:
    return fee.state == rules.OPEN and fee.due_on < today


def _today(meetup: Meetup, now: datetime) -> date:
    return now.astimezone(ZoneInfo(meetup.timezone)).date()
