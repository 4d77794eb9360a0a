"""What the provider took for payments by card: asked of it afterwards, and booked as a cost."""

import logging
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction

from midcycle.invoicing.actions.booking import Deed, post
from midcycle.invoicing.models import CardPayment
from midcycle.invoicing.payments import Provider, RefusedError, Taken, UnansweredError
from midcycle.invoicing.rules import cards as rules
from midcycle.invoicing.rules.accounts import CARD_COST, CARDS, Move
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups

_COST: Final = "cost_bank"
_log = logging.getLogger("midcycle.invoicing")


def ask_what_was_taken(provider: Provider, *, now: datetime, at_most: int = 5) -> int:
    """Ask the provider what it took for payments, and book it; return of how many it knew.

    It knows some minutes after a payment. One that is asked about is put off first, so that two workers do not book it
    together; when no answer comes, all that are due are put off.
    """
    waiting = CardPayment.objects.filter(ask_at__lte=now)
    known = 0
    for payment in waiting.select_related("fee__meetup").order_by("ask_at", "pk")[:at_most]:
        if not _claim(payment, now=now):
            continue
        try:
            taken = provider.taken_for(payment.number)
        except UnansweredError:
            waiting.update(ask_at=now + rules.pause_after(0))
            break
        except RefusedError as error:
            _log.warning("card provider does not tell what it took", extra={"fields": {"why": str(error)}})
            continue
        known += int(taken is not None and _book(payment, taken, now=now))
    return known


def _claim(payment: CardPayment, *, now: datetime) -> bool:
    asked = payment.times_asked + 1
    again_at = now + rules.pause_after(payment.times_asked) if asked < rules.MOST_ASKED else None
    unclaimed = CardPayment.objects.filter(pk=payment.pk, times_asked=payment.times_asked)
    return unclaimed.update(times_asked=asked, ask_at=again_at) == 1


@transaction.atomic
def _book(payment: CardPayment, taken: Taken, *, now: datetime) -> bool:
    """Book a cost; what is in another currency than the payment, or comes after the books are closed, is not."""
    meetup = payment.fee.meetup
    is_known = taken.currency == payment.currency
    fresh = CardPayment.objects.filter(pk=payment.pk, taken=None)
    if not fresh.update(taken=taken.amount if is_known else None, ask_at=None) or not is_known or not taken.amount:
        return is_known
    try:
        meetups.check_changeable(meetup.pk)
    except Refusal:
        return False
    day = payment.paid_at.astimezone(ZoneInfo(meetup.timezone)).date()
    deed = Deed(CARD_COST, day, fee=payment.fee, card_payment=payment)
    post(meetup, deed, [Move(_COST, CARDS, taken.amount)], taken.currency, by=None, now=now)
    return True
