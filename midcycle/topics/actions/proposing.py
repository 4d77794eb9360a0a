"""Proposing, rewriting and withdrawing topics, and offering to moderate them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import lines, one_line
from midcycle.meetups.models import Meetup
from midcycle.topics.actions.common import check_open, check_there, record, stage_now
from midcycle.topics.actions.voting import give_voice
from midcycle.topics.models import ModeratorOffer, Topic
from midcycle.topics.rules import OFFERS, USUAL, fault_in, fault_in_wishes, may_be_withdrawn, tags_in
from midcycle.web.markdown import to_html


class Wish(TypedDict, total=False):
    """What a proposal may say beyond its title: details in Markdown, the format and the minutes wished for, and tags."""

    details: str
    format: str
    minutes: int | None
    tags: Sequence[str]


class Words(Wish, total=False):
    """What a topic says. What is absent stays as it was."""

    title: str


@transaction.atomic
def propose(meetup: Meetup, person: Person, *, title: str, now: datetime, leads: bool = False, **wish: Unpack[Wish]) -> Topic:
    """Propose a topic; the proposer supports it, if they have a voice left, and offers to lead it when they said so.

    Raises Refusal when topics are closed or a field is wrong.
    """
    check_open(meetup)
    said = _said({"title": title, "details": "", "format": USUAL, "minutes": None, "tags": (), **wish})
    topic = Topic.objects.create(meetup=meetup, **said, proposed_by=person, proposed_at=now)
    give_voice(topic, person)
    if leads:
        ModeratorOffer.objects.create(topic=topic, person=person, part="lead")
    facts = {"topic": topic.pk, **({"part": "lead"} if leads else {})}
    journal.record("topics.topic_proposed", at=now, meetup=meetup.pk, actor=person.pk, facts=facts)
    return topic


@transaction.atomic
def rewrite(topic: Topic, person: Person | None, *, now: datetime, **words: Unpack[Words]) -> None:
    """Change what a topic says; voices and offers stay with it, and a session made of it keeps its own words.

    The same words again change nothing. `person` is None when a machine with a token does it. Raises Refusal when topics
    are closed, the topic was withdrawn or a field is wrong.
    """
    check_open(topic.meetup)
    held = Topic.objects.select_for_update().get(pk=topic.pk)
    check_there(held)
    said = _said({**_words_of(held), **words})
    if _said(_words_of(held)) == said:
        return
    Topic.objects.filter(pk=held.pk).update(**said)
    record("topics.topic_rewritten", held, person, now=now)


@transaction.atomic
def withdraw(topic: Topic, person: Person | None, *, now: datetime) -> None:
    """Take a topic back; its voices stay with it. `person` is None when a machine does it. Raises Refusal once archived."""
    if not may_be_withdrawn(stage_now(topic.meetup)):
        raise Refusal(gettext("This meetup is archived, and its topics stay as they were. Ask the organisers."))
    gone = Topic.objects.filter(pk=topic.pk, withdrawn_at=None).update(withdrawn_at=now)
    topic.withdrawn_at = topic.withdrawn_at or now
    if gone:
        record("topics.topic_withdrawn", topic, person, now=now)


@transaction.atomic
def offer_to_moderate(topic: Topic, person: Person, part: str, *, now: datetime) -> None:
    """Offer to lead the topic, or to shadow who leads; a second offer replaces the first. Raises Refusal."""
    check_open(topic.meetup)
    check_there(topic)
    if part not in OFFERS:
        raise Refusal(gettext("Choose to lead or to shadow."), field="part")
    locked = ModeratorOffer.objects.select_for_update().filter(topic=topic, person=person).first()
    if locked is not None and locked.part == part:
        return
    ModeratorOffer.objects.update_or_create(topic=topic, person=person, defaults={"part": part})
    record("topics.moderator_offered", topic, person, now=now, part=part)


@transaction.atomic
def withdraw_offer(topic: Topic, person: Person, *, now: datetime) -> None:
    """Take an offer to moderate back, if there is one."""
    gone, _ = ModeratorOffer.objects.filter(topic=topic, person=person).delete()
    if gone:
        record("topics.offer_withdrawn", topic, person, now=now)


def _words_of(topic: Topic) -> Words:
    said: Words = {"title": topic.title, "details": topic.details, "format": topic.format}
    return {**said, "minutes": topic.minutes, "tags": topic.tags}


def _said(words: Words) -> dict[str, Any]:
    """Return the columns these words fill. Raises Refusal when one is wrong."""
    title, details, wished = one_line(words["title"]), lines(words["details"]), words["format"]
    tags, minutes = tags_in(",".join(words["tags"])), words["minutes"]
    fault = fault_in(title, details, wished) or fault_in_wishes(tags, minutes)
    if fault is not None:
        raise Refusal(fault[1], field=fault[0])
    said = {"title": title, "details": details, "format": wished, "minutes": minutes, "tags": list(tags)}
    return {**said, "details_html": to_html(details)}
