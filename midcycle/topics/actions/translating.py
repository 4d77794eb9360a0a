"""Titles and details of topics in other languages."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.kernel.typed import lines, one_line
from midcycle.meetups.actions import check_changeable
from midcycle.meetups.models import Meetup
from midcycle.topics.models import Topic
from midcycle.web.markdown import to_html
from midcycle.web.texts import said_in


@transaction.atomic
def translate_topics(meetup: Meetup, language: str, said: Mapping[int, tuple[str, str]], *, by: Person, now: datetime) -> None:
    """Say title and details of topics, by their number, in a language; blank takes them away.

    Raises Refusal once the meetup is archived.
    """
    check_changeable(meetup.pk)
    held = list(Topic.objects.select_for_update().filter(meetup=meetup, pk__in=said).order_by("pk"))
    for topic in held:
        title, details = one_line(said[topic.pk][0]), lines(said[topic.pk][1])
        html = to_html(details) if details else ""
        topic.texts = said_in(topic.texts, language, {"title": title, "details": details, "details_html": html})
    Topic.objects.bulk_update(held, ["texts"])
    if held:
        facts = {"language": language, "topics": [topic.pk for topic in held]}
        journal.record("topics.topics_translated", at=now, meetup=meetup.pk, actor=by.pk, facts=facts)
