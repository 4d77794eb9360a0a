"""A team with a plan: Ada and Bo organise."""

from datetime import date

from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.planning import actions
from midcycle.planning.models import Minutes, Task
from tests.world import NOW, ada, bo, placed

DESK = "/m/spring-meetup/desk/tasks/"
MINUTES = "/m/spring-meetup/desk/minutes/"


def team(title: str = "Spring meetup") -> Meetup:
    """Return a meetup on 2 and 3 March 2027 that Ada and Bo organise. Now it is 10 January."""
    meetup = placed(title)
    meetups.add_organiser(meetup, bo(), by=ada(), now=NOW)
    return meetup


def task(meetup: Meetup, title: str = "Book the rooms", *, by=None, now=NOW, **said) -> Task:
    """Put a task on the list."""
    return actions.add_task(meetup, actions.Wording(title, **said), by=by or ada(), now=now)


def met(meetup: Meetup, text: str, *, held_on: date = date(2027, 1, 8), now=NOW, present: str = "Ada, Bo") -> Minutes:
    """Return minutes of a weekly meeting, written by Ada."""
    written = actions.Written("Weekly meeting", held_on, present, text)
    return actions.write_minutes(meetup, written, by=ada(), now=now)
