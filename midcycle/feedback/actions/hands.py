"""Counting hands in the room, and noting what was said."""

from datetime import datetime

from django.db import transaction

from midcycle.accounts.models import Person
from midcycle.feedback import rules
from midcycle.feedback.models import HandCount, Remark
from midcycle.feedback.rules import Votes
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import lines, one_line
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Seat


@transaction.atomic
def count_hands(  # noqa: PLR0913 - two numbers, what was asked, who counted, when, and whether anew
    meetup: Meetup, question: str, *, yes: int, no: int, asked: str = "", by: Person | None, now: datetime, again: bool = True
) -> HandCount:
    """Keep a show of hands; counting again replaces it. `by` is None when a machine's token counted.

    `question` is a key of `rules.HANDS`, where `asked` may tell the words used, or `own:` and a short name together with
    what was `asked`. Raises Refusal if something is wrong with it, or it was counted before and `again` is False.
    """
    meetups.check_changeable(meetup.pk)
    asked = one_line(asked)
    people = Seat.objects.filter(meetup=meetup, state__in=rules.ASKED_SEATS).count()
    if fault := rules.fault_in_hands(question, asked, Votes(yes, no), people):
        raise Refusal(fault[1], field=fault[0])
    words = asked or rules.HANDS[question]
    keep = HandCount.objects.update_or_create if again else HandCount.objects.get_or_create
    count, fresh = keep(meetup=meetup, question=question, defaults={"asked": words, "yes": yes, "no": no})
    if not (fresh or again):
        field = "asked" if question.startswith(rules.OWN) else "question"
        raise Refusal(f"Already counted: {count.yes} and {count.no}. Change it above.", field=field)
    facts = {"hands": count.pk, "yes": yes, "no": no}
    journal.record("feedback.hands_counted", at=now, meetup=meetup.pk, actor=by.pk if by else None, facts=facts)
    return count


@transaction.atomic
def drop_hands(count: HandCount, *, by: Person, now: datetime) -> None:
    """Take a show of hands away. Raises Refusal once the meetup is archived."""
    meetups.check_changeable(count.meetup_id)
    number, meetup = count.pk, count.meetup_id
    count.delete()
    journal.record("feedback.hands_dropped", at=now, meetup=meetup, actor=by.pk, facts={"hands": number})


@transaction.atomic
def note_remark(meetup: Meetup, kind: str, text: str, *, by: Person, now: datetime) -> Remark:
    """Keep what was said in the wrap-up: `asked_for`, `reported` or `lesson`."""
    meetups.check_changeable(meetup.pk)
    text = lines(text)
    if fault := rules.fault_in_remark(kind, text):
        raise Refusal(fault[1], field=fault[0])
    remark = Remark.objects.create(meetup=meetup, kind=kind, text=text)
    journal.record("feedback.remark_noted", at=now, meetup=meetup.pk, actor=by.pk, facts={"remark": remark.pk})
    return remark


@transaction.atomic
def drop_remark(remark: Remark, *, by: Person, now: datetime) -> None:
    """Take a remark away. Raises Refusal once the meetup is archived."""
    meetups.check_changeable(remark.meetup_id)
    number, meetup = remark.pk, remark.meetup_id
    remark.delete()
    journal.record("feedback.remark_dropped", at=now, meetup=meetup, actor=by.pk, facts={"remark": number})
