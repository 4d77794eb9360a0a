"""A meetup on site today: the second of its days is now, wherever in the world it is late in the morning."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from midcycle.accounts.models import Person
from midcycle.accounts.rules import TODAY
from midcycle.agenda import actions as agenda
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.pads import actions as pads
from midcycle.pads.models import Pad
from midcycle.pads.rules import pad_name
from midcycle.registration import actions as registration
from midcycle.site.demo import deeds, outcomes, photos, survey
from midcycle.site.demo.cities import City, city_of_late_morning, is_late_morning
from midcycle.site.demo.folk import among, crowd
from midcycle.site.demo.stories import read_story

SEATS: Final = 100
ASKED: Final = 92
ANSWERS: Final = 47
HERE: Final = 84
LATE: Final = 3
_FEEDBACK: Final = """# What should we do differently next time?

Anybody may write here, until the wrap-up and after it. No names needed.

- Keep the two hours for working groups. ##keep
- The Loft is too warm after lunch. ##rooms
- More hallway time, even if a session has to go. ##freetime
- Large print of the agenda next to the coffee: yes please, again.
"""


def load(*, ada: Person, now: datetime) -> Meetup:
    """Tell its story up to this morning."""
    story, city = read_story("today"), city_of_late_morning(now)
    meetup = deeds.open_idea(story, TODAY, by=ada, region=city.region, now=now - timedelta(weeks=20))
    deeds.answer(meetup, crowd(215, ANSWERS), now=now - timedelta(weeks=20))
    deeds.settle(meetup, story, _place(story.venue, city, now), by=ada, now=now - timedelta(weeks=14))
    registration.open_registration(meetup, total=SEATS, by=ada, now=now - timedelta(weeks=13))
    deeds.spread(meetup, by=ada, now=now - timedelta(weeks=13))
    names = ("Moss Dockery", "Iris Uptime", *(name for name in story.names if name != "Moss Dockery"))
    guests = among(names, crowd(210, ASKED))
    seats = deeds.register(meetup, guests, first=now - timedelta(weeks=13), last=now - timedelta(days=4))
    parts = [part for part in story.sessions if part.kin]
    proposed = deeds.propose(meetup, parts, by=ada, now=now - timedelta(weeks=10))
    deeds.support(proposed, parts, [seat.person for seat in seats], now=now - timedelta(weeks=4))
    meetups.move_to_stage(meetup, ada, "agenda", now=now - timedelta(weeks=3))
    deeds.furnish(meetup, story, by=ada, now=now - timedelta(weeks=3))
    said = deeds.hold(meetup, story, proposed, by=ada, now=now - timedelta(weeks=2))
    deeds.release(meetup, said, by=ada, note="The agenda is here", now=now - timedelta(days=10))
    pads.open_pad(meetup, _feedback_name(city.name), title="What should we do differently?", by=ada, now=now, text=_FEEDBACK)
    meetups.move_to_stage(meetup, ada, "on_site", now=now - timedelta(days=1, hours=3))
    deeds.check_in(seats[:HERE], by=ada, now=now - timedelta(days=1, hours=2))
    deeds.check_in(seats[HERE : HERE + LATE], by=ada, now=now - timedelta(minutes=40))
    photos.load_today(meetup, by=ada, now=now)
    outcomes.follow_up_today(meetup, by=ada, now=now)
    survey.ask(meetup, by=ada, now=now)
    survey.judge(meetup, people=18, now=now)
    return meetup


def bring_to_today(*, now: datetime) -> City | None:
    """Move it to where it is late in the morning now, and to today; return that city, None when it is there already.

    Seats, pads and everything visitors did stay. A visitor who has moved it on to another stage keeps that.
    """
    meetup = Meetup.objects.filter(slug=TODAY, stage="on_site").first()
    if meetup is None or _is_on(meetup, now):
        return None
    city, ada = city_of_late_morning(now), meetup.opened_by
    meetups.set_place(meetup, ada, _place(meetup.venue, city, now), now=now)
    agenda.release(meetup, by=ada, note=f"Now in {city.name}", now=now)
    _rename_pads(meetup, by=ada, now=now)
    return city


def _place(venue: str, city: City, now: datetime) -> meetups.Place:
    today = now.astimezone(ZoneInfo(city.zone)).date()
    return meetups.Place(
        region=city.region,
        city=city.name,
        country=city.country,
        venue=venue,
        starts_on=today - timedelta(days=1),
        ends_on=today,
        timezone=city.zone,
    )


def _is_on(meetup: Meetup, now: datetime) -> bool:
    local = now.astimezone(ZoneInfo(meetup.timezone))
    return meetup.ends_on == local.date() and is_late_morning(now, meetup.timezone)


def _feedback_name(city: str) -> str:
    return pad_name(city, "feedback", ())


def _rename_pads(meetup: Meetup, *, by: Person, now: datetime) -> None:
    """Name the pads after the city they are in now."""
    taken: set[str] = set()
    for pad in Pad.objects.filter(meetup=meetup).select_related("session").order_by("made_at", "pk"):
        name = pad_name(meetup.city, pad.session.title if pad.session else _bare(pad.name), taken)
        taken.add(name)
        if name != pad.name and not Pad.objects.filter(meetup=meetup, name=name).exists():
            pads.rename(pad, name, by=by, now=now)


def _bare(name: str) -> str:
    """Return what a pad of no session is about: its name without city and `ops`."""
    return name.split("-ops-", 1)[-1]
