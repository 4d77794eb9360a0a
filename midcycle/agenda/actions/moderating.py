"""Moderators: who volunteers, who is proposed for which session, asked, and what they answer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts import actions as accounts
from midcycle.accounts.models import Person
from midcycle.agenda.actions.common import hold, note
from midcycle.agenda.actions.presence import set_absences
from midcycle.agenda.models import Absence, Apart, Invite, Moderator, Session, SessionPart
from midcycle.agenda.queries.moderating import Proposing, proposing
from midcycle.engines.solver.pairing import Proposal, propose
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import lines, one_line
from midcycle.kernel.words import quoted
from midcycle.meetups.models import Meetup
from midcycle.topics.rules import are_open

MOST_ASKED = 200
"""Letters asked for at once; more sessions than that are asked about in turn."""


@dataclass(frozen=True)
class Offer:
    """What somebody says who would moderate: sessions led before, the most they take on, and when they are away."""

    name: str
    led: int = 0
    most: int = 2
    languages: str = ""
    wish: str = ""
    away: frozenset[int] = frozenset()


@transaction.atomic
def volunteer(meetup: Meetup, person: Person, offer: Offer, *, now: datetime) -> Moderator:
    """Put somebody who offers to moderate into the pool, or change what they said. Raises Refusal when it is too late."""
    hold(meetup)
    if not are_open(meetup.stage):
        raise Refusal(gettext("Moderators are sought from registration until the meetup is over. Write to the organisers."))
    if not one_line(offer.name):
        raise Refusal(gettext("Say what people call you."), field="name")
    if one_line(offer.name) != person.name:
        accounts.rename(person, offer.name, now=now)
    facts = {
        "led": offer.led,
        "most": offer.most,
        "languages": one_line(offer.languages)[:80],
        "wish": lines(offer.wish)[:300],
    }
    held, _ = Moderator.objects.update_or_create(
        meetup=meetup, person=person, defaults=facts, create_defaults={**facts, "volunteered_at": now}
    )
    set_absences(meetup, person, offer.away)
    note("agenda.moderator_volunteered", meetup, by=person, now=now, facts={"moderator": held.pk})
    return held


@transaction.atomic
def add_to_pool(meetup: Meetup, email: str, *, led: int, most: int, by: Person, now: datetime) -> Moderator:
    """Put whoever has this e-mail address into the pool; somebody who is in it gets these figures."""
    person = accounts.person_for(email, now=now)
    hold(meetup)
    held, _ = Moderator.objects.update_or_create(
        meetup=meetup,
        person=person,
        defaults={"led": led, "most": most},
        create_defaults={"led": led, "most": most, "volunteered_at": now},
    )
    note("agenda.moderator_added", meetup, by=by, now=now, facts={"moderator": held.pk})
    return held


@transaction.atomic
def leave_pool(held: Moderator, *, by: Person | None, now: datetime) -> None:
    """Take somebody out of the pool with what was said about them. What they confirmed stays theirs.

    When they are away is kept for as long as they have a part, so that it is not put there.
    """
    hold(held.meetup)
    Invite.objects.filter(session__meetup=held.meetup, person=held.person, state__in=("proposed", "asked")).delete()
    Apart.objects.filter(meetup=held.meetup, one=held.person).delete()
    Apart.objects.filter(meetup=held.meetup, other=held.person).delete()
    if not SessionPart.objects.filter(session__meetup=held.meetup, person=held.person).exists():
        Absence.objects.filter(slot__meetup=held.meetup, person=held.person).delete()
    note("agenda.moderator_left", held.meetup, by=by, now=now, facts={"moderator": held.pk})
    held.delete()


@transaction.atomic
def keep_apart(meetup: Meetup, one: Person, other: Person, *, by: Person, now: datetime) -> None:
    """Propose two people for no session together; nobody but the team knows. Raises Refusal for one person."""
    hold(meetup)
    if one.pk == other.pk:
        raise Refusal(gettext("Choose two people."), field="other")
    first, second = sorted((one, other), key=lambda person: person.pk)
    held, fresh = Apart.objects.get_or_create(meetup=meetup, one=first, other=second)
    if fresh:
        note("agenda.kept_apart", meetup, by=by, now=now, facts={"apart": held.pk})


@transaction.atomic
def let_together(held: Apart, *, by: Person, now: datetime) -> None:
    """Let two people be proposed together again."""
    hold(held.meetup)
    note("agenda.let_together", held.meetup, by=by, now=now, facts={"apart": held.pk})
    held.delete()


def propose_moderators(meetup: Meetup, *, by: Person, now: datetime) -> int:
    """Propose a lead and a shadow where there is none; earlier proposals nobody was asked about go. Return how many.

    The search runs before the transaction. Raises Refusal while nobody has volunteered, or when something changed meanwhile.
    """
    given = proposing(meetup)
    if not given.people:
        raise Refusal(gettext("Nobody has volunteered yet. Send the link of the public page around, or add somebody below."))
    return _store(meetup, given, propose(given.tasks, given.people, busy=given.busy), by=by, now=now)


@transaction.atomic
def _store(meetup: Meetup, given: Proposing, found: Collection[Proposal], *, by: Person, now: datetime) -> int:
    hold(meetup)
    if proposing(meetup) != given:
        raise Refusal(gettext("Sessions or moderators changed meanwhile. Propose again."))
    Invite.objects.filter(session__meetup=meetup, state="proposed").delete()
    Invite.objects.bulk_create(Invite(session_id=p.session, person_id=p.person, part=p.part) for p in found)
    note("agenda.moderators_proposed", meetup, by=by, now=now, facts={"proposals": len(found)})
    return len(found)


@transaction.atomic
def drop_proposal(invite: Invite, *, by: Person, now: datetime) -> None:
    """Take a proposal or a question back. Raises Refusal once it was confirmed."""
    meetup = invite.session.meetup
    hold(meetup)
    if Invite.objects.filter(pk=invite.pk, state="confirmed").exists():
        raise Refusal(gettext("They have confirmed. Take their part away on the page of the session."))
    note("agenda.proposal_dropped", meetup, by=by, now=now, facts={"session": invite.session_id, "person": invite.person_id})
    Invite.objects.filter(pk=invite.pk).delete()


@transaction.atomic
def ask_moderators(meetup: Meetup, *, by: Person, now: datetime) -> int:
    """Ask everybody who is proposed, by letter; return how many. Raises Refusal when there is nobody to ask."""
    hold(meetup)
    asked = list(Invite.objects.filter(session__meetup=meetup, state="proposed").order_by("pk")[:MOST_ASKED])
    if not asked:
        raise Refusal(gettext("There is nobody to ask. Propose moderators first."))
    Invite.objects.filter(pk__in=[invite.pk for invite in asked]).update(state="asked", asked_at=now)
    note("agenda.moderators_asked", meetup, by=by, now=now, facts={"invites": [invite.pk for invite in asked]})
    return len(asked)


@transaction.atomic
def answer_invite(invite: Invite, answer: str, *, now: datetime) -> None:
    """Write down what somebody answers who was asked to moderate; they may change their mind.

    Who confirms has the part; who declines has it no more, and the place is open again.
    """
    meetup = invite.session.meetup
    hold(meetup)
    held = Invite.objects.filter(pk=invite.pk).exclude(state="proposed").first()
    if held is None or answer not in ("confirmed", "declined"):
        raise Refusal(gettext("The organisers took this question back. Nothing is expected of you."))
    if held.state == answer:
        return
    part: dict[str, Any] = {"session_id": held.session_id, "person_id": held.person_id, "part": held.part}
    if answer == "confirmed":
        _refuse_if_away(held)
        SessionPart.objects.get_or_create(**part)
    else:
        SessionPart.objects.filter(**part).delete()
    held.state, held.answered_at = answer, now
    held.save(update_fields=["state", "answered_at"])
    facts = {"session": held.session_id, "person": held.person_id, "part": held.part}
    note(f"agenda.moderator_{answer}", meetup, by=invite.person, now=now, facts=facts)


@transaction.atomic
def start_session(session: Session, *, by: Person, now: datetime) -> None:
    """Say that a session has begun; a second time changes nothing. Nothing forbids it: what is missing is told on the page."""
    hold(session.meetup)
    if Session.objects.filter(pk=session.pk, started_at=None).update(started_at=now):
        note("agenda.session_started", session.meetup, by=by, now=now, facts={"session": session.pk})


def _refuse_if_away(invite: Invite) -> None:
    """Raise Refusal when the session has moved to a time its moderator said they cannot."""
    at = Absence.objects.filter(person=invite.person_id, slot__placements__session=invite.session_id)
    if at.exists():
        told = gettext("%(title)s has moved to a time you said you cannot. Decline, or change your times first.")
        raise Refusal(told % {"title": quoted(invite.session.title)})
