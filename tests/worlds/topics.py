"""Topics of a meetup and the voices for them."""

from midcycle.accounts.models import Person
from midcycle.meetups.models import Meetup
from midcycle.topics import actions
from midcycle.topics.models import Topic
from tests.world import NOW, bo, person


def proposed(meetup: Meetup, title: str = "Upgrades without downtime", by: Person | None = None, now=NOW, **wish: str) -> Topic:
    """Return a topic, of Bo's unless somebody else is named."""
    return actions.propose(meetup, by or bo(), title=title, now=now, **wish)


def supported(topic: Topic, *names: str) -> Topic:
    """Give the topic the voices of people called so."""
    for name in names:
        actions.support(topic, person(name), now=NOW)
    return topic
