"""What the deeds of this app share: whether topics are open, locks, and the journal."""

from datetime import datetime

from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup
from midcycle.meetups.rules import STAGE_NAMES
from midcycle.topics.models import Topic, Voting
from midcycle.topics.rules import are_open


def check_open(meetup: Meetup) -> None:
    """Raise Refusal when topics are closed at the stage the meetup is at now."""
    stage = stage_now(meetup)
    if not are_open(stage):
        said = gettext("Topics are closed at the stage “%(stage)s”. They are open from registration to the last day.")
        raise Refusal(said % {"stage": gettext(STAGE_NAMES[stage])})


def stage_now(meetup: Meetup) -> str:
    """Return the stage the meetup is at now."""
    return Meetup.objects.values_list("stage", flat=True).get(pk=meetup.pk)


def check_there(topic: Topic) -> None:
    """Raise Refusal when the topic was withdrawn or merged."""
    if not Topic.objects.filter(pk=topic.pk, withdrawn_at=None).exists():
        raise Refusal(gettext("This topic was withdrawn. Propose it yourself if you want it back."))


def voting_of(meetup_id: int) -> Voting:
    """Return how voices of a meetup are counted; not saved where nothing was chosen."""
    return Voting.objects.filter(meetup=meetup_id).first() or Voting(meetup_id=meetup_id)


def hold_topics(*numbers: int) -> list[Topic]:
    """Return these topics in order of number, locked until the transaction ends: voices given meanwhile wait."""
    return list(Topic.objects.select_for_update().filter(pk__in=numbers).order_by("pk"))


def record(kind: str, topic: Topic, person: Person | None, *, now: datetime, **facts: int | str) -> None:
    """Record a deed about a topic; `person` is None when a machine with a token did it."""
    actor = None if person is None else person.pk
    journal.record(kind, at=now, meetup=topic.meetup_id, actor=actor, facts={"topic": topic.pk, **facts})
