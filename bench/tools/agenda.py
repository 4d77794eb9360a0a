"""`python -m bench.tools.agenda SESSIONS`: makes a meetup with a released agenda in MIDCYCLE_DATA, prints its slug."""

import json
import sys

from midcycle.site.boot import boot

boot(tables=False)

from datetime import date, time, timedelta  # noqa: E402 - Django must be up first

from midcycle.agenda import actions as agenda  # noqa: E402 - the same
from midcycle.agenda.models import Placement, Room, Session, Slot  # noqa: E402 - the same
from midcycle.meetups import actions as meetups  # noqa: E402 - the same
from midcycle.web.markdown import to_html  # noqa: E402 - the same
from tests.world import NOW, ada, placed  # noqa: E402 - the same

ABSTRACT = "What breaks when this grows, **who** has seen it, and what we would do again. " * 4
WORDS = ("Upgrades", "Ceph at scale", "Neutron and its friends", "Who pays for on-call", "Bare metal", "Logs nobody reads")


def made(count: int) -> str:
    """Make the meetup with its rows at once, as a bench does not ask how long that takes; return its slug."""
    meetup = placed(stage="agenda")
    rooms_count = 20 if count > 100 else 5
    slots_count = -(-count // rooms_count)
    days = -(-slots_count // 14)
    first = date(2027, 3, 2)
    where = meetups.Place(city="Lisbon", starts_on=first, ends_on=first + timedelta(days=days - 1), timezone="Europe/Lisbon")
    meetups.set_place(meetup, ada(), where, now=NOW)
    rooms = [Room(meetup=meetup, name=f"Room {n}", capacity=20 + 10 * n, position=n) for n in range(rooms_count)]
    rooms = Room.objects.bulk_create(rooms)
    slots = [
        Slot(meetup=meetup, day=n // 14 + 1, starts=time(8 + n % 14, 0), ends=time(8 + n % 14, 45)) for n in range(slots_count)
    ]
    slots = Slot.objects.bulk_create(slots)
    html = to_html(ABSTRACT)
    sessions = [
        Session(meetup=meetup, title=f"{WORDS[n % 6]}, part {n}", abstract=ABSTRACT, abstract_html=html) for n in range(count)
    ]
    sessions = Session.objects.bulk_create(sessions)
    Placement.objects.bulk_create(
        Placement(session=session, slot=slots[n // rooms_count], room=rooms[n % rooms_count])
        for n, session in enumerate(sessions)
    )
    agenda.release(meetup, by=ada(), note="", now=NOW)
    return meetup.slug


if __name__ == "__main__":
    sys.stdout.write(json.dumps({"slug": made(int(sys.argv[1]))}))
