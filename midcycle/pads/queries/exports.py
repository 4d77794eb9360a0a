"""Pads as files: Markdown, a page of HTML, the form Etherpad imports, and all of a meetup together."""

import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Final

from django.template.loader import render_to_string

from midcycle.engines.crdt.document import Document
from midcycle.engines.crdt.weave import weave
from midcycle.engines.etherpad import Author, Notes, Run, write
from midcycle.kernel.languages import direction_of
from midcycle.kernel.words import language
from midcycle.meetups.models import Meetup
from midcycle.pads.models import Client, Pad, Snapshot, Vote
from midcycle.pads.queries.texts import Voted, counts_of, html_of, pads_of, unsaved
from midcycle.pads.rules import with_votes

_IN_MEMORY: Final = 8 * 1024 * 1024


@dataclass(frozen=True)
class Written:
    """A file: its name without an ending, and what it says."""

    name: str
    kind: str
    data: bytes


@dataclass(frozen=True)
class _Kept:
    """A pad as it is stored, with what was typed after its snapshot."""

    pad: Pad
    state: bytes | None
    later: Sequence[bytes]
    authors: Mapping[int, Author]
    votes: Sequence[Voted]

    def document(self) -> Document:
        return Document(self.state, self.later)

    def said(self) -> tuple[str, dict[int, int]]:
        """Return the text, and how many people are for which line of it."""
        document = self.document()
        return document.text(), counts_of(document, self.votes) if self.votes else {}


def written(pad: Pad, form: str) -> Written:
    """Return a pad as a file in one of the `FORMS`. Four queries."""
    return Written(pad.name, FORMS[form][0], FORMS[form][1](_kept(pad)))


def everything(meetup: Meetup, form: str) -> Written:
    """Return all pads of a meetup as one file of Markdown or HTML. Four queries."""
    texts = [(kept.pad, *kept.said()) for kept in _all(meetup)]
    if form == "md":
        data = "\n\n---\n\n".join(with_votes(text, counts).strip("\n") for _, text, counts in texts) + "\n"
        return Written(f"{meetup.slug}-pads", FORMS["md"][0], data.encode())
    parts = [(pad, html_of(text, counts)) for pad, text, counts in texts]
    return Written(f"{meetup.slug}-pads", FORMS["html"][0], _as_page(meetup.title, parts))


def archive_of(meetup: Meetup) -> IO[bytes]:
    """Return all pads of a meetup in every form, as a zip. Four queries; a large one lies on the disk until it is closed."""
    into = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - the answer closes it
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for kept in _all(meetup):
            for form, (_, make) in FORMS.items():
                archive.writestr(
                    zipfile.ZipInfo(f"{meetup.slug}-pads/{kept.pad.name}.{form}"), make(kept), zipfile.ZIP_DEFLATED
                )
    into.seek(0)
    return into


def _kept(pad: Pad) -> _Kept:
    bodies = [bytes(body) for body in unsaved().filter(pad=pad).values_list("body", flat=True)]
    snapshot = Snapshot.objects.filter(pad=pad).first()
    authors = {one.client_id: Author(one.name, one.colour) for one in Client.objects.filter(pad=pad)}
    votes = list(Vote.objects.filter(pad=pad).values_list("client_id", "clock", "person"))
    return _Kept(pad, bytes(snapshot.state) if snapshot else None, bodies, authors, votes)


def _all(meetup: Meetup) -> Iterator[_Kept]:
    later: dict[object, list[bytes]] = {}
    rows = unsaved().filter(pad__meetup=meetup)
    for pad_id, body in rows.values_list("pad_id", "body"):
        later.setdefault(pad_id, []).append(bytes(body))
    authors: dict[object, dict[int, Author]] = {}
    for one in Client.objects.filter(pad__meetup=meetup):
        authors.setdefault(one.pad_id, {})[one.client_id] = Author(one.name, one.colour)
    votes: dict[object, list[Voted]] = {}
    for vote in Vote.objects.filter(pad__meetup=meetup):
        votes.setdefault(vote.pad_id, []).append((vote.client_id, vote.clock, vote.person))
    for pad in pads_of(meetup).select_related("snapshot").defer("snapshot__text").iterator(chunk_size=4):
        yield _Kept(pad, bytes(pad.snapshot.state), later.get(pad.pk, []), authors.get(pad.pk, {}), votes.get(pad.pk, []))


def _markdown(kept: _Kept) -> bytes:
    return with_votes(*kept.said()).encode()


def _html(kept: _Kept) -> bytes:
    return _as_page(kept.pad.title, [(kept.pad, html_of(*kept.said()))])


def _as_page(title: str, parts: Sequence[tuple[Pad, str]]) -> bytes:
    spoken = {"language": language(), "direction": direction_of(language())}
    return render_to_string("pads/export.html", {"title": title, "parts": parts, **spoken}).encode()


def _etherpad(kept: _Kept) -> bytes:
    """Write the text with its authors. People who write under several client ids are one author each."""
    pieces = weave(kept.document().whole(), []).pieces(0)
    people = {client: f"{author.name}/{author.colour}" for client, author in kept.authors.items() if author.name}
    runs = tuple(Run(people.get(piece.client, ""), piece.text) for piece in pieces)
    authors = {people[client]: author for client, author in kept.authors.items() if client in people}
    return write(kept.pad.name, Notes(runs, authors), int(kept.pad.made_at.timestamp() * 1000))


FORMS: Final[Mapping[str, tuple[str, Callable[[_Kept], bytes]]]] = {
    "md": ("text/markdown; charset=utf-8", _markdown),
    "html": ("text/html; charset=utf-8", _html),
    "etherpad": ("application/json", _etherpad),
}
