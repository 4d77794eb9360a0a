"""What the teams of the demo's meetups planned, met about and did."""

from datetime import datetime, timedelta
from typing import Final

from midcycle.accounts.models import Person
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.planning import actions as planning
from midcycle.planning.models import Task
from midcycle.planning.rules import due_day
from midcycle.site.demo.folk import known_as

_FIRST: Final = """#topic Numbers

A hundred seats are gone, and people still come. The hall takes 120 if the second row of tables goes.

#agreed One hundred seats stay; who gives one back makes room for the line
#info The house wants names and final numbers two weeks before

#topic Rooms

#action Moss to ask the house for two more power boards by next week
#action Ada to order the buffet
"""
_SECOND: Final = """#topic Programme

Most topics have somebody to lead them. Storage has too many, security none.

#agreed Free time in the afternoon stays free, even if a session has to go
#agreed No vendor sessions; vendors moderate with their user's hat on
#action Moss to find somebody for “Secrets and keys” by tomorrow
#action Ada to draft the agenda by next week
#action Saga to write to the neighbours in the north

#topic Evening

#info The river boat takes sixty, the hall of the brewery everybody
#action Ada to book the brewery
"""


def plan_past(meetup: Meetup, *, by: Person, now: datetime) -> None:
    """Plan a meetup that is over: everything was done."""
    planning.set_usual(meetup, by=by, now=now)
    for title in ("Borrow a projector from the university", "Print signs for the way from the tram", "Thank the caretakers"):
        planning.add_task(meetup, planning.Wording(title, about="rooms", days=-10), by=by, now=now)
    for task in Task.objects.filter(meetup=meetup):
        due = due_day(task.days, task.due_on, meetup.starts_on) or now.date()
        planning.mark_done(task, done=True, by=by, now=now + (due - now.date()))


def plan_coming(meetup: Meetup, *, by: Person, now: datetime) -> None:
    """Plan a meetup that is still to come: what was due is done but for one thing; the team met twice."""
    moss, saga = (known_as(name, now=now) for name in ("Moss Dockery", "Saga Northbridge"))
    for person in (moss, saga):
        meetups.add_organiser(meetup, person, by=by, now=now - timedelta(weeks=8))
    planning.set_usual(meetup, by=by, now=now - timedelta(weeks=8))
    _keep_up(meetup, by=moss, now=now)
    wording = planning.Wording("Ask for the chairs that can be stacked", about="rooms", owner=moss.pk, days=-66)
    planning.add_task(meetup, wording, by=by, now=now - timedelta(weeks=3))
    for weeks, text in ((2, _FIRST), (1, _SECOND)):
        at = now - timedelta(weeks=weeks)
        written = planning.Written("Weekly meeting", at.date(), "Ada, Moss" if weeks == 1 else "Ada, Moss, Saga", text)
        planning.write_minutes(meetup, written, by=by, now=at)
    for title in ("Order the buffet", "Ask the house for two more power boards"):
        planning.mark_done(Task.objects.get(meetup=meetup, title=title), done=True, by=moss, now=now - timedelta(days=3))
    planning.mark_read(meetup, by, until=now - timedelta(days=10), now=now)
    planning.set_wishes(meetup, by, reminders=True, weekly=True, now=now)


def _keep_up(meetup: Meetup, *, by: Person, now: datetime) -> None:
    """Mark what was due before today as done, a day ahead of time each."""
    for task in Task.objects.filter(meetup=meetup):
        due = due_day(task.days, task.due_on, meetup.starts_on)
        if due is not None and due < now.date():
            planning.mark_done(task, done=True, by=by, now=now + (due - now.date()) - timedelta(days=1))
