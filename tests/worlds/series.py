"""Series, their rule and their past."""

from datetime import date
from pathlib import Path

from midcycle.accounts.models import Person
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup, Series
from midcycle.series.actions import events
from midcycle.series.actions import rotation as actions
from midcycle.series.models import CalendarEvent, PastEdition, RotationRule
from midcycle.series.rules.facts import Past, Terms
from midcycle.series.rules.regions import Region, usual
from tests.world import NOW, ada

FILE = Path(__file__).parents[1] / "data" / "series" / "openstack-ops-meetups.yaml"
THREE: tuple[Region, ...] = (usual("north-america"), usual("europe"), usual("apac"))
OPPOSE = Terms(text="Not where the next summit is.", regions=THREE, opposes_summit=True)


def series_of(*members: Meetup, title: str = "Operators") -> Series:
    """Return a series with these meetups of Ada's in it."""
    series = meetups.start_series(title, slug=title, now=NOW)
    for meetup in members:
        meetups.join_series(meetup, series, by=ada(), now=NOW)
    return series


def ruled(series: Series, terms: Terms = OPPOSE, by: Person | None = None) -> RotationRule:
    """Write a version of its rule."""
    return actions.set_rule(series, terms, by=by or ada(), now=NOW)


def past(series: Series, name: str = "Oslo 2025", **facts: object) -> PastEdition:
    """Keep an edition in Oslo, in March 2025, after which the summit was in Denver."""
    known: dict[str, object] = {
        "key": name.lower().replace(" ", "-"),
        "name": name,
        "city": "Oslo",
        "country": "NO",
        "region": "europe",
        "starts_on": date(2025, 3, 4),
        "summit_city": "Denver",
        "summit_region": "north-america",
        "summit_on": date(2025, 5, 1),
    }
    return actions.keep_past(series, Past(**{**known, **facts}), by=ada(), now=NOW)


def event(title: str = "Summit", by: Person | None = None, summit_of: Series | None = None, **said: object) -> CalendarEvent:
    """Put an event in Vancouver, from 4 to 6 May 2027, on the calendar."""
    known: dict[str, object] = {
        "title": title,
        "starts_on": date(2027, 5, 4),
        "ends_on": date(2027, 5, 6),
        "city": "Vancouver",
        "country": "CA",
        "region": "north-america",
    }
    return events.add_event(events.Said(**{**known, **said}), by=by or ada(), now=NOW, summit_of=summit_of)
