"""Channels, each with a link of its own, and the picture that was counted once for everybody.

Which link somebody came by is kept on their seat; nothing here is about a person.
"""

from typing import ClassVar

from django.db import models

from midcycle.meetups.models import Meetup
from midcycle.reach.rules import LEADS_TO, LONGEST_NAME
from midcycle.registration.rules.ways import LONGEST_CODE


class Channel(models.Model):
    """A place where the team spreads a meetup, such as a list or a wall, and the code that the link for it says."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="channels")
    code = models.CharField(max_length=LONGEST_CODE)
    name = models.CharField(max_length=LONGEST_NAME)
    leads_to = models.CharField(max_length=12)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meetup", "code"], name="a_channel_has_its_own_code"),
            models.CheckConstraint(condition=models.Q(leads_to__in=tuple(LEADS_TO)), name="a_channel_leads_to_a_known_page"),
        ]

    def __str__(self) -> str:
        """Code."""
        return self.code


class Reached(models.Model):
    """How people heard, counted once; `figures` holds `rules.Picture.as_facts`. Taken back, it is kept and not shown."""

    meetup = models.OneToOneField(Meetup, on_delete=models.CASCADE, related_name="reached")
    figures = models.JSONField()
    counted_at = models.DateTimeField()
    is_public = models.BooleanField(default=True)

    def __str__(self) -> str:
        """Meetup by number."""
        return f"reach of {self.meetup_id}"
