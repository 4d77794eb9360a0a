"""A meetup in registration: every seat held, a waitlist, topics being supported, rooms and slots ready, nothing drafted."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from midcycle.accounts.models import Person
from midcycle.accounts.rules import COMING
from midcycle.agenda import actions as agenda
from midcycle.agenda.models import Release
from midcycle.agenda.rules.usual import Usual
from midcycle.mailing import actions as mailing
from midcycle.mailing.inbox import GONE
from midcycle.mailing.queries import chosen_for
from midcycle.mailing.rules import Audience
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup, Series
from midcycle.registration import actions as registration
from midcycle.registration.models import Seat
from midcycle.registration.rules.asking import Choice
from midcycle.registration.rules.editing import Condition
from midcycle.site.demo import books, deeds, fees, money, plans, talk
from midcycle.site.demo.folk import Guest, among, crowd
from midcycle.site.demo.stories import Story, read_story

SEATS: Final = 100
ASKED: Final = 120  # two of them give their seats back
WANDA_IS: Final = 106  # to arrive: four are before her, and two of the six that wait then move up
ANSWERS: Final = 34
OFFER_HOURS: Final = 48
TOO_SOON: Final = timedelta(weeks=3)
_TO_THE_LINE: Final = """Hello {name},

you wait for a seat. Two were given back this morning, and each was offered to the next in line for two days.
Your page says where you stand now:

{seat_link}
"""
_COURSES: Final = {
    "fish": {"en": "Trout from the river", "de": "Forelle aus dem Fluss"},
    "beans": {"en": "Beans with buckwheat", "de": "Bohnen mit Buchweizen"},
    "soup": {"en": "Mushroom soup", "de": "Pilzsuppe"},
}
_USUAL: Final = Usual(
    starts=time(9),
    ends=time(17, 30),
    session=60,
    pause=20,
    together=30,
    lunch_at=time(12),
    lunch=75,
    free_at=time(15, 35),
    free=50,
)


def load(series: Series, *, ada: Person, now: datetime) -> Meetup:
    """Tell its story up to today."""
    story = read_story("coming")
    asked_at = now - timedelta(weeks=12)
    meetup = deeds.open_idea(story, COMING, by=ada, region="europe", now=asked_at)
    deeds.answer(meetup, crowd(300, ANSWERS), now=asked_at)
    deeds.settle(meetup, story, place_on(_first_day(now)), by=ada, now=now - timedelta(weeks=8))
    meetups.join_series(
        meetup, series, by=ada, now=now - timedelta(weeks=8), next_summit_city="Vancouver", next_summit_region="north-america"
    )
    money.load(meetup, ada=ada, now=now - timedelta(weeks=8))
    books.load(meetup, ada=ada, now=now - timedelta(hours=6))
    people = _register(meetup, story, ada=ada, now=now)
    fees.load(meetup, ada=ada, now=now - timedelta(hours=5))
    proposed = deeds.propose(meetup, story.topics, by=ada, now=now - timedelta(weeks=6, days=4))
    deeds.support(proposed, story.topics, people, now=now - timedelta(days=9))
    _prepare(meetup, story, ada=ada, now=now - timedelta(days=2))
    deeds.volunteer(meetup, people[5:83:6], now=now - timedelta(days=1))
    plans.plan_coming(meetup, by=ada, now=now)
    talk.write(meetup, ada=ada, now=now - timedelta(days=1))
    return meetup


def keep_ahead(*, now: datetime) -> None:
    """Move it on when it is nearly there or past, so that it stays a meetup to come. Its agenda is released anew."""
    meetup = Meetup.objects.filter(slug=COMING, stage__in=("registration", "agenda")).first()
    if meetup is None or meetup.starts_on is None or meetup.starts_on - now.date() > TOO_SOON:
        return
    ada = meetup.opened_by
    meetups.set_place(meetup, ada, place_on(_first_day(now)), now=now)
    if Release.objects.filter(meetup=meetup).exists():
        agenda.release(meetup, by=ada, note="With new dates", now=now)


def place_on(first: date) -> meetups.Place:
    """Return where it is, with two days from the first one on."""
    return meetups.Place(
        region="europe",
        city="Ljubljana",
        country="SI",
        venue="Example Yard",
        starts_on=first,
        ends_on=first + timedelta(days=1),
        timezone="Europe/Ljubljana",
    )


def _first_day(now: datetime) -> date:
    """Return a Tuesday nine weeks or a few days more ahead."""
    day = now.date() + timedelta(weeks=9)
    return day + timedelta(days=(1 - day.weekday()) % 7)


def _register(meetup: Meetup, story: Story, *, ada: Person, now: datetime) -> list[Person]:
    opened = now - timedelta(weeks=7)
    registration.open_registration(meetup, total=SEATS, by=ada, now=opened)
    registration.plan_seats(meetup, total=SEATS, planned=90, room=120, by=ada, now=opened)
    registration.allow_transfers(meetup, allowed=True, by=ada, now=opened)
    deeds.spread(meetup, by=ada, now=opened)
    dinner, course = _ask(meetup, by=ada, now=opened)
    guests = _at_dinner(_guests(story), dinner, course)
    seats = deeds.register(meetup, guests, first=opened + timedelta(hours=2), last=now - timedelta(hours=5))
    _keep_line(meetup, seats, ada=ada, now=now)
    kept = Seat.objects.filter(meetup=meetup).exclude(state="cancelled").select_related("person").order_by("arrival")
    return [seat.person for seat in kept]


def _keep_line(meetup: Meetup, seats: list[Seat], *, ada: Person, now: datetime) -> None:
    """Limit vendors to the seats they have, and offer two seats that are given back: one is taken, the other still stands.

    Whoever waits is written to; one of them has no mailbox any more, and another wants no such letters.
    """
    offered = registration.LineRule(offer_hours=OFFER_HOURS)
    registration.set_line_rule(meetup, offered, by=ada, now=now - timedelta(hours=5))
    vendors = Seat.objects.filter(meetup=meetup, role="vendor", state="held").count()
    registration.set_quota(meetup, "role", "vendor", vendors, by=ada, now=now - timedelta(hours=5))
    first = Seat.objects.filter(meetup=meetup, state="waiting").exclude(role="vendor").order_by("arrival")[0]
    registration.set_notice(first, 7, now=now - timedelta(hours=4))
    registration.cancel_seat(seats[17], now=now - timedelta(hours=3))
    registration.accept_offer(first, now=now - timedelta(hours=2, minutes=20))
    registration.cancel_seat(seats[64], now=now - timedelta(hours=2))
    mailing.want_no_mailings(meetup, seats[-2].person, now=now - timedelta(hours=2))
    wording = mailing.Wording(Audience("waiting", ""), "How the line moves in {meetup}", _TO_THE_LINE)
    letter = mailing.draft_mailing(meetup, wording, by=ada, now=now - timedelta(hours=1))
    people = chosen_for(meetup, letter.audience, now=now).count()
    mailing.send_mailing(letter, mailing.Seen(people, letter.edition), by=ada, now=now - timedelta(minutes=50))


def _guests(story: Story) -> list[Guest]:
    guests = among(story.names, crowd(300, ASKED - 1))
    guests[-1] = replace(guests[-1], email=f"moved{GONE}")
    wanda = among(["Wanda Queue"], crowd(290, 1))
    return [*guests[: WANDA_IS - 1], *wanda, *guests[WANDA_IS - 1 :]]


def _ask(meetup: Meetup, *, by: Person, now: datetime) -> tuple[str, str]:
    """Ask two things of the organisers' own, the second only of those who come to the dinner; return their keys."""
    registration.set_languages(meetup, ["en", "de"], by=by, now=now)
    texts = {"en": "Do you come to the dinner on the first evening?", "de": "Kommen Sie am ersten Abend zum Essen?"}
    dinner = registration.add_question(meetup, registration.Wanted("yes_no", texts, keep_days=14), by=by, now=now)
    course = registration.Wanted(
        "choice",
        {"en": "What may it be?", "de": "Was darf es sein?"},
        choices=tuple(Choice(value, titles) for value, titles in _COURSES.items()),
        required=True,
        keep_days=14,
        condition=Condition(dinner.pk, "yes"),
    )
    return dinner.key, registration.add_question(meetup, course, by=by, now=now).key


def _at_dinner(guests: list[Guest], dinner: str, course: str) -> list[Guest]:
    """Return the guests with what they answer to these; every fifth leaves it open."""
    courses = list(_COURSES)
    answered = []
    for number, guest in enumerate(guests):
        comes = {0: {}, 1: {dinner: "no"}}.get(number % 5, {dinner: "yes", course: courses[number % 3]})
        answered.append(replace(guest, answers=replace(guest.answers, more=comes)))
    return answered


def _prepare(meetup: Meetup, story: Story, *, ada: Person, now: datetime) -> None:
    """Set rooms, slots with breaks and protected free time, and the sessions of the organisers."""
    deeds.furnish(meetup, story, by=ada, now=now)
    agenda.fill_days(meetup, _USUAL, by=ada, now=now)
    deeds.hold(meetup, story, {}, by=ada, now=now)
