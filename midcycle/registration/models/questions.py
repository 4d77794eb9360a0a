"""What organisers ask beside the usual questions, and needs, which are kept apart from everything else."""

from typing import ClassVar

from django.db import models

from midcycle.meetups.models import Meetup
from midcycle.registration.models.seats import Seat
from midcycle.registration.rules.asking import QUESTION_KINDS


class Question(models.Model):
    """A question of the organisers. Texts are kept by language: `{"en": "…", "de": "…"}`.

    Choices are `[{"value": "…", "titles": {"en": "…"}}]`. The answers are deleted `keep_days` after the meetup.
    """

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="questions")
    key = models.SlugField(max_length=40)
    kind = models.CharField(max_length=8)
    titles = models.JSONField(default=dict)
    helps = models.JSONField(default=dict)
    choices = models.JSONField(default=list)
    required = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()
    keep_days = models.PositiveSmallIntegerField(default=30)
    shown_if = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="follow_ups")
    shown_value = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meetup", "key"], name="each_question_has_its_key"),
            models.CheckConstraint(condition=models.Q(kind__in=QUESTION_KINDS), name="a_question_is_of_a_known_kind"),
        ]

    def __str__(self) -> str:
        """Return the key."""
        return self.key


class SeatAnswer(models.Model):
    """What one person answered to a question of the organisers."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    value = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["seat", "question"], name="one_answer_to_each_question"),
        ]

    def __str__(self) -> str:
        """Return the number of the question."""
        return f"answer to {self.question_id}"


class Needs(models.Model):
    """What somebody eats and needs in order to take part."""

    seat = models.OneToOneField(Seat, on_delete=models.CASCADE, related_name="needs")
    diet = models.CharField(max_length=200, blank=True)
    access = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        """Return nothing of it."""
        return "needs"
