"""What changed, on a phone in a corridor: said with two taps, worked out while one looks, chosen. Axe looks at each page."""

import pytest
from playwright.sync_api import expect

from midcycle.accounts.access import sign_in_token
from midcycle.agenda.models import Placement, Search
from midcycle.site.searching import work_on
from tests.browser.axe import faults
from tests.world import ada
from tests.worlds.agenda import at, url
from tests.worlds.replan import called, on_site

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def phone(chromium, live_server):
    """Give a page of Ada's phone."""
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(f"{live_server.url}/demo/sign-in/{sign_in_token(ada())}/")
    yield page
    context.close()


def look(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert faults(page) == []


def test_a_lead_is_away_and_the_phone_shows_what_to_do_as_it_is_proven(phone, live_server):
    meetup = on_site()
    phone.goto(live_server.url + url("board", meetup))
    phone.get_by_role("main").get_by_role("link", name="What changed?").last.click()
    phone.wait_for_url("**/replan/")
    look(phone)
    phone.get_by_label("Somebody is away from now on").select_option("Dee Example")
    phone.locator("form", has=phone.locator("#say-away")).get_by_text("Only at some times").click()
    phone.locator("form", has=phone.locator("#say-away")).get_by_label("Tue 09:30").check()
    look(phone)
    phone.get_by_role("button", name="Save who is away").click()
    expect(phone.get_by_text("Dee Example is needed in Ceph")).to_be_visible()
    phone.get_by_role("button", name="Work out what to do").click()
    few = phone.get_by_role("region", name="Few moves")
    expect(few).to_contain_text("not proven yet")
    look(phone)
    button = phone.get_by_role("button", name="Put it on the board: Few moves")
    button.focus()
    for search in Search.objects.order_by("pk"):
        work_on(search.pk)
    expect(few).to_contain_text("proven: none of its kind is better")
    expect(button).to_be_focused()
    expect(phone.locator("#replan-says")).to_have_text("The options are ready.")
    look(phone)
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Release 1")
    assert Placement.objects.get(session=called("Ceph")).slot != at(meetup, "09:30")
    phone.get_by_role("link", name="What changed?").click()
    expect(phone.get_by_text("It is on the board.")).to_be_visible()
    look(phone)
