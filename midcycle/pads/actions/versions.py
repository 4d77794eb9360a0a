"""Locking a pad; its versions, named and brought back as an edit; and forgetting who wrote."""

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
from midcycle.pads.models import Client, Pad, Snapshot, Update, Version
from midcycle.pads.queries import stored
from midcycle.pads.rules import COLOURS


@transaction.atomic
def lock(pad: Pad, *, by: Person, now: datetime) -> str:
    """Let only those write who tend the pad; return what to say about it. Done twice, it does nothing more."""
    meetups.check_changeable(pad.meetup_id)
    if Pad.objects.filter(pk=pad.pk, locked_at=None).update(locked_at=now):
        journal.record("pads.locked", at=now, meetup=pad.meetup_id, actor=by.pk, facts={"pad": str(pad.pk)})
    return "The pad is locked. Whoever is writing in it can go on for a quarter of an hour at most."


@transaction.atomic
def unlock(pad: Pad, *, by: Person, now: datetime) -> str:
    """Let everybody write again who may; return what to say about it. Done twice, it does nothing more."""
    meetups.check_changeable(pad.meetup_id)
    if Pad.objects.filter(pk=pad.pk, locked_at__isnull=False).update(locked_at=None):
        journal.record("pads.unlocked", at=now, meetup=pad.meetup_id, actor=by.pk, facts={"pad": str(pad.pk)})
    return "The pad is open again."


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
def forget_writer(meetup: int, person: int, *, now: datetime) -> int:
    """Take somebody's name from all they wrote in the pads of a meetup; return in how many pads. The text stays.

    Done twice, it does nothing more. It goes in an archived meetup, too.
    """
    who = str(person)
    theirs = Client.objects.filter(pad__meetup=meetup, person=who)
    pads = len(set(theirs.values_list("pad", flat=True)))
    theirs.update(person=_GONE, name="", colour=0)
    rows = Update.objects.filter(pad__meetup=meetup, authors__contains=json.dumps(who)).only("authors")
    for row in rows.iterator():
        row.authors = json.dumps([_GONE if author == who else author for author in json.loads(row.authors)])
        row.save(update_fields=["authors"])
    if pads:
        journal.record("pads.writer_forgotten", at=now, meetup=meetup, facts={"pads": pads})
    return pads


_GONE = "gone"


def _free(taken: Collection[int]) -> int:
    """Return a client id of the pad that nobody has. Those the live server hands out are drawn from 2^28."""
    return next(client for client in count(FIRST_CLIENT) if client not in taken)
