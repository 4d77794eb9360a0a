"""Erasing what somebody said and chose among the topics of a meetup."""

from datetime import datetime

from django.db import transaction

from midcycle.accounts import actions as accounts
from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.meetups.models import Meetup
from midcycle.topics.models import Comment, Invitation, MergedVoice, ModeratorOffer, PlanningPad, Support, Topic
from midcycle.topics.rules.padded import without_name


@transaction.atomic
def erase_traces(meetup: Meetup, person: Person, *, now: datetime) -> None:
    """Delete a person's voices, comments, offers and invitations at a meetup, archived or not; again changes nothing.

    Topics they proposed stay, as others support them, and name nobody. The planning pad that was read in names them no more.
    """
    accounts.held(person)
    mine = Topic.objects.filter(meetup=meetup, proposed_by=person)
    gone = 0
    for model in (Support, Comment, ModeratorOffer, MergedVoice):
        gone += model._default_manager.filter(topic__meetup=meetup, person=person).delete()[0]
    invitations = Invitation.objects.filter(topic__meetup=meetup)
    gone += invitations.filter(email=person.email).delete()[0] + invitations.filter(invited_by=person).delete()[0]
    gone += _unname(meetup, person)
    if mine.exists():
        gone += mine.update(proposed_by=accounts.nobody(now=now))
    if gone:
        journal.record("topics.traces_erased", at=now, meetup=meetup.pk, actor=person.pk, facts={"rows": gone})


def _unname(meetup: Meetup, person: Person) -> int:
    """Take somebody's name out of the planning pad, and from who is known by that name alone; return 1 where it stood there."""
    pad = PlanningPad.objects.select_for_update().filter(meetup=meetup).first()
    text = without_name(pad.text, person.name) if pad else ""
    if pad is None or text == pad.text:
        return 0
    namesakes = Person.objects.filter(is_active=False, email__endswith=f"@{accounts.NOWHERE}", name__iexact=person.name)
    here = Support.objects.filter(topic__meetup=meetup, person__in=namesakes).values("person")
    Person.objects.filter(pk__in=here).update(name="")
    pad.text = text
    pad.save(update_fields=["text"])
    return 1
