"""Pads.

The live server writes `Update`, `Chapter`, `Snapshot`, `Client` and `Vote` in plain SQL: their columns are a contract with
`midcycle/live/store.py`.
"""

import uuid
from typing import ClassVar

from django.db import models

from midcycle.agenda.models import Session
from midcycle.meetups.models import Meetup
from midcycle.pads.rules import MARK_OF_GUESTS


class Pad(models.Model):
    """The notes of one session, or of the meetup as a whole when it belongs to none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="pads")
    session = models.OneToOneField(Session, null=True, on_delete=models.CASCADE, related_name="pad")
    name = models.CharField(max_length=80)
    title = models.CharField(max_length=160)
    made_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True)
    rights = models.PositiveIntegerField(default=0)  # how often who may do what in it has changed; the live server looks at it

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meetup", "name"], name="a_pad_has_its_own_name"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Setup(models.Model):
    """How a meetup has its pads; a meetup without one has them the usual way.

    `guests` says whether anyone with the link may write after giving a name, `open_until` the last day on which everybody
    writes: without it that is the last day of the meetup.
    """

    meetup = models.OneToOneField(Meetup, primary_key=True, on_delete=models.CASCADE, related_name="pad_setup")
    naming = models.CharField(max_length=60, blank=True)
    guests = models.BooleanField(default=False)
    open_until = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(naming="") | models.Q(naming__contains="{title}"), name="a_naming_has_the_title_in_it"
            ),
        ]

    def __str__(self) -> str:
        """Return the naming."""
        return self.naming


class Guest(models.Model):
    """Somebody who is not signed in and gave a name to write in the pads of a meetup from one browser."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="pad_guests")
    name = models.CharField(max_length=60, blank=True)
    came_at = models.DateTimeField()
    put_out_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return the name, marked as one that anybody can type."""
        return f"{self.name or 'Someone'}{MARK_OF_GUESTS}"


class Published(models.Model):
    """What a pad said when somebody published it. Published anew, it says the new text."""

    pad = models.OneToOneField(Pad, primary_key=True, on_delete=models.CASCADE, related_name="published")
    text = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Return when."""
        return f"published {self.at:%Y-%m-%d}"


class Update(models.Model):
    """What was typed between two commits of the live server: one merged Yjs update."""

    pad = models.ForeignKey(Pad, on_delete=models.CASCADE, related_name="updates")
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    body = models.BinaryField()
    authors = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pad", "seq"], name="updates_are_numbered_in_turn"),
        ]

    def __str__(self) -> str:
        """Return the number."""
        return f"update {self.seq}"


class Chapter(models.Model):
    """Many updates that the snapshot has, without their text: who changed what, and when."""

    pad = models.ForeignKey(Pad, on_delete=models.CASCADE, related_name="chapters")
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    people = models.TextField()
    body = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pad", "first"], name="a_chapter_begins_where_no_other_does"),
        ]

    def __str__(self) -> str:
        """Return the numbers of its updates."""
        return f"updates {self.first} to {self.last}"


class Snapshot(models.Model):
    """The state and the text of a pad up to one update."""

    pad = models.OneToOneField(Pad, primary_key=True, on_delete=models.CASCADE, related_name="snapshot")
    upto = models.BigIntegerField()
    state = models.BinaryField()
    text = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Last update."""
        return f"up to {self.upto}"


class Version(models.Model):
    """A name for what a pad said after one update; 0 is what it began with."""

    pad = models.ForeignKey(Pad, on_delete=models.CASCADE, related_name="versions")
    seq = models.BigIntegerField()
    name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pad", "seq"], name="a_version_has_one_name"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Client(models.Model):
    """Which person a Yjs client id was handed to."""

    pad = models.ForeignKey(Pad, on_delete=models.CASCADE, related_name="clients")
    client_id = models.BigIntegerField()
    person = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    colour = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pad", "client_id"], name="a_client_id_is_handed_out_once"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Vote(models.Model):
    """Somebody's +1 for a line of a pad: the one that begins with character `clock` of a Yjs client id."""

    pad = models.ForeignKey(Pad, on_delete=models.CASCADE, related_name="votes")
    client_id = models.BigIntegerField()
    clock = models.BigIntegerField()
    person = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pad", "client_id", "clock", "person"], name="a_person_votes_once_for_a_line"),
        ]

    def __str__(self) -> str:
        """Return the line."""
        return f"{self.client_id}:{self.clock}"
