"""Searches for better agendas, made beside the board by a process of their own."""

from typing import ClassVar

from django.db import models

from midcycle.accounts.models import Person
from midcycle.agenda.rules.searching import SEARCH_KINDS, SEARCH_STATES
from midcycle.meetups.models import Meetup


class Search(models.Model):
    """One search: what it was given, how far it is, and the best plan it found with its proof.

    `problem` and `plan` are files of the format `midcycle-agenda/1`; `keys` says what their numbers mean here: `topics`,
    `rooms`, and for each topic the slots by where they begin. `score` and `bound` are the scorer's points. `steps` has
    [seconds, score, bound, wishes met] of each step, `seen_at` the moment the process last told that it lives. `first_…`
    are figures of the board it began from; `put_version` is the version of the board that has what was found. A
    re-plan on the day keeps in `told` what it was worked out for, see `actions.replanning`.
    """

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="searches")
    kind = models.CharField(max_length=8, default="draft")
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, default="waiting")
    is_stopped = models.BooleanField(default=False)
    seed = models.BigIntegerField()
    seconds = models.FloatField()
    spent = models.FloatField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    problem = models.TextField()
    keys = models.JSONField()
    plan = models.TextField()
    score = models.FloatField(null=True)
    bound = models.FloatField(null=True)
    attended = models.PositiveIntegerField(null=True)
    wanted = models.PositiveIntegerField(default=0)
    first_score = models.FloatField(null=True)
    first_attended = models.PositiveIntegerField(null=True)
    least_share = models.FloatField(null=True)
    tenth_share = models.FloatField(null=True)
    steps = models.JSONField(default=list)
    put_version = models.BigIntegerField(null=True)
    told = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=SEARCH_KINDS), name="a_search_is_of_a_known_kind"),
            models.CheckConstraint(condition=models.Q(state__in=SEARCH_STATES), name="a_search_is_in_a_known_state"),
            models.UniqueConstraint(fields=["meetup", "kind"], name="a_meetup_has_one_search_of_a_kind"),
        ]

    def __str__(self) -> str:
        """Kind, meetup and state."""
        return f"{self.kind} of {self.meetup_id}: {self.state}"
