"""Where the demo's series were, by which rule they move around, and what else is on the calendar.

The operators' meetups of OpenStack are real, from the file beside; of the European series all but the cities is invented.
"""

from datetime import date, datetime, timedelta
from typing import Final

from midcycle.accounts.models import Person
from midcycle.accounts.rules import COMING, IDEA
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup, Series
from midcycle.series.actions import belonging, events
from midcycle.series.actions import rotation as actions
from midcycle.series.rules.facts import Past, Terms, read_file
from midcycle.series.rules.regions import read_regions
from midcycle.site.demo.stories import HERE

REAL: Final = "openstack-ops-meetups"
_REGIONS: Final = """North = Denmark, Finland, Iceland, Norway, Sweden, Estonia, Latvia, Lithuania
West = Austria, Belgium, France, Germany, Ireland, Netherlands, Switzerland, United Kingdom
East = Bulgaria, Czechia, Hungary, Poland, Romania, Slovakia, Ukraine
South = Croatia, Greece, Italy, Portugal, Slovenia, Spain"""
_FIRST: Final = "Never twice in the same country."
_NOW: Final = (
    "We move around Europe: each edition is in another part of it than the one before, and not where the next summit is."
)
_FIRE: Final = (
    "The hall in Riga burnt out eight weeks before. Ghent took everybody in, and those who had a train to Riga came by boat."
)
# City, country, weeks before now, people, the city and the region of the summit that followed.
_PAST: Final = (
    ("Utrecht", "NL", 330, 38, "Montreal", "north-america"),
    ("Cologne", "DE", 304, 61, "Lyon", "europe"),
    ("Ghent", "BE", 278, 74, "Osaka", "asia"),
    ("Ghent", "BE", 252, 66, "Montreal", "north-america"),
    ("Porto", "PT", 226, 82, "Melbourne", "australia"),
)
# Title, community, city, country, region, days from the first day of the coming meetup, days it lasts, summit of our series.
_EVENTS: Final = (
    ("Research Cloud Week", "Research computing", "Graz", "AT", "europe", -1, 3, False),
    ("Network Operators' Days", "Network operators", "Bern", "CH", "europe", 6, 2, False),
    ("Storage Unconference", "Storage people", "Nairobi", "KE", "africa", 1, 2, False),
    ("Cloud Operators' Summit", "Cloud operators", "Vancouver", "CA", "north-america", 77, 4, True),
    ("Bare Metal Days", "Bare-metal operators", "Tampere", "FI", "europe", 79, 2, False),
    ("Cloud Operators' Summit", "Cloud operators", "Dublin", "IE", "europe", 259, 4, True),
)


def start_real(*, now: datetime) -> None:
    """Start the real series under its name, before its meetup is replayed."""
    community = "OpenStack operators"
    meetups.start_series("OpenStack Operators Meetups", slug=REAL, community=community, now=now - timedelta(weeks=60))


def load(series: Series, *, ada: Person, now: datetime) -> None:
    """Put both series on the map, and events of others on the calendar."""
    real = Series.objects.get(slug=REAL)
    actions.take_in(real, read_file((HERE / "facts" / "openstack-ops-series.yaml").read_bytes()), by=None, now=now)
    for number, (city, country, weeks, people, summit, region) in enumerate(_PAST):
        day = _tuesday(now.date() - timedelta(weeks=weeks))
        kept = _past(city, country, day, people, (summit, region))
        edition = actions.keep_past(series, kept, by=ada, now=now - timedelta(weeks=60))
        if number == 3:
            actions.make_exception(series, edition, _FIRE, by=ada, now=now - timedelta(weeks=59))
    _decide(series, ada=ada, now=now)
    idea = Meetup.objects.get(slug=IDEA)
    meetups.join_series(idea, series, by=ada, now=now)
    _fill_calendar(series, ada=ada, now=now)


def _decide(series: Series, *, ada: Person, now: datetime) -> None:
    """Write the rule: a short one long ago, and the one that holds."""
    long_ago = now - timedelta(weeks=300)
    first = Terms(_FIRST, other_country=True, decided_on=long_ago.date(), judged_from=long_ago.date())
    actions.set_rule(series, first, by=ada, now=now - timedelta(weeks=60))
    decided = (now - timedelta(weeks=58)).date()
    terms = Terms(
        text=_NOW,
        regions=read_regions(_REGIONS),
        opposes_summit=True,
        never_twice=True,
        least_gap=5,
        decided_on=decided,
        judged_from=decided,
        source="Minutes of the team's call, kept on the planning pad",
    )
    actions.set_rule(series, terms, by=ada, now=now - timedelta(weeks=58))


def _fill_calendar(series: Series, *, ada: Person, now: datetime) -> None:
    coming = Meetup.objects.get(slug=COMING)
    first = coming.starts_on or now.date()
    for title, community, city, country, region, after, days, is_summit in _EVENTS:
        day = first + timedelta(days=after)
        said = events.Said(title, day, day + timedelta(days=days - 1), community, "", city, country, region)
        events.add_event(said, by=ada, now=now - timedelta(weeks=4), summit_of=series if is_summit else None)
    larger = belonging.Beside(
        event="Research Cloud Week",
        starts_on=first - timedelta(days=1),
        ends_on=first + timedelta(days=1),
        note="We share nothing but the train from Graz: they have their own rooms and their own books.",
    )
    belonging.hold_beside(coming, larger, by=ada, now=now - timedelta(weeks=4))


def _past(city: str, country: str, day: date, people: int, summit: tuple[str, str]) -> Past:
    return Past(
        key=f"{city.lower()}-{day.year}-{day.month}",
        name=f"{city} {day.year}",
        city=city,
        country=country,
        region="europe",
        starts_on=day,
        ends_on=day + timedelta(days=1),
        attendance=people,
        summit_city=summit[0],
        summit_region=summit[1],
        summit_on=(day + timedelta(days=70)).replace(day=1),
    )


def _tuesday(day: date) -> date:
    return day + timedelta(days=(1 - day.weekday()) % 7)
