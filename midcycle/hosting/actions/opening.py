"""Opening a call for interest, and closing it."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from midcycle.accounts.models import Person
from midcycle.hosting.models import Call
from midcycle.hosting.rules import fault_in_idea
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import lines, one_line
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup


class Idea(TypedDict, total=False):
    """What an idea may say beyond its title: Markdown, the region wanted, where the call is posted, the slug."""

    summary: str
    region: str
    channel: str
    slug: str


@transaction.atomic
def open_call(person: Person, *, title: str, guess: tuple[int, int] | None, now: datetime, **idea: Unpack[Idea]) -> Meetup:
    """Open an idea and ask who would come; `guess` is from few to many people. Raises Refusal naming the field."""
    texts = {
        "title": one_line(title),
        "summary": lines(idea.get("summary", "")),
        "region": one_line(idea.get("region", "")),
        "channel": one_line(idea.get("channel", "")),
    }
    fault = fault_in_idea(texts, guess)
    if fault is not None:
        raise Refusal(fault[1], field=fault[0])
    channel = texts.pop("channel")
    meetup = meetups.open_idea(person, **texts, slug=idea.get("slug", ""), now=now)
    low, high = guess or (None, None)
    Call.objects.create(meetup=meetup, opened_at=now, channel=channel, guess_low=low, guess_high=high)
    journal.record("hosting.call_opened", at=now, meetup=meetup.pk, actor=person.pk)
    return meetup


@transaction.atomic
def close_call(meetup: Meetup, person: Person, *, now: datetime) -> None:
    """Take no more answers."""
    if Call.objects.filter(meetup=meetup, closed_at=None).update(closed_at=now):
        journal.record("hosting.call_closed", at=now, meetup=meetup.pk, actor=person.pk)
