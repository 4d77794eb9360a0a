"""Underwriters of a meetup: what they pay, how they are thanked, and who spoke with them."""

from typing import ClassVar

from django.db import models

from midcycle.accounts.models import Person
from midcycle.funding.rules.underwriting import HAS_AMOUNT, RECOGNITIONS, STATE_NAMES, STATES, WAYS, WAYS_WITHIN
from midcycle.meetups.models import Meetup


class Underwriter(models.Model):
    """An organisation that pays a part. It is thanked by name; there are no booths.

    `pledged` and `paid` are in minor units of `currency`. `is_operator`: it runs what those who come run. `version` grows
    with each change, so that two who change it at once lose nothing.
    """

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="underwriters")
    name = models.CharField(max_length=160)
    is_host = models.BooleanField(default=False)
    is_operator = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default="asked")
    pledged = models.BigIntegerField(default=0)
    paid = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, default="EUR")
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    address = models.CharField(max_length=500, blank=True)
    country = models.CharField(max_length=2, blank=True)
    next_step = models.CharField(max_length=160, blank=True)
    next_on = models.DateField(null=True)
    owner = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meetup", "name"], name="an_underwriter_is_thanked_once"),
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="an_underwriter_is_in_a_known_state"),
            models.CheckConstraint(
                condition=models.Q(pledged__gte=0, paid__gte=0), name="an_underwriter_gives_and_does_not_take"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=sorted(HAS_AMOUNT)) | models.Q(pledged__gt=0),
                name="an_invoice_to_an_underwriter_has_an_amount",
            ),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    @property
    def state_name(self) -> str:
        """State, for people, in English."""
        return STATE_NAMES[self.state]


class Recognition(models.Model):
    """One way an underwriter is thanked. The database knows no other kinds than those of the rules, so no booth."""

    underwriter = models.ForeignKey(Underwriter, on_delete=models.CASCADE, related_name="recognitions")
    kind = models.CharField(max_length=10)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["underwriter", "kind"], name="an_underwriter_is_thanked_once_each_way"),
            models.CheckConstraint(condition=models.Q(kind__in=sorted(RECOGNITIONS)), name="thanks_are_modest_and_no_booth"),
        ]

    def __str__(self) -> str:
        """Return the kind, in words."""
        return RECOGNITIONS[self.kind]


class Contact(models.Model):
    """Somebody of the team spoke with somebody of an underwriter: who asked whom and when."""

    underwriter = models.ForeignKey(Underwriter, on_delete=models.CASCADE, related_name="contacts")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField()
    whom = models.CharField(max_length=120, blank=True)
    way = models.CharField(max_length=10)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(way__in=sorted(WAYS)), name="a_contact_is_made_in_a_known_way"),
        ]

    def __str__(self) -> str:
        """Day and underwriter by number."""
        return f"{self.on} with {self.underwriter_id}"

    @property
    def way_name(self) -> str:
        """How they spoke, for people, in English."""
        return WAYS[self.way]

    @property
    def way_within(self) -> str:
        """The same within a sentence."""
        return WAYS_WITHIN[self.way]
