"""The call for interest of an idea, and the answers to it."""

from typing import ClassVar

from django.db import models

from midcycle.accounts.models import Person
from midcycle.hosting.rules import WAYS
from midcycle.meetups.models import Meetup


class Call(models.Model):
    """The question "who would come?", where it was posted, and what the organiser first guessed."""

    meetup = models.OneToOneField(Meetup, on_delete=models.CASCADE, related_name="call")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    channel = models.CharField(max_length=160, blank=True)
    guess_low = models.PositiveIntegerField(null=True)
    guess_high = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(guess_low__isnull=True, guess_high__isnull=True)
                | models.Q(guess_low__isnull=False, guess_high__gte=models.F("guess_low")),
                name="a_guess_runs_from_low_to_high",
            ),
        ]

    def __str__(self) -> str:
        """Meetup by number."""
        return f"call of {self.meetup_id}"


class Interest(models.Model):
    """One person's answer to a call."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="answers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="interests")
    token = models.CharField(max_length=40, unique=True)
    would_come = models.BooleanField(default=False)
    could_host = models.BooleanField(default=False)
    could_moderate = models.BooleanField(default=False)
    region = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "person"], name="one_answer_for_each_person"),
            models.CheckConstraint(
                condition=models.Q(would_come=True) | models.Q(could_host=True) | models.Q(could_moderate=True),
                name="an_answer_says_something",
            ),
        ]

    def __str__(self) -> str:
        """Person by number."""
        return f"answer of {self.person_id}"

    @property
    def ways(self) -> tuple[str, ...]:
        """Return what was said, as keys of `WAYS`."""
        said = {"would_come": self.would_come, "could_host": self.could_host, "could_moderate": self.could_moderate}
        return tuple(way for way in WAYS if said[way])

    @property
    def said(self) -> tuple[str, ...]:
        """Return what was said, in words."""
        return tuple(WAYS[way] for way in self.ways)
