"""A series with its map, on a phone and a desk, with the script and without: from an idea to what comes next."""

import pytest

from midcycle.accounts.access import sign_in_token
from midcycle.meetups.models import Series
from midcycle.series.models import CalendarEvent, RotationRule
from tests.browser.actors import DESK, PHONE
from tests.browser.axe import faults
from tests.world import ada, placed
from tests.worlds.series import FILE, event, ruled, series_of

pytestmark = pytest.mark.django_db(transaction=True)
WIDER = "document.documentElement.scrollWidth > innerWidth"
CALENDAR = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:x\r
BEGIN:VEVENT\r
UID:1@x\r
SUMMARY:Storage Days\r
DTSTART;VALUE=DATE:20990303\r
END:VEVENT\r
END:VCALENDAR\r
"""


@pytest.fixture(params=[(PHONE, True), (DESK, False)], ids=["phone", "desk-plain"])
def page(request, chromium, live_server, settings):
    """Give a browser in which Ada is signed in."""
    settings.MIDCYCLE = settings.MIDCYCLE.model_copy(update={"demo": True})
    size, script = request.param
    context = chromium.new_context(viewport=size, base_url=live_server.url, java_script_enabled=script)
    page = context.new_page()
    page.goto(f"/demo/sign-in/{sign_in_token(ada())}/")
    yield page
    context.close()


def test_from_a_meetup_to_a_series_with_the_real_history_and_what_comes_next(page):
    placed()
    page.goto("/m/spring-meetup/desk/")
    page.get_by_role("link", name="Series").click()
    page.get_by_label("Series", exact=False).first.select_option(label="A new one")
    page.get_by_label("Name of the new series").fill("OpenStack Operators")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("OpenStack Operators is started").wait_for()
    page.get_by_role("link", name="OpenStack Operators").click()
    page.get_by_role("link", name="Editions from a file").click()
    page.get_by_label("File").set_input_files(FILE)
    page.get_by_label("Judge editions from").fill("2016-02-15")
    page.get_by_role("button", name="Take over").click()
    page.get_by_text("5 of 5 editions that the rule judges kept it.").wait_for()
    assert page.locator("svg.map").count() == 2
    assert page.locator(".badge", has_text="Before the rule, against it").count() == 1
    page.get_by_text("Proposed:").wait_for()
    assert page.evaluate(WIDER) is False
    assert RotationRule.objects.get().number == 1


def test_a_calendar_file_comes_onto_the_calendar(page, tmp_path):
    placed()
    (tmp_path / "storage.ics").write_text(CALENDAR, newline="")
    page.goto("/calendar/")
    page.get_by_role("link", name="Events from a file").click()
    page.get_by_label("File").set_input_files(tmp_path / "storage.ics")
    page.get_by_label("Community").fill("Storage people")
    page.get_by_role("button", name="Take over").click()
    page.get_by_role("heading", name="Storage Days").wait_for()
    assert page.get_by_role("heading", name="March 2099").count() == 1
    assert page.evaluate(WIDER) is False
    assert CalendarEvent.objects.get().community == "Storage people"


def test_nothing_stands_in_anybodys_way(chromium, live_server, settings):
    settings.MIDCYCLE = settings.MIDCYCLE.model_copy(update={"demo": True})
    series = series_of(placed())
    ruled(series)
    event(summit_of=series)
    found = {}
    for size in (PHONE, DESK):
        context = chromium.new_context(viewport=size, base_url=live_server.url)
        page = context.new_page()
        page.goto(f"/demo/sign-in/{sign_in_token(ada())}/")
        for path in (
            "/series/",
            "/series/operators/",
            "/series/operators/rule/",
            "/series/operators/file/",
            "/series/operators/editions/new/",
            "/m/spring-meetup/desk/series/",
            "/m/spring-meetup/desk/beside/",
            "/calendar/?year=2027",
            "/calendar/events/new/",
            "/calendar/file/",
        ):
            page.goto(path)
            found[path, size["width"]] = [*faults(page), *(["wider than the screen"] if page.evaluate(WIDER) else [])]
        context.close()
    assert {where: what for where, what in found.items() if what} == {}
    assert Series.objects.count() == 1
