"""The call for interest of an idea, the answers to it, and what is learned from earlier editions."""

from typing import ClassVar

from django.db import models

from midcycle.accounts.models import Person
from midcycle.hosting.rules import CALL_STAGES, SUITS, WAYS, WAYS_IN
from midcycle.kernel.words import gettext
from midcycle.meetups.models import Meetup


class Call(models.Model):
    """The question "who would come?", where it was posted, and what the organiser first guessed."""

    meetup = models.OneToOneField(Meetup, on_delete=models.CASCADE, related_name="call")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    channel = models.CharField(max_length=160, blank=True)
    guess_low = models.PositiveIntegerField(null=True)
    guess_high = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(guess_low__isnull=True, guess_high__isnull=True)
                | models.Q(guess_low__isnull=False, guess_high__gte=models.F("guess_low")),
                name="a_guess_runs_from_low_to_high",
            ),
        ]

    def __str__(self) -> str:
        """Meetup by number."""
        return f"call of {self.meetup_id}"

    @property
    def is_open(self) -> bool:
        """Say whether it takes answers."""
        return self.closed_at is None and self.meetup.stage in CALL_STAGES


class Window(models.Model):
    """Days the organisers ask about: everybody says whether they suit."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="windows")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "starts_on", "ends_on"], name="days_are_asked_about_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="a_window_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        """First and last day."""
        return f"{self.starts_on} to {self.ends_on}"


class Interest(models.Model):
    """One person's answer to a call. It counts once it is confirmed: by its person, signed in or by the link in the letter.

    `came_by` is how they heard of the call, `hands` how many passed it on before, and `heard_through` the answer of the last
    of them, as long as that is there. `code` stands in the invitation they can pass on themselves.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="answers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="interests")
    token = models.CharField(max_length=40, unique=True)
    code = models.CharField(max_length=16, blank=True)
    would_come = models.BooleanField(default=False)
    could_host = models.BooleanField(default=False)
    could_moderate = models.BooleanField(default=False)
    could_underwrite = models.BooleanField(default=False)
    region = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    came_by = models.CharField(max_length=12, default="call")
    hands = models.PositiveSmallIntegerField(default=0)
    heard_through = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="brought")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "person"], name="one_answer_for_each_person"),
            models.CheckConstraint(
                condition=models.Q(would_come=True)
                | models.Q(could_host=True)
                | models.Q(could_moderate=True)
                | models.Q(could_underwrite=True),
                name="an_answer_says_something",
            ),
            models.CheckConstraint(condition=models.Q(came_by__in=tuple(WAYS_IN)), name="an_answer_came_by_a_known_way"),
            models.CheckConstraint(
                condition=models.Q(hands=0) ^ models.Q(came_by="invitation"), name="an_invitation_went_through_hands"
            ),
            models.UniqueConstraint(fields=["code"], condition=~models.Q(code=""), name="a_code_is_of_one_invitation"),
        ]

    def __str__(self) -> str:
        """Person by number."""
        return f"answer of {self.person_id}"

    @property
    def is_waiting(self) -> bool:
        """Say whether the answer counts once its person confirms it."""
        return self.confirmed_at is None and self.call.meetup.stage in CALL_STAGES

    @property
    def ways(self) -> tuple[str, ...]:
        """Return what was said, as keys of `WAYS`."""
        said = {
            "would_come": self.would_come,
            "could_host": self.could_host,
            "could_moderate": self.could_moderate,
            "could_underwrite": self.could_underwrite,
        }
        return tuple(way for way in WAYS if said[way])

    @property
    def said(self) -> tuple[str, ...]:
        """Return what was said, in words."""
        return tuple(gettext(WAYS[way]) for way in self.ways)


class Fit(models.Model):
    """Whether a window of days suits somebody who answered."""

    interest = models.ForeignKey(Interest, on_delete=models.CASCADE, related_name="fits")
    window = models.ForeignKey(Window, on_delete=models.CASCADE, related_name="fits")
    says = models.CharField(max_length=12)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["interest", "window"], name="a_window_is_answered_once"),
            models.CheckConstraint(condition=models.Q(says__in=tuple(SUITS)), name="a_window_suits_or_does_not"),
        ]

    def __str__(self) -> str:
        """Return what was said."""
        return self.says


class WantedTopic(models.Model):
    """A line about what somebody would want to talk about. Everybody sees it, without the name, unless the team hid it."""

    interest = models.ForeignKey(Interest, on_delete=models.CASCADE, related_name="topics")
    text = models.CharField(max_length=120)
    is_hidden = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(text=""), name="a_wanted_topic_says_something"),
        ]

    def __str__(self) -> str:
        """Return the line."""
        return self.text


class PastEdition(models.Model):
    """How an edition went that this instance did not run, as the organisers of a later one tell it."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="past_editions")
    label = models.CharField(max_length=120)
    early = models.PositiveIntegerField(null=True)
    declared = models.PositiveIntegerField(null=True)
    came = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(early__isnull=False) | models.Q(declared__isnull=False),
                name="an_edition_was_answered_early_or_in_all",
            ),
            models.CheckConstraint(
                condition=models.Q(early__isnull=True)
                | models.Q(declared__isnull=True)
                | models.Q(declared__gte=models.F("early")),
                name="no_fewer_answered_in_all_than_early",
            ),
        ]

    def __str__(self) -> str:
        """Label."""
        return self.label


class Turnout(models.Model):
    """How many people came to a meetup held on this instance, as the apps above counted them when it was over."""

    meetup = models.OneToOneField(Meetup, on_delete=models.CASCADE, related_name="turnout")
    came = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(came__gte=1), name="a_turnout_is_of_somebody")]

    def __str__(self) -> str:
        """How many."""
        return str(self.came)
