"""Proposing, rewriting, supporting and withdrawing topics, and offering to moderate them."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import lines, one_line
from midcycle.meetups.models import Meetup
from midcycle.meetups.rules import STAGE_NAMES
from midcycle.topics.models import ModeratorOffer, Support, Topic
from midcycle.topics.rules import OFFERS, USUAL, are_open, fault_in, may_be_withdrawn
from midcycle.web.markdown import to_html


class Wish(TypedDict, total=False):
    """What a proposal may say beyond its title: details in Markdown, and the format wished for."""

    details: str
    format: str


class Words(Wish, total=False):
    """What a topic says. What is absent stays as it was."""

    title: str


@transaction.atomic
def propose(meetup: Meetup, person: Person, *, title: str, now: datetime, **wish: Unpack[Wish]) -> Topic:
    """Propose a topic; the proposer supports it. Raises Refusal when topics are closed or a field is wrong."""
    _check_open(meetup)
    said = _said(title, wish.get("details", ""), wish.get("format", USUAL))
    topic = Topic.objects.create(meetup=meetup, **said, proposed_by=person, proposed_at=now)
    Support.objects.create(topic=topic, person=person)
    journal.record("topics.topic_proposed", at=now, meetup=meetup.pk, actor=person.pk, facts={"topic": topic.pk})
    return topic


@transaction.atomic
def rewrite(topic: Topic, person: Person | None, *, now: datetime, **words: Unpack[Words]) -> None:
    """Change what a topic says; voices and offers stay with it, and a session made of it keeps its own words.

    The same words again change nothing. `person` is None when a machine with a token does it. Raises Refusal when topics
    are closed, the topic was withdrawn or a field is wrong.
    """
    _check_open(topic.meetup)
    held = Topic.objects.select_for_update().get(pk=topic.pk)
    _check_there(held)
    said = _said(words.get("title", held.title), words.get("details", held.details), words.get("format", held.format))
    if (said["title"], said["details"], said["format"]) == (held.title, held.details, held.format):
        return
    Topic.objects.filter(pk=held.pk).update(**said)
    _record("topics.topic_rewritten", held, person, now=now)


@transaction.atomic
def withdraw(topic: Topic, person: Person, *, now: datetime) -> None:
    """Take a topic back; its voices stay with it. Raises Refusal once the meetup is archived."""
    if not may_be_withdrawn(_stage_now(topic.meetup)):
        raise Refusal("This meetup is archived, and its topics stay as they were. Ask the organisers.")
    gone = Topic.objects.filter(pk=topic.pk, withdrawn_at=None).update(withdrawn_at=now)
    topic.withdrawn_at = topic.withdrawn_at or now
    if gone:
        _record("topics.topic_withdrawn", topic, person, now=now)


@transaction.atomic
def support(topic: Topic, person: Person, *, now: datetime) -> None:
    """Give the topic the person's one voice; again changes nothing. Raises Refusal when topics are closed."""
    _check_open(topic.meetup)
    _check_there(topic)
    _, fresh = Support.objects.get_or_create(topic=topic, person=person)
    if fresh:
        _record("topics.supported", topic, person, now=now)


@transaction.atomic
def withdraw_support(topic: Topic, person: Person, *, now: datetime) -> None:
    """Take the person's voice back, if there is one. Raises Refusal when topics are closed."""
    _check_open(topic.meetup)
    gone, _ = Support.objects.filter(topic=topic, person=person).delete()
    if gone:
        _record("topics.support_withdrawn", topic, person, now=now)


@transaction.atomic
def offer_to_moderate(topic: Topic, person: Person, part: str, *, now: datetime) -> None:
    """Offer to lead the topic, or to shadow who leads; a second offer replaces the first. Raises Refusal."""
    _check_open(topic.meetup)
    _check_there(topic)
    if part not in OFFERS:
        raise Refusal("Choose to lead or to shadow.", field="part")
    locked = ModeratorOffer.objects.select_for_update().filter(topic=topic, person=person).first()
    if locked is not None and locked.part == part:
        return
    ModeratorOffer.objects.update_or_create(topic=topic, person=person, defaults={"part": part})
    facts = {"topic": topic.pk, "part": part}
    journal.record("topics.moderator_offered", at=now, meetup=topic.meetup_id, actor=person.pk, facts=facts)


@transaction.atomic
def withdraw_offer(topic: Topic, person: Person, *, now: datetime) -> None:
    """Take an offer to moderate back, if there is one."""
    gone, _ = ModeratorOffer.objects.filter(topic=topic, person=person).delete()
    if gone:
        _record("topics.offer_withdrawn", topic, person, now=now)


def _said(title: str, details: str, wished: str) -> dict[str, str]:
    """Return the columns these words fill. Raises Refusal when one is wrong."""
    title, details = one_line(title), lines(details)
    fault = fault_in(title, details, wished)
    if fault is not None:
        raise Refusal(fault[1], field=fault[0])
    return {"title": title, "details": details, "details_html": to_html(details), "format": wished}


def _check_open(meetup: Meetup) -> None:
    stage = _stage_now(meetup)
    if not are_open(stage):
        raise Refusal(
            f"Topics are closed at the stage “{STAGE_NAMES[stage]}”. They are open from registration to the last day."
        )


def _stage_now(meetup: Meetup) -> str:
    return Meetup.objects.values_list("stage", flat=True).get(pk=meetup.pk)


def _check_there(topic: Topic) -> None:
    if not Topic.objects.filter(pk=topic.pk, withdrawn_at=None).exists():
        raise Refusal("This topic was withdrawn. Propose it yourself if you want it back.")


def _record(kind: str, topic: Topic, person: Person | None, *, now: datetime) -> None:
    actor = None if person is None else person.pk
    journal.record(kind, at=now, meetup=topic.meetup_id, actor=actor, facts={"topic": topic.pk})
