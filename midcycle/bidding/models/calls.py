"""The call for hosts, what bids are judged by, and the group that decides."""

from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models

from midcycle.accounts.models import Person
from midcycle.bidding.rules import CALL_STATES, MOST_WEIGHT, phase_of
from midcycle.kernel.words import moment_in_words
from midcycle.kernel.zones import city_of
from midcycle.meetups.models import Meetup
from midcycle.meetups.rules import dates_in_words, region_name


class HostCall(models.Model):
    """Asks who would host a meetup in a region and a window. `public_at` is later than `opened_at` where some know it first."""

    meetup = models.OneToOneField(Meetup, on_delete=models.CASCADE, related_name="host_call")
    state = models.CharField(max_length=10, default="draft")
    region = models.CharField(max_length=60, blank=True)
    earliest = models.DateField(null=True, blank=True)
    latest = models.DateField(null=True, blank=True)
    deadline = models.DateTimeField(null=True, blank=True)
    timezone = models.CharField(max_length=60, default="UTC")
    people = models.PositiveIntegerField(default=100)
    about = models.TextField(blank=True)
    about_html = models.TextField(blank=True)
    chosen_how = models.TextField(blank=True)
    first_days = models.PositiveSmallIntegerField(default=7)
    keeper = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="keeps_comparisons")
    opened_at = models.DateTimeField(null=True)
    public_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    chosen = models.ForeignKey("bidding.Bid", null=True, on_delete=models.PROTECT, related_name="+")
    reasons = models.TextField(blank=True)
    reasons_html = models.TextField(blank=True)
    dissent = models.TextField(blank=True)
    dissent_html = models.TextField(blank=True)
    minutes = models.TextField(blank=True)
    minutes_html = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=CALL_STATES), name="a_call_for_hosts_is_in_a_known_state"),
            models.CheckConstraint(
                condition=models.Q(state="draft")
                | (
                    ~models.Q(region="")
                    & models.Q(latest__gte=models.F("earliest"), public_at__lt=models.F("deadline"), keeper__isnull=False)
                ),
                name="a_call_opens_after_region_and_window_are_fixed",
            ),
            models.CheckConstraint(
                condition=models.Q(state="decided", decided_at__isnull=False, decided_by__isnull=False)
                | (~models.Q(state="decided") & models.Q(decided_at__isnull=True, chosen__isnull=True)),
                name="a_decision_has_a_moment_and_somebody_who_noted_it",
            ),
        ]

    def __str__(self) -> str:
        """Meetup by number."""
        return f"call for hosts of {self.meetup_id}"

    @property
    def region_name(self) -> str:
        """Region, for people."""
        return region_name(self.region)

    @property
    def window(self) -> str:
        """First and last possible day in words."""
        return dates_in_words(self.earliest, self.latest, "")

    @property
    def deadline_there(self) -> datetime | None:
        """The deadline in the zone it was set in."""
        return self.deadline.astimezone(ZoneInfo(self.timezone)) if self.deadline else None

    @property
    def deadline_told(self) -> str:
        """The deadline for people, with the city whose clock counts."""
        there = self.deadline_there
        return f"{moment_in_words(there)} ({city_of(self.timezone)})" if there else ""

    @property
    def is_asking(self) -> bool:
        """Say whether questions can be asked: until it is decided."""
        return self.state == "open"

    def phase(self, now: datetime) -> str:
        """Return where the call is at a moment, as `rules.phase_of` names it."""
        return phase_of(self.state, self.public_at, self.deadline, now=now)


class Criterion(models.Model):
    """What bids are judged by, and how much it counts beside the others."""

    call = models.ForeignKey(HostCall, on_delete=models.CASCADE, related_name="criteria")
    title = models.CharField(max_length=80)
    explanation = models.CharField(max_length=300, blank=True)
    weight = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "title"], name="a_criterion_is_named_once"),
            models.CheckConstraint(condition=models.Q(weight__range=(1, MOST_WEIGHT)), name="a_criterion_has_a_weight"),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class Member(models.Model):
    """Somebody of the group that decides, why they are in it, and the interests they declared in public."""

    call = models.ForeignKey(HostCall, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="decides_on_hosts")
    why = models.CharField(max_length=200)
    named_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    interests = models.TextField(blank=True)
    declared_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "person"], name="a_person_is_in_the_group_once"),
        ]

    def __str__(self) -> str:
        """Person and call by number."""
        return f"{self.person_id} decides on {self.call_id}"
