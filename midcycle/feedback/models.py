"""Anonymous answers, hands counted in the room, and what people said.

The survey keeps no row for a person's answers. What people choose is only counted, and each answer rewrites every count
and every text of the survey. So neither keys, nor the order of rows, nor the marks a database leaves on rows written
together lead from somebody's slip to what they said.
"""

import uuid
from typing import ClassVar

from django.db import models

from midcycle.feedback.rules import REMARKS
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Seat


class Survey(models.Model):
    """The short survey of a meetup. Its figures are shown once it is closed."""

    meetup = models.OneToOneField(Meetup, on_delete=models.CASCADE, related_name="survey")
    is_open = models.BooleanField(default=False)

    def __str__(self) -> str:
        """Meetup by number."""
        return f"survey of {self.meetup_id}"


class Slip(models.Model):
    """Marks that a seat has answered. Nothing leads from a slip to an answer."""

    seat = models.OneToOneField(Seat, primary_key=True, on_delete=models.CASCADE, related_name="slip")

    def __str__(self) -> str:
        """Seat by number."""
        return f"slip of {self.seat_id}"


class Tally(models.Model):
    """How many people chose one answer to one question. All rows of a survey are there from its opening."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="tallies")
    question = models.CharField(max_length=20)
    value = models.CharField(max_length=20)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "question", "value"], name="an_answer_is_counted_in_one_row"),
        ]

    def __str__(self) -> str:
        """Question, answer and count."""
        return f"{self.question} {self.value}: {self.count}"


class OwnWords(models.Model):
    """What somebody wrote in their own words: a random key, no person, no time, rows in the order of their keys."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="own_words")
    text = models.TextField()

    def __str__(self) -> str:
        """Nothing that tells who."""
        return "own words"


class HandCount(models.Model):
    """A show of hands: how many said yes and no to one question, counted by somebody in the room."""

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
