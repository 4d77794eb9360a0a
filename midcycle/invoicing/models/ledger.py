"""The ledger: entries of postings, each of which moves one amount between two accounts. Rows are added, never changed."""

from typing import ClassVar

from django.db import models

from midcycle.accounts.models import Person
from midcycle.invoicing.models.bank import BankLine
from midcycle.invoicing.models.cards import CardPayment
from midcycle.invoicing.models.fees import Fee
from midcycle.invoicing.models.invoices import Invoice
from midcycle.invoicing.rules.accounts import ACCOUNTS, DEEDS
from midcycle.meetups.models import Meetup


class LedgerEntry(models.Model):
    """A deed that moved money, on a day. `text` is for everybody, once the money report is published."""

    meetup = models.ForeignKey(Meetup, on_delete=models.PROTECT, related_name="ledger")
    deed = models.CharField(max_length=12)
    day = models.DateField()
    text = models.CharField(max_length=200, blank=True)
    invoice = models.ForeignKey(Invoice, null=True, on_delete=models.PROTECT, related_name="entries")
    bank_line = models.ForeignKey(BankLine, null=True, on_delete=models.PROTECT, related_name="entries")
    fee = models.ForeignKey(Fee, null=True, on_delete=models.PROTECT, related_name="entries")
    card_payment = models.ForeignKey(CardPayment, null=True, on_delete=models.PROTECT, related_name="entries")
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(deed__in=sorted(DEEDS)), name="an_entry_is_of_a_known_deed"),
            models.CheckConstraint(
                condition=models.Q(deed="reversed", reverses__isnull=False)
                | (~models.Q(deed="reversed") & models.Q(reverses__isnull=True)),
                name="a_reversal_names_what_it_reverses",
            ),
        ]

    def __str__(self) -> str:
        """Day and deed."""
        return f"{self.day} {self.deed}"

    @property
    def deed_name(self) -> str:
        """Deed, for people."""
        return DEEDS[self.deed]


class Posting(models.Model):
    """An amount above zero, in minor units, that one account gets from another: it comes to nothing by its shape."""

    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="postings")
    meetup = models.ForeignKey(Meetup, on_delete=models.PROTECT, related_name="+")
    gets = models.CharField(max_length=24)
    gives = models.CharField(max_length=24)
    currency = models.CharField(max_length=3)
    amount = models.PositiveBigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="a_posting_moves_something"),
            models.CheckConstraint(condition=~models.Q(gets=models.F("gives")), name="a_posting_has_two_accounts"),
            models.CheckConstraint(
                condition=models.Q(gets__in=sorted(ACCOUNTS)) & models.Q(gives__in=sorted(ACCOUNTS)),
                name="a_posting_is_between_known_accounts",
            ),
        ]

    def __str__(self) -> str:
        """Amount and accounts."""
        return f"{self.amount} {self.currency}: {self.gives} to {self.gets}"


class MoneyReport(models.Model):
    """Since when everybody may read what came in and what was paid; None while the team alone may."""

    meetup = models.OneToOneField(Meetup, on_delete=models.CASCADE, related_name="money_report")
    published_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Meetup by number."""
        return f"money of {self.meetup_id}"
