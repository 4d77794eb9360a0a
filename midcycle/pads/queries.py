"""Pads and what they say."""

import hashlib
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import F, QuerySet
from django.utils.html import format_html

from midcycle.agenda.models import Placement
from midcycle.agenda.rules import clock
from midcycle.engines.crdt.document import text_of
from midcycle.meetups.models import Meetup
from midcycle.pads.models import Pad, Snapshot, Update
from midcycle.web.markdown import to_html

# Characters. Some texts take Markdown a time that grows with the square of their length; this many take a second at worst.
LONGEST_LAID_OUT = 30_000
_KEPT = 3600


@dataclass(frozen=True)
class PadLine:
    """A pad in the list. Start and room of its session are blank as long as they are not known."""

    name: str
    title: str
    starts: str
    room: str


@dataclass(frozen=True)
class PadsOfDay:
    """The pads of one day in the order of its agenda."""

    name: str
    pads: tuple[PadLine, ...]


@dataclass(frozen=True)
class PadsPage:
    """All pads of a meetup by day, and then those of no session or of one without a place."""

    days: tuple[PadsOfDay, ...]
    others: tuple[PadLine, ...]


@dataclass(frozen=True)
class PadText:
    """A pad, its Markdown, and the clean HTML of it."""

    pad: Pad
    text: str
    html: str


def pads_of(meetup: Meetup) -> QuerySet[Pad]:
    """Return the pads by day, time and room, those without a place last."""
    return (
        Pad.objects.filter(meetup=meetup)
        .select_related("session__placement__slot", "session__placement__room", "snapshot")
        .order_by(
            F("session__placement__slot__day").asc(nulls_last=True),
            F("session__placement__slot__starts").asc(nulls_last=True),
            F("session__placement__room__position").asc(nulls_last=True),
            "title",
        )
    )


def pads_page(meetup: Meetup) -> PadsPage:
    """Return the list of pads. One query."""
    days: dict[int, list[PadLine]] = {}
    others: list[PadLine] = []
    for pad in pads_of(meetup):
        place = _place_of(pad)
        lines = others if place is None else days.setdefault(place.slot.day, [])
        lines.append(_line(pad, place))
    named = (PadsOfDay(clock.day_name(meetup.starts_on, number), tuple(pads)) for number, pads in days.items())
    return PadsPage(tuple(named), tuple(others))


def _place_of(pad: Pad) -> Placement | None:
    try:
        return pad.session.placement if pad.session else None
    except Placement.DoesNotExist:
        return None


def _line(pad: Pad, place: Placement | None) -> PadLine:
    starts = place.slot.starts if place else None
    room = place.room if place else None
    return PadLine(pad.name, pad.title, f"{starts:%H:%M}" if starts else "", room.name if room else "")


def text_of_pad(pad: Pad) -> str:
    """Return the Markdown of a pad as last committed, whether or not the live server runs."""
    snapshot = Snapshot.objects.filter(pad=pad).first()
    later = Update.objects.filter(pad=pad, seq__gt=snapshot.upto if snapshot else 0).order_by("seq")
    bodies = [bytes(body) for body in later.values_list("body", flat=True)]
    if snapshot is None:
        return text_of(None, bodies)
    return text_of(bytes(snapshot.state), bodies) if bodies else snapshot.text


def read_pad(pad: Pad) -> PadText:
    """Return a pad with its text, rendered once for each text; one that is very long is shown as it was typed."""
    text = text_of_pad(pad)
    key = f"pad:{hashlib.sha256(text.encode()).hexdigest()}"
    html = cache.get(key)
    if html is None:
        html = to_html(text) if len(text) <= LONGEST_LAID_OUT else format_html("<pre>{}</pre>", text)
        cache.set(key, html, _KEPT)
    return PadText(pad, text, html)
