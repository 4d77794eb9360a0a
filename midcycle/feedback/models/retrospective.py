"""What the team learned for the next time."""

from typing import ClassVar

from django.db import models

from midcycle.accounts.models import Person
from midcycle.feedback.rules.retrospective import KINDS
from midcycle.meetups.models import Meetup


class Lesson(models.Model):
    """An entry of the retrospective: what went well or wrong, or which process failed, why, and who sees to it.

    A lesson that is `carried` waits at the desk of the next edition until that edition took it up.
    """

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="lessons")
    kind = models.CharField(max_length=8)
    text = models.CharField(max_length=300)
    why = models.CharField(max_length=600, blank=True)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    owner_name = models.CharField(max_length=80, blank=True)
    is_public = models.BooleanField(default=False)
    carried = models.BooleanField(default=False)
    taken_up_in = models.ForeignKey(Meetup, null=True, on_delete=models.SET_NULL, related_name="lessons_taken_up")
    outcome = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=tuple(KINDS)), name="a_lesson_is_of_a_known_kind"),
        ]

    def __str__(self) -> str:
        """First words."""
        return self.text[:40]
