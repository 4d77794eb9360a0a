"""The outbox, mailings to many and who wants none, and the inbox the demo shows instead of sending mail."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.mailing.rules import LETTER_STATES, MAILING_STATES, Audience, trouble_in_words
from midcycle.mailing.rules.mailings import KINDS, LEFT_OUT
from midcycle.mailing.rules.replies import came_back, is_back
from midcycle.meetups.models import Meetup


class Mailing(models.Model):
    """What an organiser writes to people of a meetup: a draft at first, then a letter to each who was chosen."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="mailings")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=12)
    value = models.CharField(max_length=60, blank=True)
    subject = models.CharField(max_length=150)
    text = models.TextField()
    answers_to = models.EmailField(max_length=254, blank=True)
    edition = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=8, default="draft")
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=MAILING_STATES), name="a_mailing_is_in_a_known_state"),
            models.CheckConstraint(condition=models.Q(kind__in=sorted(KINDS)), name="a_mailing_is_for_known_people"),
            models.CheckConstraint(
                condition=models.Q(state="draft", sent_at__isnull=True)
                | (~models.Q(state="draft") & models.Q(sent_at__isnull=False)),
                name="a_mailing_has_a_moment_once_it_is_sent",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["meetup", "sent_at"], name="mailings_of_a_meetup"),
            models.Index(fields=["by", "sent_at"], name="mailings_of_an_organiser"),
        ]

    def __str__(self) -> str:
        """Return the subject."""
        return self.subject

    @property
    def audience(self) -> Audience:
        """Return whom it goes to."""
        return Audience(self.kind, self.value)

    @property
    def is_draft(self) -> bool:
        """Say whether it was not sent yet."""
        return self.state == "draft"


class NoMailings(models.Model):
    """Somebody wants no more letters to many from the team of a meetup. Letters about their own seat still come."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="no_mailings")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meetup", "person"], name="nobody_says_no_twice"),
        ]

    def __str__(self) -> str:
        """Person and meetup by number."""
        return f"{self.person_id} wants no mailings of {self.meetup_id}"


class Letter(models.Model):
    """A letter to one person, written once for one journal entry or mailing, sent at least once.

    `why` is what `trouble_of` kept of the last try, or the reason why somebody chosen got none.
    """

    key = models.CharField(max_length=120, unique=True)
    meetup = models.ForeignKey(Meetup, null=True, on_delete=models.CASCADE, related_name="letters")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="letters")
    mailing = models.ForeignKey(Mailing, null=True, db_index=False, on_delete=models.CASCADE, related_name="letters")
    is_copy = models.BooleanField(default=False)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=10, default="waiting")
    why = models.CharField(max_length=40, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=LETTER_STATES), name="a_letter_is_in_a_known_state"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "next_try_at"], name="letters_to_send"),
            models.Index(fields=["mailing", "state", "next_try_at"], name="letters_of_a_mailing"),
        ]

    def __str__(self) -> str:
        """Return the subject."""
        return self.subject

    @property
    def is_weekly(self) -> bool:
        """Say whether it is the letter of a week."""
        return self.key.startswith("weekly:")

    @property
    def came_back(self) -> bool:
        """Say whether it was taken, and sent back later."""
        return self.state == "failed" and is_back(self.why)

    @property
    def why_in_words(self) -> str:
        """Return why it did not go out yet, or never will, in words; blank when there is nothing to tell."""
        reason = LEFT_OUT.get(self.why)
        return gettext(reason) if reason else trouble_in_words(self.why)


class WeeklyWish(models.Model):
    """Somebody wants one letter a week about a meetup; `told_at` is until when they know what happened."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="weekly_wishes")
    since = models.DateTimeField()
    told_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meetup", "person"], name="nobody_gets_the_letter_of_a_week_twice"),
        ]
        indexes: ClassVar = [models.Index(fields=["told_at"], name="who_is_to_be_told_of_a_week")]

    def __str__(self) -> str:
        """Person and meetup by number."""
        return f"{self.person_id} wants the weeks of {self.meetup_id}"


class DeadAddress(models.Model):
    """Somebody's mailbox sent a letter back for good, so none goes there until an organiser lets them again."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="dead_address")
    since = models.DateTimeField()
    status = models.CharField(max_length=12)

    def __str__(self) -> str:
        """Person by number."""
        return f"no letters reach {self.person_id}"

    @property
    def why_in_words(self) -> str:
        """Return why, in words."""
        return trouble_in_words(came_back(self.status))


class InboxMessage(models.Model):
    """A message the demo delivered to itself."""

    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the subject."""
        return self.subject
