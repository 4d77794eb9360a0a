"""The report of a meetup, and facts others told about it."""

from typing import ClassVar

from django.db import models

from midcycle.meetups.models import Meetup


class Report(models.Model):
    """What the organiser writes around the figures."""

    meetup = models.OneToOneField(Meetup, on_delete=models.CASCADE, related_name="report")
    body = models.TextField(blank=True)
    body_html = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Meetup by number."""
        return f"report of {self.meetup_id}"


class ToldFact(models.Model):
    """A fact a source tells and the meetup's own tables do not hold, kept as told."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="told_facts")
    path = models.CharField(max_length=200)
    value = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meetup", "path"], name="a_fact_is_told_once"),
        ]

    def __str__(self) -> str:
        """Path."""
        return self.path


class Source(models.Model):
    """Where facts come from: a short key and an address or a description."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="sources")
    key = models.CharField(max_length=40)
    where = models.CharField(max_length=400)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meetup", "key"], name="a_source_has_its_own_key"),
        ]

    def __str__(self) -> str:
        """Key."""
        return self.key
