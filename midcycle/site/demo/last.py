"""The edition before the one that is coming: small, over, and reported."""

from datetime import datetime, timedelta
from typing import Final

from midcycle.accounts.models import Person
from midcycle.feedback import actions as feedback
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup, Series
from midcycle.pads import actions as pads
from midcycle.pads.models import Pad
from midcycle.reach import actions as reach
from midcycle.registration import actions as registration
from midcycle.registration.models import Seat
from midcycle.report import actions as report
from midcycle.report.actions import Wording
from midcycle.site.demo import deeds, hosts, outcomes, photos, plans, survey, talk
from midcycle.site.demo.folk import among, crowd
from midcycle.site.demo.stories import Story, read_story

SLUG: Final = "operators-krakow"
SEATS: Final = 50
CAME: Final = 44
ANSWERS: Final = 29
_OURS: Final = """We had not met for years and did not know who was still there. Forty-four people were.

What we take along: **two days instead of one**, free time that stays free, and a shadow beside each moderator.
"""


def start_series(*, now: datetime) -> Series:
    """Start the series that both editions belong to."""
    began = now - timedelta(weeks=60)
    return meetups.start_series(
        "European Operators' Mid-Cycle",
        slug="european-operators-mid-cycle",
        community="European cloud operators",
        now=began,
    )


def load(series: Series, *, ada: Person, now: datetime) -> Meetup:
    """Tell its story from idea to archive."""
    story = read_story("last")
    day = _a_wednesday(now - timedelta(weeks=33))
    meetup = deeds.open_idea(story, SLUG, by=ada, region="europe", now=day - timedelta(weeks=15))
    deeds.answer(meetup, crowd(382, ANSWERS), now=day - timedelta(weeks=15))
    joined = day - timedelta(weeks=15)
    meetups.join_series(meetup, series, by=ada, now=joined, next_summit_city="Osaka", next_summit_region="asia")
    hosts.choose_krakow(meetup, day.date(), now=day - timedelta(weeks=14, days=6))
    place = meetups.Place("europe", "Kraków", "PL", story.venue, day.date(), day.date(), "", "Europe/Warsaw")
    deeds.settle(meetup, story, place, by=ada, now=day - timedelta(weeks=11))
    registration.open_registration(meetup, total=SEATS, by=ada, now=day - timedelta(weeks=10))
    deeds.spread(meetup, by=ada, now=day - timedelta(weeks=10))
    guests = among(story.names, crowd(380, SEATS - 2))
    seats = deeds.register(meetup, guests, first=day - timedelta(weeks=10), last=day - timedelta(days=2))
    _hold(meetup, story, seats, ada=ada, day=day)
    _wrap_up(meetup, story, seats, ada=ada, day=day)
    return meetup


def _a_wednesday(near: datetime) -> datetime:
    """Return the morning of the Wednesday of that week."""
    return (near - timedelta(days=near.weekday() - 2)).replace(hour=7, minute=30, second=0, microsecond=0)


def _hold(meetup: Meetup, story: Story, seats: list[Seat], *, ada: Person, day: datetime) -> None:
    parts = [part for part in story.sessions if part.kin]
    proposed = deeds.propose(meetup, parts, by=ada, now=day - timedelta(weeks=8))
    deeds.support(proposed, parts, [seat.person for seat in seats], now=day - timedelta(weeks=5))
    meetups.move_to_stage(meetup, ada, "agenda", now=day - timedelta(weeks=4))
    deeds.furnish(meetup, story, by=ada, now=day - timedelta(weeks=4))
    said = deeds.hold(meetup, story, proposed, by=ada, now=day - timedelta(weeks=3))
    deeds.release(meetup, said, by=ada, note="", now=day - timedelta(weeks=2))
    meetups.move_to_stage(meetup, ada, "on_site", now=day)
    deeds.check_in(seats[:CAME], by=ada, now=day - timedelta(minutes=30))


def _wrap_up(meetup: Meetup, story: Story, seats: list[Seat], *, ada: Person, day: datetime) -> None:
    evening = day + timedelta(hours=8)
    meetups.move_to_stage(meetup, ada, "wrap_up", now=evening)
    registration.mark_no_shows(meetup, by=ada, now=evening)
    for hands in story.hands:
        feedback.count_hands(meetup, hands.question, yes=hands.said_yes, no=hands.said_no, by=ada, now=evening)
    for remark in story.remarks:
        feedback.note_remark(meetup, remark.kind, remark.text, by=ada, now=evening)
    survey.ask(meetup, by=ada, now=evening)
    survey.hold(meetup, seats[: CAME - 14], papers=9, by=ada, now=evening)
    survey.judge(meetup, people=24, now=evening)
    survey.learn(meetup, by=ada, now=evening)
    for pad in Pad.objects.filter(meetup=meetup, snapshot__text__contains="## Summary").order_by("pk"):
        pads.publish(pad, by=ada, now=evening)
    plans.plan_past(meetup, by=ada, now=evening)
    photos.load_past(meetup, by=ada, now=evening)
    talk.compare(meetup, ada=ada, day=day)
    outcomes.follow_up_past(meetup, by=ada, now=evening)
    later = day + timedelta(weeks=1)
    report.write(meetup, Wording("words", _OURS), by=ada, now=later)
    report.publish(meetup, by=ada, now=later)
    reach.publish(meetup, by=ada, now=later)
    in_the_end = day + timedelta(weeks=5)  # when it is known who joined the list within 30 days
    report.publish_points(meetup, by=ada, now=in_the_end)
    meetups.move_to_stage(meetup, ada, "archived", now=in_the_end)
