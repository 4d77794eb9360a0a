"""Before an agenda is released: everyone with a part is asked whether they can be there, and then it is frozen."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.agenda.actions.common import hold, in_english, note
from midcycle.agenda.models import Freeze, Question
from midcycle.agenda.queries.asking import to_ask
from midcycle.agenda.rules import ANSWER_NAMES
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.meetups.models import Meetup


@transaction.atomic
def ask_round(meetup: Meetup, *, by: Person | None, now: datetime) -> int:
    """Ask everyone with a part in a placed session whether they can be there; return how many questions are new.

    Who answered about the same time is not asked again; a session at another time is another question. Letters follow.
    Raises Refusal when nobody is left to be asked.
    """
    hold(meetup)
    with in_english():
        fresh = to_ask(meetup)
    if not fresh:
        raise Refusal(gettext("Everybody with a part in a placed session has been asked about its time already."))
    pairs = {(asked.session, asked.person) for asked in fresh}
    for asked in Question.objects.filter(session__meetup=meetup):
        if (asked.session_id, asked.person_id) in pairs:
            asked.delete()
    Question.objects.bulk_create(
        Question(session_id=asked.session, person_id=asked.person, slot_id=asked.slot, place=asked.place) for asked in fresh
    )
    people = len({asked.person for asked in fresh})
    note("agenda.round_asked", meetup, by=by, now=now, facts={"questions": len(fresh), "people": people})
    return len(fresh)


@transaction.atomic
def answer(meetup: Meetup, person: Person, session: int, said: str, *, words: str, now: datetime) -> None:
    """Say whether a person can be in a session they were asked about. Raises Refusal when they were not, or no longer are."""
    hold(meetup)
    if said not in ANSWER_NAMES:
        raise Refusal(gettext("Choose one of the answers."), field="answer")
    asked = Question.objects.filter(session__meetup=meetup, session=session, person=person)
    if not asked.update(answer=said, note=one_line(words)[:200]):
        raise Refusal(gettext("The organisers do not ask about this session any more."))
    note("agenda.round_answered", meetup, by=person, now=now, facts={"session": session, "answer": said})


@transaction.atomic
def freeze(meetup: Meetup, *, by: Person | None, now: datetime) -> None:
    """Settle the agenda: from now on nothing is moved or drafted until it is thawed. A second time changes nothing."""
    hold(meetup)
    _, fresh = Freeze.objects.get_or_create(meetup=meetup, defaults={"since": now})
    if fresh:
        note("agenda.frozen", meetup, by=by, now=now, facts={})


@transaction.atomic
def thaw(meetup: Meetup, *, by: Person | None, now: datetime) -> None:
    """Let sessions be moved again. A second time changes nothing."""
    hold(meetup)
    gone, _ = Freeze.objects.filter(meetup=meetup).delete()
    if gone:
        note("agenda.thawed", meetup, by=by, now=now, facts={})
