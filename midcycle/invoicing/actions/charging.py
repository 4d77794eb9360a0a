"""Saying what a seat costs, and the fees of those who hold one. No seat is ever lost by what happens here."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext, ngettext

from midcycle.accounts.models import Person
from midcycle.invoicing.actions.drafting import CHANGED, issuer_of
from midcycle.invoicing.actions.receipts import is_taken_back, take_back
from midcycle.invoicing.models import Fee, FeeTerms
from midcycle.invoicing.rules import fees as rules
from midcycle.invoicing.rules.states import BETWEEN_REMINDERS, may_remind
from midcycle.journal import actions as journal
from midcycle.kernel.banking import reference_for
from midcycle.kernel.money import amount_in_words
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Seat


@dataclass(frozen=True)
class Terms:
    """What a seat costs from now on, as checked by the form. Amounts are minor units with VAT in them."""

    is_on: bool
    currency: str
    standard: int
    pay_by: date
    reduced: int | None = None
    reduced_for: str = ""
    may_be_free: bool = False
    category: str = "O"
    rate: int = 0
    takes_cards: bool = False


@transaction.atomic
def set_fees(meetup: Meetup, terms: Terms, *, seen: int, by: Person, now: datetime) -> FeeTerms:
    """Say what a seat costs those who get one from now on, or that it costs nothing. Fees there are stay as they are.

    Raises Refusal without an issuer or its account, for an amount no invoice can come to, when somebody else changed it
    meanwhile, and once the meetup is archived.
    """
    meetups.check_changeable(meetup.pk)
    if terms.is_on:
        _check(meetup, terms)
    known = FeeTerms.objects.filter(meetup=meetup).first()
    if (known.version if known else 0) != seen:
        raise Refusal(gettext(CHANGED))
    was_on = known is not None and known.is_on
    since = now if terms.is_on and not was_on else known.since if known else None
    columns = {**asdict(terms), "since": since, "version": seen + 1}
    kept, _ = FeeTerms.objects.update_or_create(meetup=meetup, defaults=columns)
    meetups.note_fees(meetup.pk, has_fees=terms.is_on or Fee.objects.filter(meetup=meetup).exists())
    _record("invoicing.fees_set", meetup, by, now, is_on=terms.is_on)
    return kept


@transaction.atomic
def settle_fee(seat: int, meetup: int, *, became_held_at: datetime | None, now: datetime) -> Fee | None:
    """Let the fee of a seat follow the seat; return the fee that was made. Done twice, it does nothing more.

    Whoever got a seat owes a fee, if fees were on by then. Who gave it back owes nothing any more, and gets back what was paid;
    so does somebody who was forgotten. Raises Refusal once the meetup is archived.
    """
    meetups.check_changeable(meetup)
    known = Seat.objects.filter(pk=seat).select_related("meetup").first()
    if known is None or known.state not in rules.HOLDING:
        _release(seat if known else None, meetup, now=now)
        return None
    fees = Fee.objects.filter(seat=known)
    if fees.filter(state__in=rules.LIVE).exists() or _paid_again(known):
        return None
    terms = FeeTerms.objects.filter(meetup=meetup, is_on=True).first()
    if terms is None or became_held_at is None or terms.since is None or became_held_at < terms.since:
        return None
    fee = Fee.objects.create(**_fee_of(known, terms, now=now))
    _record("invoicing.fees_asked", known.meetup, None, now, fees=[fee.pk])
    return fee


@transaction.atomic
def forget_payer(seat: int, meetup: int, *, now: datetime) -> None:
    """Ask nothing more of somebody who was there and asked to be forgotten; what was paid stays paid."""
    meetups.check_changeable(meetup)
    for fee in Fee.objects.filter(seat=seat, state=rules.OPEN).select_related("meetup"):
        take_back(fee, by=None, now=now)
        Fee.objects.filter(pk=fee.pk).update(state=rules.LAPSED)
        _record("invoicing.fee_released", fee.meetup, None, now, fee=fee.pk)


@transaction.atomic
def ask_holders(meetup: Meetup, *, by: Person, now: datetime) -> int:
    """Ask a fee of all who hold a seat and have none yet; return how many. Raises Refusal while fees are off."""
    meetups.check_changeable(meetup.pk)
    terms = FeeTerms.objects.filter(meetup=meetup, is_on=True).first()
    if terms is None:
        raise Refusal(gettext("Switch the fees on first."))
    live = Fee.objects.filter(meetup=meetup, state__in=(*rules.LIVE, rules.DUE_BACK), seat__isnull=False).values("seat")
    seats = Seat.objects.filter(meetup=meetup, state__in=rules.HOLDING).exclude(pk__in=live).order_by("pk")
    rows = [Fee(**_fee_of(seat, terms, now=now)) for seat in seats.select_related("meetup")]
    Fee.objects.bulk_create(rows, batch_size=500)
    if rows:
        _record("invoicing.fees_asked", meetup, by, now, fees=[fee.pk for fee in rows])
    return len(rows)


@transaction.atomic
def choose_fee(fee: Fee, kind: str, *, now: datetime) -> None:
    """Choose what to pay, of what was offered when the fee was made. Raises Refusal once it is paid, waived or invoiced."""
    again = _again(fee)
    if again.invoice_id is not None:
        raise Refusal(gettext("An invoice says already what you pay. Write to the organisers."))
    if again.state != rules.OPEN and not (again.state == rules.WAIVED and again.kind == rules.FREE):
        raise Refusal(gettext("This can be chosen no more."))
    amount = rules.price_of(kind, again.standard, again.reduced, may_be_free=again.may_be_free)
    if amount is None:
        raise Refusal(gettext("Choose one of those that are offered."), field="kind")
    Fee.objects.filter(pk=again.pk).update(kind=kind, amount=amount, state=rules.OPEN if amount else rules.WAIVED, reason="")
    _record("invoicing.fee_chosen", again.meetup, None, now, fee=again.pk)


@transaction.atomic
def waive_fee(fee: Fee, *, reason: str, by: Person, now: datetime) -> None:
    """Ask nothing of somebody any more; the reason is for the team. Raises Refusal unless the fee is open."""
    again = _again(fee)
    if again.state != rules.OPEN:
        raise Refusal(gettext("Only an open fee can be waived."))
    take_back(again, by=by, now=now)
    Fee.objects.filter(pk=again.pk).update(state=rules.WAIVED, reason=one_line(reason)[:200])
    _record("invoicing.fee_waived", again.meetup, by, now, fee=again.pk)


@transaction.atomic
def remind_of_fees(meetup: Meetup, *, by: Person, now: datetime) -> int:
    """Remind all whose fee is overdue, each once a week and three times at most; return how many.

    Raises Refusal when there is nobody to remind now.
    """
    meetups.check_changeable(meetup.pk)
    zone = ZoneInfo(meetup.timezone)
    today = now.astimezone(zone).date()
    late = Fee.objects.filter(meetup=meetup, state=rules.OPEN, due_on__lt=today, seat__isnull=False).order_by("pk")
    fees = [
        fee
        for fee in late
        if may_remind(
            due_on=fee.due_on,
            today=today,
            sent=fee.reminders,
            last=fee.reminded_at.astimezone(zone).date() if fee.reminded_at else None,
        )
        is None
    ]
    if not fees:
        said = ngettext(
            "Nobody is to be reminded now. A fee is reminded of %(days)s day after it was due, then once a week, "
            "three times at most.",
            "Nobody is to be reminded now. A fee is reminded of %(days)s days after it was due, then once a week, "
            "three times at most.",
            BETWEEN_REMINDERS,
        )
        raise Refusal(said % {"days": BETWEEN_REMINDERS})
    for fee in fees:
        fee.reminders, fee.reminded_at = fee.reminders + 1, now
    Fee.objects.bulk_update(fees, ["reminders", "reminded_at"], batch_size=500)
    levels = {str(fee.pk): fee.reminders for fee in fees}
    _record("invoicing.fees_reminded", meetup, by, now, fees=list(levels), levels=levels)
    return len(fees)


def _check(meetup: Meetup, terms: Terms) -> None:
    issuer = issuer_of(meetup)
    if not issuer.iban:
        raise Refusal(gettext("Fees go to the account of %(name)s. Say its IBAN first.") % {"name": issuer.name})
    if terms.category == "E" and not issuer.reason:
        said = gettext("Say first at %(name)s why it charges no VAT.")
        raise Refusal(said % {"name": issuer.name}, field="category")
    if terms.category == "S" and not (issuer.vat_id or issuer.tax_number):
        said = gettext("%(name)s charges VAT, so say its VAT id or tax number first.")
        raise Refusal(said % {"name": issuer.name}, field="category")
    for field, amount in (("standard", terms.standard), ("reduced", terms.reduced)):
        if amount and rules.split(amount, terms.rate) is None:
            below, above = (amount_in_words(one, terms.currency) for one in rules.nearest(amount, terms.rate))
            said = gettext("With VAT rounded, no invoice comes to this. Take %(below)s or %(above)s.")
            raise Refusal(said % {"below": below, "above": above}, field=field)


def _release(seat: int | None, meetup: int, *, now: datetime) -> None:
    """Let open fees of a seat given back lapse, and note what is to be paid back; without a seat, those of the forgotten."""
    fees = Fee.objects.filter(meetup=meetup, seat=seat, state__in=(rules.OPEN, rules.PAID)).select_related("meetup")
    for fee in fees.order_by("pk"):
        was_open = fee.state == rules.OPEN
        if was_open:
            take_back(fee, by=None, now=now)
        Fee.objects.filter(pk=fee.pk).update(state=rules.LAPSED if was_open else rules.DUE_BACK)
        _record("invoicing.fee_released", fee.meetup, None, now, fee=fee.pk)


def _paid_again(seat: Seat) -> bool:
    """Say whether somebody who came back had paid, and has not got it back."""
    fee = Fee.objects.filter(seat=seat, state=rules.DUE_BACK).order_by("pk").first()
    if fee is None or is_taken_back(fee):
        return False
    return Fee.objects.filter(pk=fee.pk).update(state=rules.PAID) == 1


def _fee_of(seat: Seat, terms: FeeTerms, *, now: datetime) -> dict[str, object]:
    today = now.astimezone(ZoneInfo(seat.meetup.timezone)).date()
    same = ("currency", "standard", "reduced", "reduced_for", "may_be_free", "category", "rate")
    return {
        **{name: getattr(terms, name) for name in same},
        "meetup": seat.meetup,
        "seat": seat,
        "amount": terms.standard,
        "due_on": rules.due_on(terms.pay_by, today),
        "reference": reference_for(f"FEE{seat.pk}"),
        "made_at": now,
    }


def _again(fee: Fee) -> Fee:
    """Return the fee as it is now; until the transaction ends nobody else changes it. Raises Refusal in an archived meetup."""
    meetups.check_changeable(fee.meetup_id)
    return Fee.objects.select_for_update(of=("self",)).select_related("meetup", "invoice").get(pk=fee.pk)


def _record(kind: str, meetup: Meetup, by: Person | None, now: datetime, **facts: object) -> None:
    journal.record(kind, at=now, meetup=meetup.pk, actor=by.pk if by else None, facts=facts)
