"""Which rooms and people are there when, and who moderates."""

from typing import ClassVar

from django.db import models

from midcycle.accounts.models import Person
from midcycle.agenda.models.planning import Room, Session, Slot
from midcycle.agenda.rules.moderating import ASKED_PARTS, INVITE_STATES
from midcycle.meetups.models import Meetup


class Closure(models.Model):
    """A room that cannot be used in a slot."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="closures")
    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="closures")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["room", "slot"], name="a_room_is_shut_once")]

    def __str__(self) -> str:
        """Room and slot."""
        return f"{self.room_id} shut in {self.slot_id}"


class Walk(models.Model):
    """How many minutes it takes from one room to another, either way: kept once, the room with the lower number first."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="walks")
    other = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+")
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["room", "other"], name="a_walk_is_told_once"),
            models.CheckConstraint(condition=models.Q(room__lt=models.F("other")), name="a_walk_is_between_two_rooms"),
        ]

    def __str__(self) -> str:
        """Minutes and rooms."""
        return f"{self.minutes} minutes from {self.room_id} to {self.other_id}"


class Promise(models.Model):
    """How many minutes of free time people were promised on each day."""

    meetup = models.OneToOneField(Meetup, on_delete=models.CASCADE, related_name="promise")
    free_minutes = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        """Minutes a day."""
        return f"{self.free_minutes} free minutes a day"


class Absence(models.Model):
    """A slot somebody is not there in."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="absences")
    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="absences")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "slot"], name="a_person_is_away_once")]

    def __str__(self) -> str:
        """Person and slot."""
        return f"{self.person_id} away in {self.slot_id}"


class RemoteWindow(models.Model):
    """Somebody takes part from afar, between two hours of where they are; past midnight when the end is the earlier one."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="remote_windows")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="remote_windows")
    timezone = models.CharField(max_length=64)
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meetup", "person"], name="one_remote_window_for_each_person"),
            models.CheckConstraint(condition=~models.Q(starts=models.F("ends")), name="a_remote_window_has_a_length"),
        ]

    def __str__(self) -> str:
        """Person and zone."""
        return f"{self.person_id} in {self.timezone}"


class Moderator(models.Model):
    """Somebody who would moderate at a meetup: sessions led before, the most they take on, and a word to the team alone."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="moderators")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="moderates")
    led = models.PositiveSmallIntegerField(default=0)
    most = models.PositiveSmallIntegerField(default=2)
    languages = models.CharField(max_length=80, blank=True)
    wish = models.CharField(max_length=300, blank=True)
    volunteered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meetup", "person"], name="a_person_volunteers_once"),
            models.CheckConstraint(condition=models.Q(most__gte=1), name="a_moderator_takes_one_session_or_more"),
        ]

    def __str__(self) -> str:
        """Person and meetup."""
        return f"{self.person_id} moderates at {self.meetup_id}"


class Apart(models.Model):
    """Two people who do not moderate a session together; for the team's eyes. The lower number comes first."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="aparts")
    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meetup", "one", "other"], name="two_people_are_kept_apart_once"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="two_people_are_two"),
        ]

    def __str__(self) -> str:
        """Two numbers."""
        return f"{self.one_id} not with {self.other_id}"


class Invite(models.Model):
    """A part in a session proposed to a moderator: asked by letter, then confirmed or declined."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="invites")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invites")
    part = models.CharField(max_length=12)
    state = models.CharField(max_length=12, default="proposed")
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "person"], name="a_moderator_is_asked_once_for_a_session"),
            models.CheckConstraint(condition=models.Q(part__in=ASKED_PARTS), name="a_moderator_leads_or_shadows"),
            models.CheckConstraint(condition=models.Q(state__in=INVITE_STATES), name="an_invite_is_in_a_known_state"),
        ]

    def __str__(self) -> str:
        """Part and state."""
        return f"{self.part} of {self.session_id}: {self.state}"
