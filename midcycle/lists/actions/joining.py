"""Joining a list: asking, confirming by the link of a letter, and being put on it.

Nobody is put on a list whose mail was not read: the letter has a link, and only a button behind it confirms, as programs that
look for viruses open every link. Whoever asks sees the same whether the address is on the list, was typed before, or is new.
"""

import logging
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.actions import forget_all_unless_needed
from midcycle.accounts.models import Person
from midcycle.engines.maillist import Fetch, Outcome, Trouble
from midcycle.journal import actions as journal
from midcycle.kernel.addresses import canonical
from midcycle.kernel.refusal import Refusal
from midcycle.lists import rules
from midcycle.lists.access import server_of
from midcycle.lists.models import JoinRequest, MailList
from midcycle.meetups.models import Meetup

_log = logging.getLogger("midcycle.lists")


@transaction.atomic
def ask_to_join(found: MailList, meetup: Meetup, email: str, *, digest: bool, now: datetime, language: str = "") -> None:
    """Let a letter ask the owner of an address whether they want to join; asking again is harmless.

    `language` is that of the page, for a letter to somebody of whom none is known.
    """
    _check_joinable(found)
    request, fresh = _request(found, meetup, canonical(email), digest=digest, now=now)
    if request.state == "asked":
        if not fresh:
            JoinRequest.objects.filter(pk=request.pk).update(digest=digest, asked_at=now)
        facts = {"join": request.pk, "language": language}
        journal.record("lists.join_asked", at=now, meetup=meetup.pk, facts=facts)


@transaction.atomic
def confirm(request: JoinRequest, *, now: datetime) -> None:
    """Note that the owner of the address wants to join; again is harmless. Raises Refusal when the link is too old."""
    if request.state != "asked":
        return
    if now - request.asked_at > rules.UNCONFIRMED_FOR:
        raise Refusal(gettext("This link is more than seven days old. Ask again on the page of the meetup's lists."))
    if JoinRequest.objects.filter(pk=request.pk, state="asked").update(state="confirmed", next_try_at=now):
        journal.record("lists.join_confirmed", at=now, meetup=request.meetup_id, facts={"join": request.pk})


@transaction.atomic
def join_by_letter(found: MailList, meetup: Meetup, person: Person, *, digest: bool, now: datetime) -> JoinRequest:
    """Let somebody join who came by a letter of their own, so that their address is known to be theirs."""
    _check_joinable(found)
    request, _ = _request(found, meetup, person.email, digest=digest, now=now)
    if request.state == "asked":
        fields = {"state": "confirmed", "digest": digest, "next_try_at": now, "meetup": meetup}
        JoinRequest.objects.filter(pk=request.pk).update(**fields)
        journal.record("lists.join_confirmed", at=now, meetup=meetup.pk, facts={"join": request.pk, "invited": True})
    return request


def put_on_lists(fetch: Fetch, *, now: datetime, at_most: int = 5) -> int:
    """Put those on their lists who confirmed; return how many. No transaction is open while the other side thinks."""
    due = JoinRequest.objects.filter(state="confirmed", next_try_at__lte=now).select_related("list", "meetup__series")
    count = 0
    for request in list(due.order_by("next_try_at", "pk")[:at_most]):
        try:
            outcome = _put(request, fetch, now=now)
        except Trouble as trouble:
            _log.warning("nobody can be put on a list", extra={"fields": {"list": request.list_id, "why": str(trouble)}})
            _put_off(request.list_id, wait=trouble.wait, now=now)
            break
        if outcome is not None:
            _settle(request, outcome, now=now)
            count += 1
    return count


@transaction.atomic
def forget_requests(*, now: datetime) -> int:
    """Delete wishes nobody confirmed within seven days, those settled as long ago, and those no server took for a week.

    One query while there are none.
    """
    stuck = JoinRequest.objects.filter(state="confirmed", asked_at__lte=now - rules.UNCONFIRMED_FOR - rules.GRACE)
    old = JoinRequest.objects.filter(state="asked", asked_at__lte=now - rules.UNCONFIRMED_FOR)
    done = JoinRequest.objects.filter(done_at__lte=now - rules.DONE_FOR)
    rows = list((old | done | stuck).values_list("pk", "email"))
    if not rows:
        return 0
    JoinRequest.objects.filter(pk__in=[number for number, _ in rows]).delete()
    _forget_people([email for _, email in rows if email])
    journal.record("lists.requests_forgotten", at=now, facts={"requests": len(rows)})
    return len(rows)


def _check_joinable(found: MailList) -> None:
    if not found.can_join:
        raise Refusal(gettext("This list cannot be joined from here. Its own page tells how."))


def _request(found: MailList, meetup: Meetup, email: str, *, digest: bool, now: datetime) -> tuple[JoinRequest, bool]:
    fresh = {"meetup": meetup, "digest": digest, "token": secrets.token_urlsafe(32), "asked_at": now, "next_try_at": now}
    return JoinRequest.objects.get_or_create(list=found, email=email, defaults=fresh)


def _put(request: JoinRequest, fetch: Fetch, *, now: datetime) -> Outcome | None:
    tries = request.tries + 1
    claimed = JoinRequest.objects.filter(pk=request.pk, state="confirmed", tries=request.tries)
    if not claimed.update(tries=tries, next_try_at=now + rules.pause_after(tries)):
        return None
    server = server_of(request.list, request.meetup)
    return None if server is None else server.join(fetch, request.email, digest=request.digest)


def _put_off(found: int, *, wait: int, now: datetime) -> None:
    """Let the others who want to join this list wait: its server is away, or wants to be left alone for so many seconds."""
    pause = max(rules.pause_after(1), timedelta(seconds=wait))
    JoinRequest.objects.filter(list=found, state="confirmed", next_try_at__lte=now + pause).update(next_try_at=now + pause)


@transaction.atomic
def _settle(request: JoinRequest, outcome: Outcome, *, now: datetime) -> None:
    JoinRequest.objects.filter(pk=request.pk).update(state=outcome, email="", done_at=now)
    _forget_people([request.email])
    # Who was there already is counted with those who joined, so that the journal tells nobody's membership.
    journal.record("lists.join_settled", at=now, meetup=request.meetup_id, facts={"list": request.list_id})


def _forget_people(emails: list[str]) -> None:
    numbers = list(Person.objects.filter(email__in=emails).values_list("pk", flat=True))
    if numbers:
        forget_all_unless_needed(numbers)
