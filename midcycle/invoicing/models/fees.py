"""What a seat costs, and what each holder of one owes. A fee keeps the terms it was made by."""

from typing import ClassVar

from django.db import models

from midcycle.invoicing.models.invoices import Invoice
from midcycle.invoicing.rules.fees import FEE_KINDS, FEE_STATES, LIVE, VAT_OF_FEES
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Seat

_Q = models.Q


class FeeTerms(models.Model):
    """What a seat costs those who get one from now on, in minor units with VAT in them.

    `since` is when fees were switched on: who held a seat by then owes nothing unless asked.
    """

    meetup = models.OneToOneField(Meetup, on_delete=models.CASCADE, related_name="fee_terms")
    is_on = models.BooleanField(default=False)
    since = models.DateTimeField(null=True)
    currency = models.CharField(max_length=3, default="EUR")
    standard = models.PositiveBigIntegerField()
    reduced = models.PositiveBigIntegerField(null=True)
    reduced_for = models.CharField(max_length=200, blank=True)
    may_be_free = models.BooleanField(default=False)
    category = models.CharField(max_length=2, default="O")
    rate = models.PositiveSmallIntegerField(default=0)
    pay_by = models.DateField()
    takes_cards = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=_Q(standard__gt=0) & (_Q(reduced__isnull=True) | _Q(reduced__gt=0, reduced__lt=models.F("standard"))),
                name="a_reduced_fee_is_lower",
            ),
            models.CheckConstraint(condition=_Q(category__in=VAT_OF_FEES), name="a_fee_has_a_known_kind_of_vat"),
        ]

    def __str__(self) -> str:
        """Meetup by number."""
        return f"fees of {self.meetup_id}"


class Fee(models.Model):
    """What the holder of a seat owes, or owed. It names nobody: whoever is forgotten leaves a fee without a seat."""

    meetup = models.ForeignKey(Meetup, on_delete=models.PROTECT, related_name="fees")
    seat = models.ForeignKey(Seat, null=True, on_delete=models.SET_NULL, related_name="fees")
    state = models.CharField(max_length=8, default="open")
    kind = models.CharField(max_length=8, default="standard")
    currency = models.CharField(max_length=3)
    amount = models.PositiveBigIntegerField()
    standard = models.PositiveBigIntegerField()
    reduced = models.PositiveBigIntegerField(null=True)
    reduced_for = models.CharField(max_length=200, blank=True)
    may_be_free = models.BooleanField(default=False)
    category = models.CharField(max_length=2)
    rate = models.PositiveSmallIntegerField(default=0)
    due_on = models.DateField()
    reference = models.CharField(max_length=25)
    invoice = models.OneToOneField(Invoice, null=True, on_delete=models.PROTECT, related_name="fee")
    made_at = models.DateTimeField()
    paid_on = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["seat"], condition=_Q(state__in=LIVE), name="a_seat_has_one_fee_at_a_time"),
            models.CheckConstraint(condition=_Q(state__in=sorted(FEE_STATES)), name="a_fee_is_in_a_known_state"),
            models.CheckConstraint(condition=_Q(kind__in=sorted(FEE_KINDS)), name="a_fee_is_of_a_known_kind"),
            models.CheckConstraint(condition=~_Q(amount=0) | _Q(kind="free"), name="only_a_free_seat_costs_nothing"),
            models.CheckConstraint(
                condition=~_Q(state__in=("paid", "due_back", "refunded")) | _Q(paid_on__isnull=False),
                name="what_was_paid_was_paid_on_a_day",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["meetup", "state", "due_on"], name="fees_of_a_meetup")]

    def __str__(self) -> str:
        """State and reference."""
        return f"fee {self.reference} {self.state}"

    @property
    def state_name(self) -> str:
        """State, for people."""
        return FEE_STATES[self.state]

    @property
    def kind_name(self) -> str:
        """Kind, for people."""
        return FEE_KINDS[self.kind]
