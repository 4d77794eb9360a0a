"""Underwriters of a meetup."""

from typing import ClassVar

from django.db import models

from midcycle.meetups.models import Meetup


class Underwriter(models.Model):
    """An organisation that pays a part. It is thanked by name; there are no booths."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="underwriters")
    name = models.CharField(max_length=160)
    is_host = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meetup", "name"], name="an_underwriter_is_thanked_once"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name
