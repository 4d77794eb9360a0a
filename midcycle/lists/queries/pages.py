"""What pages say of lists, and what a comparison tells."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from midcycle.kernel.folding import SMALLEST
from midcycle.lists.access import connections_for, keeper_key, lists_of, matching_key
from midcycle.lists.models import Comparison, JoinRequest, MailList, Posting
from midcycle.lists.rules import AFTER, Split, may_compare, share_in_words, split, why_in_words
from midcycle.meetups.models import Meetup

_FEW: Final = gettext_noop("not told: fewer than %(smallest)s people on one side")


@dataclass(frozen=True)
class PublicList:
    """A list as everybody sees it."""

    number: int
    title: str
    about: str
    page: str
    can_join: bool
    has_digest: bool


@dataclass(frozen=True)
class Compared:
    """A comparison in words; `link` is for the keeper of a list that is compared by a file, blank for others."""

    state: str
    why: str
    people: int
    on_list: str
    not_on_list: str
    after: str
    joined: str
    until: date | None
    link: str


@dataclass(frozen=True)
class ListRow:
    """A list on the desk; stuck is one that somebody could not be put on, twice and more."""

    found: MailList
    is_connected: bool
    is_stuck: bool
    postings: tuple[Posting, ...]
    compared: Compared | None
    may_drop: bool


@dataclass(frozen=True)
class Desk:
    """The lists of a meetup, and what may be done with them now."""

    meetup: Meetup
    rows: tuple[ListRow, ...]
    may_compare: bool
    may_invite: bool
    has_connections: bool


@dataclass(frozen=True)
class Shares:
    """What comparisons of one meetup tell, for figures across editions: null where it is not told."""

    list: str
    people: int
    on_list: int | None
    joined_after: int | None


def public_lists(meetup: Meetup) -> tuple[PublicList, ...]:
    """Return the lists of a meetup as everybody sees them. One query."""
    return tuple(_public(found) for found in lists_of(meetup))


def invited_lists(meetup: Meetup) -> tuple[PublicList, ...]:
    """Return the lists somebody with a link from a letter can join. One query."""
    return tuple(_public(found) for found in lists_of(meetup) if found.can_join)


def desk_of(meetup: Meetup, *, today: date) -> Desk:
    """Return the lists of a meetup with what was done with them. Four queries."""
    lists = list(lists_of(meetup))
    postings: dict[int, list[Posting]] = {}
    for posting in Posting.objects.filter(meetup=meetup, list__in=lists).order_by("-pk"):
        postings.setdefault(posting.list_id, []).append(posting)
    compared = {row.list_id: row for row in Comparison.objects.filter(meetup=meetup, list__in=lists)}
    waiting = JoinRequest.objects.filter(list__in=lists, state="confirmed", tries__gt=1)
    stuck, connections = set(waiting.values_list("list", flat=True)), connections_for(meetup)
    rows = tuple(
        ListRow(
            found,
            found.connection in connections,
            found.pk in stuck,
            tuple(postings.get(found.pk, ())),
            _compared(compared[found.pk], found, meetup) if found.pk in compared else None,
            found.pk not in compared and not postings.get(found.pk),
        )
        for found in lists
    )
    return Desk(
        meetup,
        rows,
        may_compare=may_compare(meetup.stage, meetup.ends_on, today),
        may_invite=meetup.stage in {"on_site", "wrap_up"} and any(found.can_join for found in lists),
        has_connections=bool(connections),
    )


def compared_page(comparison: Comparison, *, now: datetime) -> Mapping[str, object]:
    """Return what the keeper of a list reads: the key, whether a file is wanted now, and from when on the next one is."""
    is_due = comparison.state == "asked" or (comparison.after == "waiting" and comparison.next_try_at <= now)
    return {
        "meetup": comparison.meetup,
        "list": comparison.list,
        "key": matching_key(comparison).hex(),
        "is_due": is_due,
        "is_second": comparison.state == "done",
        "due": comparison.next_try_at,
    }


def posting_page(posting: Posting) -> Mapping[str, object]:
    """Return what the page of a posting says."""
    waits = not settings.MIDCYCLE.demo and not settings.MIDCYCLE.mail_url and posting.list.kind == "mailman"
    sender = settings.MIDCYCLE.mail_from
    page = {"posting": posting, "meetup": posting.meetup, "list": posting.list, "waits": waits, "sender": sender}
    return {**page, "why": why_in_words(posting.why)}


def first_words(meetup: Meetup) -> Mapping[str, str]:
    """Return subject and text to begin a posting from."""
    facts = {
        "meetup": meetup,
        "url": f"{settings.MIDCYCLE.public_url_used}{meetup.path}?via=list",
        "where": ", ".join(part for part in (meetup.venue, meetup.where) if part),
    }
    subject, _, text = render_to_string("lists/posting.txt", facts).strip().partition("\n")
    return {"subject": subject.strip(), "text": text.strip()}


def shares_of(meetup: Meetup) -> tuple[Shares, ...]:
    """Return what comparisons of a meetup tell. One query."""
    done = Comparison.objects.filter(meetup=meetup, state="done").select_related("list").order_by("pk")
    return tuple(Shares(row.list.title, row.people, row.on_list, row.joined) for row in done)


def _public(found: MailList) -> PublicList:
    return PublicList(found.pk, found.title, found.about, found.page, found.can_join, found.has_digest)


def _compared(row: Comparison, found: MailList, meetup: Meetup) -> Compared:
    told = split(row.people, row.on_list) if row.on_list is not None else None
    left = row.people - row.on_list if row.on_list is not None else 0
    after = split(left, row.joined) if row.joined is not None else None
    link = ""
    if found.kind == "file" and row.salt:
        path = reverse("lists:members", args=[meetup.slug, row.pk, keeper_key(row)])
        link = settings.MIDCYCLE.public_url_used + path
    return Compared(
        state=row.state,
        why=why_in_words(row.why),
        people=row.people,
        on_list=_share(told),
        not_on_list=_share(split(row.people, left) if told else None),
        after=row.after,
        joined=_share(after),
        until=meetup.ends_on + AFTER if meetup.ends_on else None,
        link=link,
    )


def _share(told: Split | None) -> str:
    few = gettext(_FEW) % {"smallest": SMALLEST}
    return share_in_words(told, few) if told else few
