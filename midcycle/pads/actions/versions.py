"""The versions of a pad, named, published, and brought back as an edit; and forgetting who wrote."""

import json
from collections.abc import Collection
from datetime import datetime
from itertools import count

from django.db import transaction

from midcycle.accounts.models import Person
from midcycle.engines.crdt.ledger import FIRST_CLIENT
from midcycle.engines.crdt.weave import weave
from midcycle.engines.crdt.writing import edit_to
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.pads.models import Client, Pad, Published, Snapshot, Update, Version, Vote
from midcycle.pads.queries import stored, text_of_pad
from midcycle.pads.rules import COLOURS


@transaction.atomic
def name_version(pad: Pad, seq: int, name: str, *, by: Person, now: datetime) -> str:
    """Name what a pad said after update `seq`; return what to say about it. Raises Refusal when there is no such version."""
    meetups.check_changeable(pad.meetup_id)
    if seq and not Update.objects.filter(pad=pad, seq=seq).exists():
        raise Refusal("There is no such version. Choose another one.")
    Version.objects.update_or_create(pad=pad, seq=seq, defaults={"name": name, "at": now})
    journal.record("pads.version_named", at=now, meetup=pad.meetup_id, actor=by.pk, facts={"pad": str(pad.pk), "seq": seq})
    return f"This version is called {name} now."


@transaction.atomic
def publish(pad: Pad, *, by: Person, now: datetime) -> str:
    """Publish what a pad says now; return what to say about it. Raises Refusal when it says nothing."""
    meetups.check_changeable(pad.meetup_id)
    text = text_of_pad(pad)
    if not text.strip():
        raise Refusal("There is nothing to publish yet. Write the notes first.")
    Published.objects.update_or_create(pad=pad, defaults={"text": text, "at": now})
    journal.record("pads.published", at=now, meetup=pad.meetup_id, actor=by.pk, facts={"pad": str(pad.pk)})
    return "The notes are published as they are now."


@transaction.atomic
def restore(pad: Pad, seq: int, *, by: Person, now: datetime) -> str:
    """Let a pad say again what it said after update `seq`, by an edit under the name of whoever does it.

    What it says now stays in the history. The live server finds the edit in the log and shows it to whoever is in the pad.
    Returns what to say about it. Raises Refusal.
    """
    meetups.check_changeable(pad.meetup_id)
    Pad.objects.select_for_update().get(pk=pad.pk)  # as the live server does before it appends
    whole, rows = stored(pad)
    known = Client.objects.filter(pad=pad).values_list("client_id", flat=True)
    client = _free(set(known))
    edit = edit_to(weave(whole, [(number, body) for number, _, body in rows]).text(seq), whole, client)
    if not edit:
        raise Refusal("The pad says this already. Nothing was changed.")
    upto = Snapshot.objects.filter(pad=pad).values_list("upto", flat=True).first() or 0
    last = max([upto, *(number for number, _, _ in rows)])
    Client.objects.create(pad=pad, client_id=client, person=str(by.pk), name=str(by), colour=by.pk % COLOURS)
    Update.objects.create(pad=pad, seq=last + 1, at=now, body=edit, authors=json.dumps([str(by.pk)]))
    journal.record("pads.restored", at=now, meetup=pad.meetup_id, actor=by.pk, facts={"pad": str(pad.pk), "seq": seq})
    return "The pad says this again. What it said before stays in its history."


@transaction.atomic
def forget_writer(meetup: int, person: str, *, now: datetime) -> int:
    """Take somebody's name from all they wrote in the pads of a meetup; return in how many pads. The text stays, their +1s go.

    Done twice, it does nothing more. It goes in an archived meetup, too.
    """
    theirs = Client.objects.filter(pad__meetup=meetup, person=person)
    pads = len(set(theirs.values_list("pad", flat=True)))
    theirs.update(person=_GONE, name="", colour=0)
    Vote.objects.filter(pad__meetup=meetup, person=person).delete()
    rows = Update.objects.filter(pad__meetup=meetup, authors__contains=json.dumps(person)).only("authors")
    for row in rows.iterator():
        row.authors = json.dumps([_GONE if author == person else author for author in json.loads(row.authors)])
        row.save(update_fields=["authors"])
    if pads:
        journal.record("pads.writer_forgotten", at=now, meetup=meetup, facts={"pads": pads})
    return pads


_GONE = "gone"


def _free(taken: Collection[int]) -> int:
    """Return a client id of the pad that nobody has. Those the live server hands out are drawn from 2^28."""
    return next(client for client in count(FIRST_CLIENT) if client not in taken)
