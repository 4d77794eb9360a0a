"""Writing to many: a draft, a copy to oneself, sending it to those chosen then, and stopping it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import lines, one_line
from midcycle.mailing import queries
from midcycle.mailing.models import Letter, Mailing
from midcycle.mailing.rules import Audience
from midcycle.mailing.rules.mailings import (
    COPIES,
    LONGEST_SUBJECT,
    UNDER_WAY,
    Limit,
    limits_for,
    limits_in_words,
    next_turn,
    why_other_number,
)
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup

_AT_ONCE = 500  # rows in one statement
_TOO_MANY = gettext_noop("No more mailings can go out now: at most %(limits)s. Send this one after %(when)s.")
_TOO_MANY_COPIES = gettext_noop("No more copies can go out now: at most %(limits)s. Send this one after %(when)s.")


@dataclass(frozen=True)
class Wording:
    """What is written to whom, and whether answers go to whoever wrote it."""

    audience: Audience
    subject: str
    text: str
    answers_to_writer: bool = False


@dataclass(frozen=True)
class Seen:
    """What whoever sends a draft had before their eyes: to how many people it would go, and which edition of it."""

    people: int
    edition: int


@transaction.atomic
def draft_mailing(meetup: Meetup, wording: Wording, *, by: Person, now: datetime) -> Mailing:
    """Keep what an organiser writes, to be looked at before it is sent. Raises Refusal once the meetup is archived."""
    meetups.check_changeable(meetup.pk)
    mailing = Mailing.objects.create(meetup=meetup, by=by, written_at=now, **_fields(wording, by))
    _record("drafted", mailing, by=by, now=now)
    return mailing


@transaction.atomic
def change_draft(mailing: Mailing, wording: Wording, *, by: Person, now: datetime) -> None:
    """Change a draft. Raises Refusal when it was sent meanwhile."""
    locked = _locked_draft(mailing)
    rows = Mailing.objects.filter(pk=locked.pk)
    rows.update(edition=locked.edition + 1, written_at=now, by=by, **_fields(wording, by))
    _record("draft_changed", mailing, by=by, now=now)


@transaction.atomic
def discard_draft(mailing: Mailing, *, by: Person, now: datetime) -> None:
    """Throw a draft away. Raises Refusal when it was sent meanwhile."""
    locked = _locked_draft(mailing)
    _record("draft_discarded", mailing, by=by, now=now)
    locked.delete()


@transaction.atomic
def send_copy(mailing: Mailing, *, by: Person, now: datetime) -> None:
    """Send a draft to whoever asks, as they would get it. Raises Refusal after too many copies."""
    locked = _locked_draft(mailing)
    copies = queries.copies_lately(by, now=now)
    _check_turn(locked, copies, COPIES, _TOO_MANY_COPIES, now=now)
    draft = queries.letter_for(locked, by, queries.seats_of_people(locked.meetup, [by.pk]).get(by.pk))
    Letter.objects.create(
        key=f"mailing:{locked.pk}:copy:{locked.letters.filter(is_copy=True).count() + 1}",
        meetup=locked.meetup,
        person=by,
        mailing=locked,
        is_copy=True,
        subject=draft.subject,
        body=draft.body,
        next_try_at=now,
        written_at=now,
    )
    _record("copy_sent", mailing, by=by, now=now)


@transaction.atomic
def send_mailing(mailing: Mailing, seen: Seen, *, by: Person, now: datetime) -> int:
    """Choose the people a draft goes to, for good, and let the letters be written; return how many people.

    Who is left out is noted too. Raises Refusal when the number or the text is not what was seen, and when too many
    mailings went out lately. One that was sent already is not sent again: the same number is returned.
    """
    meetups.check_changeable(mailing.meetup_id)  # the lock: two mailings of a meetup are sent one after the other
    locked = Mailing.objects.select_for_update().get(pk=mailing.pk)
    if not locked.is_draft:
        return Letter.objects.filter(mailing=locked, is_copy=False).exclude(state="skipped").count()
    if locked.edition != seen.edition:
        raise Refusal(gettext("Somebody changed this letter meanwhile. Look at it again, and send it then."))
    people = list(queries.chosen_for(locked.meetup, locked.audience, now=now))
    if not people:
        raise Refusal(gettext("There is nobody this letter would go to. Choose other people."))
    other = why_other_number(seen.people, len(people))
    if other:
        raise Refusal(other)
    _check_turn(locked, queries.sent_lately(locked, by, now=now), limits_for(locked.audience), _TOO_MANY, now=now)
    excluded = queries.excluded_from(locked.meetup, locked.audience, now=now)
    letters = [_letter(locked, person, "chosen", now=now) for person in people]
    letters += [_letter(locked, each, "skipped", why=why, now=now) for why, left in excluded.items() for each in left]
    Letter.objects.bulk_create(letters, batch_size=_AT_ONCE)
    Mailing.objects.filter(pk=locked.pk).update(state="sent", sent_at=now, by=by)
    _record("sent", locked, by=by, now=now, people=len(people))
    return len(people)


@transaction.atomic
def stop_mailing(mailing: Mailing, *, by: Person, now: datetime) -> int:
    """Withdraw the letters of a mailing that did not go out yet, failed ones too; return how many."""
    locked = Mailing.objects.select_for_update().get(pk=mailing.pk)
    if locked.state != "sent":
        return 0
    left = Letter.objects.filter(mailing=locked, is_copy=False, state__in=(*UNDER_WAY, "failed"))
    count = left.update(state="withdrawn")
    Mailing.objects.filter(pk=locked.pk).update(state="stopped")
    _record("stopped", locked, by=by, now=now, withdrawn=count)
    return count


def _locked_draft(mailing: Mailing) -> Mailing:
    meetups.check_changeable(mailing.meetup_id)
    locked = Mailing.objects.select_for_update().filter(pk=mailing.pk).first()
    if locked is None or not locked.is_draft:
        raise Refusal(gettext("This letter was sent or thrown away meanwhile. Look under “To many people” how it went."))
    return locked


def _fields(wording: Wording, by: Person) -> dict[str, str]:
    return {
        "kind": wording.audience.kind,
        "value": wording.audience.value,
        "subject": one_line(wording.subject)[:LONGEST_SUBJECT],
        "text": lines(wording.text),
        "answers_to": by.email if wording.answers_to_writer else "",
    }


def _check_turn(mailing: Mailing, sent: list[datetime], limits: tuple[Limit, ...], what: str, *, now: datetime) -> None:
    """Raise Refusal, which says when it can be done, after too many."""
    turn = next_turn(sent, limits, now=now)
    if turn is not None:
        when = queries.clock(mailing.meetup, turn + timedelta(minutes=1))
        raise Refusal(gettext(what) % {"limits": limits_in_words(limits), "when": when})


def _letter(mailing: Mailing, person: Person, state: str, *, now: datetime, why: str = "") -> Letter:
    return Letter(
        key=f"mailing:{mailing.pk}:{person.pk}",
        meetup_id=mailing.meetup_id,
        person=person,
        mailing=mailing,
        subject=mailing.subject,
        state=state,
        why=why,
        next_try_at=now,
        written_at=now,
    )


def _record(deed: str, mailing: Mailing, *, by: Person, now: datetime, **facts: int) -> None:
    journal.record(f"mailing.{deed}", at=now, meetup=mailing.meetup_id, actor=by.pk, facts={"mailing": mailing.pk, **facts})
