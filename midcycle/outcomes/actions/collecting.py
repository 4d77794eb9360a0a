"""Reading pads: what their lines say is to be done, and which tags they have. Done twice, it changes nothing more."""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import DatabaseError, transaction

from midcycle.engines.crdt.anchors import lines_of
from midcycle.engines.crdt.document import Document, Poisoned
from midcycle.engines.crdt.lib0 import Malformed
from midcycle.engines.crdt.weave import starts_of
from midcycle.journal import actions as journal
from midcycle.outcomes import queries
from midcycle.outcomes.models import Action, Mention, Reading, Tag
from midcycle.outcomes.rules import DONE, OPEN, Anchor, Said, day_of, followed, lines_in, words_in
from midcycle.pads.access import today_at
from midcycle.pads.models import Pad, Snapshot

_log = logging.getLogger("midcycle.worker")
_WRITTEN: Final = (
    "client", "clock", "line", "said_owner", "said_what", "said_due", "is_ticked", "what", "due_on", "state", "ended_at",
    "gone_at", "changed_at",
)  # fmt: skip


@dataclass(frozen=True)
class _Text:
    """A pad as it was saved last: its lines, where known characters are now, and with which one each line begins."""

    pad: Pad
    at: datetime
    day: date
    said: tuple[Said, ...]
    places: Mapping[Anchor, int]
    starts: list[Anchor | None]

    def anchor_of(self, said: Said) -> Anchor | None:
        return self.starts[said.line] if said.line < len(self.starts) else None


def collect(*, now: datetime) -> int:
    """Read the pads that were saved since they were read last; return how many were read, not all where there are many."""
    pads = queries.pads_to_read()
    for pad in pads:
        try:
            read(pad, now=now)
        except DatabaseError:
            raise
        except Exception:  # noqa: BLE001 - whatever it was, the other pads are read
            _log.exception("a pad could not be read", extra={"fields": {"pad": str(pad.pk)}})
            pass_over(pad, now=now)
    return len(pads)


@transaction.atomic
def pass_over(pad: Pad, *, now: datetime) -> None:
    """Leave a pad as it was read last until it is saved again."""
    upto = Snapshot.objects.values_list("upto", flat=True).get(pad=pad)
    Reading.objects.update_or_create(pad=pad, defaults={"upto": upto, "at": now})


@transaction.atomic
def read(pad: Pad, *, now: datetime) -> None:
    """Read one pad as it was saved last."""
    Reading.objects.get_or_create(pad=pad, defaults={"upto": -1, "at": now})
    reading = Reading.objects.select_for_update().get(pad=pad)
    snapshot = Snapshot.objects.filter(pad=pad).first()
    if snapshot is None or snapshot.upto == reading.upto:
        return
    facts = _read_actions(pad, snapshot, now=now) | _read_tags(pad, words_in(snapshot.text))
    Reading.objects.filter(pad=pad).update(upto=snapshot.upto, at=now)
    if any(facts.values()):
        told = {"pad": str(pad.pk), **facts}
        journal.record("outcomes.pad_read", at=now, meetup=pad.meetup_id, facts=told)


def _read_actions(pad: Pad, snapshot: Snapshot, *, now: datetime) -> dict[str, int]:
    before = list(Action.objects.select_for_update(of=("self",)).filter(pad=pad, split_from=None).order_by("line", "pk"))
    said = lines_in(snapshot.text)
    if said == tuple(_as_said(action) for action in before if action.gone_at is None):
        return {}
    text = _text_of(pad, snapshot, before, said, now=now)
    keys = followed(queries.known_of(before), text.places, said)
    rows = {action.pk: action for action in before}
    fresh = [_new(text, line) for key, line in zip(keys, said, strict=True) if key is None]
    changed = [rows[key] for key, line in zip(keys, said, strict=True) if key and _follow(rows[key], text, line, now)]
    gone = [action for action in before if action.gone_at is None and action.pk not in keys]
    for action in gone:
        action.gone_at = action.changed_at = now
    Action.objects.bulk_create(fresh)
    Action.objects.bulk_update([*changed, *gone], _WRITTEN, batch_size=200)
    return {"came": len(fresh), "changed": len(changed), "gone": len(gone)}


def _text_of(pad: Pad, snapshot: Snapshot, before: Collection[Action], said: tuple[Said, ...], *, now: datetime) -> _Text:
    """Return a saved pad; without characters where its bytes are none, so that words alone tell lines apart."""
    anchors = {(row.client, row.clock) for row in before if row.client is not None and row.clock is not None}
    at = min(snapshot.at, now)
    day = today_at(pad.meetup, at)
    if not snapshot.upto:  # nobody typed here: such notes were brought in, and are of the meetup
        day = pad.meetup.starts_on or day
    try:
        whole = Document(bytes(snapshot.state)).whole()
        return _Text(pad, at, day, said, lines_of(whole, anchors), starts_of(whole))
    except (Malformed, Poisoned):
        return _Text(pad, at, day, said, {}, [])


def _as_said(action: Action) -> Said:
    return Said(action.line, action.said_owner, action.said_what, action.said_due, action.is_ticked)


def _new(text: _Text, said: Said) -> Action:
    what, due_on = day_of(said, text.day)
    client, clock = text.anchor_of(said) or (None, None)
    return Action(
        meetup=text.pad.meetup,
        pad=text.pad,
        client=client,
        clock=clock,
        what=what,
        due_on=due_on,
        **_words(said),
        state=DONE if said.is_ticked else OPEN,
        ended_at=text.at if said.is_ticked else None,
        seen_on=text.day,
        came_at=text.at,
        changed_at=text.at,
    )


def _follow(row: Action, text: _Text, said: Said, now: datetime) -> bool:
    """Let an action say what its line says now; return whether that is anything else than before."""
    before = {name: getattr(row, name) for name in _WRITTEN}
    if row.client is None or row.clock is None or text.places.get((row.client, row.clock)) != said.line:
        row.client, row.clock = text.anchor_of(said) or (row.client, row.clock)
    for name, value in (_words(said) | _state(row, said, now)).items():
        setattr(row, name, value)
    if row.is_forgotten:
        row.said_owner = ""
    if not row.is_corrected and _seen_on(before) != (said.what, said.due):
        row.what, row.due_on = day_of(said, row.seen_on)
    row.gone_at = None
    if before == {name: getattr(row, name) for name in _WRITTEN}:
        return False
    row.changed_at = now
    return True


def _seen_on(before: Mapping[str, Any]) -> tuple[str, str]:
    return before["said_what"], before["said_due"]


def _words(said: Said) -> dict[str, Any]:
    return {
        "line": said.line,
        "said_owner": said.owner,
        "said_what": said.what,
        "said_due": said.due,
        "is_ticked": said.is_ticked,
    }


def _state(row: Action, said: Said, now: datetime) -> dict[str, Any]:
    """Return what becomes of an action whose box was ticked, or unticked, in its pad."""
    if said.is_ticked == row.is_ticked:
        return {}
    if said.is_ticked:
        return {"state": DONE, "ended_at": now} if row.state == OPEN else {}
    return {"state": OPEN, "ended_at": None} if row.state == DONE else {}


def _read_tags(pad: Pad, words: tuple[str, ...]) -> dict[str, int]:
    before = dict(Mention.objects.filter(pad=pad).values_list("tag__word", "tag"))
    fresh = [word for word in words if word not in before]
    gone = [tag for word, tag in before.items() if word not in words]
    Tag.objects.bulk_create([Tag(meetup=pad.meetup, word=word) for word in fresh], ignore_conflicts=True)
    tags = Tag.objects.filter(meetup=pad.meetup, word__in=fresh)
    Mention.objects.bulk_create([Mention(tag=tag, pad=pad) for tag in tags], ignore_conflicts=True)
    Mention.objects.filter(pad=pad, tag__in=gone).delete()
    untouched = {"mentions": None, "into": None, "merged": None, "traces": None, "carried": None, "meant_for": ""}
    Tag.objects.filter(pk__in=list(Tag.objects.filter(pk__in=gone, **untouched).values_list("pk", flat=True))).delete()
    return {"tags_came": len(fresh), "tags_gone": len(gone)}
