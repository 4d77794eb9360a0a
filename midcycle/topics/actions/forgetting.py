"""Deleting invited addresses and planning pads whose time is over."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from midcycle.accounts.actions import NOWHERE
from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.journal.models import Entry
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Capacity
from midcycle.registration.rules.keeping import last_day
from midcycle.topics.models import Invitation, PlanningPad, Topic
from midcycle.topics.rules import keeping


def forget_planning(*, now: datetime) -> int:
    """Delete invitations to lead and planning pads that are due; return at how many meetups. One query while none is.

    Done twice, it does nothing more. People who were invented, as in a replay, were promised nothing.
    """
    done = 0
    for meetup in _kept(now):
        facts = vars(meetup)
        archived = facts["archived_at"] if meetup.stage == "archived" else None
        last = last_day(meetup.starts_on, meetup.ends_on, archived and keeping.today_in(meetup.timezone, archived))
        today = keeping.today_in(meetup.timezone, now)
        pad = facts["has_pad"] and keeping.is_pad_due(last, facts["keep_days"] or {}, today)
        everybody = facts["has_invited"] and keeping.are_invitations_due(last, today)
        if pad or everybody or facts["has_old"]:
            _forget(meetup, pad=pad, everybody=everybody, now=now)
            done += 1
    return done


def _kept(now: datetime) -> QuerySet[Meetup]:
    """Return the meetups of which something is kept, with what says whether it is due."""
    pads = PlanningPad.objects.filter(meetup=OuterRef("pk"))
    invited = Invitation.objects.filter(topic__meetup=OuterRef("pk"))
    reached = Entry.objects.filter(meetup=OuterRef("pk"), kind="meetups.stage_reached", facts__stage="archived")
    kept = Meetup.objects.filter(Exists(pads) | Exists(invited)).exclude(capacity__are_invented=True)
    return kept.annotate(
        has_pad=Exists(pads),
        has_invited=Exists(invited),
        has_old=Exists(invited.filter(at__lte=now - keeping.LONGEST_INVITED)),
        archived_at=Subquery(reached.order_by("-id").values("at")[:1]),
        keep_days=Subquery(Capacity.objects.filter(meetup=OuterRef("pk")).values("keep_days")[:1]),
    ).order_by("pk")


@transaction.atomic
def _forget(meetup: Meetup, *, pad: bool, everybody: bool, now: datetime) -> None:
    invited = Invitation.objects.filter(topic__meetup=meetup)
    old = invited if everybody else invited.filter(at__lte=now - keeping.LONGEST_INVITED)
    counts = {"invitations": old.delete()[0], "pads": _forget_pad(meetup) if pad else 0}
    if any(counts.values()):
        journal.record("topics.planning_forgotten", at=now, meetup=meetup.pk, facts=counts)


def _forget_pad(meetup: Meetup) -> int:
    """Delete the pad, with the names of people who are known by what stood there alone; their voices stay."""
    known = Person.objects.filter(is_active=False, email__endswith=f"@{NOWHERE}", offers=None, topics=None)
    known.filter(supports__topic__meetup=meetup).exclude(name="").update(name="")
    Topic.objects.filter(meetup=meetup).exclude(pad_title="").update(pad_title="")
    return PlanningPad.objects.filter(meetup=meetup).delete()[0]
