"""Meetups, the series they continue, who organises them, and tokens for machines."""

from typing import ClassVar

from django.db import models

from midcycle.accounts.models import Person
from midcycle.kernel.words import language, typed_in
from midcycle.kernel.zones import city_of
from midcycle.meetups.rules import SCOPES, STAGES, dates_in_words, place_in_words, stage_in_words


class Series(models.Model):
    """The meetups a community keeps holding."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=160)
    community = models.CharField(max_length=160, blank=True)
    rotation_rule = models.TextField(blank=True)

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class Meetup(models.Model):
    """One edition, from idea to archive.

    `texts` are what the team wrote in languages other than `language`: by language, then by `title`, `summary`, `summary_html`
    and `notice`.
    `has_agenda`, `has_report` and `has_fees` say what the apps above show to everybody, so that no page has to look for it.
    """

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=160)
    series = models.ForeignKey(Series, null=True, blank=True, on_delete=models.PROTECT, related_name="meetups")
    stage = models.CharField(max_length=20, default="idea")
    summary = models.TextField(blank=True)
    summary_html = models.TextField(blank=True)
    notice = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, default="en")
    texts = models.JSONField(default=dict)
    region = models.CharField(max_length=60, blank=True)
    city = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=2, blank=True)
    venue = models.CharField(max_length=160, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    about_when = models.CharField(max_length=60, blank=True)
    timezone = models.CharField(max_length=60, default="UTC")
    next_summit_city = models.CharField(max_length=80, blank=True)
    next_summit_region = models.CharField(max_length=60, blank=True)
    has_agenda = models.BooleanField(default=False)
    has_report = models.BooleanField(default=False)
    has_fees = models.BooleanField(default=False)
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(stage__in=STAGES), name="a_meetup_is_in_a_known_stage"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="a_meetup_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    @property
    def told_title(self) -> str:
        """Title, in the reader's language where the team wrote it in that."""
        return typed_in(self.texts, "title", self.title)

    @property
    def told_language(self) -> str:
        """The language `told_title` is in."""
        return language() if self.texts.get(language(), {}).get("title") else self.language

    @property
    def told_summary_html(self) -> str:
        """What it is about, in the reader's language where there is one, as clean HTML."""
        return typed_in(self.texts, "summary_html", self.summary_html)

    @property
    def told_notice(self) -> str:
        """The line on top of its pages, in the reader's language where there is one."""
        return typed_in(self.texts, "notice", self.notice)

    @property
    def path(self) -> str:
        """Address of the meetup's page, with slashes at both ends."""
        return f"/m/{self.slug}/"

    @property
    def stage_name(self) -> str:
        """Stage, for people."""
        return stage_in_words(self.stage)

    @property
    def when(self) -> str:
        """Dates in words; blank when nothing is known."""
        return dates_in_words(self.starts_on, self.ends_on, self.about_when)

    @property
    def zone_city(self) -> str:
        """City its times are those of, or `UTC`."""
        return city_of(self.timezone)

    @property
    def where(self) -> str:
        """City and country in words, or the region; blank when nothing is known."""
        return place_in_words(self.city, self.country, self.region)


class Organiser(models.Model):
    """A person of the team that runs a meetup."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="organisers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="organises")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meetup", "person"], name="a_person_organises_a_meetup_once"),
        ]

    def __str__(self) -> str:
        """Person and meetup by number."""
        return f"{self.person_id} organises {self.meetup_id}"


class ApiToken(models.Model):
    """Lets a machine act on one meetup within one scope. Only the digest of the token is kept, and the day of its last use."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="tokens")
    scope = models.CharField(max_length=30)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    used_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(scope__in=sorted(SCOPES)), name="a_token_has_a_known_scope"),
        ]

    def __str__(self) -> str:
        """Scope and meetup."""
        return f"{self.scope} on {self.meetup_id}"
