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
    """The pads of one day in the order of its agenda. `is_past` when the day is over and the meetup goes on."""

    name: str
    pads: tuple[PadLine, ...]
    is_past: bool = False


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
    """All pads of a meetup by day, and then those of no session or of one without a place; with their tags and actions.

    With words or a tag to look for, the lists hold the pads that have them, and the actions of these; `amount` and the tags
    count all pads of the meetup.
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
    def to_do(self) -> tuple[PadAction, ...]:
        """The actions that are not done."""
        return tuple(one for one in self.actions if not one.action.is_done)

    @property
    def done(self) -> tuple[PadAction, ...]:
        """The actions that are done."""
        return tuple(one for one in self.actions if one.action.is_done)


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
        found = _found(pad, text, words)
        if found is not None and (not tag or tag.casefold() in its_tags):
            place = _place_of(pad)
            lines = others if place is None else days.setdefault(place.slot.day, [])
            lines.append(_line(pad, place, found, its_tags))
            actions += [_noted(pad, action, today) for action in actions_in(text)][: MOST_ACTIONS - len(actions)]
    now = (today - meetup.starts_on).days + 1 if today and meetup.starts_on else 0
    goes_on = now <= max(days, default=0)
    named = (
        PadsOfDay(clock.day_name(meetup.starts_on, number), tuple(pads), is_past=goes_on and number < now)
        for number, pads in days.items()
    )
    return PadsPage(tuple(named), tuple(others), _most(tags, tag.casefold()), tuple(actions), amount)


def _most(tags: Counter[str], asked: str) -> tuple[Tag, ...]:
    """Return the tag that is asked for, and then those of most pads."""
    ordered = sorted(tags.items(), key=lambda pair: (pair[0] != asked, -pair[1], pair[0]))
    return tuple(Tag(*pair) for pair in ordered[:MOST_TAGS])


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
