"""Who writes the invoices, and the numbers given to them."""

from typing import ClassVar

from django.db import models

from midcycle.meetups.models import Meetup


class Issuer(models.Model):
    """An organisation that writes invoices for meetups. Its numbers run on over all of them.

    `known_as` is what tells it from others: one organisation typed twice gives no number twice.
    """

    name = models.CharField(max_length=160)
    street = models.CharField(max_length=160)
    postcode = models.CharField(max_length=20, blank=True)
    city = models.CharField(max_length=80)
    country = models.CharField(max_length=2)
    vat_id = models.CharField(max_length=20, blank=True)
    tax_number = models.CharField(max_length=40, blank=True)
    register = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    iban = models.CharField(max_length=34, blank=True)
    bic = models.CharField(max_length=11, blank=True)
    prefix = models.CharField(max_length=10, blank=True)
    known_as = models.CharField(max_length=170, null=True)  # noqa: DJ001 - unknown for those typed before it was kept

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["known_as", "prefix"], name="a_number_of_an_organisation_is_given_once"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class IssuerUse(models.Model):
    """The issuer of a meetup."""

    meetup = models.OneToOneField(Meetup, on_delete=models.PROTECT, related_name="issuer_use")
    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="uses")

    def __str__(self) -> str:
        """Issuer and meetup by number."""
        return f"{self.issuer_id} issues for {self.meetup_id}"


class NumberRange(models.Model):
    """How many numbers an issuer has given in a year. It goes up by one in the transaction that issues, and never down."""

    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="ranges")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issuer", "year"], name="an_issuer_counts_a_year_once"),
        ]

    def __str__(self) -> str:
        """Issuer, year and count."""
        return f"{self.issuer_id}/{self.year}: {self.last}"
