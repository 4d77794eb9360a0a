"""Payments by card that a person of the team has to look at."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext, ngettext

from midcycle.invoicing.models import CardPayment
from midcycle.invoicing.rules import cards as rules
from midcycle.invoicing.rules.fees import DUE_BACK
from midcycle.kernel.money import amount_in_words
from midcycle.kernel.words import retold
from midcycle.meetups.models import Meetup

SHOWN: Final = 100


@dataclass(frozen=True)
class CardRow:
    """A payment that does not simply pay a fee: whose, how much, why, and whether it can be given back from here."""

    pk: int
    seat: int | None
    name: str
    amount: str
    paid_at: datetime
    why: str
    may_give_back: bool
    asked_back_at: datetime | None


def payments_to_settle(meetup: Meetup) -> list[CardRow]:
    """Return payments to be given back, and those of which a part went back, the oldest first. One query."""
    return [_row(payment) for payment in _to_settle(meetup).select_related("fee__seat").order_by("pk")[:SHOWN]]


def undecided(meetup: Meetup) -> str:
    """Say in a word how many payments want a decision, blank where none does. One query where seats cost something."""
    count = _to_settle(meetup).count() if meetup.has_fees else 0
    return ngettext("%(count)s to decide", "%(count)s to decide", count) % {"count": count} if count else ""


def has_card_money(meetup: Meetup) -> bool:
    """Say whether fees of a meetup were ever paid by card, so that the provider may pay some out. One query."""
    return CardPayment.objects.filter(fee__meetup=meetup).exists()


def _to_settle(meetup: Meetup) -> QuerySet[CardPayment]:
    kept = Q(state=rules.KEPT)
    given_back = Q(state=rules.SETTLED, fee__state=DUE_BACK)
    in_part = Q(state=rules.SETTLED, returned__gt=0)
    return CardPayment.objects.filter(kept | given_back | in_part, fee__meetup=meetup, returned__lt=F("amount"))


def _row(payment: CardPayment) -> CardRow:
    seat = payment.fee.seat
    return CardRow(
        pk=payment.pk,
        seat=payment.fee.seat_id,
        name=seat.name if seat else gettext("Somebody who was forgotten"),
        amount=amount_in_words(payment.amount - payment.returned, payment.currency),
        paid_at=payment.paid_at,
        why=" ".join(_whys(payment)),
        may_give_back=payment.state == rules.KEPT or payment.fee.state == DUE_BACK,
        asked_back_at=payment.asked_back_at,
    )


def _whys(payment: CardPayment) -> list[str]:
    whys = [retold(payment.reason, rules.REASONS)] if payment.reason else []
    if payment.state == rules.SETTLED and payment.fee.state == DUE_BACK:
        whys.append(gettext("The seat was given back."))
    if payment.returned:
        returned = amount_in_words(payment.returned, payment.currency)
        whys.append(gettext("%(amount)s of it went back already.") % {"amount": returned})
        if payment.state == rules.SETTLED and payment.fee.state != DUE_BACK:
            whys.append(gettext("The fee stays paid. Give the rest back at the provider, or book the difference by hand."))
    return whys
