"""What the letter says about pictures somebody wants to be taken down, and whom it is for."""

from django.urls import reverse

from midcycle.mailing.queries.letters import draft_for
from midcycle.mailing.rules import Draft
from midcycle.meetups.models import Meetup, Organiser


def team_of(meetup_id: int) -> list[Organiser]:
    """Return the team of a meetup, each with their person and the meetup. One query."""
    return list(Organiser.objects.select_related("person", "meetup").filter(meetup=meetup_id).order_by("pk"))


def takedown_draft(meetup: Meetup, *, hides: bool) -> Draft:
    """Return the letter to somebody of the team; what was asked is on the page."""
    return draft_for("takedown_asked", meetup, path=reverse("photos:desk", args=[meetup.slug]), facts={"hides": hides})
