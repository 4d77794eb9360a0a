"""Pads in order, and what one of them says."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.html import format_html

from midcycle.engines.crdt.anchors import lines_of
from midcycle.engines.crdt.document import Document, text_of
from midcycle.meetups.models import Meetup
from midcycle.pads.models import Pad, Published, Snapshot, Update, Vote
from midcycle.pads.queries.weaves import head_of
from midcycle.pads.rules import chipped, marked, may_write_in, voices
from midcycle.web.markdown import to_html

# Characters. Some texts take Markdown a time that grows with the square of their length; this many take a second at worst.
LONGEST_LAID_OUT = 30_000
_KEPT = 3600
_SOON = 0.5  # seconds: so often a pad that people type in is laid out for those who look at it beside the editor

Voted = tuple[int, int, str]  # client id and clock of the character a line begins with, and who is for it


@dataclass(frozen=True)
class PadText:
    """A pad, its Markdown, and the clean HTML of it. `published_at` is None until somebody published it.

    `key` says up to what it is read: the last update, and the +1s.
    """

    pad: Pad
    text: str
    html: str
    published_at: datetime | None = None
    key: str = ""

    @property
    def is_growing(self) -> bool:
        """Whether it may say something else in a moment."""
        return may_write_in(self.pad.meetup.stage)


def pads_of(meetup: Meetup) -> QuerySet[Pad]:
    """Return the pads by day, time and room, those without a place last."""
    return (
        Pad.objects.filter(meetup=meetup)
        .select_related("session__placement__slot", "session__placement__room")
        .order_by(
            F("session__placement__slot__day").asc(nulls_last=True),
            F("session__placement__slot__starts").asc(nulls_last=True),
            F("session__placement__room__position").asc(nulls_last=True),
            "title",
        )
    )


def unsaved() -> QuerySet[Update]:
    """Return what was committed after the snapshots.

    Read it before them: the live server writes snapshots and then takes what they have out of the log.
    """
    return Update.objects.filter(seq__gt=Coalesce("pad__snapshot__upto", 0)).order_by("seq")


def listed_pads(meetup: Meetup) -> QuerySet[Pad]:
    """Return the pads in the same order, with the parts people have in their sessions and when each changed last, `updated`.

    Three queries.
    """
    last = Update.objects.filter(pad=OuterRef("pk")).order_by("-seq").values("at")[:1]
    kept = Snapshot.objects.filter(pad=OuterRef("pk")).values("at")
    pads = pads_of(meetup).select_related("meetup", "published").prefetch_related("session__parts__person")
    return pads.annotate(updated=Coalesce(Subquery(last), Subquery(kept), F("made_at")))


def text_of_pad(pad: Pad) -> str:
    """Return the Markdown of a pad as last committed, whether or not the live server runs."""
    return _text(*_stored(pad))


def read_pad(pad: Pad) -> PadText:
    """Return a pad with its text and the HTML of it, +1s included."""
    votes = _votes(pad)
    snapshot, bodies = _stored(pad)
    text = _text(snapshot, bodies)
    html = html_of(text, _kept_counts(snapshot, bodies, votes) if votes else {})
    published_at = Published.objects.filter(pad=pad).values_list("at", flat=True).first()
    shown = (snapshot.upto if snapshot else 0) + len(bodies)
    return PadText(pad, text, html, published_at, _key(shown, votes))


def newer_than(pad: Pad, have: str) -> PadText | None:
    """Return a pad as in its last snapshot, which is some seconds old while people type; None when it says what one has.

    `have` is a `key`. What everybody who reads along asks every few seconds is not made from every key that is typed.
    """
    votes = _votes(pad)
    upto = Snapshot.objects.filter(pad=pad).values_list("upto", flat=True).first() or 0
    key = _key(upto, votes)
    if not _is_newer(key, have):
        return None
    snapshot = Snapshot.objects.filter(pad=pad).first()
    text = snapshot.text if snapshot else ""
    return PadText(pad, text, html_of(text, _kept_counts(snapshot, [], votes) if votes else {}), None, key)


def latest_after(pad: Pad, have: str) -> PadText | None:
    """Return the HTML of all that is committed to a pad; None when that is what one has. It may be half a second old.

    Everybody who looks at it beside the editor asks once a second: one of them lets it be laid out, the others get that.
    """
    if _key(head_of(pad), _votes(pad)) == have:
        return None
    turn = cache.add(f"pad-turn:{pad.pk}", value=True, timeout=_SOON)
    kept: tuple[str, str, bool] | None = None if turn else cache.get(f"pad-latest:{pad.pk}")
    if kept is None:
        kept = _laid_out(pad)
        cache.set(f"pad-latest:{pad.pk}", kept, _KEPT)
    key, html, is_marked = kept
    if not _is_newer(key, have):
        return None
    return PadText(pad, "", chipped(html) if is_marked else html, None, key)  # chips speak the language of whoever asks


def _laid_out(pad: Pad) -> tuple[str, str, bool]:
    """Return key and HTML of what is committed, and whether +1s are marked in it.

    It is not kept by its text: while people type, no text comes again.
    """
    votes = _votes(pad)
    snapshot, bodies = _stored(pad)
    text = _text(snapshot, bodies)
    key = _key((snapshot.upto if snapshot else 0) + len(bodies), votes)
    if not votes:
        return key, _lay_out(text), False
    counts = counts_of(Document(bytes(snapshot.state) if snapshot else None, bodies), votes)
    return key, _lay_out(marked(text, counts)), True


def _votes(pad: Pad) -> list[Voted]:
    return list(Vote.objects.filter(pad=pad).order_by("pk").values_list("client_id", "clock", "person"))


def _is_newer(key: str, have: str) -> bool:
    """Say whether a key tells of more text than another, or of other votes and no less text."""
    shown, _, voted = key.partition(".")
    had, _, known = have.partition(".")
    if not had.isdecimal():
        return True
    return int(shown) > int(had[:20]) or (int(shown) == int(had[:20]) and voted != known)


def _key(shown: int, votes: Sequence[Voted]) -> str:
    return f"{shown}.{hashlib.sha256(repr(votes).encode()).hexdigest()[:12] if votes else 0}"


def published_of(pad: Pad) -> PadText:
    """Return a pad with the text that was published, which must be there."""
    published = Published.objects.get(pad=pad)
    return PadText(pad, published.text, html_of(published.text), published.at)


def counts_of(document: Document, votes: Sequence[Voted]) -> dict[int, int]:
    """Return how many people are for which line, from 0."""
    return voices(lines_of(document.whole(), {(client, clock) for client, clock, _ in votes}), votes)


def _stored(pad: Pad) -> tuple[Snapshot | None, list[bytes]]:
    rows = list(unsaved().filter(pad=pad).values_list("seq", "body"))
    snapshot = Snapshot.objects.filter(pad=pad).first()
    return snapshot, [bytes(body) for seq, body in rows if snapshot is None or seq > snapshot.upto]


def _text(snapshot: Snapshot | None, bodies: Sequence[bytes]) -> str:
    if snapshot is None:
        return text_of(None, bodies)
    return text_of(bytes(snapshot.state), bodies) if bodies else snapshot.text


def _kept_counts(snapshot: Snapshot | None, bodies: Sequence[bytes], votes: Sequence[Voted]) -> dict[int, int]:
    """Return `counts_of`, found once for each state of a pad and its votes."""
    state = bytes(snapshot.state) if snapshot else None
    said = hashlib.sha256(repr(votes).encode())
    for part in (state or b"", *bodies):
        said.update(hashlib.sha256(part).digest())
    key = f"pad-votes:{said.hexdigest()}"
    counts: dict[int, int] | None = cache.get(key)
    if counts is None:
        counts = counts_of(Document(state, bodies), votes)
        cache.set(key, counts, _KEPT)
    return counts


def html_of(text: str, counts: Mapping[int, int] | None = None) -> str:
    """Return clean HTML of Markdown, rendered once for each text; one that is very long is shown as it was typed.

    `counts` of +1s by line stand behind their lines.
    """
    return chipped(_html_of(marked(text, counts))) if counts else _html_of(text)


def _html_of(text: str) -> str:
    key = f"pad:{hashlib.sha256(text.encode()).hexdigest()}"
    html: str | None = cache.get(key)
    if html is None:
        html = _lay_out(text)
        cache.set(key, html, _KEPT)
    return html


def _lay_out(text: str) -> str:
    return to_html(text) if len(text) <= LONGEST_LAID_OUT else format_html("<pre>{}</pre>", text)
