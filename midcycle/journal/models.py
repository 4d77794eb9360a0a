"""The journal: entries in the order they became visible, and each follower's place in it."""

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """One deed. Holds ids and figures, never names, addresses or free text of people."""

    kind = models.CharField(max_length=60)
    meetup = models.BigIntegerField(null=True, db_index=True)
    actor = models.BigIntegerField(null=True)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()
    position = models.BigIntegerField(null=True, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(position__gt=0), name="an_entry_has_a_positive_position"),
        ]

    def __str__(self) -> str:
        """Kind and number."""
        return f"{self.kind} #{self.pk}"


class Cursor(models.Model):
    """How far one follower has read."""

    name = models.CharField(max_length=80, primary_key=True)
    position = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        """Name and place."""
        return f"{self.name} at {self.position}"
