"""Actions and tags found in pads, what became of them, and who wants no letters about them."""

from typing import ClassVar

from django.db import models

from midcycle.accounts.models import Person
from midcycle.meetups.models import Meetup
from midcycle.outcomes.rules import ASKED, CONFIRMED, LONGEST, NOBODY, OPEN, STANDINGS, STATES
from midcycle.pads.models import Pad
from midcycle.topics.models import Topic


class Reading(models.Model):
    """Up to which update a pad was read."""

    pad = models.OneToOneField(Pad, primary_key=True, on_delete=models.CASCADE, related_name="reading")
    upto = models.BigIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Last update."""
        return f"up to {self.upto}"


class Tag(models.Model):
    """A word marked `##` in pads of a meetup; `into` is the tag that says the same, where the team merged them."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="tags")
    word = models.CharField(max_length=LONGEST["tag"])
    into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="merged")
    meant_for = models.CharField(max_length=LONGEST["meant_for"], blank=True)
    pads: "models.ManyToManyField[Pad, Mention]" = models.ManyToManyField(Pad, through="Mention", related_name="tags")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meetup", "word"], name="a_tag_is_one_word_of_a_meetup"),
            models.CheckConstraint(
                condition=models.Q(into=None) | ~models.Q(into=models.F("id")), name="no_tag_is_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        """Return the word."""
        return self.word


class Mention(models.Model):
    """A pad in which a tag stands."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="mentions")
    pad = models.ForeignKey(Pad, on_delete=models.CASCADE, related_name="mentions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tag", "pad"], name="a_tag_is_noted_once_for_a_pad"),
        ]

    def __str__(self) -> str:
        """Tag and pad by number."""
        return f"{self.tag_id} in {self.pad_id}"


class Action(models.Model):
    """A line of a pad that says what is to be done.

    `client` and `clock` are of the character it began with when it was first read; None for one that was split off another.
    `said_…` is what the line says, also once it is gone; `what` and `due_on` are what is shown: the same, unless the team
    corrected them. `owner` is a person only by their own yes, `ASKED` until then; `agreed_…` is what the line said when they
    gave it. From `seen_on` days such as *Friday* are counted. `is_forgotten` when its owner asked to be forgotten: then no
    name is read from its line any more.
    """

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="actions")
    pad = models.ForeignKey(Pad, on_delete=models.CASCADE, related_name="actions")
    client = models.BigIntegerField(null=True)
    clock = models.BigIntegerField(null=True)
    line = models.PositiveIntegerField(default=0)
    said_owner = models.CharField(max_length=LONGEST["owner"], blank=True)
    said_what = models.CharField(max_length=LONGEST["what"])
    said_due = models.CharField(max_length=LONGEST["due"], blank=True)
    is_ticked = models.BooleanField(default=False)
    what = models.CharField(max_length=LONGEST["what"])
    due_on = models.DateField(null=True)
    is_corrected = models.BooleanField(default=False)
    split_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="parts")
    meant_for = models.CharField(max_length=LONGEST["meant_for"], blank=True)
    state = models.CharField(max_length=8, default=OPEN)
    ended_at = models.DateTimeField(null=True)
    standing = models.CharField(max_length=10, default=NOBODY)
    owner = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="actions")
    is_named = models.BooleanField(default=False)
    agreed_what = models.CharField(max_length=LONGEST["what"], blank=True)
    agreed_name = models.CharField(max_length=LONGEST["owner"], blank=True)
    handed_to = models.CharField(max_length=LONGEST["owner"], blank=True)
    stood_at = models.DateTimeField(null=True)
    is_forgotten = models.BooleanField(default=False)
    seen_on = models.DateField()
    came_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)
    is_kept = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=sorted(STATES)), name="an_action_is_in_a_known_state"),
            models.CheckConstraint(condition=models.Q(standing__in=sorted(STANDINGS)), name="an_action_has_a_known_standing"),
            models.CheckConstraint(
                condition=models.Q(state=OPEN, ended_at=None) | (~models.Q(state=OPEN) & models.Q(ended_at__isnull=False)),
                name="an_action_has_a_moment_once_it_ended",
            ),
            models.CheckConstraint(
                condition=models.Q(standing__in=(ASKED, CONFIRMED), owner__isnull=False)
                | (~models.Q(standing__in=(ASKED, CONFIRMED)) & models.Q(owner=None)),
                name="an_action_has_an_owner_while_one_stands_for_it",
            ),
            models.CheckConstraint(
                condition=models.Q(is_named=False) | models.Q(standing=CONFIRMED), name="nobody_is_named_who_did_not_confirm"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due_on"], name="actions_that_are_due")]

    def __str__(self) -> str:
        """Return what is to be done."""
        return self.what

    @property
    def is_public(self) -> bool:
        """Say whether everybody sees it: a line that left its pad only if somebody stands for it, or the team keeps it."""
        return self.gone_at is None or self.is_kept or self.standing == CONFIRMED


class Trace(models.Model):
    """What became of an action or a tag: a sentence, a link, or both."""

    action = models.ForeignKey(Action, null=True, on_delete=models.CASCADE, related_name="traces")
    tag = models.ForeignKey(Tag, null=True, on_delete=models.CASCADE, related_name="traces")
    text = models.CharField(max_length=LONGEST["text"], blank=True)
    url = models.CharField(max_length=LONGEST["url"], blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(action=None, tag__isnull=False) | models.Q(action__isnull=False, tag=None),
                name="a_trace_is_about_an_action_or_a_tag",
            ),
            models.CheckConstraint(condition=~models.Q(text="", url=""), name="a_trace_says_something"),
        ]

    def __str__(self) -> str:
        """Return what it says."""
        return self.text or self.url


class Carried(models.Model):
    """A topic of a later edition that was proposed from an action or a tag of an earlier one."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="carried")
    topic = models.OneToOneField(Topic, on_delete=models.CASCADE, related_name="carried_from")
    action = models.ForeignKey(Action, null=True, on_delete=models.CASCADE, related_name="carried")
    tag = models.ForeignKey(Tag, null=True, on_delete=models.CASCADE, related_name="carried")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(action=None, tag__isnull=False) | models.Q(action__isnull=False, tag=None),
                name="a_topic_is_carried_from_an_action_or_a_tag",
            ),
            models.UniqueConstraint(fields=["meetup", "action"], name="an_action_is_carried_once_to_a_meetup"),
            models.UniqueConstraint(fields=["meetup", "tag"], name="a_tag_is_carried_once_to_a_meetup"),
        ]

    def __str__(self) -> str:
        """Topic by number."""
        return f"topic {self.topic_id}"


class Silence(models.Model):
    """Somebody wants no letters about outcomes of a meetup."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="outcome_silences")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meetup", "person"], name="nobody_is_silent_twice_about_outcomes"),
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
