"""Writing to a list about a meetup: a draft that is looked at, and one sending, begun by an organiser and never by a machine.

A posting reaches hundreds of people, so it is sent at most once: while nobody can tell whether the other side took it, it is
not tried again by itself, and the page says so.
"""

import smtplib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.errors import MessageError

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.engines.maillist import About, Discourse, Fetch, Trouble
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import lines, one_line
from midcycle.lists import rules
from midcycle.lists.access import server_of
from midcycle.lists.models import MailList, Posting
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.web.mail import PlainMessage

_WEEK = timedelta(days=7)
_MOST_TRIES = 5


@transaction.atomic
def draft_posting(found: MailList, meetup: Meetup, *, subject: str, text: str, by: Person, now: datetime) -> Posting:
    """Keep what an organiser writes to a list, to be looked at before it is sent."""
    meetups.check_changeable(meetup.pk)
    if not found.can_post:
        raise Refusal(gettext("This list cannot be written to from here."))
    fields = _fields(subject, text)
    posting = Posting.objects.create(list=found, meetup=meetup, by=by, written_at=now, next_try_at=now, **fields)
    _record("posting_drafted", posting, by=by, now=now)
    return posting


@transaction.atomic
def change_posting(posting: Posting, *, subject: str, text: str, by: Person, now: datetime) -> None:
    """Change a draft. Raises Refusal when it was sent meanwhile."""
    locked = _locked(posting, "draft")
    fields = _fields(subject, text)
    Posting.objects.filter(pk=locked.pk).update(by=by, written_at=now, edition=locked.edition + 1, **fields)
    _record("posting_changed", posting, by=by, now=now)


@transaction.atomic
def discard_posting(posting: Posting, *, by: Person, now: datetime) -> None:
    """Throw a draft away. Raises Refusal when it was sent meanwhile."""
    locked = _locked(posting, "draft")
    _record("posting_discarded", posting, by=by, now=now)
    locked.delete()


@transaction.atomic
def send_posting(posting: Posting, edition: int, *, by: Person, now: datetime) -> None:
    """Let a draft that was looked at be sent, or one again that was not taken.

    Raises Refusal when the text is not what was seen, and after too many.
    """
    locked = _locked(posting, "draft", "failed", "unclear")
    if locked.edition != edition:
        raise Refusal(gettext("Somebody changed this text meanwhile. Look at it again, and send it then."))
    others = Posting.objects.filter(list=locked.list_id, meetup=locked.meetup_id, sent_at__gt=now - _WEEK)
    under_way = Posting.objects.filter(list=locked.list_id, meetup=locked.meetup_id, state__in=("waiting", "sending"))
    if others.count() + under_way.count() >= rules.POSTINGS_A_WEEK:
        often = gettext("%(most)s letters about this meetup went to this list within a week. Leave it some rest.")
        raise Refusal(often % {"most": rules.POSTINGS_A_WEEK})
    Posting.objects.filter(pk=locked.pk).update(state="waiting", by=by, tries=0, why="", next_try_at=now)
    _record("posting_sent", posting, by=by, now=now)


def send_due(mail: Callable[[], BaseEmailBackend], fetch: Fetch, *, now: datetime) -> int:
    """Send one posting that is due; return how many were sent. No transaction is open while the other side thinks."""
    lost = Posting.objects.filter(state="sending", next_try_at__lte=now - rules.LOST_AFTER)
    lost.update(state="unclear", why=rules.UNCLEAR)
    due = Posting.objects.filter(state="waiting", next_try_at__lte=now).select_related("list", "meetup__series", "by")
    posting = due.order_by("next_try_at", "pk").first()
    if posting is None:
        return 0
    claimed = Posting.objects.filter(pk=posting.pk, state="waiting", tries=posting.tries)
    if not claimed.update(state="sending", tries=posting.tries + 1, next_try_at=now):
        return 0
    end = _sent(posting, mail, fetch)
    is_over = end.state == "waiting" and posting.tries + 1 >= _MOST_TRIES
    pause = max(rules.pause_after(posting.tries + 1), timedelta(seconds=end.wait))
    fields = {"sent_at": now} if end.state == "sent" else {"next_try_at": now + pause}
    state = "failed" if is_over else end.state
    Posting.objects.filter(pk=posting.pk, state="sending").update(state=state, why=end.why[:200], **fields)
    return int(state == "sent")


@dataclass(frozen=True)
class _End:
    """The state a posting is in after it was sent, or why it was not, and how many seconds the other side wants to rest."""

    state: str
    why: str = ""
    wait: int = 0


def _sent(posting: Posting, mail: Callable[[], BaseEmailBackend], fetch: Fetch) -> _End:
    server = server_of(posting.list, posting.meetup)
    if server is None:
        return _End("failed", rules.NOT_NAMED)
    if isinstance(server, Discourse):
        return _posted(posting, server, fetch)
    try:
        _learn_address(posting.list, server.about(fetch))
    except Trouble as trouble:
        return _End("waiting", str(trouble), trouble.wait)
    return _sent_by_mail(posting, mail())


def _learn_address(found: MailList, about: About) -> None:
    """Take the list's address of today: since it was named, the settings may name another, or its server moved it."""
    if about.address != found.address:
        found.address = about.address
        MailList.objects.filter(pk=found.pk).update(address=about.address)


def _sent_by_mail(posting: Posting, connection: BaseEmailBackend) -> _End:
    try:
        connection.open()
    except OSError:
        return _End("waiting", rules.NO_MAIL)
    return _mailed(posting, connection)


def _posted(posting: Posting, server: Discourse, fetch: Fetch) -> _End:
    try:
        server.post(fetch, posting.subject, posting.text)
    except Trouble as trouble:
        if trouble.fate == "unclear":
            return _End("unclear", f"{trouble} {rules.UNCLEAR}")
        return _End("waiting" if trouble.fate == "later" else "failed", str(trouble), trouble.wait)
    return _End("sent")


def _mailed(posting: Posting, connection: BaseEmailBackend) -> _End:
    try:
        _message(posting, connection).send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        code = _code(error)
        return _End("waiting" if code < 500 else "failed", rules.NOT_TAKEN % {"code": code})
    except (ValueError, MessageError):
        return _End("failed", rules.NO_SUBJECT)
    except OSError:
        return _End("unclear", rules.UNCLEAR)
    finally:
        with suppress(OSError):
            connection.close()
    return _End("sent")


def _code(error: smtplib.SMTPException) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max(code for code, _ in error.recipients.values())
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 550


def _message(posting: Posting, connection: BaseEmailBackend) -> EmailMessage:
    """Return the message: a letter of a person to a list, so the list puts its own List headers (RFC 2369) on it.

    It is not marked as automatic (RFC 3834): somebody wrote it, looked at it and sent it, and lists hold what a robot sends.
    """
    domain = settings.MIDCYCLE.mail_from.rpartition("@")[2]
    name = _plain((posting.by.name if posting.by else "") or posting.meetup.title)
    return PlainMessage(
        posting.subject,
        posting.text,
        f'"{name} via {_plain(settings.MIDCYCLE.instance_name)}" <{settings.MIDCYCLE.mail_from}>',
        [posting.list.address],
        connection=connection,
        headers={"Message-ID": f"<posting.{posting.pk}@{domain}>", "X-Auto-Response-Suppress": "All"},
        reply_to=[posting.list.address],
    )


def _plain(name: str) -> str:
    return "".join(char for char in one_line(name) if char not in '"\\<>@,;:')[:60]


def _locked(posting: Posting, *states: str) -> Posting:
    meetups.check_changeable(posting.meetup_id)
    locked = Posting.objects.select_for_update().filter(pk=posting.pk).first()
    if locked is None or locked.state not in states:
        raise Refusal(gettext("This was sent or thrown away meanwhile. Its page says how it went."))
    return locked


def _fields(subject: str, text: str) -> dict[str, str]:
    return {"subject": one_line(subject)[: rules.LONGEST_SUBJECT], "text": lines(text)}


def _record(deed: str, posting: Posting, *, by: Person, now: datetime) -> None:
    facts = {"posting": posting.pk, "list": posting.list_id}
    journal.record(f"lists.{deed}", at=now, meetup=posting.meetup_id, actor=by.pk, facts=facts)
