"""What follows from what the provider of card payments tells: in any order, more than once, and however late."""

import logging
from contextlib import suppress
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import translation

from midcycle.invoicing.actions.booking import Deed, post, turn_round
from midcycle.invoicing.actions.collecting import Source, pay_back, take_in, undo_fee
from midcycle.invoicing.models import CardEvent, CardPayment, CardTry, Fee, LedgerEntry
from midcycle.invoicing.rules import cards as rules
from midcycle.invoicing.rules.accounts import CARD_BACK, CARD_KEPT, CARDS, FEE_PAID, HELD, PAID, Move
from midcycle.invoicing.rules.cards import Told
from midcycle.invoicing.rules.fees import DUE_BACK
from midcycle.invoicing.rules.fees import PAID as FEE_IS_PAID
from midcycle.journal import actions as journal
from midcycle.kernel.money import CURRENCIES
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups

_log = logging.getLogger("midcycle.invoicing")


@transaction.atomic
def heed(told: Told, *, now: datetime) -> bool:
    """Heed what the provider told of a payment; say whether it is one of ours. Heeded again, it does nothing more.

    A payment that comes for an open fee, in its currency and to the last minor unit, pays it; any other is kept to be given
    back. What goes back whole undoes what the payment did; what goes back in part waits for a person.
    """
    found = _fee_of(told)
    if found is None:
        return False
    _, is_new = CardEvent.objects.get_or_create(name=told.event, defaults={"kind": told.kind[:64], "came_at": now})
    if not is_new:
        return True
    is_open = _is_changeable(found.meetup_id)
    fee = Fee.objects.select_for_update(of=("self",)).select_related("meetup", "invoice").get(pk=found.pk)
    day = told.at.astimezone(ZoneInfo(fee.meetup.timezone)).date()
    payment = CardPayment.objects.filter(number=told.payment).first()
    if payment is None:
        payment = _come(fee, told, day, is_open=is_open, now=now)
    _go_back(payment, told.returned, day, is_open=is_open, now=now)
    return True


def _fee_of(told: Told) -> Fee | None:
    """Return the fee a payment is about: that of the payment if it is known, else the one somebody went to pay."""
    payment = CardPayment.objects.select_related("fee").filter(number=told.payment).first()
    if payment is not None:
        return payment.fee
    tried = CardTry.objects.select_related("fee").filter(key=told.key).first() if told.key else None
    if tried is None or told.currency not in CURRENCIES:
        return None
    return tried.fee


def _is_changeable(meetup: int) -> bool:
    """Say whether the books of a meetup are open; until the transaction ends nobody closes them."""
    with suppress(Refusal):
        meetups.check_changeable(meetup)
        return True
    return False


def _come(fee: Fee, told: Told, day: date, *, is_open: bool, now: datetime) -> CardPayment:
    reason = _why_not(fee, told) if is_open else rules.ARCHIVED
    payment = CardPayment.objects.create(
        fee=fee,
        number=told.payment,
        state=rules.KEPT if reason else rules.SETTLED,
        amount=told.amount,
        currency=told.currency,
        reason=reason,
        paid_at=told.at,
        ask_at=now if is_open else None,
    )
    CardTry.objects.filter(fee=fee).update(is_over=True)
    if not is_open:
        _log.warning("a payment by card came for an archived meetup", extra={"fields": {"payment": payment.pk}})
        return payment
    if reason:
        deed = Deed(CARD_KEPT, day, fee=fee, card_payment=payment)
        entry = post(fee.meetup, deed, [Move(CARDS, HELD, told.amount)], told.currency, by=None, now=now)
    else:
        entry = take_in(fee, Source(day, CARDS, card_payment=payment), by=None, now=now)
    _record("invoicing.card_payment_kept" if reason else "invoicing.fee_paid", fee, now, entry=entry.pk, payment=payment.pk)
    return payment


def _why_not(fee: Fee, told: Told) -> str:
    """Return why a payment does not pay the fee, in the language in which it is kept; blank when it does."""
    with translation.override(settings.LANGUAGE_CODE):
        return rules.why_not(fee.state, (fee.amount, fee.currency), (told.amount, told.currency))


def _go_back(payment: CardPayment, told: int, day: date, *, is_open: bool, now: datetime) -> None:
    """Note that so much of a payment has gone back in all, and move what that moves in the books."""
    returned = min(told, payment.amount)
    more = returned - payment.returned
    if more <= 0:
        return
    is_whole = returned == payment.amount
    CardPayment.objects.filter(pk=payment.pk).update(
        returned=returned,
        state=rules.RETURNED if is_whole else payment.state,
        reason=payment.reason if is_open else rules.ARCHIVED,
    )
    if not is_open:
        _log.warning("a payment by card went back after its meetup was archived", extra={"fields": {"payment": payment.pk}})
        return
    fee = Fee.objects.select_related("meetup", "invoice").get(pk=payment.fee_id)
    paid = _entry_that_paid(payment, fee) if is_whole else None
    if paid is not None:
        _undo(payment, fee, paid, day, now=now)
    else:
        deed = Deed(CARD_BACK, day, fee=fee, card_payment=payment)
        post(fee.meetup, deed, [Move(HELD, CARDS, more)], payment.currency, by=None, now=now)
    _record("invoicing.card_payment_returned", fee, now, payment=payment.pk, returned=returned)


def _entry_that_paid(payment: CardPayment, fee: Fee) -> LedgerEntry | None:
    """Return the entry by which a payment pays its fee still."""
    if fee.state not in {FEE_IS_PAID, DUE_BACK}:
        return None
    known = LedgerEntry.objects.select_related("meetup", "invoice", "bank_line", "card_payment", "fee")
    return known.filter(card_payment=payment, deed__in=(FEE_PAID, PAID), reversed_by=None).first()


def _undo(payment: CardPayment, fee: Fee, paid: LedgerEntry, day: date, *, now: datetime) -> None:
    """Let a fee be open again whose payment went back, or paid back if it was to be; parts that went before are in that."""
    parts = LedgerEntry.objects.filter(card_payment=payment, deed=CARD_BACK, reversed_by=None)
    for part in parts.select_related("meetup", "invoice", "bank_line", "card_payment", "fee"):
        turn_round(part, by=None, now=now, day=day)
    if fee.state == DUE_BACK:
        pay_back(fee, Source(day, CARDS, card_payment=payment), by=None, now=now)
        return
    undo_fee(paid, by=None, now=now)
    turn_round(paid, by=None, now=now, day=day)


def _record(kind: str, fee: Fee, now: datetime, **facts: object) -> None:
    journal.record(kind, at=now, meetup=fee.meetup_id, actor=None, facts={"fee": fee.pk, **facts})
