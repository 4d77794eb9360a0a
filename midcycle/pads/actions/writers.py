"""Who writes: locking and opening pads, guests, parts somebody takes up, and what is told to the live server by `rights`."""

from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext, gettext_noop

from midcycle.accounts.models import Person
from midcycle.agenda import actions as agenda
from midcycle.agenda.models import SessionPart
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import has_ink, one_line
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.pads.actions.versions import forget_writer, raise_rights
from midcycle.pads.models import Guest, Pad, Setup
from midcycle.pads.queries import setup_of
from midcycle.pads.rules import GUEST, LONGEST_GUEST, name_of_writer

MOST_GUESTS: Final = 500  # of a meetup
_TAKEN: Final = {
    "note_taker": gettext_noop("You take the notes now."),
    "publisher": gettext_noop("You publish the notes now."),
}
_LEFT: Final = {
    "note_taker": gettext_noop("%(name)s takes no notes any more."),
    "publisher": gettext_noop("%(name)s does not publish any more."),
}
_I_LEFT: Final = {
    "note_taker": gettext_noop("You take no notes any more."),
    "publisher": gettext_noop("You do not publish any more."),
}


@transaction.atomic
def lock(pad: Pad, *, by: Person, now: datetime) -> str:
    """Let only those write who tend the pad; return what to say about it. Done twice, it does nothing more."""
    meetups.check_changeable(pad.meetup_id)
    if Pad.objects.filter(pk=pad.pk, locked_at=None).update(locked_at=now, rights=F("rights") + 1):
        journal.record("pads.locked", at=now, meetup=pad.meetup_id, actor=by.pk, facts={"pad": str(pad.pk)})
    return gettext("The pad is locked.")


@transaction.atomic
def unlock(pad: Pad, *, by: Person, now: datetime) -> str:
    """Let everybody write again who may; return what to say about it. Done twice, it does nothing more."""
    meetups.check_changeable(pad.meetup_id)
    if Pad.objects.filter(pk=pad.pk, locked_at__isnull=False).update(locked_at=None, rights=F("rights") + 1):
        journal.record("pads.unlocked", at=now, meetup=pad.meetup_id, actor=by.pk, facts={"pad": str(pad.pk)})
    return gettext("The pad is open again.")


@transaction.atomic
def say_who_writes(meetup: Meetup, *, guests: bool, open_until: date | None, by: Person, now: datetime) -> None:
    """Let guests write or not, and everybody until a day; without one, until the last day of the meetup. Raises Refusal."""
    meetups.check_changeable(meetup.pk)
    Setup.objects.update_or_create(meetup=meetup, defaults={"guests": guests, "open_until": open_until})
    raise_rights(Pad.objects.filter(meetup=meetup))
    facts = {"guests": guests, "open_until": open_until.isoformat() if open_until else ""}
    journal.record("pads.writers_set", at=now, meetup=meetup.pk, actor=by.pk, facts=facts)


@transaction.atomic
def let_guest_in(meetup: Meetup, name: str, *, now: datetime) -> Guest:
    """Let somebody write under a name. Raises Refusal where guests do not write, or when there are too many."""
    meetups.check_changeable(meetup.pk)
    name = one_line(name)
    if not setup_of(meetup).guests:
        raise Refusal(gettext("Guests do not write here. Sign in to write."), field="name")
    if not has_ink(name) or len(name) > LONGEST_GUEST:
        message = gettext("Type a name of at most %(most)s characters.")
        raise Refusal(message % {"most": LONGEST_GUEST}, field="name")
    if Guest.objects.filter(meetup=meetup).count() >= MOST_GUESTS:
        message = gettext("There have been %(most)s guests. Sign in to write.")
        raise Refusal(message % {"most": MOST_GUESTS}, field="name")
    guest = Guest.objects.create(meetup=meetup, name=name, came_at=now)
    journal.record("pads.guest_came", at=now, meetup=meetup.pk, facts={"guest": guest.pk.hex})
    return guest


@transaction.atomic
def put_out(guest: Guest, *, by: Person, now: datetime) -> str:
    """Let a guest write no more; return what to say about it. Done twice, it does nothing more."""
    if Guest.objects.filter(pk=guest.pk, put_out_at=None).update(put_out_at=now):
        raise_rights(Pad.objects.filter(meetup=guest.meetup))
        journal.record("pads.guest_put_out", at=now, meetup=guest.meetup_id, actor=by.pk, facts={"guest": guest.pk.hex})
    return gettext("%(name)s writes no more.") % {"name": name_of_writer(GUEST, str(guest))}


@transaction.atomic
def forget_guest(guest: Guest, *, by: Person, now: datetime) -> str:
    """Take a guest's name from all they wrote, and let them write no more; return what to say about it. The text stays."""
    put_out(guest, by=by, now=now)
    forget_writer(guest.meetup_id, f"{GUEST}{guest.pk.hex}", by=by, now=now)
    Guest.objects.filter(pk=guest.pk).update(name="")
    return gettext("The name is gone; the text stays.")


@transaction.atomic
def take_part(pad: Pad, part: str, *, by: Person, now: datetime) -> str:
    """Take up note-taking or publishing in a session when nobody has it; return what to say about it. Raises Refusal."""
    session = pad.session
    if session is None:
        raise Refusal(gettext("This pad belongs to no session."))
    Pad.objects.select_for_update().get(pk=pad.pk)
    if SessionPart.objects.filter(session=session, part=part).exclude(person=by).exists():
        raise Refusal(gettext("Somebody else was faster. Reload the page to see who."))
    agenda.give_part(session, by, part, by=by, now=now)
    raise_rights(Pad.objects.filter(pk=pad.pk))
    return gettext(_TAKEN[part])


@transaction.atomic
def end_part(pad: Pad, held: SessionPart, *, by: Person, now: datetime) -> str:
    """End somebody's note-taking or publishing; return what to say about it. Raises Refusal."""
    said = gettext((_I_LEFT if held.person == by else _LEFT)[held.part]) % {"name": held.person}
    agenda.take_part_away(held, by=by, now=now)
    raise_rights(Pad.objects.filter(pk=pad.pk))
    return said
