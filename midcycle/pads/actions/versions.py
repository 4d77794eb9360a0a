"""The versions of a pad, named, published, and brought back as an edit; and forgetting who wrote."""

import json
from collections.abc import Collection
from datetime import datetime
from itertools import count

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.engines.crdt.ledger import FIRST_CLIENT
from midcycle.engines.crdt.weave import woven
from midcycle.engines.crdt.writing import edit_to
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.live.store import GONE
from midcycle.meetups import actions as meetups
from midcycle.pads.models import Chapter, Client, Pad, Published, Update, Version, Vote
from midcycle.pads.queries import head_of, pads_with, stored, text_of_pad, weave_of
from midcycle.pads.rules import COLOURS


@transaction.atomic
def name_version(pad: Pad, seq: int, name: str, *, by: Person, now: datetime) -> str:
    """Name what a pad said after update `seq`; return what to say about it. Raises Refusal when there is no such version."""
    meetups.check_changeable(pad.meetup_id)
    if seq and seq not in weave_of(pad)[1].seqs:
        raise Refusal(gettext("There is no such version. Choose another one."))
    Version.objects.update_or_create(pad=pad, seq=seq, defaults={"name": name, "at": now})
    journal.record("pads.version_named", at=now, meetup=pad.meetup_id, actor=by.pk, facts={"pad": str(pad.pk), "seq": seq})
    return gettext("This version is called %(name)s now.") % {"name": name}


@transaction.atomic
def publish(pad: Pad, *, by: Person, now: datetime) -> str:
    """Publish what a pad says now; return what to say about it. Raises Refusal when it says nothing."""
    meetups.check_changeable(pad.meetup_id)
    text = text_of_pad(pad)
    if not text.strip():
        raise Refusal(gettext("There is nothing to publish yet. Write the notes first."))
    Published.objects.update_or_create(pad=pad, defaults={"text": text, "at": now})
    journal.record("pads.published", at=now, meetup=pad.meetup_id, actor=by.pk, facts={"pad": str(pad.pk)})
    return gettext("The notes are published as they are now.")


@transaction.atomic
def restore(pad: Pad, seq: int, *, by: Person, now: datetime) -> str:
    """Let a pad say again what it said after update `seq`, by an edit under the name of whoever does it.

    What it says now stays in the history. The live server finds the edit in the log and shows it to whoever is in the pad.
    Returns what to say about it. Raises Refusal.
    """
    meetups.check_changeable(pad.meetup_id)
    Pad.objects.select_for_update().get(pk=pad.pk)  # as the live server does before it appends
    whole, log = stored(pad)
    known = Client.objects.filter(pad=pad).values_list("client_id", flat=True)
    client = _free(set(known))
    edit = edit_to(woven(whole, log).text(seq), whole, client)
    if not edit:
        raise Refusal(gettext("The pad says this already. Nothing was changed."))
    Client.objects.create(pad=pad, client_id=client, person=str(by.pk), name=str(by), colour=by.pk % COLOURS)
    Update.objects.create(pad=pad, seq=head_of(pad) + 1, at=now, body=edit, authors=json.dumps([str(by.pk)]))
    journal.record("pads.restored", at=now, meetup=pad.meetup_id, actor=by.pk, facts={"pad": str(pad.pk), "seq": seq})
    return gettext("The pad says this again. What it said before stays in its history.")


@transaction.atomic
def forget_writer(meetup: int, person: str, *, now: datetime, by: Person | None = None) -> int:
    """Take somebody's name from all they wrote in the pads of a meetup; return in how many pads. The text stays, their +1s go.

    The live server hears of it by `rights`, and writes no row before that: who has a pad open goes on in it without a name.
    Done twice, it does nothing more. It goes in an archived meetup, too. `by` is an organiser who does it for them; who does it
    for themselves is named nowhere.
    """
    _tell_live(meetup, person)
    theirs = Client.objects.filter(pad__meetup=meetup, person=person)
    pads = len(set(theirs.values_list("pad", flat=True)))
    theirs.update(person=GONE, name="", colour=0)
    Vote.objects.filter(pad__meetup=meetup, person=person).delete()
    _forget_in_rows(meetup, person)
    _forget_in_chapters(meetup, person)
    if pads:
        journal.record("pads.writer_forgotten", at=now, meetup=meetup, actor=by.pk if by else None, facts={"pads": pads})
    return pads


def _tell_live(meetup: int, person: str) -> None:
    """Raise the rights of the pads somebody wrote or voted in. All are locked first: what is being committed is seen, then."""
    list(Pad.objects.select_for_update().filter(meetup=meetup).order_by("pk").values_list("pk"))
    raise_rights(pads_with(meetup, person))


def _forget_in_rows(meetup: int, who: str) -> None:
    """Take a person out of the log. What the live server binds into a chapter meanwhile is found there afterwards."""
    rows = Update.objects.filter(pad__meetup=meetup, authors__contains=json.dumps(who)).values_list("pk", "authors")
    for key, authors in rows.iterator():
        Update.objects.filter(pk=key).update(authors=_without(authors, who))


def _forget_in_chapters(meetup: int, who: str) -> None:
    """Take a person out of the chapters, until none names them: the live server may write one anew meanwhile."""
    theirs = Chapter.objects.filter(pad__meetup=meetup, people__contains=json.dumps(who)).values_list("pk", "people")
    while found := list(theirs.all()):  # asked anew each time
        for key, people in found:
            Chapter.objects.filter(pk=key).update(people=_without(people, who))


def raise_rights(pads: QuerySet[Pad]) -> None:
    """Let the live server ask everybody in these pads for a new ticket, and look whose names were taken away."""
    pads.update(rights=F("rights") + 1)


def _without(people: str, who: str) -> str:
    return json.dumps([GONE if person == who else person for person in json.loads(people)])


def _free(taken: Collection[int]) -> int:
    """Return a client id of the pad that nobody has. Those the live server hands out are drawn from 2^28."""
    return next(client for client in count(FIRST_CLIENT) if client not in taken)
