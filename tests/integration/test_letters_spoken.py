"""Letters about a seat are written in the language its person registered in."""

import re

import pytest
from django.urls import reverse

from midcycle.mailing.models import Letter
from midcycle.registration import actions
from midcycle.registration.actions import Answers, Colleague, LineRule
from midcycle.registration.models import Seat
from tests.words import catalogue, messages
from tests.world import NOW, ada, browser_of, later
from tests.worlds.mailing import follow
from tests.worlds.registration import opened, seated

pytestmark = pytest.mark.django_db

OTHERS = ["de", "ar"]  # one each way; that no catalogue lacks a sentence is a rule of the house
ABOUT_A_SEAT = {
    "seat_taken", "seat_waiting", "seat_promoted", "seat_offered", "seat_cancelled", "seat_taken_back", "offer_lapsed",
    "link_asked", "cancel_asked", "transfer_offered",
}  # fmt: skip
SAME = re.compile(r"(Hallo|Bonjour|Hello|Hola).*|The Dockyard, Lisbon, PT|Midcycle|http://\S+|")


def letters_in(language):
    """Return the lines of all letters that tell of what can happen to a seat."""
    Letter.objects.all().delete()
    meetup = opened(1)
    answers = Answers(role="operator", language=language)
    bo, _, dee, eve = (seated(meetup, name, answers) for name in ("Bo", "Cy", "Dee", "Eve"))
    follow()
    actions.set_line_rule(meetup, LineRule(offer_hours=24), by=ada(), now=NOW)
    actions.cancel_for(bo, "x", by=ada(), now=NOW)
    follow()
    actions.lapse_offers(meetup, now=later(days=2))
    actions.set_line_rule(meetup, LineRule(), by=ada(), now=NOW)
    actions.cancel_seat(Seat.objects.get(pk=dee.pk), now=NOW)
    actions.cancel_for(eve, "y", by=ada(), now=NOW)
    actions.set_capacity(meetup, 3, by=ada(), now=NOW)
    held = seated(meetup, "Fay", answers)
    actions.allow_transfers(meetup, allowed=True, by=ada(), now=NOW)
    actions.offer_transfer(held, email="ida@example.org", name="Ida", now=NOW)
    actions.register_colleagues(held, [Colleague("Jo", "jo@example.org")], now=NOW)
    waits = seated(meetup, "Gil", answers)
    for seat in (held, waits):
        typed = {"name": "X", "email": seat.person.email, "role": "operator"}
        browser_of().post(reverse("registration:seat", args=[meetup.slug]), typed)
    follow()
    return list(Letter.objects.exclude(person__email="jo@example.org").order_by("pk"))


def lines_of(letters):
    return {line for letter in letters for line in (letter.subject, *letter.body.splitlines()) if not SAME.fullmatch(line)}


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_of_every_letter_about_a_seat_is_there(language):
    files = {f"midcycle/mailing/templates/mailing/letters/{name}.txt" for name in ABOUT_A_SEAT}
    said = [key for key, where in messages().items() if where.files & files]
    assert len(said) > 50
    known = catalogue(language)
    assert [one for context, one, _ in said if not known.get(one, context or None).string] == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_line_of_a_letter_is_in_english(language):
    english, other = letters_in("en"), letters_in(language)
    assert len(english) == len(other)
    assert len(lines_of(english)) > 30
    assert lines_of(english) & lines_of(other) == set()


def test_a_letter_says_what_the_page_says():
    meetup = opened(1)
    seated(meetup, "Bo")
    seated(meetup, "Cy", Answers(role="operator", language="de-AT"))
    follow()
    letter = Letter.objects.get(person__email="cy@example.org")
    assert letter.subject == "Sie stehen auf der Warteliste von Spring meetup"
    said = "Sie stehen auf der Warteliste von Spring meetup: der einzige Platz war vergeben."
    assert f"{said} In diesem Augenblick sind Sie auf Platz 1 der Warteliste." in letter.body


@pytest.mark.parametrize("language", ["", "xx", "tr"])
def test_who_reads_none_of_them_gets_english(language):
    seated(opened(1), "Bo", Answers(role="operator", language=language))
    follow()
    letter = Letter.objects.get()
    assert letter.subject == "Your seat at Spring meetup"
    assert "March 2027\nThe Dockyard, Lisbon, PT" in letter.body
