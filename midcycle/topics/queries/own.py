"""What a person said and chose among the topics of a meetup, for them to see and take away."""

from dataclasses import dataclass

from midcycle.accounts.models import Person
from midcycle.meetups.models import Meetup
from midcycle.topics.models import Comment, Invitation, MergedVoice, ModeratorOffer, Support, Topic


@dataclass(frozen=True)
class Traces:
    """Everything the topics of a meetup hold about one person, as plain values for JSON; times are ISO 8601."""

    proposed: tuple[dict[str, object], ...]
    supported: tuple[dict[str, object], ...]
    offered: tuple[dict[str, object], ...]
    comments: tuple[dict[str, object], ...]
    invitations: tuple[dict[str, object], ...]
    merged: tuple[dict[str, object], ...]

    @property
    def count(self) -> int:
        """How many things there are."""
        return sum(len(rows) for rows in vars(self).values())


def traces_of(meetup: Meetup, person: Person) -> Traces:
    """Return what the topics of a meetup hold about a person; six queries, however much it is."""
    proposed = Topic.objects.filter(meetup=meetup, proposed_by=person).order_by("pk")
    voices = Support.objects.filter(topic__meetup=meetup, person=person).select_related("topic").order_by("pk")
    offers = ModeratorOffer.objects.filter(topic__meetup=meetup, person=person).select_related("topic").order_by("pk")
    comments = Comment.objects.filter(topic__meetup=meetup, person=person).select_related("topic").order_by("pk")
    sent = Invitation.objects.filter(topic__meetup=meetup, invited_by=person).select_related("topic").order_by("pk")
    merged = MergedVoice.objects.filter(topic__meetup=meetup, person=person).select_related("topic").order_by("pk")
    return Traces(
        tuple({"title": t.title, "details": t.details, "at": t.proposed_at.isoformat(), "tags": t.tags} for t in proposed),
        tuple({"topic": voice.topic.title, "rank": voice.rank} for voice in voices),
        tuple({"topic": offer.topic.title, "part": offer.part} for offer in offers),
        tuple({"topic": c.topic.title, "text": c.text, "at": c.at.isoformat()} for c in comments),
        tuple({"topic": i.topic.title, "email": i.email, "state": i.state, "at": i.at.isoformat()} for i in sent),
        tuple({"topic": kept.topic.title, "part": kept.part or "voice", "rank": kept.rank} for kept in merged),
    )
