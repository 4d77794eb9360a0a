"""What is done on the board before a release."""

from typing import ClassVar

from django.db import models

from midcycle.accounts.models import Person
from midcycle.agenda.models.planning import Session, Slot
from midcycle.agenda.rules import ANSWERS
from midcycle.agenda.rules.moves import MOVE_STATES
from midcycle.meetups.models import Meetup


class Move(models.Model):
    """One deed on the board, so that it can be undone. `changes`: [session, place before, place after], see rules.moves.

    `version` is the number of its journal entry: the board as it stands after it. An undone move can be done again until
    the same person moves something else; `undo` rows only tell others that something moved.
    """

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="moves")
    version = models.BigIntegerField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=300)
    changes = models.JSONField()
    state = models.CharField(max_length=8, default="done")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=MOVE_STATES), name="a_move_is_in_a_known_state"),
            models.UniqueConstraint(fields=["meetup", "version"], name="a_version_of_the_board_is_made_once"),
        ]

    def __str__(self) -> str:
        """Return what was moved."""
        return self.words


class Draft(models.Model):
    """An agenda kept under a name beside the board. `grid`: the place of each session by its number, see rules.moves."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="drafts")
    name = models.CharField(max_length=60)
    grid = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meetup", "name"], name="a_draft_has_its_own_name"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Freeze(models.Model):
    """The agenda of a meetup is settled: nobody moves anything until it is thawed."""

    meetup = models.OneToOneField(Meetup, on_delete=models.CASCADE, related_name="agenda_freeze")
    since = models.DateTimeField()

    def __str__(self) -> str:
        """Meetup and moment."""
        return f"{self.meetup_id} since {self.since:%Y-%m-%d}"


class Question(models.Model):
    """Whether somebody with a part in a session can be there at its time. `place` is what was asked about, in words."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="questions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="questions")
    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="questions")
    place = models.CharField(max_length=200)
    answer = models.CharField(max_length=8, default="waiting")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "person"], name="a_person_is_asked_once_about_a_session"),
            models.CheckConstraint(condition=models.Q(answer__in=ANSWERS), name="a_question_has_a_known_answer"),
        ]

    def __str__(self) -> str:
        """Person and session."""
        return f"{self.person_id} about {self.session_id}"
