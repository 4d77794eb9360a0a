"""Counting hands in the room, and noting what was said."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.feedback import rules
from midcycle.feedback.models import HandCount, HandPart, Remark
from midcycle.feedback.rules import Votes
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import lines, one_line
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Seat


@dataclass(frozen=True)
class Hands:
    """What was asked, and how many hands somebody counted.

    `question` is a key of `rules.HANDS`, where `asked` may tell the words used, or `own:` and a short name: then it is `asked`.
    """

    question: str
    yes: int
    no: int
    asked: str = ""


@transaction.atomic
def count_hands(  # noqa: PLR0913 - two numbers, what was asked, who counted, when, and whether anew
    meetup: Meetup, question: str, *, yes: int, no: int, asked: str = "", by: Person | None, now: datetime, again: bool = True
) -> HandCount:
    """Keep a show of hands; counting again replaces it, also what several counters sent. `by` is None for a machine's token.

    Raises Refusal if something is wrong with it, or it was counted before and `again` is False.
    """
    hands = Hands(question, yes, no, one_line(asked))
    _check(meetup, hands)
    count, fresh = _count_of(meetup, hands)
    if not (fresh or again):
        field = "asked" if question.startswith(rules.OWN) else "question"
        counted = gettext("Already counted: %(yes)s and %(no)s. Change it above.") % {"yes": count.yes, "no": count.no}
        raise Refusal(counted, field=field)
    count.hand_parts.filter(counts=True).update(counts=False)
    _add(count, hands, uuid4(), by=by, now=now)
    return _told(count, hands.asked or rules.HANDS[question], by=by, now=now)


@transaction.atomic
def count_part(meetup: Meetup, key: UUID, hands: Hands, *, by: Person, now: datetime) -> HandCount:
    """Add what one person counted to a show of hands; the same part sent again changes nothing.

    Raises Refusal if something is wrong with it, also when all parts together would be more hands than there can be.
    """
    hands = replace(hands, asked=one_line(hands.asked))
    _check(meetup, hands)
    sent = HandPart.objects.select_related("hands").filter(key=key).first()
    if sent is not None and sent.hands.meetup_id == meetup.pk:
        return sent.hands
    if sent is not None:
        raise Refusal(gettext("Open the page anew, and count again."))
    count, fresh = _count_of(meetup, hands)
    if not fresh:
        _check(meetup, replace(hands, yes=hands.yes + count.yes, no=hands.no + count.no), together=count)
        _with_part(count, now)
    _add(count, hands, key, by=by, now=now)
    return _told(count, count.asked, by=by, now=now)


@transaction.atomic
def set_part(part: HandPart, *, counts: bool, by: Person, now: datetime) -> HandCount:
    """Leave out what somebody counted, as when two counted the same hands, or count it again. Raises Refusal."""
    meetups.check_changeable(part.hands.meetup_id)
    count = HandCount.objects.select_for_update().get(pk=part.hands_id)
    HandPart.objects.filter(pk=part.pk).update(counts=counts)
    if not HandPart.objects.filter(hands=count, counts=True).exists():
        raise Refusal(gettext("This is all that was counted. Take the whole count away instead."))
    return _told(count, count.asked, by=by, now=now)


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


def _check(meetup: Meetup, hands: Hands, *, together: HandCount | None = None) -> None:
    meetups.check_changeable(meetup.pk)
    people = Seat.objects.filter(meetup=meetup, state__in=rules.ASKED_SEATS).count()
    fault = rules.fault_in_hands(hands.question, hands.asked, Votes(hands.yes, hands.no), people)
    if fault and together:
        others = gettext(
            "Others counted %(yes)s and %(no)s already. With yours that is more than can be here: was it the same hands? Then"
            " leave yours out."
        )
        raise Refusal(others % {"yes": together.yes, "no": together.no})
    if fault:
        raise Refusal(fault[1], field=fault[0])


def _count_of(meetup: Meetup, hands: Hands) -> tuple[HandCount, bool]:
    """Return the show of hands, locked, and whether it is new."""
    words = hands.asked or rules.HANDS[hands.question]
    made = {"asked": words, "yes": hands.yes, "no": hands.no}
    count, fresh = HandCount.objects.get_or_create(meetup=meetup, question=hands.question, defaults=made)
    return HandCount.objects.select_for_update().get(pk=count.pk), fresh


def _with_part(count: HandCount, now: datetime) -> None:
    """Make what was counted before there were parts a part of its own."""
    if not count.hand_parts.exists():
        _add(count, Hands(count.question, count.yes, count.no), uuid4(), by=None, now=now)


def _add(count: HandCount, hands: Hands, key: UUID, *, by: Person | None, now: datetime) -> None:
    HandPart.objects.create(hands=count, key=key, person=by, yes=hands.yes, no=hands.no, counted_at=now)


def _told(count: HandCount, asked: str, *, by: Person | None, now: datetime) -> HandCount:
    """Make the count the sum of its parts, and tell the journal."""
    sums = HandPart.objects.filter(hands=count, counts=True).aggregate(yes=Sum("yes"), no=Sum("no"))
    count.asked, count.yes, count.no = asked, sums["yes"], sums["no"]
    count.save(update_fields=["asked", "yes", "no"])
    facts = {"hands": count.pk, "yes": count.yes, "no": count.no}
    journal.record("feedback.hands_counted", at=now, meetup=count.meetup_id, actor=by.pk if by else None, facts=facts)
    return count
