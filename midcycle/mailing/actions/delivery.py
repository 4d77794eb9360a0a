"""Sending letters until they are sent."""

import logging
import smtplib
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from email.errors import MessageError
from typing import Final, Literal, TypeAlias

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.urls import reverse

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.mailing import queries, rules
from midcycle.mailing.access import key_of, return_path
from midcycle.mailing.models import Letter, Mailing
from midcycle.mailing.rules.replies import STOPPED
from midcycle.meetups.models import Meetup
from midcycle.web.mail import PlainMessage

_log = logging.getLogger("midcycle.mailing")
_PATIENCE: Final = 30.0  # seconds
_End: TypeAlias = Literal["sent", "not sent", "hung up", "silence"]


def deliver(
    connection: BaseEmailBackend, *, now: datetime, at_most: int = 20, clock: Callable[[], float] = time.monotonic
) -> int:
    """Send letters that are due over the connection; return how many were sent. No network failure is raised.

    A mail server that is slow, hangs or hangs up again has the others wait: one process does all that goes on by itself.

    No transaction is open while the other side thinks. A letter is claimed by moving its next try into the future, so
    that two workers do not send it together; one that dies on the way leaves it to be sent again: at least once.
    """
    due = queries.letters_due(now, at_most)
    if not due:
        return 0
    try:
        connection.open()
    except OSError as error:  # every error of smtplib is one
        _put_off(due, error, now=now)
        return 0
    dead, until = queries.dead_among(letter.person_id for letter in due), clock() + _PATIENCE
    sent, hung_up = 0, 0
    for letter in due:
        end = _send(letter, connection, is_dead=letter.person_id in dead, now=now)
        sent += end == "sent"
        hung_up += end == "hung up"
        if end == "silence" or hung_up > 1:
            _let_wait(now=now)
            break
        if clock() > until:
            break
    _close(connection)
    return sent


@transaction.atomic
def retry_failed(meetup: Meetup, *, by: Person, now: datetime, mailing: Mailing | None = None) -> int:
    """Let failed letters of a meetup, or of one of its mailings, wait to be sent again; return how many."""
    failed = Letter.objects.filter(meetup=meetup, state="failed")
    if mailing is not None:
        failed = failed.filter(mailing=mailing)
    count = failed.update(state="waiting", tries=0, next_try_at=now)
    facts = {"count": count} if mailing is None else {"count": count, "mailing": mailing.pk}
    journal.record("mailing.letters_retried", at=now, meetup=meetup.pk, actor=by.pk, facts=facts)
    return count


def _send(letter: Letter, connection: BaseEmailBackend, *, now: datetime, is_dead: bool = False) -> _End:
    if not _claim(letter, now=now):
        return "not sent"
    if is_dead:
        Letter.objects.filter(pk=letter.pk, state="waiting").update(state="failed", why=STOPPED)
        return "not sent"
    try:
        _message(letter, connection).send()
    except (OSError, ValueError, MessageError) as error:  # the last two: an address or subject that cannot be a header
        _note_failure(letter, error)
        _close(connection)  # it may be broken; the next letter opens its own
        return _end_of(error)
    Letter.objects.filter(pk=letter.pk).update(state="sent", sent_at=now, why="")
    return "sent"


def _end_of(error: Exception) -> _End:
    """Return how it ended: smtplib says of a server that does not answer in time that it hung up, and why in the context."""
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "silence"
    return "hung up" if isinstance(error, OSError) and rules.reply_code(error) is None else "not sent"


def _close(connection: BaseEmailBackend) -> None:
    with suppress(OSError):
        connection.close()


def _claim(letter: Letter, *, now: datetime) -> bool:
    tries = letter.tries + 1
    unclaimed = Letter.objects.filter(pk=letter.pk, state="waiting", tries=letter.tries)
    letter.tries = tries
    return unclaimed.update(tries=tries, next_try_at=now + rules.pause_after(tries)) == 1


def _message(letter: Letter, connection: BaseEmailBackend) -> EmailMessage:
    """Return the message (RFC 5322). A letter sent twice has one Message-ID; RFC 3834 keeps robots from answering."""
    domain = settings.MIDCYCLE.mail_from.rpartition("@")[2]
    headers = {
        "From": settings.MIDCYCLE.mail_from,
        "Message-ID": f"<{letter.key.replace(':', '.')}@{domain}>",
        "Auto-Submitted": "auto-generated",
    }
    mailing = letter.mailing
    to_many = mailing is not None or letter.is_weekly
    return PlainMessage(
        letter.subject,
        letter.body,
        return_path(letter),  # of the envelope: what comes back says which letter it was
        [letter.person.email],
        connection=connection,
        headers={**headers, **_headers_to_many(letter, domain)} if to_many else headers,
        reply_to=[mailing.answers_to] if mailing and mailing.answers_to else None,
    )


def _headers_to_many(letter: Letter, domain: str) -> dict[str, str]:
    """Return the headers of a letter to many: RFC 2919 and 2369, one click to get no more (RFC 8058), and `bulk`."""
    if letter.meetup is None:
        return {}
    base, slug = settings.MIDCYCLE.public_url_used, letter.meetup.slug
    page = "mailing:weekly" if letter.is_weekly else "mailing:wish"
    no_more = reverse(page, args=[slug, key_of(letter.meetup.pk, letter.person_id)])
    return {
        "List-Id": f"<{slug}.meetups.{domain}>",
        "List-Help": f"<{base}{letter.meetup.path}>",
        "List-Unsubscribe": f"<{base}{no_more}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "bulk",
    }


def _note_failure(letter: Letter, error: Exception) -> None:
    code, trouble = rules.reply_code(error), rules.trouble_of(error)
    fields = {"letter": letter.pk, "tries": letter.tries, "error": type(error).__name__, "code": code}
    _log.warning("a letter was not taken", extra={"fields": fields})
    is_over = letter.tries >= rules.MOST_TRIES or _is_final(error)
    waiting = Letter.objects.filter(pk=letter.pk, state="waiting")  # it may have been withdrawn meanwhile
    waiting.update(state="failed" if is_over else "waiting", why=trouble)


def _put_off(due: list[Letter], error: OSError, *, now: datetime) -> None:
    """Note that the mail server cannot be reached: these letters were tried, the others wait a minute for theirs."""
    for letter in due:
        if _claim(letter, now=now):
            _note_failure(letter, error)
    _let_wait(now=now)


def _let_wait(*, now: datetime) -> None:
    Letter.objects.filter(state="waiting", next_try_at__lte=now).update(next_try_at=now + rules.pause_after(1))


def _is_final(error: Exception) -> bool:
    """Say whether the mail server will never take this letter, or this address: RFC 5321 section 4.2.1, replies from 500.

    That it knows us not, or not our password, is for whoever runs this server to mend; until then letters wait.
    """
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(error, smtplib.SMTPRecipientsRefused) and all(code >= 500 for code, _ in error.recipients.values())
