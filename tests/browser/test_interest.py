"""A call on a phone, with the script and without, by keyboard alone; all its pages on two screens; a frame elsewhere."""

import pytest

from midcycle.accounts.access import sign_in_token
from midcycle.hosting import actions
from midcycle.hosting.models import Interest
from midcycle.hosting.rules import Edition
from tests.browser.axe import faults
from tests.world import FIRST_DAY, NOW, ada
from tests.worlds.hosting import answered, asked

pytestmark = pytest.mark.django_db(transaction=True)
CALL, DESK = "/m/northern-meetup/interest/", "/m/northern-meetup/desk/interest/"
PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 800}


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def visitor(request, chromium, live_server, settings):
    """Give a phone, with the script of the pages and without."""
    settings.MIDCYCLE = settings.MIDCYCLE.model_copy(update={"demo": True, "public_url": live_server.url})
    context = chromium.new_context(viewport=PHONE, base_url=live_server.url, java_script_enabled=request.param)
    yield context.new_page()
    context.close()


@pytest.fixture(params=[PHONE, LAPTOP], ids=["phone", "laptop"])
def organiser(request, chromium, live_server, settings):
    """Give a screen on which Ada is signed in."""
    settings.MIDCYCLE = settings.MIDCYCLE.model_copy(update={"demo": True, "public_url": live_server.url})
    context = chromium.new_context(viewport=request.param, base_url=live_server.url)
    page = context.new_page()
    page.goto(f"/demo/sign-in/{sign_in_token(ada())}/")
    yield page
    context.close()


def full(people: int = 6):
    """Return a call that asks about two choices of days, with answers that came by an invitation, and an earlier edition."""
    meetup = asked()
    days = (FIRST_DAY, FIRST_DAY.replace(day=9))
    first, last = (actions.ask_about_days(meetup.call, day, day, by=ada(), now=NOW) for day in days)
    actions.tell_edition(meetup, Edition("Manchester 2016", 25, None, 120), by=ada(), now=NOW)
    root = answered(meetup, "Root").interest
    for number in range(people):
        says = {first.pk: "yes", last.pk: "no"}
        answered(meetup, f"Guest{number}", via=root.code, topics=f"Topic {number % 2}", dates=says)
    return meetup


def test_somebody_answers_by_the_keyboard_confirms_and_passes_the_call_on(visitor):
    full()
    root = Interest.objects.order_by("pk")[0]
    visitor.goto(f"{CALL}?via={root.code}")
    visitor.get_by_label("I'd come").focus()
    visitor.keyboard.press("Space")
    visitor.get_by_label("Your name").fill("Bo Example")
    visitor.get_by_label("Your e-mail address").fill("bo@example.org")
    days = visitor.get_by_role("group", name="Does 2 March 2027 suit you?")
    days.get_by_label("Yes").focus()
    visitor.keyboard.press("ArrowRight")
    visitor.get_by_label("What would you talk about?").fill("Upgrades\nStorage")
    visitor.get_by_role("button", name="Send my answer").press("Enter")
    visitor.get_by_text("One step is left").wait_for()
    found = Interest.objects.get(person__email="bo@example.org")
    assert (found.hands, found.confirmed_at) == (1, None)
    assert list(found.fits.values_list("says", flat=True)) == ["if_need_be"]
    visitor.goto(f"{CALL}{found.token}/")
    visitor.get_by_role("button", name="Yes, count my answer").press("Enter")
    visitor.get_by_text("Your answer is counted from now on.").wait_for()
    found.refresh_from_db()
    assert visitor.get_by_label("Your link to pass on").input_value().endswith(f"{CALL}?via={found.code}")
    assert [topic.text for topic in found.topics.order_by("pk")] == ["Upgrades", "Storage"]
    assert visitor.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_every_page_of_a_call_fits_and_has_no_fault_of_access(organiser):
    full()
    token = Interest.objects.order_by("pk")[0].token
    public = (f"{CALL}{page}" for page in ("", "figures/", "embed/", f"{token}/"))
    for path in (*public, *(f"{DESK}{page}" for page in ("", "dates/", "forecast/", "spreading/"))):
        organiser.goto(path)
        assert (path, organiser.evaluate("document.documentElement.scrollWidth > innerWidth")) == (path, False)
        if not path.endswith("embed/"):  # its policy lets no script in
            assert (path, faults(organiser)) == (path, [])


def test_a_page_elsewhere_shows_the_frame_and_no_other_page_of_ours(chromium, live_server):
    full()
    context = chromium.new_context(viewport=LAPTOP)
    context.grant_permissions(["local-network-access"])
    page = context.new_page()
    frames = "".join(f'<iframe src="{live_server.url}{path}"></iframe>' for path in (f"{CALL}embed/", CALL))
    page.route("http://localhost:1/", lambda route: route.fulfill(content_type="text/html", body=frames))
    page.goto("http://localhost:1/")
    page.frames[1].get_by_text("would come", exact=True).wait_for()
    page.wait_for_timeout(300)
    assert [frame.url for frame in page.frames[2:]] == ["chrome-error://chromewebdata/"]
    context.close()
