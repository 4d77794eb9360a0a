"""Taking what an earlier edition left open on, as topics of the next one."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup
from midcycle.outcomes.actions.common import record
from midcycle.outcomes.models import Action, Carried, Tag
from midcycle.outcomes.rules import OPEN, topic_of
from midcycle.topics import actions as topics
from midcycle.topics.models import Topic


@transaction.atomic
def carry_action(meetup: Meetup, action: Action, person: Person, *, now: datetime) -> Topic:
    """Propose an open action of an earlier edition as a topic; proposed already, return that. Raises Refusal."""
    if action.state != OPEN:
        raise Refusal(gettext("This action is not open any more."))
    wording = topic_of(action.what, action.meetup.title, f"{action.meetup.path}outcomes/{action.pk}/", action.pad.title)
    return _carry(meetup, action, person, wording, now=now)


@transaction.atomic
def carry_tag(meetup: Meetup, tag: Tag, person: Person, *, now: datetime) -> Topic:
    """Propose a tag of an earlier edition as a topic; proposed already, return that. Raises Refusal."""
    wording = topic_of(f"##{tag.word}", tag.meetup.title, f"{tag.meetup.path}outcomes/#tag-{tag.pk}", "")
    return _carry(meetup, tag, person, wording, now=now)


def _carry(meetup: Meetup, about: Action | Tag, person: Person, wording: tuple[str, str], *, now: datetime) -> Topic:
    Meetup.objects.select_for_update().get(pk=meetup.pk)
    whose = {"action": about} if isinstance(about, Action) else {"tag": about}
    before = Carried.objects.select_related("topic").filter(meetup=meetup, **whose).first()
    if before is not None:
        return before.topic
    title, details = wording
    topic = topics.propose(meetup, person, title=title, details=details, now=now)
    Carried.objects.create(meetup=meetup, topic=topic, **whose)
    record("carried_on", meetup.pk, by=person, now=now, topic=topic.pk)
    return topic
