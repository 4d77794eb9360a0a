"""Topics as they read in another language."""

from django.core.paginator import Page, Paginator

from midcycle.meetups.models import Meetup
from midcycle.topics.models import Topic
from midcycle.web.texts import PAGE, Thing


def topics_in(meetup: Meetup, language: str, page: str | None) -> Page[Thing]:
    """Return a page of the topics that are listed, in order of proposal, with what they say in a language; one query."""
    listed = Topic.objects.filter(meetup=meetup, withdrawn_at=None).order_by("pk")
    return Paginator([_thing(topic, topic.texts.get(language, {})) for topic in listed], PAGE).get_page(page)


def _thing(topic: Topic, said: dict[str, str]) -> Thing:
    return Thing(topic.pk, topic.title, topic.details, said.get("title", ""), said.get("details", ""))
