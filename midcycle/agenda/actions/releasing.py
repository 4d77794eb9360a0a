"""The agenda published: kept as it was."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.agenda.actions.common import hold, in_english
from midcycle.agenda.actions.common import note as write_down
from midcycle.agenda.models import Release
from midcycle.agenda.queries import agenda_of, calendar_of, newest_number, rows_of, schedule_of
from midcycle.agenda.rules import values
from midcycle.engines.schedules import c3voc
from midcycle.engines.schedules.model import NoDates
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup


@transaction.atomic
def release(meetup: Meetup, *, by: Person | None, note: str, now: datetime, conflicts_known: bool = True) -> Release:
    """Publish the agenda as it stands under the next number; both schedules are made now, once.

    Conflicts that are known do not forbid it: they are told on the page. Without dates there are no schedules. Raises
    Refusal while no session has a place, or when there are conflicts that nobody confirmed.
    """
    hold(meetup)
    with in_english():
        agenda = agenda_of(rows_of(meetup))
    if not agenda.placed():
        raise Refusal(gettext("No session has a place yet. Draft the agenda, or move sessions into slots."))
    if agenda.conflicts and not conflicts_known:
        raise Refusal(gettext("The agenda has conflicts. Solve them, or confirm that they are known."), field="conflicts_known")
    number = (newest_number(meetup) or 0) + 1
    with in_english():
        schedule_json, schedule_ics = _schedules(meetup, agenda, number, now)
    made = Release.objects.create(
        meetup=meetup,
        number=number,
        released_at=now,
        released_by=by,
        grid=values.to_plain(agenda),
        schedule_json=schedule_json,
        schedule_ics=schedule_ics,
        note=one_line(note)[:200],
    )
    if number == 1:
        meetups.note_agenda(meetup.pk)
    facts = {"number": number, "sessions": len(agenda.placed()), "conflicts": len(agenda.conflicts)}
    write_down("agenda.released", meetup, by=by, now=now, facts=facts)
    return made


def _schedules(meetup: Meetup, agenda: values.Agenda, number: int, now: datetime) -> tuple[bytes, bytes]:
    schedule = schedule_of(meetup, agenda, number=number)
    try:
        return c3voc.to_json(schedule), calendar_of(schedule, now)
    except NoDates:
        return b"", b""
