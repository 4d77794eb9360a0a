"""Who may see, change and take back a topic. What is not there and what is not allowed look the same: 404."""

from django.http import Http404
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import Visitor, may_organise, organised_meetup_for
from midcycle.topics.models import Comment, Invitation, Topic


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


def other_topic_of(topic: Topic, number: int) -> Topic:
    """Return another topic of the same list. Raises Refusal."""
    others = Topic.objects.select_related("meetup").filter(meetup=topic.meetup_id, withdrawn_at=None)
    other = others.exclude(pk=topic.pk).filter(pk=number).first()
    if other is None:
        raise Refusal(gettext("Choose another topic of this meetup."), field="into")
    return other


def heir_of(slug: str, number: int) -> Topic | None:
    """Return the topic which this one was merged into, if it was and that one is still there."""
    return Topic.objects.filter(merged__pk=number, merged__meetup__slug=slug, withdrawn_at=None).first()


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


def team_topic_for(visitor: Visitor, slug: str, number: int) -> Topic:
    """Return the topic for somebody of the team. Raises Http404 for anyone else."""
    organised_meetup_for(visitor, slug)
    return topic_for(slug, number)


def team_duplicate_for(visitor: Visitor, slug: str, number: int) -> Topic:
    """Return a topic that is part of another one, for somebody of the team. Raises Http404."""
    organised_meetup_for(visitor, slug)
    merged = Topic.objects.select_related("meetup").filter(meetup__slug=slug, merged_into__isnull=False)
    found = merged.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def comment_for(slug: str, number: int, comment: int) -> Comment:
    """Return a comment on a topic that was not withdrawn. Raises Http404."""
    topic = topic_for(slug, number)
    found = Comment.objects.select_related("topic", "person").filter(pk=comment, topic=topic).first()
    if found is None:
        raise Http404
    return found


def own_comment_for(visitor: Visitor, slug: str, number: int, comment: int) -> Comment:
    """Return a comment for whoever wrote it. Raises Http404 for anyone else."""
    found = comment_for(slug, number, comment)
    if not isinstance(visitor, Person) or found.person_id != visitor.pk:
        raise Http404
    return found


def invitation_for(slug: str, number: int, token: str) -> Invitation:
    """Return an invitation for whoever has its link, until it is taken back. Raises Http404."""
    topic = topic_for(slug, number)
    found = Invitation.objects.select_related("invited_by").filter(topic=topic, token=token).exclude(state="withdrawn").first()
    if found is None:
        raise Http404
    found.topic = topic
    return found
