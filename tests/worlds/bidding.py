"""Calls for hosts: Ada organises, Dee and Fay decide, Eve keeps the comparison, Bo and Gil bid, Cy is a stranger.

Pages ask the real clock, so moments here are counted from now.
"""

from datetime import UTC, datetime, timedelta

from midcycle.bidding import actions
from midcycle.bidding.models import Bid, HostCall
from midcycle.bidding.rules import SECTIONS, Line
from midcycle.meetups.models import Meetup
from tests.world import ada, idea, person

TODAY = datetime.now(UTC).replace(microsecond=0)
EARLIEST = (TODAY + timedelta(days=200)).date()
LATEST = EARLIEST + timedelta(days=90)
ANSWERS = {
    "city": "Porto",
    "country": "PT",
    "timezone": "Europe/Lisbon",
    "days": [{"starts_on": str(EARLIEST), "ends_on": str(EARLIEST + timedelta(days=1))}],
    "organisation": "Example University",
    "contact": "Bo Example",
    "contact_email": "desk@example.org",
    "team": "Bo, Hal and Ida",
    "experience": "We were at the last two.",
    "venue": "Rua do Exemplo 1",
    "venue_kind": "own",
    "capacity": 150,
    "rooms": [{"name": "Hall", "capacity": 150, "layout": "rows", "equipment": "two screens"}],
    "access": "Lifts to all rooms.",
    "wifi": "300 devices.",
    "power": "Boards in all rooms.",
    "sound": "Two microphones.",
    "catering": "Coffee and lunch.",
    "catering_paid": "host",
    "airport": "OPO, 30 minutes",
    "visa": "Schengen.",
    "visa_letters": "yes",
    "hotels": "Many, from 70 EUR.",
    "conduct": "Ida Example",
    "covers": "The rooms and the coffee.",
    "conflict": "None of us is paid by anybody who would be paid.",
}


def at(**delta: float) -> datetime:
    """Return a moment from now."""
    return TODAY + timedelta(**delta)


def wanted(**other: object) -> actions.Wanted:
    """Return what a call asks for."""
    said = {
        "region": "europe",
        "earliest": EARLIEST,
        "latest": LATEST,
        "deadline": at(days=30),
        "people": 100,
        "chosen_how": "Asked on the list; these two said yes.",
    }
    return actions.Wanted(**{**said, **other})  # type: ignore[arg-type]


def prepared(meetup: Meetup | None = None, **other: object) -> HostCall:
    """Return a call of Ada's that can be opened."""
    now = at(days=-50)
    call = actions.prepare_call(meetup or idea(), wanted(**other), by=ada(), now=now)
    for title, weight in (("Rooms", 60), ("Costs", 40)):
        actions.add_criterion(call, title, weight=weight, by=ada(), now=now)
    for name in ("Dee", "Fay"):
        actions.name_member(call, person(name).email, why="Moderated often.", by=ada(), now=now)
    actions.name_keeper(call, person("Eve").email, by=ada(), now=now)
    call.refresh_from_db()
    return call


def opened_call(meetup: Meetup | None = None, **other: object) -> HostCall:
    """Return a call that is open, since 40 days."""
    return actions.open_call(prepared(meetup, **other), by=ada(), now=at(days=-40))


def begun(call: HostCall, who: str = "Bo", *, now: datetime | None = None, **other: object) -> Bid:
    """Return a whole bid of somebody's that is not handed in."""
    moment, by = now or at(days=-30), person(who)
    bid = actions.open_bid(call, by=by, now=moment)
    answers = {**ANSWERS, **other}
    for section in SECTIONS:
        seen = bid.versions.get(section.key, 0)
        bid = actions.save_section(bid, section, answers, seen=seen, by=by, now=moment)
    actions.add_cost(bid, "Rooms", Line(100_000, per_person=False, by_host=True), by=by, now=moment)
    actions.add_cost(bid, "Lunch", Line(1_500, per_person=True, by_host=False), by=by, now=moment)
    return bid


def handed_in(call: HostCall, who: str = "Bo", *, now: datetime | None = None, **other: object) -> Bid:
    """Return a bid that is handed in."""
    bid = begun(call, who, now=now, **other)
    actions.hand_in(bid, by=person(who), now=now or at(days=-29))
    bid.refresh_from_db()
    return bid


def compared(meetup: Meetup | None = None) -> tuple[HostCall, Bid, Bid]:
    """Return a call whose deadline was yesterday, with the bids of Bo (Porto) and Gil (Graz)."""
    call = opened_call(meetup, deadline=at(days=-1))
    porto = handed_in(call, "Bo")
    graz = handed_in(call, "Gil", city="Graz", country="AT", timezone="Europe/Vienna", organisation="Example Grid")
    return call, porto, graz


def declared(call: HostCall, who: str, *linked: Bid) -> None:
    """Let a member declare their interests."""
    member = call.members.get(person=person(who))
    actions.declare(member, "I work for Example Telecom.", [bid.pk for bid in linked], now=TODAY)


def scored(call: HostCall, who: str, bid: Bid, *points: int) -> None:
    """Let a member score a bid, on its criteria in their order."""
    member = call.members.get(person=person(who))
    numbers = call.criteria.order_by("pk").values_list("pk", flat=True)
    actions.score(member, bid, {number: (given, "") for number, given in zip(numbers, points, strict=True)}, now=TODAY)


def decided(meetup: Meetup | None = None) -> tuple[HostCall, Bid, Bid]:
    """Return a call that was decided for Porto."""
    call, porto, graz = compared(meetup)
    for who in ("Dee", "Fay"):
        declared(call, who)
        scored(call, who, porto, 5, 4)
        scored(call, who, graz, 3, 4)
    member = call.members.get(person=person("Dee"))
    choice = actions.Decision(porto.pk, 0, "The rooms.", "Fay liked Graz.", "We met on Monday.")
    actions.decide(call, member, choice, now=TODAY)
    call.refresh_from_db()
    return call, porto, graz
