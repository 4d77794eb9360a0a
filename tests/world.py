"""The cast and their world, made through the real actions, so that every test world is one people can reach.

Ada hosts and organises, Bo attends, Cy is a stranger, Dee moderates, Eve looks after the instance.
"""

from datetime import UTC, date, datetime, timedelta

from django.test import Client

from midcycle.accounts import actions as accounts
from midcycle.accounts.models import Person
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup

NOW = datetime(2027, 1, 10, 12, 0, tzinfo=UTC)
FIRST_DAY = date(2027, 3, 2)  # of a meetup that is placed


def later(**delta: float) -> datetime:
    """Return a moment after NOW."""
    return NOW + timedelta(**delta)


def person(name: str) -> Person:
    """Return somebody called so, at example.org."""
    return accounts.person_for(f"{name.lower()}@example.org", name=f"{name} Example", now=NOW)


def ada() -> Person:
    """Ada hosts and organises."""
    return person("Ada")


def bo() -> Person:
    """Bo attends."""
    return person("Bo")


def cy() -> Person:
    """Cy is a stranger: signed in, with no part in anything."""
    return person("Cy")


def dee() -> Person:
    """Dee moderates."""
    return person("Dee")


def idea(title: str = "Spring meetup") -> Meetup:
    """Return an idea of Ada's."""
    return meetups.open_idea(ada(), title=title, summary="Two days for people who run clouds.", region="europe", now=NOW)


def placed(title: str = "Spring meetup", stage: str = "registration") -> Meetup:
    """Return a meetup of Ada's in Lisbon on 2 and 3 March 2027, moved on to a stage."""
    meetup = idea(title)
    place = meetups.Place("europe", "Lisbon", "PT", "The Dockyard", FIRST_DAY, date(2027, 3, 3), "", "Europe/Lisbon")
    meetups.set_place(meetup, ada(), place, now=NOW)
    for step in ("hosting", "registration", "agenda", "on_site", "wrap_up", "archived"):
        meetups.move_to_stage(meetup, ada(), step, now=NOW)
        if step == stage:
            return meetup
    return meetup


def browser_of(who: Person | None = None) -> Client:
    """Return a test client, signed in as somebody or as nobody."""
    client = Client()
    if who is not None:
        client.force_login(who)
    return client
