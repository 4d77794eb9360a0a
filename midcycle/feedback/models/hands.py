"""Hands counted in the room, and what people said."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.feedback.rules.standard import HANDS, REMARKS
from midcycle.meetups.models import Meetup


class HandCount(models.Model):
    """A show of hands: how many said yes and no to one question, the sum of what each counter counted."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="hand_counts")
    question = models.CharField(max_length=60)
    asked = models.CharField(max_length=200, blank=True)
    yes = models.PositiveIntegerField()
    no = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meetup", "question"], name="hands_are_counted_once_for_a_question"),
        ]

    def __str__(self) -> str:
        """Question."""
        return self.question

    @property
    def told(self) -> str:
        """Return what was asked: a question of ours in the language that is active, others as they were typed."""
        return gettext(self.asked) if self.asked == HANDS.get(self.question) else self.asked


class HandPart(models.Model):
    """What one person counted on their phone. `key` comes from the phone, so that a part sent twice counts once.

    A part that is not `counts` was left out by the team, as when two people counted the same hands.
    """

    hands = models.ForeignKey(HandCount, on_delete=models.CASCADE, related_name="hand_parts")
    key = models.UUIDField(unique=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    yes = models.PositiveIntegerField()
    no = models.PositiveIntegerField()
    counted_at = models.DateTimeField()
    counts = models.BooleanField(default=True)

    def __str__(self) -> str:
        """Return the numbers."""
        return f"{self.yes} and {self.no}"


class Remark(models.Model):
    """Something said in the wrap-up, without a name."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="remarks")
    kind = models.CharField(max_length=10)
    text = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=tuple(REMARKS)), name="a_remark_is_of_a_known_kind"),
        ]

    def __str__(self) -> str:
        """First words."""
        return self.text[:40]
