"""The letter of a day to somebody of a team: what they have to do, and once a week what the team did."""

from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from midcycle.journal.models import Entry
from midcycle.kernel.typed import inert
from midcycle.mailing.queries.speaking import language_of_number
from midcycle.mailing.rules import Draft, draft_of
from midcycle.planning import queries as planning
from midcycle.planning.access import stop_key
from midcycle.planning.queries import Digest


def digest_of(entry: Entry) -> planning.Digest | None:
    """Return what somebody is told in their language on the day of an entry, None when there is nothing to tell any more."""
    since, day = date.fromisoformat(entry.facts["since"]), date.fromisoformat(entry.facts["day"])
    with translation.override(language_of_number(entry.actor or 0)):
        return planning.digest_for(entry.actor or 0, since=since, today=day)


def reminder_draft(digest: Digest) -> Draft:
    """Return the letter of a day."""
    base, person = settings.MIDCYCLE.public_url_used, digest.person.pk
    sections = [
        {
            "told": section,
            "title": inert(section.meetup.told_title, 160),
            "tasks_url": f"{base}{reverse('planning:tasks', args=[section.meetup.slug])}?show=mine",
            "free_url": f"{base}{reverse('planning:tasks', args=[section.meetup.slug])}",
            "news_url": f"{base}{reverse('planning:news', args=[section.meetup.slug])}",
            "stop_url": f"{base}{reverse('planning:stop', args=[section.meetup.slug, stop_key(section.meetup.pk, person)])}",
        }
        for section in digest.sections
    ]
    facts = {"digest": digest, "sections": sections, "instance": settings.MIDCYCLE.instance_name}
    return draft_of(render_to_string("mailing/letters/reminder.txt", facts))
