"""What letters about outcomes say: whether an action is somebody's, and that it is due."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from midcycle.accounts.models import Person
from midcycle.journal.models import Entry
from midcycle.kernel.typed import inert
from midcycle.mailing.rules import Draft, draft_of
from midcycle.meetups.models import Meetup
from midcycle.outcomes import queries as outcomes
from midcycle.outcomes.access import key_of
from midcycle.outcomes.models import Action


def outcomes_asked(entry: Entry) -> tuple[Person, Meetup, list[Action]] | None:
    """Return who is asked about which actions, None when nobody is any more."""
    return outcomes.asked_of(entry.facts["person"], entry.facts["actions"])


def outcomes_digest(entry: Entry) -> outcomes.Digest | None:
    """Return what somebody is told on the day of an entry, None when there is nothing to tell any more."""
    since, day = date.fromisoformat(entry.facts["since"]), date.fromisoformat(entry.facts["day"])
    return outcomes.digest_for(entry.actor or 0, since=since, today=day)


def outcome_asked_draft(person: Person, meetup: Meetup, actions: Sequence[Action]) -> Draft:
    """Return the letter that asks whether actions are somebody's."""
    facts = {"name": inert(person.name), "actions": actions, "instance": settings.MIDCYCLE.instance_name}
    return draft_of(render_to_string("mailing/letters/outcome_asked.txt", {**facts, **_links(meetup, person)}))


def outcomes_due_draft(digest: outcomes.Digest) -> Draft:
    """Return the letter of a day."""
    sections = [{"told": section, **_links(section.meetup, digest.person)} for section in digest.sections]
    facts = {"count": digest.count, "today": digest.today, "sections": sections, "instance": settings.MIDCYCLE.instance_name}
    return draft_of(render_to_string("mailing/letters/outcomes_due.txt", facts))


def _links(meetup: Meetup, person: Person) -> dict[str, str]:
    base, key = settings.MIDCYCLE.public_url_used, key_of(meetup.pk, person.pk)
    return {
        "title": inert(meetup.told_title, 160),
        "url": f"{base}{reverse('outcomes:by_key', args=[meetup.slug, key])}",
        "stop_url": f"{base}{reverse('outcomes:letters', args=[meetup.slug, key])}",
    }
