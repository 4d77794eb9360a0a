"""Erasing what somebody said and chose among the topics of a meetup."""

from datetime import datetime

from django.db import transaction

from midcycle.accounts import actions as accounts
from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.meetups.models import Meetup
from midcycle.topics.models import Comment, Invitation, MergedVoice, ModeratorOffer, Support, Topic


@transaction.atomic
def erase_traces(meetup: Meetup, person: Person, *, now: datetime) -> None:
    """Delete a person's voices, comments, offers and invitations at a meetup, archived or not; again changes nothing.

    Topics they proposed stay, as others support them, and name nobody.
    """
    accounts.held(person)
    mine = Topic.objects.filter(meetup=meetup, proposed_by=person)
    gone = 0
    for model in (Support, Comment, ModeratorOffer, MergedVoice):
        gone += model._default_manager.filter(topic__meetup=meetup, person=person).delete()[0]
    invitations = Invitation.objects.filter(topic__meetup=meetup)
    gone += invitations.filter(email=person.email).delete()[0] + invitations.filter(invited_by=person).delete()[0]
    if mine.exists():
        gone += mine.update(proposed_by=accounts.nobody(now=now))
    if gone:
        journal.record("topics.traces_erased", at=now, meetup=meetup.pk, actor=person.pk, facts={"rows": gone})
