"""Hands counted on a phone whose network fails, papers typed in by keyboard alone, and pages everybody can use."""

import pytest

from midcycle.accounts.access import sign_in_token
from midcycle.feedback import actions
from midcycle.feedback.actions import Told
from midcycle.feedback.actions.building import Wanted
from midcycle.feedback.models import HandCount, Survey, Tally
from midcycle.registration.rules.asking import Choice
from tests.browser.axe import faults
from tests.world import NOW, ada
from tests.worlds.feedback import answered, came, said

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 360, "height": 740}
DESK = "/m/spring-meetup/desk/feedback/"


@pytest.fixture
def phone(chromium, live_server):
    """Give a page of Ada's phone."""
    context = chromium.new_context(viewport=PHONE, base_url=live_server.url)
    page = context.new_page()
    page.goto(f"/demo/sign-in/{sign_in_token(ada())}/")
    yield page
    context.close()


def test_a_count_made_without_network_is_sent_when_it_is_back(phone):
    came(6)
    phone.goto("/m/spring-meetup/hands/")
    for _ in range(3):
        phone.click("[data-up=yes]")
    phone.click("[data-up=no]")
    phone.click("[data-down=yes]")
    phone.context.set_offline(offline=True)
    phone.get_by_role("button", name="Send the count").click()
    phone.wait_for_selector("text=Kept on this phone")
    assert (HandCount.objects.count(), phone.input_value("#id_yes")) == (0, "0")
    phone.context.set_offline(offline=False)
    phone.wait_for_selector("text=together: 2 yes, 1 no.")
    assert list(HandCount.objects.values_list("question", "yes", "no")) == [("on_list", 2, 1)]


def test_a_count_that_is_refused_stays_with_its_reason_until_it_is_left_out(phone):
    meetup = came(6).meetup
    actions.count_hands(meetup, "on_list", yes=99, no=1, by=ada(), now=NOW)
    phone.goto("/m/spring-meetup/hands/")
    phone.click("[data-up=yes]")
    phone.get_by_role("button", name="Send the count").click()
    phone.wait_for_selector("text=was it the same hands?")
    phone.reload()
    phone.get_by_role("button", name="Leave this count out").click()
    phone.wait_for_selector("text=was it the same hands?", state="detached")
    assert HandCount.objects.get().yes == 99


def test_a_count_outlives_that_its_counter_was_signed_out(phone):
    came(6)
    phone.goto("/m/spring-meetup/hands/")
    phone.context.clear_cookies()
    phone.click("[data-up=yes]")
    phone.get_by_role("button", name="Send the count").click()
    phone.wait_for_selector("text=sign in again")
    phone.goto(f"/demo/sign-in/{sign_in_token(ada())}/")
    phone.goto("/m/spring-meetup/hands/")
    phone.wait_for_selector("text=together: 1 yes, 0 no.")
    assert list(HandCount.objects.values_list("question", "yes", "no")) == [("on_list", 1, 0)]


def test_a_paper_is_typed_in_with_digits_and_enter(phone):
    world = came(6)
    picks = tuple(Choice(title.lower(), {"en": title}) for title in ("Talks", "Groups", "Pub"))
    actions.add_question(world.meetup, Wanted("several", {"en": "What?"}, picks), by=ada(), now=NOW)
    actions.open_survey(world.meetup, by=ada(), now=NOW)
    for number in (1, 2):
        phone.goto(f"{DESK}paper/")
        phone.wait_for_selector("input:focus")
        phone.keyboard.type("32")
        phone.keyboard.press("Enter")
        phone.keyboard.type("11")
        phone.keyboard.type("13")
        phone.keyboard.press("Enter")
        phone.keyboard.type("Thank you")
        phone.keyboard.press("Enter")
        phone.wait_for_selector(f"text=Paper {number + 1}")
    told = Tally.objects.filter(count=2).exclude(value__in=("*", "")).order_by("question", "value")
    assert [(row.question.partition("-")[0], row.value) for row in told] == [
        ("come_again", "yes"), ("free_time", "too_little"), ("heard_how", "forwarded"), ("on_list", "no"),
        ("own", "pub"), ("own", "talks"),
    ]  # fmt: skip
    assert Survey.objects.get().on_paper == 2


@pytest.mark.slow
def test_no_page_of_feedback_keeps_anybody_out(phone):
    world = answered(*[said("list", come_again=True, words="Thank you")] * 7)
    actions.add_lesson(
        world.meetup, Told("wrong", "The hall was loud", "No curtains", carried=True, is_public=True), by=ada(), now=NOW
    )
    actions.count_hands(world.meetup, "on_list", yes=3, no=2, by=ada(), now=NOW)
    tabs = ("", "questions/", "questions/preview/", "paper/", "sessions/", "figures/", "words/", "retrospective/")
    found = {}
    for path in ("/m/spring-meetup/hands/", "/m/spring-meetup/feedback/results/", *(f"{DESK}{tab}" for tab in tabs)):
        phone.goto(path)
        assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
        found[path] = faults(phone)
    assert found == {path: [] for path in found}
