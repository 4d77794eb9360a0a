"""A rule and its versions, editions held elsewhere, exceptions, meetups beside a larger event, and the shared calendar."""

from typing import ClassVar

from django.db import models

from midcycle.accounts.models import Person
from midcycle.kernel.words import day_in_words
from midcycle.kernel.zones import country_in_words
from midcycle.meetups.models import Meetup, Series
from midcycle.meetups.rules import dates_in_words


class RotationRule(models.Model):
    """One version of the rule of a series. A version never changes: whoever changes the rule writes the next one.

    `regions` holds `rules.regions.as_facts`. A blank `judged_from` means from the first edition on.
    """

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="rules")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    regions = models.JSONField(default=list)
    opposes_summit = models.BooleanField(default=False)
    never_twice = models.BooleanField(default=False)
    other_country = models.BooleanField(default=False)
    least_gap = models.PositiveSmallIntegerField(null=True)
    decided_on = models.DateField(null=True)
    judged_from = models.DateField(null=True)
    source = models.CharField(max_length=500, blank=True)
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "number"], name="versions_of_a_rule_are_counted"),
        ]

    def __str__(self) -> str:
        """Series and version by number."""
        return f"rule {self.number} of series {self.series_id}"


class PastEdition(models.Model):
    """An edition that was not held on this server. Blank and null mean not known.

    With `month_only`, `starts_on` is the first of the month it was in; `summit_on` may stand for its month as well.
    """

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="past_editions")
    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=160)
    city = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=2, blank=True)
    region = models.CharField(max_length=60, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    month_only = models.BooleanField(default=False)
    attendance = models.PositiveIntegerField(null=True)
    summit_city = models.CharField(max_length=80, blank=True)
    summit_region = models.CharField(max_length=60, blank=True)
    summit_on = models.DateField(null=True)
    beside = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "key"], name="an_edition_is_in_a_series_once"),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="an_edition_is_on_the_globe",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="an_edition_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    @property
    def when(self) -> str:
        """Days or month in words; blank when nothing is known."""
        if self.month_only and self.starts_on:
            return day_in_words(self.starts_on, "month")
        return dates_in_words(self.starts_on, self.ends_on, "")


class RotationException(models.Model):
    """Why one edition may break the rule, for everybody to read."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="rule_exceptions")
    meetup = models.OneToOneField(Meetup, null=True, on_delete=models.CASCADE, related_name="rule_exception")
    past = models.OneToOneField(PastEdition, null=True, on_delete=models.CASCADE, related_name="rule_exception")
    reason = models.CharField(max_length=500)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(meetup__isnull=True, past__isnull=False) | models.Q(meetup__isnull=False, past__isnull=True),
                name="an_exception_is_for_one_edition",
            ),
        ]

    def __str__(self) -> str:
        """Edition by number."""
        return f"exception for {self.meetup_id or self.past_id}"


class Colocation(models.Model):
    """A meetup held beside a larger event. Its costs are kept apart unless the note says how they are shared."""

    meetup = models.OneToOneField(Meetup, on_delete=models.CASCADE, related_name="colocation")
    event = models.CharField(max_length=160)
    url = models.URLField(max_length=300, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    costs_apart = models.BooleanField(default=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="a_larger_event_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        """Return the larger event."""
        return self.event

    @property
    def when(self) -> str:
        """Days of the larger event, in words."""
        return dates_in_words(self.starts_on, self.ends_on, "")


class CalendarEvent(models.Model):
    """An event of another community, typed in or taken from a calendar file, for the shared calendar.

    `summit_of` makes it a summit that the rule of a series looks at. `uid` is that of the file (RFC 5545 3.8.4.7).
    """

    title = models.CharField(max_length=160)
    community = models.CharField(max_length=120, blank=True)
    url = models.URLField(max_length=300, blank=True)
    city = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=2, blank=True)
    region = models.CharField(max_length=60, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    summit_of = models.ForeignKey(Series, null=True, on_delete=models.SET_NULL, related_name="summits")
    uid = models.CharField(max_length=255, blank=True)
    added_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="an_event_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["added_by", "uid"], condition=~models.Q(uid=""), name="a_person_takes_an_event_over_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["ends_on"], name="events_by_their_last_day")]

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    @property
    def when(self) -> str:
        """Days in words."""
        return dates_in_words(self.starts_on, self.ends_on, "")

    @property
    def where(self) -> str:
        """City and country in words."""
        return ", ".join(part for part in (self.city, country_in_words(self.country)) if part)
