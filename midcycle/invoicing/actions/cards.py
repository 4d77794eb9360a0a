"""Going to pay a fee by card, and asking the provider to give a payment back. No transaction is open while it thinks."""

import logging
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from typing import Final

from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from midcycle.accounts.models import Person
from midcycle.invoicing.models import CardPayment, CardTry, Fee, FeeTerms
from midcycle.invoicing.payments import Order, Provider, RefusedError, UnansweredError
from midcycle.invoicing.rules import cards as rules
from midcycle.invoicing.rules.fees import DUE_BACK, OPEN
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups

_LATER: Final = gettext_noop(
    "Paying by card does not work at this moment. Try again in a minute, or transfer the fee: your seat stays yours."
)
_NOT: Final = gettext_noop("This fee cannot be paid by card. Transfer it, please: your seat stays yours.")
_log = logging.getLogger("midcycle.invoicing")


@dataclass(frozen=True)
class Ways:
    """Where the browser goes from the page of the provider: after paying, and without. None of them opens a seat."""

    paid: str
    back: str


def pay_by_card(fee: Fee, provider: Provider, *, ways: Ways, now: datetime) -> str:
    """Return the address of the page on which a fee is paid by card; within the same hour it is the same page.

    Nothing is paid by that: only what the provider tells afterwards counts. Raises Refusal where cards are not taken, for a fee
    that is not open, and when the provider does not answer.
    """
    tried = _begin(fee, provider, now=now)
    if tried.url:
        return tried.url
    meetup = tried.fee.meetup
    order = Order(
        key=tried.key,
        reference=tried.fee.reference,
        name=f"Attendance of {meetup.title}"[:200],
        amount=tried.amount,
        currency=tried.currency,
        ends_at=tried.ends_at,
        paid_url=ways.paid,
        back_url=ways.back,
    )
    try:
        url = provider.begin(order)
    except UnansweredError as error:
        _warn("card provider gave no answer", error)
        raise Refusal(gettext(_LATER)) from None
    except RefusedError as error:
        _warn("card provider refused", error)
        CardTry.objects.filter(pk=tried.pk).update(is_over=True)
        raise Refusal(gettext(_LATER)) from None
    CardTry.objects.filter(pk=tried.pk).update(url=url)
    return url


def give_back_by_card(payment: CardPayment, provider: Provider, *, by: Person, now: datetime) -> None:
    """Ask the provider to give back what is left of a payment; the books follow once it tells that it did.

    Raises Refusal for what pays a fee of somebody who has the seat, for what went back already, and when the provider does not
    answer.
    """
    known = CardPayment.objects.select_related("fee").get(pk=payment.pk)
    if known.returned == known.amount:
        raise Refusal(gettext("This was given back already."))
    if known.state != rules.KEPT and known.fee.state != DUE_BACK:
        raise Refusal(
            gettext("This pays the fee of somebody who has the seat. Cancel the seat first, or give it back at the provider.")
        )
    try:
        provider.give_back(known.number, key=f"{known.number}-{known.returned}-{now:%Y%m%d%H}")
    except (UnansweredError, RefusedError) as error:
        _warn("card provider gave nothing back", error)
        said = gettext("%(provider)s did not do it (%(error)s). Try again later, or give it back there.")
        raise Refusal(said % {"provider": provider.name, "error": error}) from None
    with transaction.atomic():
        CardPayment.objects.filter(pk=known.pk).update(asked_back_at=now)
        facts = {"payment": known.pk}
        journal.record("invoicing.card_return_asked", at=now, meetup=known.fee.meetup_id, actor=by.pk, facts=facts)


@transaction.atomic
def _begin(fee: Fee, provider: Provider, *, now: datetime) -> CardTry:
    """Return the try to pay that is under way, or a new one."""
    meetups.check_changeable(fee.meetup_id)
    known = Fee.objects.select_for_update(of=("self",)).select_related("meetup").get(pk=fee.pk)
    if known.state != OPEN:
        raise Refusal(gettext("There is nothing to pay any more."))
    if (
        known.currency not in provider.currencies
        or not FeeTerms.objects.filter(meetup=fee.meetup_id, takes_cards=True).exists()
    ):
        raise Refusal(gettext(_NOT))
    same = CardTry.objects.filter(fee=known, amount=known.amount, currency=known.currency, is_over=False)
    tried = same.filter(began_at__gt=now - rules.USED_FOR).order_by("-pk").first() or CardTry.objects.create(
        fee=known,
        key=token_urlsafe(24),
        amount=known.amount,
        currency=known.currency,
        began_at=now,
        ends_at=now + rules.OPEN_FOR,
    )
    tried.fee = known
    return tried


def _warn(what: str, error: Exception) -> None:
    _log.warning(what, extra={"fields": {"why": str(error)}})
