"""A meetup with a budget: rooms that grow, food, sound, and an underwriter."""

from datetime import date

from midcycle.funding import actions
from midcycle.funding.actions import Choice, Details, Quoted, Settings, Wanted
from midcycle.meetups.models import Meetup
from tests.world import NOW, ada, placed

HALL = Wanted("Hall", "venue", "stepped", "EUR", steps=((1, 0), (101, 150_000), (161, 420_000)), source="letter of the host")
FOOD = Wanted("Lunch", "catering", "per_head", "EUR", 4_200, certainty="quote", source="quote 17")
SOUND = Wanted("Sound", "equipment", "fixed", "EUR", 80_000)
ROOMS = Wanted("Small rooms", "venue", "fixed", "EUR", 300_000, payer="host", note="between us")
FRANCS = Quoted("CHF", 106_520_000, date(2027, 1, 8), "European Central Bank")
TERMS = Settings(currency="EUR", seats=30, fee=0, no_show=0, rooms=2, reserve=10, reduced_share=0, reduced_price=50, comfort=35)


def budgeted(*lines: Wanted, pledged: int = 750_000) -> Meetup:
    """Return a meetup for 30 people with these lines, the usual four when none is given, and one underwriter."""
    meetup = placed()
    actions.set_budget(meetup, TERMS, seen=1, by=ada(), now=NOW)
    for line in lines or (HALL, FOOD, SOUND, ROOMS):
        actions.add_line(meetup, line, by=ada(), now=NOW)
    if pledged:
        actions.add_underwriter(meetup, Details("Example Cloud", pledged=pledged), state="pledged", by=ada(), now=NOW)
    return meetup


def kept(meetup: Meetup, name: str, seats: int, fee: int = 0, rooms: int = 4, underwriting: int | None = None):
    """Return a scenario without no-shows."""
    choice = Choice(seats, fee, 0, rooms)
    return actions.save_scenario(meetup, name, choice, underwriting=underwriting, by=ada(), now=NOW)
