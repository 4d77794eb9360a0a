"""Loads the demo into an empty instance, and brings it up to today later. Everything goes through the real actions."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.core.mail import get_connection
from django.db import transaction

from midcycle.accounts.actions import make_administrator
from midcycle.accounts.rules import CAST
from midcycle.journal import actions as journal
from midcycle.mailing.actions import deliver
from midcycle.site.demo import coming, hosts, idea, last, rotation, today
from midcycle.site.demo.folk import known_as
from midcycle.site.demo.stories import HERE
from midcycle.site.followers import FOLLOWERS
from midcycle.site.replay.reading import read_facts
from midcycle.site.replay.run import replay

REAL: Final = (
    ("Manchester 2016", "openstack-ops-manchester-2016"),
    ("Seattle 2016", "kubernetes-devsummit-seattle-2016"),
)
Say = Callable[[str], None]


@transaction.atomic
def load(*, now: datetime, say: Say) -> None:
    """Load everything in one transaction; `say` is told what is under way. The database has tables and is empty."""
    people = {member.part: known_as(member.name, now=now) for member in CAST}
    ada = people["organiser"]
    make_administrator(people["instance administrator"], now=now)
    rotation.start_real(now=now)
    for name, file in REAL:
        say(f"Replaying {name} from its facts")
        replay(read_facts(HERE / "facts" / f"{file}.yaml"))
    say("Looking back at Kraków")
    series = last.start_series(now=now)
    last.load(series, ada=ada, now=now)
    say("Opening the doors of today's meetup")
    today.load(ada=ada, now=now)
    _pass_over_the_past()
    say("Asking the north who would come")
    idea.load(ada=ada, now=now)
    say("Filling the seats in Ljubljana")
    coming.load(series, ada=ada, now=now)
    say("Putting editions on the map")
    rotation.load(series, ada=ada, now=now)
    say("Looking for hosts for the autumn")
    hosts.call_for_autumn(series, ada=ada, now=now)
    say("Writing letters")
    _let_followers_work(now=now)


def bring_up_to_date(*, now: datetime, say: Say) -> None:
    """Move today's meetup to where it is late in the morning now, and keep the coming one ahead."""
    coming.keep_ahead(now=now)
    city = today.bring_to_today(now=now)
    if city is not None:
        say(f"Today's meetup is in {city.name}")


def _pass_over_the_past() -> None:
    """Let nobody get a letter about what happened so far. How many came is noted."""
    journal.number_entries()
    while journal.read_on("turnout", FOLLOWERS["turnout"]):
        pass
    for name in FOLLOWERS:
        journal.pass_over(name)


def _let_followers_work(*, now: datetime) -> None:
    """Do what the worker would: write the letters and deliver them to the inbox."""
    journal.number_entries()
    for name, handlers in FOLLOWERS.items():
        while journal.read_on(name, handlers):
            pass
    while deliver(get_connection("midcycle.mailing.inbox.InboxBackend"), now=now):
        pass
    _pass_over_the_past()
