"""The outbox, and the inbox the demo shows instead of sending mail."""

from typing import ClassVar

from django.db import models

from midcycle.accounts.models import Person
from midcycle.meetups.models import Meetup


class Letter(models.Model):
    """A letter to one person, written once for one journal entry, sent at least once."""

    key = models.CharField(max_length=120, unique=True)
    meetup = models.ForeignKey(Meetup, null=True, on_delete=models.CASCADE, related_name="letters")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="letters")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=10, default="waiting")
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=("waiting", "sent", "failed")), name="a_letter_is_in_a_known_state"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "next_try_at"], name="letters_to_send")]

    def __str__(self) -> str:
        """Return the subject."""
        return self.subject


class InboxMessage(models.Model):
    """A message the demo delivered to itself."""

    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the subject."""
        return self.subject
