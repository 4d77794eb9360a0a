"""Lists, those who asked to join, postings, and comparisons."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.lists.rules import AFTER_STATES, COMPARISON_STATES, JOIN_STATES, KIND_NAMES, KINDS, POSTING_NAMES, POSTING_STATES
from midcycle.meetups.models import Meetup, Series


class MailList(models.Model):
    """A list of a series, or of one meetup. `connection` names it in the settings; one compared by a file has none."""

    series = models.ForeignKey(Series, null=True, on_delete=models.CASCADE, related_name="lists")
    meetup = models.ForeignKey(Meetup, null=True, on_delete=models.CASCADE, related_name="lists")
    kind = models.CharField(max_length=10)
    connection = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=120)
    about = models.CharField(max_length=200, blank=True)
    page = models.URLField(max_length=300, blank=True)
    address = models.EmailField(max_length=254, blank=True)
    added_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="a_list_is_of_a_known_kind"),
            models.CheckConstraint(
                condition=models.Q(series__isnull=True, meetup__isnull=False)
                | models.Q(series__isnull=False, meetup__isnull=True),
                name="a_list_is_of_a_series_or_a_meetup",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="file", connection="") | (~models.Q(kind="file") & ~models.Q(connection="")),
                name="a_list_has_a_connection_unless_it_is_a_file",
            ),
            models.UniqueConstraint(
                fields=["series", "connection"], condition=~models.Q(connection=""), name="a_series_has_a_list_once"
            ),
            models.UniqueConstraint(
                fields=["meetup", "connection"], condition=~models.Q(connection=""), name="a_meetup_has_a_list_once"
            ),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    @property
    def kind_name(self) -> str:
        """Kind, for people."""
        return gettext(KIND_NAMES[self.kind])

    @property
    def can_join(self) -> bool:
        """Say whether people can join it here."""
        return self.kind != "file"

    @property
    def has_digest(self) -> bool:
        """Say whether it can send one letter with everything instead of each."""
        return self.kind == "mailman"

    @property
    def can_post(self) -> bool:
        """Say whether it can be written to from here."""
        return self.kind == "discourse" or (self.kind == "mailman" and bool(self.address))


class JoinRequest(models.Model):
    """Somebody, perhaps a stranger at play, typed an address to join a list. The address is blank once it is done."""

    list = models.ForeignKey(MailList, on_delete=models.CASCADE, related_name="requests")
    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(max_length=254, blank=True)
    digest = models.BooleanField(default=False)
    token = models.CharField(max_length=43, unique=True)
    state = models.CharField(max_length=10, default="asked")
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=JOIN_STATES), name="who_asks_to_join_is_in_a_known_state"),
            models.UniqueConstraint(
                fields=["list", "email"], condition=~models.Q(email=""), name="an_address_asks_to_join_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "next_try_at"], name="who_is_to_join")]

    def __str__(self) -> str:
        """Return number and state, never the address."""
        return f"request {self.pk} {self.state}"


class Posting(models.Model):
    """What an organiser writes to a list about a meetup: a draft, then sent once."""

    list = models.ForeignKey(MailList, on_delete=models.CASCADE, related_name="postings")
    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="postings")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    subject = models.CharField(max_length=150)
    text = models.TextField()
    edition = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, default="draft")
    why = models.CharField(max_length=200, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=POSTING_STATES), name="a_posting_is_in_a_known_state"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "next_try_at"], name="postings_to_send")]

    def __str__(self) -> str:
        """Return the subject."""
        return self.subject

    @property
    def state_name(self) -> str:
        """State, for people."""
        return gettext(POSTING_NAMES[self.state])


class Comparison(models.Model):
    """How many of those who came are on a list: made once for each meetup and list, and never again.

    `on_list` and `joined` are null where a side has fewer than five people; such figures are never stored. For 30 days after
    the meetup `left` holds the keyed hashes of those not on the list, and `salt` what their key is made from; then both go.
    """

    list = models.ForeignKey(MailList, on_delete=models.CASCADE, related_name="comparisons")
    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="comparisons")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=8, default="asked")
    why = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    people = models.PositiveIntegerField(default=0)
    on_list = models.PositiveIntegerField(null=True)
    salt = models.CharField(max_length=64, blank=True)
    left = models.BinaryField(default=bytes)
    after = models.CharField(max_length=8, blank=True)
    after_at = models.DateTimeField(null=True)
    joined = models.PositiveIntegerField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["list", "meetup"], name="a_meetup_is_compared_with_a_list_once"),
            models.CheckConstraint(condition=models.Q(state__in=COMPARISON_STATES), name="a_comparison_is_in_a_known_state"),
            models.CheckConstraint(condition=models.Q(after__in=AFTER_STATES), name="what_came_after_is_in_a_known_state"),
            models.CheckConstraint(
                condition=models.Q(after="waiting") | models.Q(state="asked") | models.Q(salt="", left=b""),
                name="nothing_to_compare_is_kept_when_it_is_over",
            ),
            models.CheckConstraint(
                condition=models.Q(on_list__isnull=True) | models.Q(on_list__gte=5, people__gte=models.F("on_list") + 5),
                name="no_small_group_is_told_of_a_list",
            ),
        ]

    def __str__(self) -> str:
        """List and meetup by number."""
        return f"comparison of {self.meetup_id} with {self.list_id}"
