"""Milestones and tasks of a meetup, minutes of its team, and what each of the team wants to be told."""

from typing import ClassVar

from django.db import models

from midcycle.accounts.models import Person
from midcycle.meetups.models import Meetup
from midcycle.meetups.rules import STAGES
from midcycle.planning.rules import ABOUT, KINDS, LONGEST, MOST_DAYS


class Minutes(models.Model):
    """What was said at a meeting of the team, in Markdown. `points` are the lines that say something: kind, line, text."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="minutes")
    title = models.CharField(max_length=LONGEST["minutes_title"])
    held_on = models.DateField()
    present = models.TextField(blank=True)
    text = models.TextField()
    html = models.TextField(blank=True)
    points = models.JSONField(default=list)
    edition = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["meetup", "held_on"], name="minutes_of_a_meetup")]

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class Task(models.Model):
    """Something to do, or a milestone. It is due on a day, or so many days from the first day of the meetup.

    The owner is a person, or somebody known by a name alone. `minutes` and `line` say where it was agreed on.
    """

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="tasks")
    kind = models.CharField(max_length=10, default="task")
    stage = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=LONGEST["title"])
    about = models.CharField(max_length=20, blank=True)
    owner = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    owner_name = models.CharField(max_length=LONGEST["owner_name"], blank=True)
    given_at = models.DateTimeField(null=True)
    given_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    days = models.SmallIntegerField(null=True)
    due_on = models.DateField(null=True)
    notes = models.TextField(blank=True)
    notes_html = models.TextField(blank=True)
    minutes = models.ForeignKey(Minutes, null=True, on_delete=models.SET_NULL, related_name="tasks")
    line = models.PositiveIntegerField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    edition = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=sorted(KINDS)), name="a_task_is_of_a_known_kind"),
            models.CheckConstraint(condition=models.Q(stage__in=["", *STAGES]), name="a_task_belongs_to_a_known_stage"),
            models.CheckConstraint(condition=models.Q(about__in=["", *sorted(ABOUT)]), name="a_task_is_about_a_known_thing"),
            models.CheckConstraint(
                condition=models.Q(days__isnull=True) | models.Q(due_on__isnull=True), name="a_task_is_due_in_one_way"
            ),
            models.CheckConstraint(
                condition=models.Q(days__isnull=True) | models.Q(days__range=(-MOST_DAYS, MOST_DAYS)),
                name="a_task_is_due_within_three_years",
            ),
            models.CheckConstraint(
                condition=models.Q(owner__isnull=True) | models.Q(owner_name=""), name="a_task_has_one_owner"
            ),
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=False) | models.Q(done_by__isnull=True), name="nobody_did_what_is_not_done"
            ),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class Membership(models.Model):
    """What somebody of a team wants to be told of its planning, how far they have read, and the key of their calendar."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="planning_memberships")
    reminders = models.BooleanField(default=True)
    weekly = models.BooleanField(default=False)
    read_at = models.DateTimeField(null=True)
    calendar_key = models.CharField(max_length=43, null=True, unique=True)  # noqa: DJ001 - unique, and mostly absent

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meetup", "person"], name="a_person_has_one_wish_for_each_team"),
        ]

    def __str__(self) -> str:
        """Person and meetup by number."""
        return f"{self.person_id} in {self.meetup_id}"


class Round(models.Model):
    """A day on which everybody was reminded."""

    day = models.DateField(unique=True)

    def __str__(self) -> str:
        """Return the day."""
        return f"{self.day}"
