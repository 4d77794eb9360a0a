"""The agenda board in real browsers: mouse, finger, keys, and two organisers at once."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from midcycle.agenda import actions
from midcycle.agenda.models import Move, Placement
from midcycle.meetups import actions as meetups
from tests.world import NOW, ada, bo, browser_of, dee
from tests.worlds.agenda import at, hall, held, loft, planned, room, url
from tests.worlds.topics import proposed, supported

pytestmark = pytest.mark.django_db(transaction=True)
DESK = {"width": 1280, "height": 1800}  # all of it in view: near an edge the page scrolls while something is dragged
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def made():
    """Return a meetup with two organisers and two sessions that two people want."""
    meetup = planned()
    meetups.add_organiser(meetup, bo(), by=ada(), now=NOW)
    for title, starts in (("Ceph", "09:30"), ("Logs", "10:30")):
        topic = supported(proposed(meetup, title, dee()), "Cy", "Bo")
        one = held(meetup, title, starts=starts)
        one.topic = topic
        one.save()
        actions.pin(one, pinned=False, by=None, now=NOW)
    return meetup


class Organiser:
    """Somebody at the board."""

    def __init__(self, chromium, served, person, meetup, size=DESK, *, touch=False):
        self.context = chromium.new_context(viewport=size, base_url=served, has_touch=touch)
        key = browser_of(person).cookies[settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": served}])
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.complaints = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(url("board", meetup))
        self.page.wait_for_selector(".has-board")

    def place(self, slot, room):
        return self.page.locator(f"td[data-place='{slot.pk}-{room.pk}']")

    def card(self, title):
        return self.page.locator("[data-session]", has_text=title)

    def middle(self, locator):
        locator.scroll_into_view_if_needed()
        box = locator.bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + min(20, box["height"] / 2)

    def drag(self, title, place):
        x, y = self.middle(self.card(title))
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + 10, y + 10)
        self.page.mouse.move(*self.middle(place), steps=5)


def where(title):
    """Return where a session is."""
    placed = Placement.objects.select_related("slot", "room").get(session__title=title)
    return f"{placed.slot} {placed.room}"


def test_a_session_is_dragged_with_the_mouse_and_its_price_is_seen_before_it_is_put_down(chromium, live_server, made):
    ada_there = Organiser(chromium, live_server.url, ada(), made)
    target = ada_there.place(at(made, "10:30"), loft(made))
    ada_there.drag("Ceph", target)
    expect(target).to_have_attribute("data-price", "\u22123")
    expect(ada_there.page.locator("#board-says")).to_contain_text("Tue 10:30, Loft: 3 wishes lost.")
    ada_there.page.mouse.up()
    expect(target).to_contain_text("Ceph")
    assert where("Ceph") == "day 1 10:30 Loft"
    ada_there.page.keyboard.press("Control+z")
    expect(target).not_to_contain_text("Ceph")
    assert where("Ceph") == "day 1 09:30 Hall"
    ada_there.page.keyboard.press("Control+Shift+z")
    expect(target).to_contain_text("Ceph")
    assert ada_there.complaints == []


def test_the_page_and_a_wide_grid_follow_a_session_held_at_their_edge(chromium, live_server, made):
    for number in range(8):
        room(made, f"Room {number}")
    ada_there = Organiser(chromium, live_server.url, ada(), made, {"width": 1280, "height": 600})
    far = ada_there.page.locator("td[data-place]").last
    ada_there.page.mouse.move(*ada_there.middle(ada_there.card("Ceph")))
    ada_there.page.mouse.down()
    ada_there.page.mouse.move(600, 300)
    ada_there.page.mouse.move(600, 598)
    expect(ada_there.page.locator("footer")).to_be_in_viewport(ratio=0.99)
    row = ada_there.place(at(made, "09:30", 2), hall(made)).bounding_box()
    ada_there.page.mouse.move(700, row["y"] + 10)
    ada_there.page.mouse.move(1235, row["y"] + 10)
    expect(far).to_be_in_viewport(ratio=0.9)
    ada_there.page.mouse.move(*ada_there.middle(far))
    ada_there.page.mouse.up()
    expect(far).to_contain_text("Ceph")
    assert where("Ceph") == "day 2 09:30 Room 7"
    assert ada_there.complaints == []


def test_escape_leaves_a_dragged_session_where_it_is_and_the_tray_takes_it_off(chromium, live_server, made):
    ada_there = Organiser(chromium, live_server.url, ada(), made)
    ada_there.drag("Ceph", ada_there.place(at(made, "10:30"), loft(made)))
    ada_there.page.keyboard.press("Escape")
    ada_there.page.mouse.up()
    expect(ada_there.page.locator("#board-says")).to_have_text("Not moved.")
    assert where("Ceph") == "day 1 09:30 Hall"
    ada_there.drag("Ceph", ada_there.page.locator(".tray"))
    ada_there.page.mouse.up()
    expect(ada_there.page.locator(".tray")).to_contain_text("Ceph")
    assert Placement.objects.count() == 1


def test_a_session_is_moved_with_keys_alone_and_every_step_is_said(chromium, live_server, made):
    ada_there = Organiser(chromium, live_server.url, ada(), made)
    says, grab = ada_there.page.locator("#board-says"), ada_there.page.get_by_role("button", name="Pick up “Ceph”")
    grab.focus()
    ada_there.page.keyboard.press("Enter")
    expect(says).to_have_text("Tue 09:30, Hall. It is here now.")
    ada_there.page.keyboard.press("ArrowRight")
    expect(says).to_have_text("Tue 09:30, Loft: No wish is lost by it.")
    ada_there.page.keyboard.press("Escape")
    expect(says).to_have_text("Not moved.")
    ada_there.page.keyboard.press("Space")
    ada_there.page.keyboard.press("ArrowDown")
    expect(says).to_contain_text("Tue 10:30, Hall: No wish is lost by it. Changes places with “Logs”.")
    ada_there.page.keyboard.press("Enter")
    expect(says).to_contain_text("It changed places with “Logs”.")
    expect(ada_there.page.get_by_role("button", name="Pick up “Ceph”")).to_be_focused()
    assert (where("Ceph"), where("Logs")) == ("day 1 10:30 Hall", "day 1 09:30 Hall")


def test_a_finger_drags_by_the_handle_and_the_page_is_not_wider_than_a_phone(chromium, live_server, made):
    bo_there = Organiser(chromium, live_server.url, bo(), made, PHONE, touch=True)
    assert bo_there.page.evaluate("document.documentElement.scrollWidth") == 360
    grab = bo_there.page.get_by_role("button", name="Pick up “Ceph”")
    target = bo_there.place(at(made, "09:30"), loft(made))
    x, y = bo_there.middle(grab)
    to_x, to_y = bo_there.middle(target)
    x, y = bo_there.middle(grab)
    box = target.bounding_box()
    to_x, to_y = box["x"] + 40, box["y"] + 20
    finger = bo_there.context.new_cdp_session(bo_there.page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for part in range(1, 6):
        point = {"x": x + (to_x - x) * part / 5, "y": y + (to_y - y) * part / 5}
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    expect(target).to_have_attribute("data-price", "0")
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(target).to_contain_text("Ceph")
    assert where("Ceph") == "day 1 09:30 Loft"


def test_two_organisers_move_at_once_and_neither_loses_a_move(chromium, live_server, made):
    ada_there = Organiser(chromium, live_server.url, ada(), made)
    bo_there = Organiser(chromium, live_server.url, bo(), made)
    ten, nine = at(made, "10:30"), at(made, "09:30")
    bo_there.drag("Logs", bo_there.place(nine, loft(made)))  # in the air while Ada moves
    ada_there.drag("Ceph", ada_there.place(ten, loft(made)))
    ada_there.page.mouse.up()
    expect(ada_there.place(ten, loft(made))).to_contain_text("Ceph")
    bo_there.page.mouse.up()
    expect(bo_there.place(nine, loft(made))).to_contain_text("Logs")
    expect(bo_there.place(ten, loft(made))).to_contain_text("Ceph")
    expect(ada_there.place(nine, loft(made))).to_contain_text("Logs", timeout=5_000)
    expect(ada_there.page.locator("#board .messages")).to_contain_text("Bo Example moved “Logs” to Tue 09:30, Loft.")
    assert (where("Ceph"), where("Logs")) == ("day 1 10:30 Loft", "day 1 09:30 Loft")
    assert Move.objects.filter(by__isnull=False, state="done").count() >= 2
    bo_there.drag("Ceph", bo_there.place(ten, hall(made)))  # the same session, while Ada moves it
    ada_there.drag("Ceph", ada_there.place(nine, hall(made)))
    ada_there.page.mouse.up()
    expect(ada_there.place(nine, hall(made))).to_contain_text("Ceph")
    bo_there.page.mouse.up()
    told = "Ada Example moved “Ceph” to Tue 09:30, Hall a moment ago, so your move was not made."
    expect(bo_there.page.locator("#board .messages")).to_contain_text(told)
    expect(bo_there.place(nine, hall(made))).to_contain_text("Ceph")
    assert (ada_there.complaints, bo_there.complaints) == ([], [])


def test_what_a_slow_deed_says_is_read_though_the_board_asks_for_news_meanwhile(chromium, live_server, made):
    page = Organiser(chromium, live_server.url, ada(), made).page

    def late(route):
        answer = route.fetch()  # it is done, and the board has another version
        page.wait_for_timeout(3_500)
        route.fulfill(response=answer)

    page.route("**/desk/agenda/draft/", late)
    page.click("#draft")
    expect(page.locator("#board .messages")).to_contain_text("Drafted:", timeout=15_000)
    assert page.evaluate("document.activeElement.id") == "draft"


def test_the_keyboard_stays_at_the_board_when_a_button_of_the_search_goes_away(chromium, live_server, made):
    page = Organiser(chromium, live_server.url, ada(), made).page
    page.click("#draft")
    page.focus("#search-stop")
    page.keyboard.press("Enter")
    expect(page.locator("#search-details")).to_be_focused()
    expect(page.locator("#search-on")).to_be_visible()
    page.wait_for_timeout(1_500)
    expect(page.locator("#search-details")).to_be_focused()
