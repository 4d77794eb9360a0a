"""How bids were compared and judged: cells of the comparison, mistakes in it, conflicts of interest, points."""

from typing import ClassVar

from django.db import models

from midcycle.accounts.models import Person
from midcycle.bidding.models.bids import Bid
from midcycle.bidding.models.calls import Criterion, Member
from midcycle.bidding.rules import FIELDS, MOST_POINTS


class Cell(models.Model):
    """What the keeper wrote into the comparison in place of a bid's own words."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="cells")
    field = models.CharField(max_length=30)
    text = models.CharField(max_length=600, blank=True)
    version = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bid", "field"], name="a_bid_has_one_cell_for_each_question"),
        ]

    def __str__(self) -> str:
        """Bid and question."""
        return f"{self.field} of {self.bid_id}"


class Mistake(models.Model):
    """What a bidder says is wrong in the row of a question of the comparison, and what the keeper answered."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="mistakes")
    field = models.CharField(max_length=30)
    text = models.CharField(max_length=1000)
    reported_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    answer = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return what was said."""
        return self.text

    @property
    def label(self) -> str:
        """The question it is about, as it is called on the form."""
        return FIELDS[self.field].label_told if self.field in FIELDS else self.field


class Conflict(models.Model):
    """A member of the group is linked with a bid and does not score it."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="conflicts")
    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="conflicts")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "bid"], name="a_conflict_is_declared_once"),
        ]

    def __str__(self) -> str:
        """Member and bid by number."""
        return f"{self.member_id} is linked with {self.bid_id}"


class Score(models.Model):
    """The points a member gave a bid on a criterion, with a note."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="scores")
    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="scores")
    points = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=500, blank=True)
    given_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "bid", "criterion"], name="a_member_scores_a_criterion_of_a_bid_once"),
            models.CheckConstraint(condition=models.Q(points__lte=MOST_POINTS), name="points_run_from_0_to_5"),
        ]

    def __str__(self) -> str:
        """Return the points."""
        return str(self.points)
