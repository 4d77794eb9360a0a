"""A line from its rule to its last offer, and a draw, on a phone and on a desk, by the keyboard alone."""

import re
import subprocess
import sys
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from midcycle.accounts.access import sign_in_token
from midcycle.meetups import actions as meetups
from midcycle.registration import actions
from midcycle.registration.models import Capacity, Seat
from midcycle.registration.rules.draw import code_of
from midcycle.registration.tasks import keep_lines
from tests.world import NOW, ada
from tests.worlds.registration import crowd, opened, states

pytestmark = pytest.mark.django_db(transaction=True)
SCREENS = ({"width": 360, "height": 740}, {"width": 1280, "height": 800})


@pytest.fixture(params=SCREENS, ids=["phone", "desk"])
def page(request, chromium, live_server):
    """Give a page on which Ada is signed in."""
    context = chromium.new_context(viewport=request.param, base_url=live_server.url, accept_downloads=True)
    page = context.new_page()
    page.goto(f"/demo/sign-in/{sign_in_token(ada())}/")
    yield page
    context.close()


def ahead(people):
    """Return a meetup in six weeks with one seat, and who asked for it: the first has it."""
    meetup = opened(1)
    day = timezone.now().date() + timedelta(weeks=6)
    place = meetups.Place("europe", "Lisbon", "PT", "The Dockyard", day, day, "", "Europe/Lisbon")
    meetups.set_place(meetup, ada(), place, now=NOW)
    return meetup, crowd(meetup, people)


def go(page, address):
    """Open a page, and see that it fits the screen."""
    page.goto(address)
    fits(page)


def fits(page):
    """See that nothing is wider than the screen."""
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def tab_to(page, wanted):
    """Press Tab until what is wanted has the focus."""
    for _ in range(90):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"Tab never reaches {wanted}")


def enter(page, wanted, leads_to):
    """Press Enter on what is wanted, and see that what comes fits the screen."""
    tab_to(page, wanted)
    page.keyboard.press("Enter")
    page.wait_for_selector(leads_to)
    fits(page)


def published(page):
    """Look at what changes, and publish it."""
    page.keyboard.press("Enter")
    page.wait_for_selector("text=What changes")
    fits(page)
    enter(page, "button[name=publish]", "text=The rule is published.")


def own_page(seat):
    return f"/m/{seat.meetup.slug}/seat/{seat.token}/"


def test_a_seat_is_offered_lapses_and_is_taken_by_the_next(page):
    meetup, (first, second, third) = ahead(3)
    desk = f"/m/{meetup.slug}/desk/seats/"
    go(page, f"{desk}line/")
    tab_to(page, "#id_offer_hours")
    page.keyboard.press("Control+A")
    page.keyboard.type("24")
    published(page)
    go(page, own_page(third))
    enter(page, "a[href$='/notice/']", "#id_days")
    tab_to(page, "#id_days")
    page.keyboard.press("Control+A")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=3 days of notice are needed")
    actions.cancel_seat(first, now=timezone.now())
    go(page, f"{desk}waitlist/")
    assert [row.inner_text().split()[0] for row in page.query_selector_all("tbody tr")] == ["Guest2", "Guest3"]
    assert page.inner_text("tbody tr:nth-child(1) .badge") == "Seat offered"
    assert "3 days" in page.inner_text("tbody tr:nth-child(2)")
    keep_lines(timezone.now() + timedelta(hours=25))
    assert states(meetup) == {"Guest1": "cancelled", "Guest2": "cancelled", "Guest3": "offered"}
    go(page, own_page(second))
    assert "not accepted in time" in page.inner_text("main")
    go(page, own_page(third))
    enter(page, "main form[action*=acceptance] button", ".badge-held")
    go(page, f"{desk}waitlist/")
    page.wait_for_selector("text=Nobody")
    go(page, f"{desk}{third.pk}/")
    told = page.inner_text("main").lower()
    assert all(words in told for words in ("3 days of notice are needed", "an offer was not accepted in time", "the line"))


def test_lots_are_drawn_and_anybody_draws_them_again(page, tmp_path):
    meetup, _ = ahead(6)
    go(page, f"/m/{meetup.slug}/desk/seats/line/")
    assert (page.is_visible("#id_draw_day"), page.is_visible("#id_groups")) == (False, False)
    tab_to(page, "#id_rule_0")
    page.keyboard.press("ArrowDown")
    assert (page.is_visible("#id_draw_day"), page.is_visible("#id_groups")) == (False, True)
    page.keyboard.press("ArrowDown")
    assert (page.is_visible("#id_draw_day"), page.is_visible("#id_groups")) == (True, False)
    at = timezone.now() + timedelta(days=9)
    tab_to(page, "#id_draw_day")
    page.keyboard.type(f"{at:%m%d%Y}")
    tab_to(page, "#id_draw_time")
    page.keyboard.type("0900AM")
    tab_to(page, "#id_offer_hours")
    published(page)
    assert Capacity.objects.get().draw_at.date() == at.date()
    keep_lines(timezone.now() + timedelta(days=10))
    go(page, f"/m/{meetup.slug}/waitlist/")
    with page.expect_download() as download:
        tab_to(page, 'a[href$="draw.json"]')
        page.keyboard.press("Enter")
    download.value.save_as(tmp_path / "draw.json")
    program = unescape(page.inner_text("pre code"))
    assert len(program.strip().splitlines()) == 8
    ran = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "the order is the one published: True" in ran.stdout
    drawn = re.findall(r"^\d+ (\w+)$", ran.stdout, re.MULTILINE)
    go(page, f"/m/{meetup.slug}/desk/seats/waitlist/")
    rows = [row.inner_text().split()[0] for row in page.query_selector_all("tbody tr")]
    seats = {code_of(seat.token): seat.name.split()[0] for seat in Seat.objects.filter(state="waiting")}
    assert rows == [seats[code] for code in drawn]
