"""Who said what about which topic, and what an agenda is drafted from."""

from django.db.models import F

from midcycle.meetups.models import Meetup
from midcycle.topics.models import Support, Voting
from midcycle.topics.rules import PLUS_ONE, Mark, weights


def marks_of(meetup_id: int) -> tuple[Mark, ...]:
    """Return every voice for topics that were not withdrawn, by person; one query."""
    voices = Support.objects.filter(topic__meetup=meetup_id, topic__withdrawn_at=None).order_by("person_id", "topic_id")
    return tuple(Mark(*row) for row in voices.values_list("person_id", "topic_id", "rank"))


def voices_of(meetup: Meetup) -> tuple[tuple[Support, int], ...]:
    """Return what an agenda is drafted from: each voice, with its person, and its weight by the way to vote. One query."""
    voices = list(
        Support.objects.filter(topic__meetup=meetup, topic__withdrawn_at=None)
        .select_related("person")
        .annotate(method=F("topic__meetup__voting__method"))
        .order_by("pk")
    )
    method = voices[0].method or PLUS_ONE if voices else PLUS_ONE
    marks = (Mark(voice.person_id, voice.topic_id, voice.rank) for voice in voices)
    weight = {(voice.person, voice.topic): voice.weight for voice in weights(method, marks)}
    return tuple((voice, weight[voice.person_id, voice.topic_id]) for voice in voices)


def voting_of(meetup: Meetup) -> Voting:
    """Return how voices are counted; not saved where nothing was chosen."""
    return Voting.objects.filter(meetup=meetup).first() or Voting(meetup=meetup)
