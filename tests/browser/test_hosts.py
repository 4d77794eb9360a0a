"""A bid written on a phone, and every page of a call looked at by axe."""

import pytest

from midcycle.accounts.access import sign_in_token
from midcycle.bidding.models import Bid
from tests.browser.axe import faults
from tests.world import ada, dee, person
from tests.worlds.bidding import begun, compared, decided, declared, opened_call, prepared

pytestmark = pytest.mark.django_db(transaction=True)
HOSTS = "/m/spring-meetup/hosts/"


def phone_of(chromium, live_server, who=None):
    """Return a page on a phone of somebody's."""
    page = chromium.new_context(viewport={"width": 360, "height": 740}, base_url=live_server.url).new_page()
    if who is not None:
        page.goto(f"/demo/sign-in/{sign_in_token(who)}/")
    return page


def seen(page, path):
    """Open a page and see that it fits the screen, and that axe finds nothing wrong with it."""
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
    assert faults(page) == [], path


def test_the_pages_of_a_draft_and_of_an_open_call(chromium, live_server):
    call = prepared()
    organiser = phone_of(chromium, live_server, ada())
    seen(organiser, "/m/spring-meetup/desk/hosts/")
    organiser.get_by_role("button", name="Open the call").click()
    organiser.wait_for_url(f"**{HOSTS}")
    call.refresh_from_db()
    bid = begun(call)
    bidder = phone_of(chromium, live_server, person("Bo"))
    for path in (
        "",
        *(f"bids/{bid.pk}/{part}" for part in ("", "sections/place/", "sections/venue/", "costs/", "plans/", "editors/")),
    ):
        seen(bidder, f"{HOSTS}{path}")
    for one in (organiser, bidder):
        one.context.close()


def test_two_write_the_same_section_with_the_keyboard_and_nothing_is_lost(chromium, live_server):
    bid = begun(opened_call())
    path = f"{HOSTS}bids/{bid.pk}/sections/food/"
    pages = [phone_of(chromium, live_server, person("Bo")) for _ in range(2)]
    for number, page in enumerate(pages):
        page.goto(path)
        page.focus("#id_evening")
        page.keyboard.type(f"Pub {number}")
    first, second = pages
    first.focus("button:text-is('Save')")
    first.keyboard.press("Enter")
    first.wait_for_url(f"**/bids/{bid.pk}/")
    second.focus("button:text-is('Save')")
    second.keyboard.press("Enter")
    second.wait_for_selector("text=saved this section meanwhile")
    assert (second.get_by_text("Pub 0").count(), second.input_value("#id_evening")) == (1, "Pub 1")
    assert faults(second) == []
    second.focus("button:text-is('Save')")
    second.keyboard.press("Enter")
    second.wait_for_url(f"**/bids/{bid.pk}/")
    assert Bid.objects.get().answers["evening"] == "Pub 1"
    for page in pages:
        page.context.close()


def test_the_pages_of_the_group_and_the_keeper(chromium, live_server):
    call, porto, graz = compared()
    judge = phone_of(chromium, live_server, dee())
    seen(judge, f"{HOSTS}group/")
    declared(call, "Dee", graz)
    for path in ("group/", f"group/{porto.pk}/", "decision/", "comparison/"):
        seen(judge, f"{HOSTS}{path}")
    keeper = phone_of(chromium, live_server, person("Eve"))
    for path in ("comparison/", f"comparison/{porto.pk}/capacity/"):
        seen(keeper, f"{HOSTS}{path}")
    for one in (judge, keeper):
        one.context.close()


def test_a_decided_call_for_everybody(chromium, live_server):
    _, porto, _ = decided()
    visitor = phone_of(chromium, live_server)
    for path in ("", "comparison/", f"bids/{porto.pk}/", f"bids/{porto.pk}/costs/"):
        seen(visitor, f"{HOSTS}{path}")
    visitor.context.close()
