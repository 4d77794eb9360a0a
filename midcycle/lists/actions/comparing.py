"""How many of those who came are on a list, and how many joined within 30 days: once for each meetup and list.

Nobody's address leaves this server for it, and no address of a member is kept: members are read, or sent by the list's keeper,
and hashed at once under a key made for this one comparison. When it is over, key and hashes are gone.
"""

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.engines.maillist import Fetch, MemberList, Trouble, hashes_of, packed, unpacked
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.lists import rules
from midcycle.lists.access import matching_key, server_of
from midcycle.lists.models import Comparison, MailList
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Seat

MOST_PAGES: Final = 400
PAGES_AT_ONCE: Final = 10
_OVER: Final = {"salt": "", "left": b""}


@transaction.atomic
def ask_for_comparison(found: MailList, meetup: Meetup, *, by: Person, now: datetime) -> Comparison:
    """Begin a comparison, which is made once. Raises Refusal before the meetup is over, and when it was made."""
    meetups.check_changeable(meetup.pk)
    if not rules.may_compare(meetup.stage, meetup.ends_on, now.date()):
        raise Refusal(gettext("Compare once the last day of the meetup is over: then it is settled who came."))
    if found.kind != "file" and server_of(found, meetup) is None:
        raise Refusal(gettext("This server's settings do not name this list for your meetup any more. Ask whoever runs it."))
    begun = {"by": by, "asked_at": now, "next_try_at": now, "salt": secrets.token_hex(32)}
    comparison, fresh = Comparison.objects.get_or_create(list=found, meetup=meetup, defaults=begun)
    if (not fresh and comparison.state != "failed") or _compared_elsewhere(found, meetup):
        raise Refusal(gettext("This was compared already. It is done once, so that no two results can single somebody out."))
    if not fresh:
        Comparison.objects.filter(pk=comparison.pk).update(state="asked", why="", tries=0, **begun)
        comparison.refresh_from_db()
    journal.record("lists.comparison_asked", at=now, meetup=meetup.pk, actor=by.pk, facts={"list": found.pk})
    return comparison


@transaction.atomic
def compare(comparison: Comparison, members: frozenset[bytes], *, now: datetime) -> None:
    """Count who of those who came is among these hashes; keep the others' hashes until 30 days after. Again is harmless."""
    locked = Comparison.objects.select_for_update().select_related("meetup").get(pk=comparison.pk)
    if locked.state != "asked":
        return
    came = hashes_of(_addresses(locked.meetup), matching_key(locked))
    told = rules.split(len(came), len(came & members))
    locked.state, locked.made_at, locked.why = "done", now, ""
    locked.people, locked.on_list = told.people, told.yes
    locked.tries, locked.salt, locked.left = 0, "", b""
    due = _due(locked.meetup)
    if told.yes is not None and now < due:
        locked.after, locked.next_try_at = "waiting", due
        locked.salt, locked.left = comparison.salt, packed(came - members)
    locked.save()
    journal.record("lists.compared", at=now, meetup=locked.meetup_id, facts={"list": locked.list_id})


@transaction.atomic
def compare_after(comparison: Comparison, members: frozenset[bytes], *, now: datetime) -> None:
    """Count who of those that were not on the list is now, and forget the hashes and their key. Again is harmless."""
    locked = Comparison.objects.select_for_update().get(pk=comparison.pk)
    if locked.after != "waiting":
        return
    left = unpacked(bytes(locked.left))
    told = rules.split(len(left), len(left & members))
    fields = {"after": "done", "after_at": now, "joined": told.yes, "why": "", **_OVER}
    Comparison.objects.filter(pk=locked.pk).update(**fields)
    journal.record("lists.compared_after", at=now, meetup=locked.meetup_id, facts={"list": locked.list_id})


@dataclass
class Reading:
    """The members of a list as far as they were read, as hashes, and the page that comes next."""

    page: int = 1
    hashes: set[bytes] = field(default_factory=set, repr=False)


def tend_comparisons(fetch: Fetch, *, now: datetime, readings: dict[str, Reading] | None = None) -> int:
    """Make one comparison that is due over the network, and give up those nobody could make; return how many.

    A long list is read in parts, so that letters do not wait behind it, and goes on where its server had enough of us. In
    between it is in `readings` by its salt, in this process alone: another begins anew.
    """
    readings = {} if readings is None else readings
    given_up = _give_up(now=now)
    due = Comparison.objects.exclude(list__kind="file").filter(next_try_at__lte=now).select_related("list", "meetup__series")
    asked, after = due.filter(state="asked").order_by("pk").first(), due.filter(after="waiting").order_by("pk").first()
    found = asked or after
    if found is None or not _claim(found, now=now):
        return given_up
    reading = readings.setdefault(found.salt, Reading())
    try:
        is_whole = _read_on(reading, server_of(found.list, found.meetup), fetch, matching_key(found))
    except Trouble as trouble:
        _note(found, trouble, now=now)
        if not trouble.wait:  # members may change meanwhile
            readings.pop(found.salt)
        return given_up
    if not is_whole:
        _go_on(found, now=now)
        return given_up
    readings.pop(found.salt)
    (compare if found.state == "asked" else compare_after)(found, frozenset(reading.hashes), now=now)
    return given_up + 1


@transaction.atomic
def _give_up(*, now: datetime) -> int:
    """Forget what could not be compared in time. One query while there is nothing."""
    late = Comparison.objects.filter(after="waiting", meetup__ends_on__lt=(now - rules.AFTER - rules.GRACE).date())
    count = late.update(after="missed", why="", **_OVER)
    never = Comparison.objects.filter(state="asked", asked_at__lt=now - rules.AFTER)
    return count + never.update(state="failed", why=rules.NOBODY, **_OVER)


def _read_on(reading: Reading, server: MemberList | None, fetch: Fetch, key: bytes) -> bool:
    """Read the next pages; return whether that was all."""
    if server is None:
        raise Trouble(rules.NOT_NAMED)
    for page in range(reading.page, reading.page + PAGES_AT_ONCE):
        if page > MOST_PAGES:
            raise Trouble(rules.TOO_MANY)
        members = server.members(fetch, page)
        reading.hashes |= hashes_of(members.addresses, key)
        reading.page = page + 1
        if not members.goes_on:
            return True
    return False


def _addresses(meetup: Meetup) -> list[str]:
    """Return the addresses of those who came; where nobody was checked in, of those with a seat."""
    seats = Seat.objects.filter(meetup=meetup, person__is_active=True)
    came = list(seats.filter(state="checked_in").values_list("person__email", flat=True))
    return came or list(seats.filter(state="held").values_list("person__email", flat=True))


def _compared_elsewhere(found: MailList, meetup: Meetup) -> bool:
    """Say whether the same list was compared under another name: it may belong to the series and to the meetup."""
    others = Comparison.objects.filter(meetup=meetup, list__connection=found.connection).exclude(list=found)
    return found.connection != "" and others.exclude(state="failed").exists()


def _due(meetup: Meetup) -> datetime:
    """Return the moment 30 days after the last day is over."""
    last = meetup.ends_on or meetup.opened_at.date()
    return datetime.combine(last + timedelta(days=1), time(), UTC) + rules.AFTER


def _claim(comparison: Comparison, *, now: datetime) -> bool:
    tries = comparison.tries + 1
    unclaimed = Comparison.objects.filter(pk=comparison.pk, tries=comparison.tries)
    return unclaimed.update(tries=tries, next_try_at=now + rules.pause_after(tries)) == 1


def _go_on(comparison: Comparison, *, now: datetime) -> None:
    """Let the next round read on at once: this was no try that failed."""
    Comparison.objects.filter(pk=comparison.pk).update(tries=comparison.tries, next_try_at=now)


def _note(comparison: Comparison, trouble: Trouble, *, now: datetime) -> None:
    fields = {"tries": comparison.tries, "next_try_at": now + timedelta(seconds=trouble.wait)} if trouble.wait else {}
    Comparison.objects.filter(pk=comparison.pk).update(why=str(trouble)[:200], **fields)
