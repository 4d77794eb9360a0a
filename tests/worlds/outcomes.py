"""Pads people write actions and tags in, saved as the live server saves them."""

from datetime import datetime, timedelta

from pycrdt import Doc, Text

from midcycle.accounts.models import Person
from midcycle.engines.crdt.document import Document, pack
from midcycle.meetups.models import Meetup
from midcycle.outcomes import actions
from midcycle.outcomes.models import Action
from midcycle.pads import actions as pads
from midcycle.pads.models import Pad, Snapshot
from tests.world import NOW, ada
from tests.worlds.registration import opened, seated

CLIENT = 1_000


def meetup_with_notes(text: str, *, stage: str = "registration") -> tuple[Meetup, Pad]:
    """Return a meetup with seats and a pad that says so and was read."""
    meetup = opened(20, stage=stage)
    return meetup, noted(meetup, text)


def noted(meetup: Meetup, text: str, name: str = "notes") -> Pad:
    """Return a pad of a meetup that says so and was read."""
    pad = pads.open_pad(meetup, name, title=name.capitalize(), by=ada(), now=NOW, text=text)
    actions.read(pad, now=NOW)
    return pad


def retyped(pad: Pad, old: str, new: str, *, now: datetime = NOW + timedelta(hours=1)) -> None:
    """Let somebody type over a part of a pad, character by character as editors do, and let it be saved and read."""
    kept = Snapshot.objects.get(pad=pad)
    document: Doc[Text] = Doc(client_id=CLIENT + kept.upto, skip_gc=True)
    document.apply_update(Document(bytes(kept.state)).whole())
    text = document.get("content", type=Text)
    said = str(text)
    begin = len(said[: said.index(old)].encode()) if old else len(said.encode())
    if old:
        del text[begin : begin + len(old.encode())]
    if new:
        text.insert(begin, new)
    state = pack(document.get_update())
    Snapshot.objects.filter(pad=pad).update(state=state, text=str(text), upto=kept.upto + 1, at=now)
    actions.read(pad, now=now)


def coming(meetup: Meetup, *names: str) -> list[Person]:
    """Return people with a seat."""
    return [seated(meetup, name).person for name in names]


def one(what: str) -> Action:
    """Return the action that says so."""
    return Action.objects.get(what=what)


def told() -> list[tuple[str, str, bool]]:
    """Return what is known of each action, in the order they came: words, name in the notes, and whether its line is there."""
    return [(row.what, row.said_owner, row.gone_at is None) for row in Action.objects.order_by("pk")]
