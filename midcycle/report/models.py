"""The report of a meetup, and facts others told about it."""

from typing import ClassVar

from django.db import models

from midcycle.accounts.models import Person
from midcycle.meetups.models import Meetup, Series
from midcycle.report.rules import SECTIONS


class Report(models.Model):
    """A report somebody wrote in or published; without a row it is the draft of the facts alone."""

    meetup = models.OneToOneField(Meetup, on_delete=models.CASCADE, related_name="report")
    published_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Meetup by number."""
        return f"report of {self.meetup_id}"


class Section(models.Model):
    """A section as the team wrote it in one language, in Markdown. Without a row, and with no `text`, it follows the facts.

    An empty text leaves the section out. `edition` counts its versions.
    """

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="report_sections")
    key = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    text = models.TextField(null=True)  # noqa: DJ001 - no text and an empty text are two things
    edition = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meetup", "key", "language"], name="a_section_is_written_once_in_a_language"),
            models.CheckConstraint(condition=models.Q(key__in=tuple(SECTIONS)), name="a_section_is_a_known_one"),
        ]

    def __str__(self) -> str:
        """Key and language."""
        return f"{self.key} in {self.language}"


class Version(models.Model):
    """What a section said after one change, by whom and when; nobody is named once they are forgotten."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField(null=True)  # noqa: DJ001 - as in Section
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["section", "number"], name="versions_are_numbered_in_turn"),
        ]

    def __str__(self) -> str:
        """Return the number."""
        return f"version {self.number}"


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


class DataPoints(models.Model):
    """Data points as they were published: `points` and the `crowds` they tell of never change, they only become more."""

    meetup = models.OneToOneField(Meetup, on_delete=models.CASCADE, related_name="data_points")
    points = models.JSONField()
    crowds = models.JSONField()
    counted_at = models.DateTimeField()
    is_public = models.BooleanField(default=True)

    def __str__(self) -> str:
        """Meetup by number."""
        return f"data points of {self.meetup_id}"


class BroughtPoints(models.Model):
    """Data points of an edition on another server, as its file told them, to compare within a series."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="brought_points")
    address = models.CharField(max_length=400)
    document = models.JSONField()
    brought_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "address"], name="an_edition_elsewhere_is_brought_once"),
        ]

    def __str__(self) -> str:
        """Address."""
        return self.address
