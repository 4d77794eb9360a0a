"""The letter of a week to somebody who asked for it: what changed that they need to know, and nothing in a week without."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from midcycle.agenda import queries as agenda
from midcycle.agenda.models import Release
from midcycle.journal.models import Entry
from midcycle.kernel.typed import inert, one_line
from midcycle.mailing.access import key_of
from midcycle.mailing.models import WeeklyWish
from midcycle.mailing.rules import Draft, draft_of
from midcycle.mailing.rules.weekly import Happened, News, news_of
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Seat
from midcycle.registration.queries import position_of
from midcycle.topics.models import Topic

_NEWEST: Final = 8
_KINDS: Final = (
    "meetups.place_set",
    "meetups.stage_reached",
    "registration.opened",
    "agenda.released",
    "feedback.survey_opened",
    "report.published",
)


@dataclass(frozen=True)
class Due:
    """Somebody who is to get the letter of a week, and what it would say; nothing when there is nothing to tell."""

    wish: WeeklyWish
    news: tuple[News, ...]


def weekly_due(moment: datetime, at_most: int) -> list[WeeklyWish]:
    """Return who was told last before this moment, with meetup and person. One query."""
    due = WeeklyWish.objects.filter(told_at__lt=moment, person__is_active=True)
    return list(due.select_related("meetup", "person").order_by("told_at", "pk")[:at_most])


def news_for(wish: WeeklyWish, *, now: datetime) -> tuple[News, ...]:
    """Return what happened since somebody was told last, as far as it matters to them."""
    meetup, since = wish.meetup, wish.told_at
    entries = Entry.objects.filter(meetup=meetup.pk, kind__in=_KINDS, at__gte=since, at__lt=now).order_by("pk")
    happened = [Happened(entry.kind, str(entry.facts.get("stage", ""))) for entry in entries]
    topics = Topic.objects.filter(meetup=meetup, proposed_at__gte=since, proposed_at__lt=now, withdrawn_at=None)
    titles = [inert(title, 120) for title in topics.order_by("-pk").values_list("title", flat=True)]
    place = ", ".join(one_line(part) for part in (meetup.when, meetup.venue, meetup.where) if part)
    seat = Seat.objects.select_related("meetup__capacity").filter(meetup=meetup, person=wish.person, state="waiting").first()
    return news_of(
        happened,
        place=place,
        topics=tuple(titles[:_NEWEST]),
        more_topics=max(0, len(titles) - _NEWEST),
        changes=_own_changes(wish, now=now),
        in_line=position_of(seat) if seat else None,
    )


def weekly_draft(wish: WeeklyWish, news: Iterable[News]) -> Draft:
    """Return the letter of a week."""
    meetup, base = wish.meetup, settings.MIDCYCLE.public_url_used
    facts = {
        "title": inert(meetup.told_title, 160),
        "news": tuple(news),
        "url": f"{base}{meetup.path}?via=letter",
        "stop_url": f"{base}{weekly_path(meetup, wish.person_id)}",
        "instance": settings.MIDCYCLE.instance_name,
    }
    return draft_of(render_to_string("mailing/letters/weekly.txt", facts))


def weekly_path(meetup: Meetup, person: int) -> str:
    """Return the path of the page on which somebody says whether they want the letter of a week."""
    return reverse("mailing:weekly", args=[meetup.slug, key_of(meetup.pk, person)])


def wants_weekly(meetup: Meetup, person: int) -> bool:
    """Say whether somebody wants the letter of a week."""
    return WeeklyWish.objects.filter(meetup=meetup, person=person).exists()


def _own_changes(wish: WeeklyWish, *, now: datetime) -> tuple[str, ...]:
    """Return what releases of that time changed in sessions somebody leads or has in their own agenda."""
    made = Release.objects.filter(meetup=wish.meetup, released_at__gte=wish.told_at, released_at__lt=now)
    sentences: list[str] = []
    for number in made.order_by("number").values_list("number", flat=True):
        changed = agenda.changes_in(wish.meetup, number)
        concerned = agenda.concerned_by(wish.meetup, changed)
        mine = [
            change.sentence
            for change in changed
            if wish.person_id in concerned.parts.get(change.session, ())
            or wish.person_id in concerned.agendas.get(change.session, ())
        ]
        sentences += [inert(sentence, 600) for sentence in mine]
    return tuple(sentences[-_NEWEST:])
