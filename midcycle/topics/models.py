"""Topics, who supports them, who offers to moderate."""

from typing import ClassVar

from django.db import models

from midcycle.accounts.models import Person
from midcycle.meetups.models import Meetup
from midcycle.topics.rules import FORMATS, OFFERS, USUAL


class Topic(models.Model):
    """Something people want to talk about. A title is enough."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="topics")
    title = models.CharField(max_length=160)
    details = models.TextField(blank=True)
    details_html = models.TextField(blank=True)
    format = models.CharField(max_length=30, default=USUAL)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="topics")
    proposed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(title=""), name="a_topic_has_a_title"),
            models.CheckConstraint(condition=models.Q(format__in=tuple(FORMATS)), name="a_topic_has_a_known_format"),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class Support(models.Model):
    """One person's voice for a topic."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="supports")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="supports")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["topic", "person"], name="one_voice_for_each_person"),
        ]

    def __str__(self) -> str:
        """Person and topic by number."""
        return f"{self.person_id} supports {self.topic_id}"


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
