"""Bids, who writes them, their sheet of costs, their floor plans, and what was asked about them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.bidding.models.calls import HostCall
from midcycle.bidding.rules import BID_STATES


class Bid(models.Model):
    """A host's offer. `answers` are by the keys of `rules.FIELDS`; `versions` count the saves of each section."""

    call = models.ForeignKey(HostCall, on_delete=models.CASCADE, related_name="bids")
    state = models.CharField(max_length=10, default="draft")
    answers = models.JSONField(default=dict)
    versions = models.JSONField(default=dict)
    currency = models.CharField(max_length=3, default="EUR")
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="opened_bids")
    opened_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=BID_STATES), name="a_bid_is_in_a_known_state"),
            models.CheckConstraint(
                condition=~models.Q(state="handed_in") | models.Q(handed_in_at__isnull=False),
                name="a_bid_that_is_handed_in_has_a_moment",
            ),
            models.UniqueConstraint(fields=["call", "opened_by"], name="a_person_opens_one_bid_for_a_call"),
        ]

    def __str__(self) -> str:
        """Return city and host."""
        return self.title

    @property
    def title(self) -> str:
        """City and host, as far as they are known."""
        known = [self.answers.get(key) for key in ("city", "organisation")]
        return ", ".join(part for part in known if part) or gettext("A bid without a city yet")


class Editor(models.Model):
    """Somebody who writes a bid, and who asked them to."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="editors")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="edits_bids")
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bid", "person"], name="a_person_edits_a_bid_once"),
        ]

    def __str__(self) -> str:
        """Person and bid by number."""
        return f"{self.person_id} edits {self.bid_id}"


class CostLine(models.Model):
    """One line of the sheet of costs, in minor units of the bid's currency."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="cost_lines")
    label = models.CharField(max_length=160)
    amount = models.BigIntegerField()
    per_person = models.BooleanField(default=False)
    by_host = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="a_cost_is_more_than_nothing"),
        ]

    def __str__(self) -> str:
        """Return the label."""
        return self.label


class Plan(models.Model):
    """A floor plan or another sheet: a picture written anew, or a PDF as it came."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="plans")
    title = models.CharField(max_length=80)
    media_type = models.CharField(max_length=40)
    ending = models.CharField(max_length=5)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class Question(models.Model):
    """What somebody asked in public, about a bid or, without one, about the call."""

    call = models.ForeignKey(HostCall, on_delete=models.CASCADE, related_name="questions")
    bid = models.ForeignKey(Bid, null=True, on_delete=models.CASCADE, related_name="questions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=1000)
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=2000, blank=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at__isnull=True) | models.Q(answered_at__isnull=False),
                name="an_answer_to_a_question_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        """Return the question."""
        return self.text
