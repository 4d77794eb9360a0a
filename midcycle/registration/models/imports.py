"""Registrations that came from a file, and requests of machines that may come twice."""

from typing import ClassVar

from django.db import models

from midcycle.accounts.models import Person
from midcycle.meetups.models import Meetup

IMPORT_STATES = ("preview", "done", "undone")


class ImportRun(models.Model):
    """A file of registrations: looked at, taken over, or taken over and undone.

    Until then it holds the table of one `sheet`, and those of `others`, each `[name, columns, numbers and rows]`; `remarks`
    are what is to say about the file.
    """

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="imports")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    source = models.CharField(max_length=20)
    file_name = models.CharField(max_length=120, blank=True)
    sheet = models.CharField(max_length=120, blank=True)
    others = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    columns = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=8, default="preview")
    result = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=IMPORT_STATES), name="an_import_is_in_a_known_state"),
        ]

    def __str__(self) -> str:
        """Return number and state."""
        return f"import {self.pk} {self.state}"


class KeyedRequest(models.Model):
    """What a request with an Idempotency-Key was answered, so that the same request again changes nothing."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="keyed_requests")
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meetup", "key"], name="one_answer_for_each_key"),
        ]

    def __str__(self) -> str:
        """Status alone."""
        return f"answered {self.status}"
