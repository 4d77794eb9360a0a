"""Who may see, change and take back a topic. What is not there and what is not allowed look the same: 404."""

from django.http import Http404

from midcycle.accounts.models import Person
from midcycle.meetups.access import Visitor, may_organise
from midcycle.topics.models import Topic


def topic_for(slug: str, number: int) -> Topic:
    """Return a topic of this meetup that was not withdrawn. Raises Http404."""
    topic = (
        Topic.objects.select_related("meetup", "meetup__series", "proposed_by")
        .filter(pk=number, meetup__slug=slug, withdrawn_at=None)
        .first()
    )
    if topic is None:
        raise Http404
    return topic


def may_change(visitor: Visitor, topic: Topic) -> bool:
    """Say whether the visitor proposed the topic or organises its meetup."""
    if not isinstance(visitor, Person):
        return False
    return topic.proposed_by_id == visitor.pk or may_organise(visitor, topic.meetup)


def own_topic_for(visitor: Visitor, slug: str, number: int) -> Topic:
    """Return the topic for someone who may change it and take it back. Raises Http404 for anyone else."""
    topic = topic_for(slug, number)
    if not may_change(visitor, topic):
        raise Http404
    return topic
