"""Home, a meetup and the desk show what the apps below know, in a fixed number of queries."""

import re

import pytest
from django.urls import reverse

from midcycle.accounts import actions as accounts
from midcycle.accounts.rules import CAST
from midcycle.feedback import actions as feedback
from midcycle.hosting import actions as hosting
from midcycle.meetups import actions as meetups
from midcycle.registration import actions as registration
from midcycle.topics import actions as topics
from tests.world import NOW, ada, bo, browser_of, cy, idea, person, placed
from tests.worlds.hosting import answered as said
from tests.worlds.registration import opened

pytestmark = pytest.mark.django_db


def busy(people):
    meetup = placed()
    registration.open_registration(meetup, total=2, by=ada(), now=NOW)
    for number in range(people):
        who = person(f"P{number}")
        registration.take_seat(meetup, registration.Answers(role="operator"), email=who.email, name=who.name, now=NOW)
        topics.propose(meetup, who, title=f"Topic {number}", now=NOW)
    return meetup


def test_an_empty_home_says_how_it_starts():
    assert "No meetup yet" in browser_of().get("/").content.decode()


def test_home_sorts_meetups_by_what_a_visitor_may_want():
    placed("On now", stage="on_site")
    placed("Coming up", stage="registration")
    idea("Only an idea")
    placed("Long over", stage="archived")
    page = browser_of().get("/").context["home"]
    assert [[m.title for m in part] for part in (page.on_site, page.coming, page.ideas, page.past)] == [
        ["On now"],
        ["Coming up"],
        ["Only an idea"],
        ["Long over"],
    ]


@pytest.mark.parametrize("count", [1, 4])
def test_home_takes_one_query_for_any_number_of_meetups(count, django_assert_num_queries):
    for number in range(count):
        placed(f"Meetup {number}")
    with django_assert_num_queries(1):
        browser_of().get("/")


@pytest.mark.parametrize("people", [1, 6])
def test_a_meetup_page_takes_the_same_queries_for_any_number_of_people(people, django_assert_num_queries):
    meetup = busy(people)
    with django_assert_num_queries(15):
        assert browser_of().get(meetup.path).status_code == 200


@pytest.mark.parametrize("people", [1, 6])
def test_the_desk_takes_the_same_queries_for_any_number_of_people(people, django_assert_num_queries):
    meetup = busy(people)
    client = browser_of(ada())
    with django_assert_num_queries(32):
        assert client.get(reverse("pages:desk", args=[meetup.slug])).status_code == 200


@pytest.mark.parametrize(
    ("stage", "later"),
    [
        ("hosting", ["People", "Agenda", "Afterwards"]),
        ("registration", ["Agenda", "Afterwards"]),
        ("agenda", ["Afterwards"]),
        ("on_site", []),
    ],
)
def test_the_desk_leads_everywhere_and_says_what_comes_later(stage, later):
    meetup = placed(stage=stage)
    page = browser_of(ada()).get(reverse("pages:desk", args=[meetup.slug])).content.decode()
    panels = page.split("<section ")[1:]
    assert [len(re.findall(r'<a href="/m/', panel)) for panel in panels] == [5, 2, 4, 7, 6 if stage == "on_site" else 5, 4]
    assert re.findall(r'<h2 class="panel-title">\s*(.*?) <span class="badge">Later</span>', page) == later


def test_an_idea_page_shows_the_call():
    meetup = hosting.open_call(
        ada(), title="North", summary="", region="europe", channel="the list", guess=(20, 30), now=NOW, slug=""
    )
    page = browser_of().get(meetup.path).content.decode()
    assert "Who would come?" in page
    assert "20 to 30 were first guessed" in " ".join(page.split())


def shown(client, meetup) -> str:
    return " ".join(client.get(meetup.path).content.decode().split())


def test_an_idea_page_remembers_the_answer():
    meetup = hosting.open_call(ada(), title="North", summary="", region="", channel="", guess=(1, 1), now=NOW)
    said(meetup, "Bo", "could_moderate", "could_host", signed_in=bo())
    told = 'You said: I could host, I could moderate. <a href="/m/north/interest/">Change it</a>'
    pages = {who: shown(browser_of(who() if who else None), meetup) for who in (None, bo, cy)}
    assert [told in page for page in pages.values()] == [False, True, False]
    assert ["I'd come</a>" in page for page in pages.values()] == [True, False, True]
    assert "1 was first guessed" in pages[None]


def test_a_forecast_is_one_sentence_and_needs_five_answers():
    meetup = hosting.open_call(ada(), title="North", summary="", region="", channel="", guess=None, now=NOW)
    for number in range(4):
        said(meetup, f"Guest{number}")
    assert "A forecast follows once five would come." in shown(browser_of(), meetup)
    said(meetup, "Guest5")
    page = shown(browser_of(), meetup)
    assert ("A forecast follows" in page, "<summary>About 3 to " in page) == (False, True)
    assert "5 people said they would come" in page


@pytest.mark.parametrize("people", [1, 6])
def test_an_idea_page_takes_the_same_queries_for_any_number_of_answers(people, django_assert_num_queries):
    meetup = hosting.open_call(ada(), title="North", summary="", region="", channel="", guess=None, now=NOW)
    for number in range(people):
        said(meetup, f"Guest{number}")
    for client, queries in ((browser_of(), 15), (browser_of(bo()), 17)):  # the session and the person
        with django_assert_num_queries(queries):
            client.get(meetup.path)


def test_no_address_of_anybody_is_on_a_public_page():
    meetup = busy(3)
    for url in ("/", meetup.path):
        assert "example.org" not in browser_of(bo()).get(url).content.decode()


@pytest.mark.parametrize("title", ["", "x" * 161, "   "])
def test_a_title_that_does_not_do_is_told_and_nothing_is_lost(title):
    meetup = placed()
    answer = browser_of(ada()).post(reverse("pages:about", args=[meetup.slug]), {"title": title, "summary": "Kept text"})
    assert (answer.status_code, "Kept text" in answer.content.decode(), "field-error" in answer.content.decode()) == (
        200,
        True,
        True,
    )


def test_a_hostile_text_is_shown_harmless():
    meetup = placed()
    data = {"title": "<b>Bold</b>\r\nBcc: x", "summary": "<script>alert(1)</script>\x0b[a](javascript:x)"}
    assert browser_of(ada()).post(reverse("pages:about", args=[meetup.slug]), data).status_code == 302
    page = browser_of().get(meetup.path).content.decode()
    assert "<b>Bold" not in page
    assert "<script>alert" not in page
    assert "&lt;b&gt;Bold&lt;/b&gt; Bcc: x" in page


def test_the_team_grows_by_an_address():
    meetup = placed()
    browser_of(ada()).post(reverse("pages:team", args=[meetup.slug]), {"email": "bo@example.org", "name": "Bo"})
    assert browser_of(bo()).get(reverse("pages:desk", args=[meetup.slug])).status_code == 200


def test_a_move_that_is_not_legal_is_told():
    meetup = placed()
    page = (
        browser_of(ada()).post(reverse("pages:stage", args=[meetup.slug]), {"stage": "archived"}, follow=True).content.decode()
    )
    assert "What is registration cannot become archived." in page
    assert browser_of(ada()).post(reverse("pages:stage", args=[meetup.slug]), {"stage": "nonsense"}).status_code == 404


def test_only_an_administrator_sees_the_instance():
    accounts.make_administrator(ada(), now=NOW)
    assert browser_of(ada()).get(reverse("pages:instance")).status_code == 200
    for client in (browser_of(), browser_of(cy())):
        assert client.get(reverse("pages:instance")).status_code == 404


def test_the_cast_is_shown_by_a_demo_alone(settings):
    accounts.person_for(CAST[0].email, name=CAST[0].name, now=NOW)
    assert CAST[0].name in browser_of().get(reverse("pages:cast")).content.decode()
    settings.MIDCYCLE = settings.MIDCYCLE.model_copy(update={"demo": False})
    assert browser_of().get(reverse("pages:cast")).status_code == 404


def test_editions_of_a_series_link_to_each_other():
    series = meetups.start_series("Operators", slug="ops", now=NOW)
    for title in ("First", "Second"):
        meetups.join_series(placed(title, stage="archived"), series, by=ada(), now=NOW)
    assert "Other editions" in browser_of().get("/m/first/").content.decode()


def test_a_visitor_sees_their_own_place():
    meetup = busy(3)
    waiting, seated = (" ".join(browser_of(person(name)).get(meetup.path).content.decode().split()) for name in ("P2", "P0"))
    assert "You are 1st in line." in waiting
    assert "Join the waitlist" not in waiting
    assert "You have a seat." in seated


@pytest.mark.parametrize(("people", "told"), [(0, "Seats and waitlist."), (1, "1 person who"), (3, "3 people who answered")])
def test_the_desk_says_who_gets_a_letter_when_registration_opens(people, told):
    meetup = hosting.open_call(ada(), title="North", summary="", region="", channel="", guess=None, now=NOW)
    for number in range(people):
        said(meetup, f"Guest{number}")
    for stage in ("hosting", "registration"):
        meetups.move_to_stage(meetup, ada(), stage, now=NOW)
    page = browser_of(ada()).get("/m/north/desk/").context["desk"].now_do
    assert told in page
    assert ("letter" in page) == bool(people)


@pytest.mark.parametrize(("survey", "primary"), [(False, ["Pads"]), (True, ["How was it?"])])
def test_on_site_the_first_thing_to_do_is_not_what_the_page_shows_anyway(survey, primary):
    meetup = opened(2, stage="on_site")
    if survey:
        feedback.open_survey(meetup, by=ada(), now=NOW)
    page = browser_of().get(meetup.path).content.decode()
    assert re.findall(r'class="button button-primary"[^>]*>([^<]*)<', page) == primary
    assert "Now and next" not in page
