"""Sessions as they read in another language."""

from django.core.paginator import Page, Paginator

from midcycle.agenda.models import Session
from midcycle.meetups.models import Meetup
from midcycle.web.texts import PAGE, Thing


def sessions_in(meetup: Meetup, language: str, page: str | None) -> Page[Thing]:
    """Return a page of the sessions with what they say in a language; one query."""
    sessions = Session.objects.filter(meetup=meetup).order_by("pk")
    return Paginator([_thing(session, session.texts.get(language, {})) for session in sessions], PAGE).get_page(page)


def _thing(session: Session, said: dict[str, str]) -> Thing:
    return Thing(session.pk, session.title, session.abstract, said.get("title", ""), said.get("abstract", ""))
