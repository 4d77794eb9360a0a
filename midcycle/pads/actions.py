"""Opening pads."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from midcycle.accounts.models import Person
from midcycle.agenda.models import Session, SessionPart
from midcycle.engines.crdt.document import state_from_text
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup
from midcycle.pads.models import Pad, Snapshot
from midcycle.pads.rules import LONGEST_NAME, first_text, pad_name


@transaction.atomic
def open_pads(meetup: Meetup, *, by: Person | None, now: datetime, notes: Mapping[int, str] | None = None) -> int:
    """Open a pad for each session that has none; return how many were opened.

    `notes` that were taken elsewhere, by number of the session, are what its pad begins with.
    """
    Meetup.objects.select_for_update().get(pk=meetup.pk)
    taken = set(Pad.objects.filter(meetup=meetup).values_list("name", flat=True))
    sessions = (
        Session.objects.filter(meetup=meetup, pad=None).select_related("placement__slot", "placement__room").order_by("pk")
    )
    opened = 0
    for session in sessions:
        name = pad_name(meetup.city, session.title, taken)
        taken.add(name)
        text = first_text(session.title, _where(session), _leads(session), (notes or {}).get(session.pk, ""))
        _open(meetup, session, name, session.title, text, now=now)
        opened += 1
    if opened:
        journal.record("pads.opened", at=now, meetup=meetup.pk, actor=by.pk if by else None, facts={"pads": opened})
    return opened


@transaction.atomic
def open_pad(meetup: Meetup, name: str, *, title: str, by: Person, now: datetime, text: str = "") -> Pad:
    """Open a pad that belongs to no session, such as the one for feedback. Raises Refusal when the name is taken."""
    if Pad.objects.filter(meetup=meetup, name=name).exists():
        raise Refusal(f"There is a pad called {name} already. Choose another name.", field="name")
    pad = _open(meetup, None, name[:LONGEST_NAME], title[:160], text or first_text(title, "", ()), now=now)
    journal.record("pads.opened", at=now, meetup=meetup.pk, actor=by.pk, facts={"pads": 1})
    return pad


@transaction.atomic
def rename(pad: Pad, name: str, *, by: Person, now: datetime) -> None:
    """Give a pad another name; its address changes with it. Raises Refusal when the name is taken."""
    if Pad.objects.filter(meetup=pad.meetup_id, name=name).exclude(pk=pad.pk).exists():
        raise Refusal(f"There is a pad called {name} already. Choose another name.", field="name")
    pad.name = name[:LONGEST_NAME]
    pad.save(update_fields=["name"])
    journal.record("pads.renamed", at=now, meetup=pad.meetup_id, actor=by.pk, facts={"pad": str(pad.pk)})


def _open(meetup: Meetup, session: Session | None, name: str, title: str, text: str, *, now: datetime) -> Pad:
    pad = Pad.objects.create(meetup=meetup, session=session, name=name, title=title, made_at=now)
    Snapshot.objects.create(pad=pad, upto=0, state=state_from_text(text), text=text, at=now)
    return pad


def _where(session: Session) -> str:
    placement = getattr(session, "placement", None)
    if placement is None:
        return ""
    time = f", {placement.slot.starts:%H:%M}" if placement.slot.starts else ""
    room = f", {placement.room.name}" if placement.room else ""
    return f"Day {placement.slot.day}{time}{room}"


def _leads(session: Session) -> list[str]:
    parts = SessionPart.objects.filter(session=session, part="lead").select_related("person").order_by("pk")
    return [str(part.person) for part in parts]
