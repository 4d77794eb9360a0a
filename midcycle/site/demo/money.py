"""What the meetups of the demo cost, and who pays: 30 were expected, 120 came elsewhere, 200 would like to come."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from midcycle.accounts.models import Person
from midcycle.funding import actions as funding
from midcycle.funding.actions import Choice, Details, Quoted, Settings, Spoken, Wanted
from midcycle.funding.models import Underwriter
from midcycle.meetups.models import Meetup
from midcycle.site.demo.fees import FEE

_FRANC: Final = 106_500_000  # parts of 10^8 of a euro
_TERMS: Final = Settings(
    currency="EUR", seats=100, fee=0, no_show=10, rooms=3, reserve=10, reduced_share=20, reduced_price=50, comfort=35
)
_LINES: Final = (
    Wanted("The hall, and a larger one from 101 people on", "venue", "stepped", "EUR",
           steps=((1, 0), (101, 150_000), (161, 420_000)), certainty="quote", source="letter of Example Yard"),
    Wanted("Kiln, Drawing Office and Tool Store for two days", "venue", "fixed", "EUR", 300_000, payer="host",
           certainty="quote", source="price list of Example Yard"),
    Wanted("Lunch on two days, coffee all day", "catering", "per_head", "EUR", 4_200, source="last year's price and 5 %"),
    Wanted("Microphones, and somebody who minds them", "equipment", "fixed", "EUR", 80_000, certainty="quote",
           source="quote 1147 of a hire firm"),
    Wanted("The evening by the river", "evening", "per_head", "EUR", 900, source="menu on their page",
           note="They want to know the number ten days before."),
    Wanted("Badges", "printing", "per_head", "CHF", 320, certainty="quote", source="a printer in Zürich, by mail"),
    Wanted("Travel fund: three people who could not come else", "travel", "fixed", "EUR", 90_000, source="three times 300"),
    Wanted("Insurance", "insurance", "fixed", "EUR", 24_000, certainty="actual", source="the policy"),
)  # fmt: skip
_PLEDGED: Final = {
    "University of Nowhere in Particular": (150_000, frozenset({"page", "report", "opening"}), True),
    "Imaginary Networks": (250_000, frozenset({"page", "report", "coffee"}), True),
    "Fictional Cloud Cooperative": (200_000, frozenset({"page", "report", "evening"}), True),
}


def load(meetup: Meetup, *, ada: Person, now: datetime) -> None:
    """Balance the meetup that is to come, and show it to everybody."""
    funding.set_budget(meetup, replace(_TERMS, fee=FEE), seen=1, by=ada, now=now)
    rate = Quoted("CHF", _FRANC, now.date(), "European Central Bank")
    funding.set_rate(meetup, rate, by=ada, now=now)
    for line in _LINES:
        funding.add_line(meetup, line, by=ada, now=now)
    _ask(meetup, ada=ada, now=now)
    for name, seats, fee, rooms in (
        ("30, as first guessed", 30, 0, 1),
        ("120, with the larger hall", 120, 1_500, 4),
        ("200, all who would like to come", 200, 4_000, 6),
    ):
        choice = Choice(seats, fee, 10, rooms)
        funding.save_scenario(meetup, name, choice, underwriting=None, by=ada, now=now)
    funding.publish_budget(meetup, is_published=True, by=ada, now=now)


def guess(meetup: Meetup, *, saga: Person, now: datetime) -> None:
    """Write down what an idea may cost."""
    funding.set_budget(meetup, replace(_TERMS, seats=30, rooms=2), seen=1, by=saga, now=now)
    funding.add_line(
        meetup, Wanted("Lunch and coffee", "catering", "per_head", "EUR", 4_500, source="a guess"), by=saga, now=now
    )
    hall = Wanted("A room for all, if nobody lends one", "venue", "stepped", "EUR", steps=((1, 60_000), (61, 140_000)))
    funding.add_line(meetup, replace(hall, source="what the town hall asks"), by=saga, now=now)


def _ask(meetup: Meetup, *, ada: Person, now: datetime) -> None:
    for row in Underwriter.objects.filter(meetup=meetup, is_host=False).order_by("pk"):
        amount, thanks, operates = _PLEDGED[row.name]
        known = Details(row.name, is_operator=operates, pledged=amount, recognitions=thanks)
        funding.change_underwriter(row, known, seen=row.version, by=ada, now=now)
    asked = Details(
        "Hypothetical Backbone",
        is_operator=True,
        pledged=120_000,
        currency="CHF",
        contact_name="Greta Peering",
        next_step="Ask again after their board met",
        next_on=(now + timedelta(weeks=9)).date(),
        owner=ada.pk,
    )
    backbone = funding.add_underwriter(meetup, asked, state="asked", by=ada, now=now)
    spoken = Spoken(now.date(), "Greta Peering", "phone", "Likes it. Their board decides on what is left of the year.")
    funding.note_contact(backbone, spoken, by=ada, now=now)
    vendor = funding.add_underwriter(meetup, Details("Nominal Systems", pledged=500_000), state="asked", by=ada, now=now)
    funding.note_contact(vendor, Spoken(now.date(), "Their sales", "mail", "Only with a booth. We have none."), by=ada, now=now)
    funding.move_underwriter(vendor, "declined", by=ada, now=now)
