"""Letters follow the language of whoever gets them."""

import re
from datetime import UTC, datetime

import pytest
from django.utils import translation

from midcycle.accounts import actions as accounts
from midcycle.mailing import actions, queries
from midcycle.mailing.models import Letter, Mailing
from midcycle.meetups import actions as meetups
from midcycle.registration import actions as registration
from midcycle.registration.actions import Answers
from midcycle.topics import actions as topics
from tests.world import NOW, ada, bo, browser_of, dee, later, placed
from tests.worlds.brackets import brackets
from tests.worlds.hosting import answered, asked
from tests.worlds.lists import OPS, connected, named
from tests.worlds.mailing import drafted, follow, sent
from tests.worlds.registration import opened, seated

pytestmark = pytest.mark.django_db
MONDAY = datetime(2027, 1, 11, 6, tzinfo=UTC)
OURS = re.compile("[0-9\N{EN DASH}]+ mrt 2027|https?://\\S+|The Dockyard.*|Midcycle|Spring meetup|Bo Example|[^A-Za-z]*")


@pytest.fixture(autouse=True)
def _languages():
    with brackets():
        yield


def reads(person, language):
    accounts.choose_language(person, language, now=NOW)
    return person


def unsaid(letter):
    """Return the lines of a letter that hold words outside brackets."""
    lines = [letter.subject, *letter.body.splitlines()]
    left = [re.sub(r"\[[^\[\]]*\]", "", re.sub(r"\[[^\[\]]*\]", "", line)).strip(" -:,.") for line in lines]
    return [line for line in left if not OURS.fullmatch(line)]


def only_letter(person):
    return Letter.objects.get(person=person)


def test_who_chose_a_language_gets_letters_in_it_about_anything():
    reads(bo(), "nl")
    meetup = placed()
    meetups.add_organiser(meetup, bo(), by=ada(), now=NOW)
    answered(asked(), "Bo")
    follow()
    letters = list(Letter.objects.filter(person=bo()).order_by("pk"))
    assert [letter.subject for letter in letters] == [
        "[You are on the team of Spring meetup]",
        "[Thank you for your answer: Northern meetup]",
    ]
    assert unsaid(letters[0]) == []


def test_a_letter_about_a_seat_is_in_the_language_of_the_seat_and_then_of_its_person():
    meetup = opened(3)
    reads(bo(), "nl")
    seated(meetup, "Bo", Answers(role="operator", language="de"))
    reads(dee(), "nl")
    seated(meetup, "Dee", Answers(role="operator", language="tr"))
    follow()
    assert only_letter(bo()).subject == "Ihr Platz: Spring meetup"
    assert only_letter(dee()).subject == "[Your seat at Spring meetup]"
    assert unsaid(only_letter(dee())) == []


def test_who_never_chose_is_written_to_in_what_they_registered_in():
    meetup = opened(3)
    seated(meetup, "Bo", Answers(role="operator", language="nl"))
    follow()
    Letter.objects.all().delete()
    meetups.add_organiser(meetup, bo(), by=ada(), now=NOW)
    follow()
    assert only_letter(bo()).subject == "[You are on the team of Spring meetup]"


def test_a_seat_is_passed_on_in_the_language_of_whoever_takes_it_over_if_that_is_known():
    meetup = opened(3)
    registration.allow_transfers(meetup, allowed=True, by=ada(), now=NOW)
    held = seated(meetup, "Bo", Answers(role="operator", language="nl"))
    follow()
    for language, subject in (("", "[Bo Example passes a seat at Spring meetup on to you]"), ("de", "Bo Example")):
        reads(dee(), language)
        registration.offer_transfer(held, email="dee@example.org", name="Dee", now=NOW)
        follow()
        letter = Letter.objects.filter(person=dee()).latest("pk")
        assert letter.subject.startswith(subject)
        registration.withdraw_transfer(held, now=NOW)


def test_a_week_is_told_in_the_readers_language_and_what_was_typed_stays():
    meetup = opened(1)
    seated(meetup, "Dee")
    seated(meetup, "Bo")
    reads(bo(), "nl")
    actions.want_weekly(meetup, bo(), now=NOW)
    for title in ("Storage", "Networks"):
        topics.propose(meetup, ada(), title=title, details="", format="general_session", now=later(hours=1))
    meetups.move_to_stage(meetup, ada(), "agenda", now=later(hours=2))
    assert actions.write_weekly(now=MONDAY) == 1
    letter = Letter.objects.get(key__startswith="weekly:")
    assert letter.subject == "[This week: Spring meetup]"
    assert "[2 new topics:]\n- Networks\n- Storage\n" in letter.body
    assert unsaid(letter) == ["Networks", "Storage"]


def test_below_a_letter_to_many_stands_the_readers_language_and_in_it_the_writers():
    meetup = placed()
    registration.open_registration(meetup, total=9, by=ada(), now=NOW)
    seated(meetup, "Bo", Answers(role="operator", language="nl"))
    seated(meetup, "Dee")
    reads(ada(), "de")
    mailing = sent(meetup, text="Hallo {name}, wir sehen uns: {when}")
    letters = {letter.person: letter.body for letter in Letter.objects.filter(mailing=mailing)}
    assert letters[bo()].splitlines()[2] == (
        "[You get this letter from the team of Spring meetup because you have a seat.] "
        "[To get no more letters of this kind, while those about your own seat still come:]"
    )
    assert letters[dee()].splitlines()[2].startswith("You get this letter from the team of Spring meetup because")


def test_the_preview_shows_the_letter_as_its_reader_gets_it_whoever_looks():
    meetup = opened(9)
    seated(meetup, "Bo", Answers(role="operator", language="nl"))
    mailing = drafted(meetup)
    with translation.override("de"):
        shown = queries.preview(Mailing.objects.get(pk=mailing.pk), 1, by=ada(), now=NOW)
    assert "[You get this letter" in shown.letter.body


def test_pages_of_letters_say_nothing_that_translators_do_not_know():
    meetup = opened(9)
    seated(meetup, "Bo")
    mailing = sent(meetup)
    client = browser_of(ada())
    client.cookies["language"] = "nl"
    desk = f"{meetup.path}desk/letters/"
    for path in (desk, f"{desk}many/", f"{desk}many/new/", f"{desk}many/{mailing.pk}/", f"{desk}many/{drafted(meetup).pk}/"):
        page = client.get(path).content.decode()
        main = page[page.index('<header class="page-head"') : page.index("</main>")]
        assert "[Letters" in page, path
        assert re.findall(r">\s*(Letters|Subject|State|To|Sent|Draft|Waiting|Back)\b", main) == [], path


@pytest.mark.parametrize(("chosen", "language"), [("", "nl"), ("de", "de")])
def test_whoever_wants_to_join_a_list_is_asked_in_the_language_of_the_page_if_theirs_is_not_known(chosen, language):
    reads(bo(), chosen)
    with connected(ops=OPS):
        found = named(placed())
        visitor = browser_of()
        visitor.post(f"/m/spring-meetup/lists/{found.pk}/", {"email": "bo@example.org"}, headers={"Accept-Language": "nl"})
        follow()
    letter = only_letter(bo())
    assert (letter.subject.startswith("["), letter.meetup) == (language == "nl", None)
