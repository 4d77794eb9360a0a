"""The letter that asks whether somebody wants to join a list."""

from django.urls import reverse

from midcycle.kernel.typed import inert
from midcycle.lists.models import JoinRequest
from midcycle.mailing.queries.letters import draft_for
from midcycle.mailing.rules import Draft


def join_request_of(number: int) -> JoinRequest | None:
    """Return a wish to join that nobody confirmed yet, with its list and meetup."""
    return JoinRequest.objects.select_related("list", "meetup").filter(pk=number, state="asked").first()


def join_draft(wish: JoinRequest) -> Draft:
    """Return the letter."""
    path = reverse("lists:confirmation", args=[wish.meetup.slug, wish.token])
    return draft_for("list_join", wish.meetup, path=path, facts={"list": inert(wish.list.title)})
