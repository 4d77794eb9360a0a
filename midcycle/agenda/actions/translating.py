"""Titles and abstracts of sessions in other languages."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from midcycle.accounts.models import Person
from midcycle.agenda.actions.common import hold, note
from midcycle.agenda.models import Session
from midcycle.kernel.typed import lines, one_line
from midcycle.meetups.models import Meetup
from midcycle.web.markdown import to_html
from midcycle.web.texts import said_in


@transaction.atomic
def translate_sessions(
    meetup: Meetup, language: str, said: Mapping[int, tuple[str, str]], *, by: Person, now: datetime
) -> None:
    """Say title and abstract of sessions, by their number, in a language; blank takes them away.

    Raises Refusal once the meetup is archived.
    """
    hold(meetup)
    held = list(Session.objects.filter(meetup=meetup, pk__in=said).order_by("pk"))
    for session in held:
        title, abstract = one_line(said[session.pk][0]), lines(said[session.pk][1])
        html = to_html(abstract) if abstract else ""
        session.texts = said_in(session.texts, language, {"title": title, "abstract": abstract, "abstract_html": html})
    Session.objects.bulk_update(held, ["texts"])
    if held:
        facts = {"language": language, "sessions": [session.pk for session in held]}
        note("agenda.sessions_translated", meetup, by=by, now=now, facts=facts)


def texts_of_topic(texts: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Return what a session made of a topic with these texts says in other languages."""
    return {
        code: {
            "title": said.get("title", ""),
            "abstract": said.get("details", ""),
            "abstract_html": said.get("details_html", ""),
        }
        for code, said in texts.items()
    }
