"""Saying how a session was, without a name and without a row."""

from datetime import datetime

from django.db import transaction
from django.db.models import Case, F, PositiveIntegerField, Q, Value, When

from midcycle.agenda.models import Session
from midcycle.feedback import queries
from midcycle.feedback.models import SessionTally
from midcycle.feedback.rules.sessions import MARKS, REASONS, fault_in_mark, why_not_now
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups


@transaction.atomic
def judge_session(session: Session, mark: str, reason: str = "", *, now: datetime) -> None:
    """Count how somebody found a session. Every count of it is written anew. Raises Refusal before it began and long after."""
    meetups.check_changeable(session.meetup_id)
    if fault := fault_in_mark(mark, reason):
        raise Refusal(fault[1], field=fault[0])
    held = queries.when_held(session)
    if refused := why_not_now(held.starts, held.meetup_ends, now):
        raise Refusal(refused)
    rows = [SessionTally(session=session, mark=each, reason=why) for each in MARKS for why in ("", *REASONS)]
    SessionTally.objects.bulk_create(rows, ignore_conflicts=True)
    here = When(Q(mark=mark, reason=reason), then=F("count") + Value(1))
    SessionTally.objects.filter(session=session).update(
        count=Case(here, default=F("count"), output_field=PositiveIntegerField())
    )
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    journal.record("feedback.session_judged", at=day, meetup=session.meetup_id, facts={"session": session.pk})
