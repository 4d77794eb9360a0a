"""A link that goes from one phone to the next, with the script and without; the pages about it on two screens."""

import pytest

from midcycle.accounts.access import sign_in_token
from midcycle.reach import actions
from midcycle.registration.models import Capacity, Seat
from tests.browser.axe import faults
from tests.world import NOW, ada
from tests.worlds.reach import LIST, USUAL, over, spread, surveyed

pytestmark = pytest.mark.django_db(transaction=True)
PAGE, DESK = "/m/spring-meetup/", "/m/spring-meetup/desk/reach/"
PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 800}


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def visitor(request, chromium, live_server, settings):
    """Give a phone, with the script of the pages and without."""
    settings.MIDCYCLE = settings.MIDCYCLE.model_copy(update={"public_url": live_server.url})
    context = chromium.new_context(viewport=PHONE, base_url=live_server.url, java_script_enabled=request.param)
    yield context.new_page()
    context.close()


@pytest.fixture(params=[(PHONE, "light"), (LAPTOP, "dark")], ids=["phone", "laptop in the dark"])
def organiser(request, chromium, live_server, settings):
    """Give a screen on which Ada is signed in."""
    settings.MIDCYCLE = settings.MIDCYCLE.model_copy(update={"demo": True, "public_url": live_server.url})
    size, scheme = request.param
    context = chromium.new_context(viewport=size, color_scheme=scheme, base_url=live_server.url)
    page = context.new_page()
    page.goto(f"/demo/sign-in/{sign_in_token(ada())}/")
    yield page
    context.close()


def register(page, name):
    page.get_by_role("link", name="Register").first.press("Enter")
    page.get_by_label("Your name").fill(f"{name} Example")
    page.get_by_label("E-mail").fill(f"{name.lower()}@example.org")
    page.get_by_text("I keep something running today.").click()
    page.get_by_role("button", name="Take my seat").press("Enter")
    page.get_by_role("heading", name="You have a seat").wait_for()


def test_a_link_goes_from_the_list_to_one_person_and_through_them_to_another(visitor):
    spread({("", ""): 1})
    Capacity.objects.update(total=9)
    visitor.goto(f"{PAGE}?via={LIST}")
    register(visitor, "Bo")
    visitor.get_by_role("link", name="Tell others about this meetup").press("Enter")
    link = visitor.get_by_label("Link to pass on").input_value()
    assert visitor.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    visitor.context.clear_cookies()
    visitor.goto(link)
    register(visitor, "Cy")
    assert list(Seat.objects.order_by("pk").values_list("via", flat=True)) == ["", LIST, f"{LIST}~1"]


def test_a_team_makes_a_link_publishes_the_picture_and_every_page_fits(organiser):
    meetup = over({**USUAL, (LIST, "web"): 5})
    surveyed(meetup, {"list": 9, "colleague": 7})
    organiser.goto(DESK)
    organiser.get_by_label("Where you spread it").fill("Radio")
    organiser.get_by_role("button", name="Make a link").press("Enter")
    assert organiser.get_by_label("Link for Radio", exact=True).input_value().endswith(f"{PAGE}?via=radio")
    organiser.get_by_role("button", name="Publish it").press("Enter")
    organiser.get_by_text("Everybody can see how people heard.").wait_for()
    seat = Seat.objects.order_by("pk")[0]
    for path in (DESK, f"{PAGE}reach/", f"{PAGE}seat/{seat.token}/invitation/"):
        organiser.goto(path)
        for summary in organiser.locator("summary").all():
            summary.press("Enter")
        assert (path, organiser.evaluate("document.documentElement.scrollWidth > innerWidth")) == (path, False)
        assert (path, faults(organiser)) == (path, [])


def test_an_empty_desk_has_no_fault_of_access(organiser):
    spread({})
    organiser.goto(DESK)
    organiser.get_by_text("Too few to show").wait_for()
    assert faults(organiser) == []


def test_words_in_the_picture_run_as_their_language_does(chromium, live_server, settings):
    settings.MIDCYCLE = settings.MIDCYCLE.model_copy(update={"public_url": live_server.url})
    meetup = over()
    surveyed(meetup, {"list": 9, "colleague": 7})
    actions.publish(meetup, by=ada(), now=NOW)
    context = chromium.new_context(viewport=PHONE, base_url=live_server.url, locale="ar")
    page = context.new_page()
    page.goto(f"{PAGE}reach/")
    words = page.locator("svg text", has_text="%").first
    last_is_left = "text => text.getExtentOfChar(text.getNumberOfChars() - 1).x < text.getExtentOfChar(0).x"
    assert words.evaluate(last_is_left)
    context.close()


def test_on_a_phone_all_of_a_cell_stands_beside_its_heading(organiser):
    spread({("", ""): 1})
    organiser.set_viewport_size(PHONE)
    organiser.goto(DESK)
    links = [organiser.get_by_role("link", name=f"{kind} for A poster") for kind in ("Poster", "QR code")]
    first, second = (link.bounding_box() for link in links)
    assert (first["x"], first["y"] < second["y"]) == (second["x"], True)
