"""Payments by card, as their provider tells of them. Nothing here names who paid."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from midcycle.invoicing.models.fees import Fee
from midcycle.invoicing.rules.cards import CARD_STATES


class CardTry(models.Model):
    """Somebody went to pay a fee by card. `key` comes back with what is told of the payment, if there is one."""

    fee = models.ForeignKey(Fee, on_delete=models.PROTECT, related_name="card_tries")
    key = models.CharField(max_length=64)
    amount = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    url = models.TextField(blank=True)
    is_over = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["key"], name="a_try_to_pay_has_a_key_of_its_own")]

    def __str__(self) -> str:
        """Fee by number."""
        return f"try to pay fee {self.fee_id}"


class CardPayment(models.Model):
    """A payment that came: it pays its fee, or is to be given back. `returned` of it went back so far.

    `taken` is what the provider took for it, in the same currency; None while that is not known.
    """

    fee = models.ForeignKey(Fee, on_delete=models.PROTECT, related_name="card_payments")
    number = models.CharField(max_length=255)
    state = models.CharField(max_length=8)
    amount = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    returned = models.PositiveBigIntegerField(default=0)
    reason = models.CharField(max_length=200, blank=True)
    paid_at = models.DateTimeField()
    asked_back_at = models.DateTimeField(null=True)
    taken = models.PositiveBigIntegerField(null=True)
    times_asked = models.PositiveSmallIntegerField(default=0)
    ask_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number"], name="a_payment_by_card_comes_in_once"),
            models.CheckConstraint(condition=Q(state__in=sorted(CARD_STATES)), name="a_payment_by_card_is_in_a_known_state"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_payment_by_card_is_about_money"),
            models.CheckConstraint(condition=Q(returned__lte=F("amount")), name="no_more_goes_back_than_came"),
            models.CheckConstraint(
                condition=~Q(state="returned") | Q(returned=F("amount")), name="what_is_given_back_is_given_back_whole"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["ask_at"], name="card_payments_to_ask_about")]

    def __str__(self) -> str:
        """State and number."""
        return f"{self.number} {self.state}"


class CardEvent(models.Model):
    """An event the provider sent, so that the same is heeded once."""

    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=64)
    came_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["name"], name="an_event_is_heeded_once")]

    def __str__(self) -> str:
        """Kind and name."""
        return f"{self.kind} {self.name}"
