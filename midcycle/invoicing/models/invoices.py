"""Invoices and credit notes. What is issued is never changed: `issued` holds it as it was, and no action writes it again."""

from typing import ClassVar

from django.db import models

from midcycle.accounts.models import Person
from midcycle.funding.models import Underwriter
from midcycle.invoicing.models.issuers import Issuer
from midcycle.invoicing.rules.accounts import INCOME
from midcycle.invoicing.rules.states import KINDS, STATES
from midcycle.meetups.models import Meetup

_NUMBERED = models.Q(year__isnull=False, count__isnull=False, issued_on__isnull=False) & ~models.Q(number="")
_BLANK = models.Q(year__isnull=True, count__isnull=True, issued_on__isnull=True, number="")


class Invoice(models.Model):
    """An invoice or a credit note, as a draft or issued. Sums are minor units of the currency."""

    meetup = models.ForeignKey(Meetup, on_delete=models.PROTECT, related_name="invoices")
    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="invoices")
    underwriter = models.ForeignKey(Underwriter, null=True, on_delete=models.SET_NULL, related_name="invoices")
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")
    kind = models.CharField(max_length=12, default="invoice")
    state = models.CharField(max_length=8, default="draft")
    version = models.PositiveIntegerField(default=1)
    income = models.CharField(max_length=24, default="income_underwriters")
    currency = models.CharField(max_length=3)
    days = models.PositiveSmallIntegerField(default=14)
    name = models.CharField(max_length=160)
    street = models.CharField(max_length=160, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    city = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=2)
    vat_id = models.CharField(max_length=20, blank=True)
    email = models.CharField(max_length=254, blank=True)
    buyer_reference = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=500, blank=True)
    number = models.CharField(max_length=30, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    count = models.PositiveIntegerField(null=True)
    issued_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    net = models.BigIntegerField(default=0)
    tax = models.BigIntegerField(default=0)
    gross = models.BigIntegerField(default=0)
    reference = models.CharField(max_length=25, blank=True)
    issued = models.JSONField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issuer", "year", "count"], name="a_number_is_given_once"),
            models.UniqueConstraint(
                fields=["issuer", "number"], condition=~models.Q(number=""), name="two_invoices_have_two_numbers"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=sorted(KINDS)), name="an_invoice_is_of_a_known_kind"),
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="an_invoice_is_in_a_known_state"),
            models.CheckConstraint(condition=models.Q(income__in=sorted(INCOME)), name="an_invoice_is_for_a_known_income"),
            models.CheckConstraint(
                condition=(models.Q(state="issued") & _NUMBERED) | (models.Q(state="draft") & _BLANK),
                name="what_is_issued_has_a_number_and_a_draft_has_none",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="invoice", corrects__isnull=True)
                | models.Q(kind="credit_note", corrects__isnull=False),
                name="a_credit_note_corrects_an_invoice",
            ),
        ]

    def __str__(self) -> str:
        """Return the number, or whom the draft is for."""
        return self.number or f"Draft for {self.name}"

    @property
    def kind_name(self) -> str:
        """Kind, for people."""
        return KINDS[self.kind]


class InvoiceLine(models.Model):
    """A line of an invoice: thousandths of a piece, minor units for each, hundredths of a per cent of VAT."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    quantity = models.PositiveBigIntegerField()
    price = models.PositiveBigIntegerField()
    category = models.CharField(max_length=2)
    rate = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invoice", "position"], name="a_line_has_its_place_on_an_invoice"),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="a_line_is_for_something"),
        ]

    def __str__(self) -> str:
        """Return the text."""
        return self.text


class Paper(models.Model):
    """An issued invoice as it left us, kept byte for byte."""

    invoice = models.OneToOneField(Invoice, on_delete=models.PROTECT, related_name="paper")
    pdf = models.BinaryField()
    xml = models.BinaryField()

    def __str__(self) -> str:
        """Invoice by number."""
        return f"paper of {self.invoice_id}"


class Reminder(models.Model):
    """A reminder that went out; the level goes up with each."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="reminders")
    level = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invoice", "level"], name="an_invoice_is_reminded_of_once_a_level"),
        ]

    def __str__(self) -> str:
        """Level and invoice."""
        return f"reminder {self.level} of {self.invoice_id}"
