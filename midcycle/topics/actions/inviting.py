"""Asking somebody to lead a topic together; they answer by a link."""

import secrets
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.kernel.addresses import canonical
from midcycle.kernel.refusal import Refusal
from midcycle.topics.actions.common import check_open, check_there, record
from midcycle.topics.models import Invitation, ModeratorOffer, Topic

MOST_OPEN: Final = 5


@transaction.atomic
def invite(topic: Topic, email: str, *, by: Person, now: datetime) -> Invitation:
    """Ask whoever has this address to lead a topic too; asked again, nothing changes unless they were uninvited.

    Raises Refusal when topics are closed, no letter could be sent there, they declined, or many have not answered yet.
    """
    check_open(topic.meetup)
    held = Topic.objects.select_for_update().get(pk=topic.pk)
    check_there(held)
    address = canonical(email)
    known = Invitation.objects.filter(topic=held, email=address).first()
    if known is not None and known.state != "withdrawn":
        if known.state == "declined":
            raise Refusal(gettext("They said no to this topic already. Ask somebody else."), field="email")
        return known
    if Invitation.objects.filter(topic=held, state="open").count() >= MOST_OPEN:
        said = gettext("%(count)s people have not answered yet. Wait for them, or take an invitation back.")
        raise Refusal(said % {"count": MOST_OPEN}, field="email")
    fresh = {"token": secrets.token_urlsafe(24), "invited_by": by, "at": now, "state": "open"}
    made, _ = Invitation.objects.update_or_create(topic=held, email=address, defaults=fresh)
    record("topics.co_lead_invited", held, by, now=now, invitation=made.pk)
    return made


@transaction.atomic
def accept_invitation(invitation: Invitation, person: Person, *, now: datetime) -> None:
    """Lead the topic too; again changes nothing. Raises Refusal when it was taken back or topics are closed."""
    check_open(invitation.topic.meetup)
    check_there(invitation.topic)
    if not _answer(invitation, "accepted"):
        return
    ModeratorOffer.objects.update_or_create(topic=invitation.topic, person=person, defaults={"part": "lead"})
    record("topics.moderator_offered", invitation.topic, person, now=now, part="lead")


@transaction.atomic
def decline_invitation(invitation: Invitation, *, now: datetime) -> None:
    """Say no, by whoever has the link; again changes nothing. Raises Refusal when it was answered otherwise."""
    if _answer(invitation, "declined"):
        record("topics.co_lead_declined", invitation.topic, None, now=now)


@transaction.atomic
def uninvite(invitation: Invitation, *, by: Person, now: datetime) -> None:
    """Take an invitation back that nobody answered yet; its link opens nothing any more."""
    if Invitation.objects.filter(pk=invitation.pk, state="open").update(state="withdrawn"):
        record("topics.co_lead_uninvited", invitation.topic, by, now=now)


def _answer(invitation: Invitation, answer: str) -> bool:
    """Write the answer down once; return whether it is new. Raises Refusal when there is another."""
    if Invitation.objects.filter(pk=invitation.pk, state="open").update(state=answer):
        return True
    if Invitation.objects.filter(pk=invitation.pk, state=answer).exists():
        return False
    raise Refusal(gettext("This invitation was answered or taken back already. Offer on the page of the topic instead."))
