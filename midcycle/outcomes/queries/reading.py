"""Pads that say something new, and what is known of one."""

from django.db.models import Exists, F, OuterRef, Q

from midcycle.agenda.models import SessionPart
from midcycle.meetups.models import Meetup, Organiser
from midcycle.outcomes.models import Action, Carried, Trace
from midcycle.outcomes.rules import NOBODY, OPEN, Known
from midcycle.pads.access import COMING
from midcycle.pads.models import Pad, Snapshot
from midcycle.registration.models import Seat

MOST_AT_ONCE = 20


def pads_to_read() -> list[Pad]:
    """Return pads that were saved since they were read last, not all of them where there are many. One query."""
    fresh = Snapshot.objects.filter(Q(pad__reading=None) | ~Q(upto=F("pad__reading__upto")))
    pads = Pad.objects.filter(pk__in=fresh.values("pad")).select_related("meetup").order_by("pk")
    return list(pads[:MOST_AT_ONCE])


def known_of(actions: list[Action]) -> tuple[Known, ...]:
    """Return lines as they are known; a person stands behind one as soon as somebody did anything about it. Two queries."""
    numbers = [action.pk for action in actions]
    told = set(Trace.objects.filter(action__in=numbers).values_list("action", flat=True))
    told |= set(Carried.objects.filter(action__in=numbers).values_list("action", flat=True))
    return tuple(
        Known(
            key=action.pk,
            anchor=None if action.client is None or action.clock is None else (action.client, action.clock),
            owner=action.said_owner,
            what=action.said_what,
            is_held=action.pk in told or is_touched(action),
            is_gone=action.gone_at is not None,
        )
        for action in actions
    )


def is_touched(action: Action) -> bool:
    """Say whether somebody did something about an action beside writing its line."""
    by_hand = action.state != OPEN and not action.is_ticked
    return action.standing != NOBODY or action.is_corrected or action.is_kept or bool(action.meant_for) or by_hand


def people_at(meetup: Meetup) -> list[tuple[int, str]]:
    """Return number and name of those an action may be of: who comes, organises or has a part in a session. Three queries."""
    seats = Seat.objects.filter(meetup=meetup, state__in=COMING, person__is_active=True)
    parts = SessionPart.objects.filter(session__meetup=meetup, person__is_active=True)
    team = Organiser.objects.filter(meetup=meetup, person__is_active=True)
    found: dict[int, str] = {}
    for rows in (seats, parts, team):
        found.update(dict(rows.values_list("person", "person__name")))
    return sorted(((number, name) for number, name in found.items() if name), key=lambda pair: (pair[1].casefold(), pair[0]))


def is_at(meetup: Meetup, person: int) -> bool:
    """Say whether somebody is one of these people. One query."""
    seat = Seat.objects.filter(meetup=OuterRef("pk"), person=person, state__in=COMING)
    part = SessionPart.objects.filter(session__meetup=OuterRef("pk"), person=person)
    team = Organiser.objects.filter(meetup=OuterRef("pk"), person=person)
    return Meetup.objects.filter(Exists(seat) | Exists(part) | Exists(team), pk=meetup.pk).exists()
