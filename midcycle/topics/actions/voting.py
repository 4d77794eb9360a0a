"""Giving a voice, taking it back, ordering one's ranking, and choosing how voices are counted."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext, ngettext

from midcycle.accounts import actions as accounts
from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup
from midcycle.topics.actions.common import check_open, check_there, record, stage_now, voting_of
from midcycle.topics.models import Support, Topic, Voting
from midcycle.topics.rules import DOTS, METHODS, RANKING, fault_in_method, why_no_dot


@transaction.atomic
def support(topic: Topic, person: Person, *, now: datetime) -> None:
    """Give the topic the person's one voice, last in their ranking; again changes nothing.

    Raises Refusal when topics are closed or the person has no dot left.
    """
    check_open(topic.meetup)
    held = Topic.objects.select_for_update(no_key=True).get(pk=topic.pk)
    check_there(held)
    refused = give_voice(held, person)
    if refused is None:
        return
    if refused:
        raise Refusal(refused)
    record("topics.supported", topic, person, now=now)


@transaction.atomic
def withdraw_support(topic: Topic, person: Person, *, now: datetime) -> None:
    """Take the person's voice back, if there is one. Raises Refusal when topics are closed."""
    check_open(topic.meetup)
    gone, _ = Support.objects.filter(topic=topic, person=person).delete()
    if gone:
        record("topics.support_withdrawn", topic, person, now=now)


@transaction.atomic
def move_in_ranking(topic: Topic, person: Person, step: str, *, now: datetime) -> None:
    """Move a topic "up" or "down" by one in the person's ranking, or make it the "first"; at the ends nothing changes.

    Raises Refusal when topics are closed or nothing is ranked here.
    """
    check_open(topic.meetup)
    if voting_of(topic.meetup_id).method != RANKING:
        raise Refusal(gettext("Topics of this meetup are not ranked. Support those you would come to."))
    accounts.held(person)
    mine = ranking_of(topic.meetup_id, person)
    at = next((at for at, voice in enumerate(mine) if voice.topic_id == topic.pk), None)
    if at is None:
        raise Refusal(gettext("This topic is not in your ranking. Add it first."))
    to = {"first": 0, "up": at - 1, "down": at + 1}.get(step, at)
    if to == at or not 0 <= to < len(mine):
        return
    mine.insert(to, mine.pop(at))
    for rank, voice in enumerate(mine, start=1):
        voice.rank = rank
    Support.objects.bulk_update(mine, ["rank"])
    record("topics.ranked", topic, person, now=now, place=to + 1)


@transaction.atomic
def choose_method(meetup: Meetup, method: str, *, dots: int, by: Person | None, now: datetime) -> None:
    """Choose how voices are counted. Voices stay what they are; the same again changes nothing.

    Raises Refusal when the meetup is archived, a field is wrong, or somebody has given more dots than there would be.
    """
    if stage_now(meetup) == "archived":
        raise Refusal(gettext("This meetup is archived, and its topics stay as they were."))
    fault = fault_in_method(method, dots)
    if fault is not None:
        raise Refusal(fault[1], field=fault[0])
    Meetup.objects.select_for_update().get(pk=meetup.pk)
    if method == DOTS and (most := _most_given(meetup)) > dots:
        said = ngettext(
            "Somebody has given %(most)s voices already. Choose %(most)s dots or more.",
            "Somebody has given %(most)s voices already. Choose %(most)s dots or more.",
            most,
        )
        raise Refusal(said % {"most": most}, field="dots")
    if Voting.objects.filter(meetup=meetup, method=method, dots=dots).exists():
        return
    Voting.objects.update_or_create(meetup=meetup, defaults={"method": method, "dots": dots})
    facts = {"method": method, "dots": dots, "said": METHODS[method]}
    journal.record("topics.method_chosen", at=now, meetup=meetup.pk, actor=by.pk if by else None, facts=facts)


def give_voice(topic: Topic, person: Person) -> str | None:
    """Give a voice within a transaction: return "" when it is new, None when it was there, else why there is no dot left.

    The person is held, so that two presses at once cannot spend the last dot twice.
    """
    accounts.held(person)
    if Support.objects.filter(topic=topic, person=person).exists():
        return None
    voting = voting_of(topic.meetup_id)
    given = Support.objects.filter(person=person, topic__meetup=topic.meetup_id, topic__withdrawn_at=None)
    refused = why_no_dot(voting.method, voting.dots, given.count() if voting.method == DOTS else 0)
    if refused:
        return refused
    last = given.aggregate(last=Max("rank"))["last"] or 0
    Support.objects.create(topic=topic, person=person, rank=last + 1 if voting.method == RANKING else None)
    return ""


def ranking_of(meetup_id: int, person: Person) -> list[Support]:
    """Return a person's voices, first choice first; without a rank they come last, in the order they were given."""
    voices = Support.objects.filter(person=person, topic__meetup=meetup_id, topic__withdrawn_at=None)
    return sorted(voices, key=lambda voice: (voice.rank is None, voice.rank or 0, voice.pk))


def _most_given(meetup: Meetup) -> int:
    given = Support.objects.filter(topic__meetup=meetup, topic__withdrawn_at=None)
    most: int | None = given.values("person").annotate(count=Count("pk")).aggregate(most=Max("count"))["most"]
    return most or 0
