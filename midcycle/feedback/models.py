"""Anonymous answers, hands counted in the room, and what people said."""

import uuid
from typing import ClassVar

from django.db import models

from midcycle.meetups.models import Meetup
from midcycle.registration.models import Seat


class Survey(models.Model):
    """The short survey of a meetup."""

    meetup = models.OneToOneField(Meetup, on_delete=models.CASCADE, related_name="survey")
    is_open = models.BooleanField(default=False)

    def __str__(self) -> str:
        """Meetup by number."""
        return f"survey of {self.meetup_id}"


class Slip(models.Model):
    """Marks that a seat has answered. Nothing leads from a slip to an answer."""

    seat = models.OneToOneField(Seat, on_delete=models.CASCADE, related_name="slip")

    def __str__(self) -> str:
        """Seat by number."""
        return f"slip of {self.seat_id}"


class Answer(models.Model):
    """One anonymous answer: a random key, no person, no time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="answers")
    heard_how = models.CharField(max_length=160, blank=True)
    on_list = models.BooleanField(null=True)
    first_time = models.BooleanField(null=True)
    free_time = models.CharField(max_length=10, blank=True)
    come_again = models.BooleanField(null=True)
    words = models.TextField(blank=True)

    def __str__(self) -> str:
        """Nothing that tells who."""
        return "an answer"


class HandCount(models.Model):
    """A show of hands: how many said yes and no to one question, counted by somebody in the room."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="hand_counts")
    question = models.CharField(max_length=30)
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


class Remark(models.Model):
    """Something said in the wrap-up, without a name."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="remarks")
    kind = models.CharField(max_length=10)
    text = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind__in=("asked_for", "reported", "lesson")), name="a_remark_is_of_a_known_kind"
            ),
        ]

    def __str__(self) -> str:
        """First words."""
        return self.text[:40]
