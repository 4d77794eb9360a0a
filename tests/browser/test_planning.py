"""A plan from its first milestone to the news of a meeting, on a phone and on a desk, by the keyboard alone."""

import pytest
from django.utils import timezone

from midcycle.accounts.access import sign_in_token
from midcycle.planning.models import Minutes, Task
from tests.browser.axe import faults
from tests.world import ada, bo
from tests.worlds.planning import DESK, MINUTES, task, team

pytestmark = pytest.mark.django_db(transaction=True)
SCREENS = ({"width": 360, "height": 740}, {"width": 1280, "height": 800})


@pytest.fixture(params=SCREENS, ids=["phone", "desk"])
def page(request, chromium, live_server):
    """Give a page on which Ada is signed in."""
    context = chromium.new_context(viewport=request.param, base_url=live_server.url)
    page = context.new_page()
    page.goto(f"/demo/sign-in/{sign_in_token(ada())}/")
    yield page
    context.close()


def looked_at(page):
    """See that a page fits the screen and that axe finds nothing."""
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert faults(page) == []


def press(page, wanted, leads_to):
    """Press Tab until what is wanted has the focus, then Enter."""
    tab_to(page, wanted)
    page.keyboard.press("Enter")
    page.wait_for_selector(leads_to)


def tab_to(page, wanted):
    for _ in range(90):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"Tab never reaches {wanted}")


def test_a_plan_is_begun_met_about_and_done(page):
    team()
    page.goto(DESK)
    looked_at(page)
    press(page, "form[action$='usual/'] button", "text=13 milestones are on the list.")
    tab_to(page, "#id_title")
    page.keyboard.type("Book the rooms")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=“Book the rooms” is on the list.")
    looked_at(page)
    one = Task.objects.get(title="Book the rooms")
    press(page, f"#done-{one.pk}", f"#done-{one.pk}:has-text('Undo')")
    assert page.evaluate("document.activeElement.id") == f"done-{one.pk}"
    assert page.evaluate("document.activeElement.ariaLabel") == "To do again: Book the rooms"
    assert Task.objects.get(pk=one.pk).done_by == ada()
    page.goto(f"{MINUTES}new/")
    looked_at(page)
    tab_to(page, "#id_text")
    page.keyboard.type("#topic Rooms\n#agreed Two days\n#action Bo to call the caterer by tomorrow")
    press(page, "form.form button", "text=1 task is on the list.")
    looked_at(page)
    assert Task.objects.get(minutes=Minutes.objects.get()).owner == bo()
    page.goto(f"{DESK}news/")
    assert "Two days" in page.inner_text("main")
    looked_at(page)
    press(page, "form button.button-primary", "text=Next time you see here what happened from now on.")
    page.goto(f"{DESK}news/")
    assert "Nothing happened" in page.inner_text("main")


def test_the_page_of_a_thing_begins_with_what_is_to_do_there(page):
    meetup = team()
    task(meetup, "Ask Docks for the key", about="place", due_on=timezone.now().date())
    page.goto(f"{meetup.path}desk/place/")
    page.wait_for_selector("summary:has-text('1 thing to do here')")
    looked_at(page)
    press(page, "main summary", "main details[open]")
    press(page, "main .tasks a", "h1:has-text('Ask Docks for the key')")
    looked_at(page)


def test_the_other_pages_of_a_plan_fit_and_can_be_read_by_everybody(page):
    meetup = team()
    task(meetup, "https://example.org/" + "x" * 130, about="place", days=-56, owner_name="Z" * 80)
    page.goto(f"{DESK}letters/")
    press(page, "form[action$='calendar/'] button", "#calendar-mine")
    looked_at(page)
    for address in (f"{DESK}?show=all", f"{DESK}new/", f"{DESK}earlier/", MINUTES):
        page.goto(address)
        looked_at(page)
