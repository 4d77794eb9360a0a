"""Topics, who supports them, who offers to moderate, what is said about them, and how voices are counted."""

from typing import ClassVar

from django.db import models

from midcycle.accounts.models import Person
from midcycle.kernel.words import typed_in
from midcycle.meetups.models import Meetup
from midcycle.topics.rules import FORMATS, METHODS, MOST_DOTS, OFFERS, PLUS_ONE, USUAL, USUAL_DOTS


class Topic(models.Model):
    """Something people want to talk about. A title is enough.

    `texts` are its title and details in other languages, by language: `title`, `details` and `details_html`.
    `minutes` is the time wished for. `merged_into` has its voices when it was a duplicate; it is withdrawn then, too. That was
    `duplicate_of` first, and is another one when that was merged itself.
    `pad_title` is what it was called in the planning pad it came from; `unnamed` counts voices there that had no name.
    """

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="topics")
    title = models.CharField(max_length=160)
    details = models.TextField(blank=True)
    details_html = models.TextField(blank=True)
    texts = models.JSONField(default=dict)
    format = models.CharField(max_length=30, default=USUAL)
    minutes = models.PositiveSmallIntegerField(null=True)
    tags = models.JSONField(default=list)
    related: "models.ManyToManyField[Topic, models.Model]" = models.ManyToManyField("self")
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="merged")
    duplicate_of = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="duplicates")
    pad_title = models.CharField(max_length=160, blank=True)
    unnamed = models.PositiveIntegerField(default=0)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="topics")
    proposed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(title=""), name="a_topic_has_a_title"),
            models.CheckConstraint(condition=models.Q(format__in=tuple(FORMATS)), name="a_topic_has_a_known_format"),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | models.Q(withdrawn_at__isnull=False), name="what_is_merged_is_not_listed"
            ),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    @property
    def told_title(self) -> str:
        """Title, in the reader's language where somebody wrote it in that."""
        return typed_in(self.texts, "title", self.title)

    @property
    def told_details_html(self) -> str:
        """Details, in the reader's language where there are any, as clean HTML."""
        return typed_in(self.texts, "details_html", self.details_html)


class Support(models.Model):
    """One person's voice for a topic: a +1, a dot, or a place in their ranking, the lowest `rank` first."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="supports")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="supports")
    rank = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["topic", "person"], name="one_voice_for_each_person"),
        ]

    def __str__(self) -> str:
        """Person and topic by number."""
        return f"{self.person_id} supports {self.topic_id}"


class MergedVoice(models.Model):
    """What somebody had given to a topic when it was merged, for the case that it is brought back: a voice, or an offer.

    `part` is empty for a voice. `was_there`: the other topic had their voice already, with this `other_rank`.
    """

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="merged_voices")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merged_voices")
    part = models.CharField(max_length=10, blank=True)
    rank = models.PositiveIntegerField(null=True)
    was_there = models.BooleanField(default=False)
    other_rank = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["topic", "person", "part"], name="a_merged_voice_is_kept_once"),
        ]

    def __str__(self) -> str:
        """Person and topic by number."""
        return f"{self.person_id} had given {self.part or 'a voice'} to {self.topic_id}"


class ModeratorOffer(models.Model):
    """Someone who would lead a topic, or learn beside the one who leads."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="offers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="offers")
    part = models.CharField(max_length=10)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["topic", "person"], name="a_person_offers_once_for_a_topic"),
            models.CheckConstraint(condition=models.Q(part__in=tuple(OFFERS)), name="an_offer_is_to_lead_or_shadow"),
        ]

    def __str__(self) -> str:
        """Part and topic."""
        return f"{self.part} of {self.topic_id}"


class Invitation(models.Model):
    """Somebody asked to lead a topic beside its proposer; whoever has the link answers."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=254)
    token = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, default="open")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["topic", "email"], name="an_address_is_invited_once_to_a_topic"),
            models.CheckConstraint(
                condition=models.Q(state__in=("open", "accepted", "declined", "withdrawn")),
                name="an_invitation_has_a_known_state",
            ),
        ]

    def __str__(self) -> str:
        """State and topic."""
        return f"{self.state} for {self.topic_id}"


class Comment(models.Model):
    """What somebody said about a topic. `hidden_at` is when the team took it off the page; its author can erase it."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="comments")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField()
    html = models.TextField()
    at = models.DateTimeField()
    hidden_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(text=""), name="a_comment_says_something")]

    def __str__(self) -> str:
        """Return its beginning."""
        return self.text[:40]


class Voting(models.Model):
    """How the voices of a meetup are counted. Without a row it is +1."""

    meetup = models.OneToOneField(Meetup, on_delete=models.CASCADE, related_name="voting")
    method = models.CharField(max_length=10, default=PLUS_ONE)
    dots = models.PositiveSmallIntegerField(default=USUAL_DOTS)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(method__in=tuple(METHODS)), name="a_vote_has_a_known_method"),
            models.CheckConstraint(
                condition=models.Q(dots__gte=1, dots__lte=MOST_DOTS), name="there_is_a_dot_and_not_too_many"
            ),
        ]

    def __str__(self) -> str:
        """Return the method."""
        return self.method


class PlanningPad(models.Model):
    """The text of the pad a meetup was planned on, as it was last read in; it is written back with what changed."""

    meetup = models.OneToOneField(Meetup, on_delete=models.CASCADE, related_name="planning_pad")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="planning_pads")

    def __str__(self) -> str:
        """Meetup by number."""
        return f"pad of {self.meetup_id}"
