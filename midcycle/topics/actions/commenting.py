"""Saying something about a topic, erasing it, and taking it off the page."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import lines
from midcycle.topics.actions.common import check_open, check_there, record
from midcycle.topics.models import Comment, Topic
from midcycle.topics.rules import fault_in_comment
from midcycle.web.markdown import to_html

MOST_COMMENTS: Final = 20  # of one person at one meetup within an hour, so that nobody fills its pages


@transaction.atomic
def comment(topic: Topic, person: Person, text: str, *, now: datetime) -> Comment:
    """Say something about a topic, in Markdown. Raises Refusal when topics are closed, it says nothing or too much."""
    check_open(topic.meetup)
    check_there(topic)
    said = lines(text)
    fault = fault_in_comment(said)
    if fault is not None:
        raise Refusal(fault, field="text")
    lately = Comment.objects.filter(person=person, topic__meetup=topic.meetup, at__gt=now - timedelta(hours=1))
    if lately.count() >= MOST_COMMENTS:
        raise Refusal(gettext("You have written many comments within an hour. Wait a little before the next."), field="text")
    made = Comment.objects.create(topic=topic, person=person, text=said, html=to_html(said), at=now)
    record("topics.commented", topic, person, now=now, comment=made.pk)
    return made


@transaction.atomic
def erase_comment(found: Comment, person: Person, *, now: datetime) -> None:
    """Delete what somebody said; again is harmless."""
    gone, _ = Comment.objects.filter(pk=found.pk).delete()
    if gone:
        record("topics.comment_erased", found.topic, person, now=now)


@transaction.atomic
def moderate_comment(found: Comment, *, hidden: bool, by: Person, now: datetime) -> None:
    """Take a comment off the page, or put it back; again changes nothing."""
    changed = Comment.objects.filter(pk=found.pk, hidden_at__isnull=hidden).update(hidden_at=now if hidden else None)
    if changed:
        kind = "topics.comment_hidden" if hidden else "topics.comment_shown"
        record(kind, found.topic, by, now=now, comment=found.pk)
