"""The what-if page in a real browser: sliders move every figure to what the server says, and all works without a script."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from midcycle.funding import actions
from midcycle.funding.actions import Wanted
from midcycle.funding.models import Scenario
from tests.browser.axe import faults
from tests.world import NOW, ada, browser_of
from tests.worlds.funding import FOOD, FRANCS, HALL, ROOMS, SOUND, budgeted, kept

pytestmark = pytest.mark.django_db(transaction=True)
HOME = "/m/spring-meetup/balance/"
DESK = {"width": 1280, "height": 1000}
PHONE = {"width": 360, "height": 740}
BADGES = Wanted("Badges", "printing", "per_head", "CHF", 333)
FIGURES = """() => [...document.querySelectorAll('[data-figure], [data-line], [data-part]')]
  .map((one) => one.textContent.trim())"""
DRAWN = "() => document.querySelector('[data-drawing] polyline').getAttribute('points')"


class Treasurer:
    """Somebody at the balance."""

    def __init__(self, chromium, served, size=DESK, *, scripts=True):
        self.context = chromium.new_context(viewport=size, base_url=served, java_script_enabled=scripts)
        key = browser_of(ada()).cookies[settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": served}])
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.complaints = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)

    def look(self, query=""):
        self.page.goto(f"{HOME}{query}")
        return self

    def slide(self, name, value):
        self.page.locator(f"input[data-slides={name}]").fill(str(value))

    def figures(self):
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return self.page.evaluate(FIGURES)


@pytest.fixture
def made():
    """Return a meetup with lines in two currencies and a scenario."""
    meetup = budgeted(HALL, FOOD, SOUND, ROOMS)
    actions.set_rate(meetup, FRANCS, by=ada(), now=NOW)
    actions.add_line(meetup, BADGES, by=ada(), now=NOW)
    kept(meetup, "As in Manchester", 120)
    return meetup


@pytest.mark.parametrize("size", [DESK, PHONE])
@pytest.mark.usefixtures("made")
def test_sliders_move_every_figure_to_what_the_server_says(chromium, live_server, size):
    there = Treasurer(chromium, live_server.url, size).look()
    for name, value in (("seats", 120), ("fee", 7), ("no_show", 10), ("rooms", 5)):
        there.slide(name, value)
    moved = there.figures()
    fee = there.page.locator("#id_fee").input_value()
    drawn = there.page.evaluate(DRAWN)
    assert there.page.locator(".what-if-verdict").inner_text().startswith("120 seats, 108 come: ")
    assert there.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    expect(there.page.locator("[data-balance-news]")).to_have_text(there.page.locator(".what-if-verdict").inner_text())
    there.look(f"?seats=120&fee={fee}&no_show=10&rooms=5")
    assert there.figures() == moved
    asked = there.page.evaluate(DRAWN)
    assert asked == drawn
    assert there.complaints == []
    there.context.close()


@pytest.mark.usefixtures("made")
def test_a_field_moves_its_slider_and_half_typed_words_move_nothing(chromium, live_server):
    there = Treasurer(chromium, live_server.url).look()
    there.page.locator("#id_seats").fill("107")
    expect(there.page.locator(".what-if-verdict")).to_contain_text("107 seats: ")
    assert there.page.locator("input[data-slides=seats]").input_value() == "107"
    before = there.figures()
    for field, typed in (("seats", ""), ("seats", "0"), ("seats", "1001"), ("fee", "x"), ("fee", "1.2.3"), ("fee", "-1")):
        was = there.page.locator(f"#id_{field}").input_value()
        there.page.locator(f"#id_{field}").fill(typed)
        assert there.figures() == before, typed
        there.page.locator(f"#id_{field}").fill(was)
    there.page.locator("input[data-slides=seats]").focus()
    there.page.keyboard.press("ArrowRight")
    expect(there.page.locator(".what-if-verdict")).to_contain_text("108 seats: ")
    assert there.complaints == []
    there.context.close()


@pytest.mark.usefixtures("made")
def test_what_is_tried_is_kept_under_a_name(chromium, live_server):
    there = Treasurer(chromium, live_server.url).look()
    there.slide("seats", 200)
    there.slide("rooms", 6)
    there.page.get_by_label("Keep this as").fill("All who want")
    there.page.get_by_role("button", name="Keep what you try").click()
    there.page.get_by_text("Kept as All who want").wait_for()
    found = Scenario.objects.get(name="All who want")
    assert (found.seats, found.rooms, found.underwriting) == (200, 6, None)
    there.page.get_by_role("button", name="Choose All who want").click()
    there.page.get_by_text("is the present choice now").wait_for()
    expect(there.page.locator("#id_seats")).to_have_value("200")
    there.context.close()


@pytest.mark.usefixtures("made")
def test_without_a_script_the_form_asks_the_server(chromium, live_server):
    there = Treasurer(chromium, live_server.url, scripts=False).look()
    expect(there.page.locator("input[data-slides=seats]")).to_be_hidden()
    there.page.locator("#id_seats").fill("120")
    there.page.get_by_role("button", name="Reckon").click()
    expect(there.page.locator(".what-if-verdict")).to_contain_text("120 seats: ")
    there.context.close()


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_the_pages_have_no_fault_a_machine_can_find(chromium, live_server, made, size):
    there = Treasurer(chromium, live_server.url, size)
    row = made.underwriters.get()
    desk = "/m/spring-meetup/desk"
    for path in (HOME, f"{desk}/budget/", f"{desk}/budget/lines/", f"{desk}/budget/terms/", f"{desk}/underwriters/",
                 f"{desk}/underwriters/{row.pk}/", "/m/spring-meetup/thanks/"):  # fmt: skip
        there.page.goto(path)
        assert there.page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        assert faults(there.page) == [], path
    there.context.close()
