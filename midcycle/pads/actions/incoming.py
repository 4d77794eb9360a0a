"""Notes taken elsewhere, with their authors and their past; and an author's name taken away again."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Final

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.engines.crdt.document import Document, pack, text_of
from midcycle.engines.crdt.strands import Strand, updates_of
from midcycle.engines.crdt.updates import decode
from midcycle.engines.crdt.weave import Piece
from midcycle.engines.crdt.writing import state_from_pieces
from midcycle.engines.etherpad import Notes, Past
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.pads.models import Client, Pad, Snapshot, Update, Version
from midcycle.pads.queries import naming_of
from midcycle.pads.rules import BROUGHT_IN, Incoming, pad_name

MOST_PADS: Final = 1_000  # of a meetup
NOBODY: Final = 1  # the client id of what no person wrote
_FIRST_BROUGHT_IN: Final = 2
_LARGEST_PAST: Final = 4 * 2**20  # bytes of a document with all that ever was in it; the live server takes twice as many


@transaction.atomic
def take_over(meetup: Meetup, found: Sequence[Incoming], *, by: Person, now: datetime) -> list[Pad]:
    """Open a pad for each text that was brought in, with its authors; no pad that is there is touched. Raises Refusal."""
    Meetup.objects.select_for_update().get(pk=meetup.pk)
    meetups.check_changeable(meetup.pk)
    taken = set(Pad.objects.filter(meetup=meetup).values_list("name", flat=True))
    if len(taken) + len(found) > MOST_PADS:
        message = gettext("A meetup has at most %(most)s pads. Bring in fewer.")
        raise Refusal(message % {"most": MOST_PADS}, field="file")
    naming = naming_of(meetup)
    pads: list[Pad] = []
    for one in found:
        name = pad_name(meetup.city, one.title, taken, naming)
        taken.add(name)
        pads.append(_begin(Pad(meetup=meetup, session=None, name=name, title=one.title, made_at=now), one.notes))
    journal.record("pads.taken_over", at=now, meetup=meetup.pk, actor=by.pk, facts={"pads": len(pads)})
    return pads


@transaction.atomic
def take_name_away(meetup: Meetup, name: str, *, by: Person, now: datetime) -> str:
    """Take the name of an author who was brought in from all pads of a meetup; return what to say about it. The text stays.

    Done twice, it does nothing more. It goes in an archived meetup, too.
    """
    theirs = Client.objects.filter(pad__meetup=meetup, person__startswith=BROUGHT_IN, name=name)
    pads = len(set(theirs.values_list("pad", flat=True)))
    if name and pads:
        theirs.update(name="", colour=0)
        journal.record("pads.name_taken_away", at=now, meetup=meetup.pk, actor=by.pk, facts={"pads": pads})
    return gettext("The name is gone; the text stays.")


def _begin(pad: Pad, notes: Notes) -> Pad:
    """Open a pad whose authors have client ids nobody is given, so that no name can be written under."""
    clients = dict(zip(notes.authors, count(_FIRST_BROUGHT_IN)))
    if notes.past is None or not _bring_past(pad, notes.past, clients, text=notes.text):
        state = state_from_pieces([Piece(clients.get(run.author, NOBODY), run.text) for run in notes.runs])
        pad.save(force_insert=True)
        Snapshot.objects.create(pad=pad, upto=0, state=state, text=text_of(state), at=pad.made_at)
    Client.objects.bulk_create(
        Client(pad=pad, client_id=clients[author], person=_key(clients[author]), name=known.name[:200], colour=known.colour)
        for author, known in notes.authors.items()
    )
    return pad


def _bring_past(pad: Pad, past: Past, clients: Mapping[str, int], *, text: str) -> bool:
    """Open a pad with all versions of its text as rows of its log. Return False, and open none, where that is too much."""
    strands = [Strand(clients.get(one.author, NOBODY), one.text, one.came, one.went) for one in past.stretches]
    updates = updates_of(strands, len(past.times) - 1)
    document = Document(None, updates)
    whole = document.whole()
    if len(whole) > _LARGEST_PAST or document.text() != text:
        return False
    begun, *times = [min(datetime.fromtimestamp(at / 1000, UTC), pad.made_at) for at in past.times]
    pad.made_at = begun
    pad.save(force_insert=True)
    Snapshot.objects.create(pad=pad, upto=len(times), state=pack(whole), text=text, at=times[-1])
    Update.objects.bulk_create(
        Update(pad=pad, seq=seq, at=at, body=body, authors=_people(body))
        for seq, (at, body) in enumerate(zip(times, updates[1:], strict=True), 1)
    )
    named = {seq: begun if seq == 0 else times[seq - 1] for seq in past.names}
    Version.objects.bulk_create(Version(pad=pad, seq=seq, name=past.names[seq], at=at) for seq, at in named.items())
    return True


def _people(body: bytes) -> str:
    """Return who brought text with an update, as the live server notes it."""
    return json.dumps(sorted(_key(client) for client in decode(body).runs if client != NOBODY))


def _key(client: int) -> str:
    return f"{BROUGHT_IN}{client}"
