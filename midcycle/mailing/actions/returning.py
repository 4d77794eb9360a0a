"""Letters that came back, and addresses that are written to no more."""

from datetime import datetime

from django.db import transaction

from midcycle.accounts.models import Person
from midcycle.engines.maillist import Bounce
from midcycle.journal import actions as journal
from midcycle.mailing.access import letter_by_return_path
from midcycle.mailing.models import DeadAddress, Letter
from midcycle.mailing.rules.replies import came_back
from midcycle.meetups.models import Meetup


@transaction.atomic
def note_bounce(bounce: Bounce, *, now: datetime) -> bool:
    """Note that a letter came back; return whether it is one of ours. Done twice, it does nothing more.

    When the address will never take a letter, no more are written to it until somebody lets them. Whoever does not know what
    stands in the return path of a letter cannot bring that about: it went to that mailbox alone.
    """
    found = letter_by_return_path(bounce.token)
    if found is None:
        return False
    sent = Letter.objects.filter(pk=found.pk, state="sent")
    if not sent.update(state="failed", why=came_back(bounce.status)):
        return True
    if bounce.is_for_ever:
        DeadAddress.objects.get_or_create(person=found.person, defaults={"since": now, "status": bounce.status})
    journal.record("mailing.came_back", at=now, meetup=found.meetup_id, facts={"letter": found.pk, "status": bounce.status})
    return True


@transaction.atomic
def write_again(meetup: Meetup, person: Person, *, by: Person, now: datetime) -> bool:
    """Let letters go to an address again that sent one back; return whether they did not. Again is harmless."""
    count, _ = DeadAddress.objects.filter(person=person).delete()
    if count:
        journal.record("mailing.address_trusted", at=now, meetup=meetup.pk, actor=by.pk, facts={"person": person.pk})
    return count > 0
