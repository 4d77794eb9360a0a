"""Opening pads, and naming them."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.agenda import actions as agenda
from midcycle.agenda.models import Session, SessionPart
from midcycle.engines.crdt.document import state_from_text
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.pads.models import Pad, Setup, Snapshot
from midcycle.pads.queries import naming_of
from midcycle.pads.rules import Subject, first_text, pad_name, why_not_this_name, why_not_this_naming


@transaction.atomic
def open_pads(meetup: Meetup, *, by: Person | None, now: datetime, notes: Mapping[int, str] | None = None) -> int:
    """Open a pad for each session that has none; return how many were opened.

    `notes` that were taken elsewhere, by number of the session, are what its pad begins with.
    """
    Meetup.objects.select_for_update().get(pk=meetup.pk)
    meetups.check_changeable(meetup.pk)
    taken = set(Pad.objects.filter(meetup=meetup).values_list("name", flat=True))
    sessions = (
        Session.objects.filter(meetup=meetup, pad=None).select_related("placement__slot", "placement__room").order_by("pk")
    )
    naming = naming_of(meetup)
    paths: dict[int, str] = {}
    for session in sessions:
        name = pad_name(meetup.city, session.title, taken, naming)
        taken.add(name)
        text = first_text(_subject(session), (notes or {}).get(session.pk, ""))
        _open(meetup, session, name, session.title, text, now=now)
        paths[session.pk] = path_of(meetup, name)
    if paths:
        agenda.link_notes(meetup, paths, by=by, now=now)
        journal.record("pads.opened", at=now, meetup=meetup.pk, actor=by.pk if by else None, facts={"pads": len(paths)})
    return len(paths)


@transaction.atomic
def open_pad(meetup: Meetup, name: str, *, title: str, by: Person, now: datetime, text: str = "") -> Pad:
    """Open a pad that belongs to no session, such as the one for feedback. Raises Refusal when the name is taken."""
    meetups.check_changeable(meetup.pk)
    _check_name(Pad.objects.filter(meetup=meetup), name)
    pad = _open(meetup, None, name, title[:160], text or first_text(Subject(title[:160])), now=now)
    journal.record("pads.opened", at=now, meetup=meetup.pk, actor=by.pk, facts={"pads": 1})
    return pad


@transaction.atomic
def rename(pad: Pad, name: str, *, by: Person, now: datetime) -> None:
    """Give a pad another name; its address changes with it. Raises Refusal when the name is taken."""
    meetups.check_changeable(pad.meetup_id)
    _check_name(Pad.objects.filter(meetup=pad.meetup_id).exclude(pk=pad.pk), name)
    pad.name = name
    pad.save(update_fields=["name"])
    if pad.session_id is not None:
        agenda.link_notes(pad.meetup, {pad.session_id: path_of(pad.meetup, pad.name)}, by=by, now=now)
    journal.record("pads.renamed", at=now, meetup=pad.meetup_id, actor=by.pk, facts={"pad": str(pad.pk)})


@transaction.atomic
def name_pads(meetup: Meetup, naming: str, *, by: Person, now: datetime) -> None:
    """Say how pads that are opened from now on are named. Raises Refusal."""
    meetups.check_changeable(meetup.pk)
    refused = why_not_this_naming(naming)
    if refused:
        raise Refusal(refused, field="naming")
    Setup.objects.update_or_create(meetup=meetup, defaults={"naming": naming})
    journal.record("pads.naming_set", at=now, meetup=meetup.pk, actor=by.pk, facts={"naming": naming})


def _check_name(others: QuerySet[Pad], name: str) -> None:
    refused = why_not_this_name(name)
    if refused:
        raise Refusal(refused, field="name")
    if others.filter(name=name).exists():
        message = gettext("There is a pad called %(name)s already. Choose another name.")
        raise Refusal(message % {"name": name}, field="name")


def path_of(meetup: Meetup, name: str) -> str:
    """Return the address of a pad's page."""
    return reverse("pads:pad", args=[meetup.slug, name])


def _open(meetup: Meetup, session: Session | None, name: str, title: str, text: str, *, now: datetime) -> Pad:
    pad = Pad.objects.create(meetup=meetup, session=session, name=name, title=title, made_at=now)
    Snapshot.objects.create(pad=pad, upto=0, state=state_from_text(text), text=text, at=now)
    return pad


def _subject(session: Session) -> Subject:
    parts = SessionPart.objects.filter(session=session, part__in=("lead", "note_taker")).select_related("person").order_by("pk")
    names: dict[str, list[str]] = {"lead": [], "note_taker": []}
    for part in parts:
        names[part.part].append(str(part.person))
    return Subject(session.title, _where(session), names["lead"], names["note_taker"], session.abstract)


def _where(session: Session) -> str:
    placement = getattr(session, "placement", None)
    if placement is None:
        return ""
    time = f", {placement.slot.starts:%H:%M}" if placement.slot.starts else ""
    room = f", {placement.room.name}" if placement.room else ""
    return f"Day {placement.slot.day}{time}{room}"
