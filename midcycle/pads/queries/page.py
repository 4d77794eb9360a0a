"""All pads of a meetup on one page: by day, searched, with their tags and actions."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.exceptions import ObjectDoesNotExist

from midcycle.agenda.models import Placement
from midcycle.agenda.rules import clock
from midcycle.meetups.models import Meetup
from midcycle.pads.models import Pad, Setup
from midcycle.pads.queries.texts import pads_of
from midcycle.pads.rules import Action, actions_in, excerpt, tags_in

MOST_ACTIONS: Final = 500
MOST_TAGS: Final = 100
_AT_ONCE: Final = 10  # texts in memory


@dataclass(frozen=True)
class PadLine:
    """A pad in the list. Start and room of its session are blank as long as they are not known, `found` without a search."""

    name: str
    title: str
    starts: str
    room: str
    found: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class PadsOfDay:
    """The pads of one day in the order of its agenda."""

    name: str
    pads: tuple[PadLine, ...]


@dataclass(frozen=True)
class Tag:
    """A tag and in how many pads it stands."""

    name: str
    pads: int


@dataclass(frozen=True)
class PadAction:
    """An action and the pad it stands in. `is_late` when its day is over and it is not done."""

    action: Action
    pad: str
    title: str
    is_late: bool


@dataclass(frozen=True)
class PadsPage:
    """All pads of a meetup by day, and then those of no session or of one without a place; tags and actions of all pads.

    With words or a tag to look for, the lists hold the pads that have them; `amount` counts all pads of the meetup.
    """

    days: tuple[PadsOfDay, ...]
    others: tuple[PadLine, ...]
    tags: tuple[Tag, ...]
    actions: tuple[PadAction, ...]
    amount: int

    @property
    def listed(self) -> tuple[PadLine, ...]:
        """The pads in one list."""
        return (*(pad for day in self.days for pad in day.pads), *self.others)

    @property
    def found(self) -> int:
        """How many pads are listed."""
        return len(self.listed)

    @property
    def open_actions(self) -> int:
        """How many actions are not done."""
        return sum(not one.action.is_done for one in self.actions)


def pads_page(meetup: Meetup, *, words: str = "", tag: str = "", today: date | None = None) -> PadsPage:
    """Return the page. One query; the text is that of the last snapshot, some seconds old while people type."""
    days: dict[int, list[PadLine]] = {}
    others: list[PadLine] = []
    tags: Counter[str] = Counter()
    actions: list[PadAction] = []
    amount = 0
    for pad, text in _texts(meetup):
        amount += 1
        its_tags = tags_in(text)
        tags.update(its_tags)
        actions += [_noted(pad, action, today) for action in actions_in(text)][: MOST_ACTIONS - len(actions)]
        found = _found(pad, text, words)
        if found is not None and (not tag or tag.casefold() in its_tags):
            place = _place_of(pad)
            lines = others if place is None else days.setdefault(place.slot.day, [])
            lines.append(_line(pad, place, found, its_tags))
    named = (PadsOfDay(clock.day_name(meetup.starts_on, number), tuple(pads)) for number, pads in days.items())
    most = sorted(tags.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_TAGS]
    ordered = sorted(actions, key=lambda one: one.action.is_done)
    return PadsPage(tuple(named), tuple(others), tuple(Tag(*pair) for pair in most), tuple(ordered), amount)


def naming_of(meetup: Meetup) -> str:
    """Return how the pads of a meetup are named, blank for the usual way."""
    return Setup.objects.filter(meetup=meetup).values_list("naming", flat=True).first() or ""


def _texts(meetup: Meetup) -> Iterator[tuple[Pad, str]]:
    for pad in pads_of(meetup).select_related("snapshot").defer("snapshot__state").iterator(chunk_size=_AT_ONCE):
        try:
            text = pad.snapshot.text
        except ObjectDoesNotExist:
            text = ""
        yield pad, text


def _found(pad: Pad, text: str, words: str) -> str | None:
    """Return where a pad says the words, blank when its name does or nothing is asked, None when it does not have them."""
    if not words or words.casefold() in f"{pad.title}\n{pad.name}".casefold():
        return excerpt(text, words) or ""
    return excerpt(text, words)


def _noted(pad: Pad, action: Action, today: date | None) -> PadAction:
    is_late = not action.is_done and today is not None and action.due_on is not None and action.due_on < today
    return PadAction(action, pad.name, pad.title, is_late)


def _place_of(pad: Pad) -> Placement | None:
    try:
        return pad.session.placement if pad.session else None
    except Placement.DoesNotExist:
        return None


def _line(pad: Pad, place: Placement | None, found: str, tags: tuple[str, ...]) -> PadLine:
    starts = place.slot.starts if place else None
    room = place.room if place else None
    return PadLine(pad.name, pad.title, f"{starts:%H:%M}" if starts else "", room.name if room else "", found, tags)
