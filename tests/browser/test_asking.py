"""Questions that appear by the answer to another, without a script, on a phone and by the keyboard alone."""

import pytest

from midcycle.accounts.access import sign_in_token
from midcycle.registration import actions
from midcycle.registration.models import Question, Seat, SeatAnswer
from midcycle.registration.rules.editing import Condition
from tests.world import NOW, ada
from tests.worlds.asking import asked, dinner
from tests.worlds.registration import opened

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def phone(chromium):
    """Give a page of a phone that runs no script."""
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def organiser(chromium, live_server):
    """Give a page of Ada's phone."""
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(f"{live_server.url}/demo/sign-in/{sign_in_token(ada())}/")
    yield page
    context.close()


def tab_to(page, selector, most=60):
    """Go on with the keyboard until this is reached."""
    for _ in range(most):
        if page.locator(f"{selector}:focus").count():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} was not reached by the keyboard")


def fits(page):
    """Say whether nothing is wider than the screen."""
    box = page.locator("main").bounding_box()
    return box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]


def test_a_question_appears_by_the_keyboard_and_is_needed_only_then(phone, live_server):
    meetup = opened(3)
    first, course = dinner(meetup)
    asked(meetup, "Sauce?", condition=Condition(course.pk, "fish"))
    phone.goto(f"{live_server.url}/m/{meetup.slug}/seat/")
    assert fits(phone)
    assert (phone.is_visible("text=Course?"), phone.is_visible("text=Sauce?")) == (False, False)
    tab_to(phone, "#id_name")
    phone.keyboard.type("Nora New")
    tab_to(phone, "#id_email")
    phone.keyboard.type("nora@example.org")
    tab_to(phone, "#id_role_0")
    phone.keyboard.press("Space")
    tab_to(phone, "#id_more-dinner_0")
    phone.keyboard.press("Space")
    assert (phone.is_visible("text=Course?"), phone.is_visible("text=Sauce?")) == (True, False)
    assert not phone.is_visible("text=Only if you answered")
    phone.keyboard.press("Tab")
    assert phone.locator("#id_more-course_0:focus").count() == 1
    phone.keyboard.press("Space")
    assert phone.is_visible("text=Sauce?")
    phone.keyboard.press("Tab")
    assert phone.locator("#id_more-sauce:focus").count() == 1
    phone.keyboard.type("Hot")
    phone.keyboard.press("Shift+Tab")
    phone.keyboard.press("Shift+Tab")
    phone.keyboard.press("ArrowDown")  # from yes to no: the chain goes with its first link
    assert (phone.is_visible("text=Course?"), phone.is_visible("text=Sauce?")) == (False, False)
    phone.keyboard.press("ArrowUp")
    assert (phone.is_visible("text=Course?"), phone.is_visible("text=Sauce?")) == (True, True)
    tab_to(phone, "button:has-text('Take my seat')")
    phone.keyboard.press("Enter")
    phone.wait_for_selector("text=You have a seat")
    assert dict(SeatAnswer.objects.values_list("question__key", "value")) == {"dinner": "yes", "course": "fish", "sauce": "Hot"}
    assert (first.key, Seat.objects.get().name) == ("dinner", "Nora New")


def test_what_is_missing_is_told_and_the_screen_reader_hears_of_it(phone, live_server):
    meetup = opened(3)
    dinner(meetup)
    phone.goto(f"{live_server.url}/m/{meetup.slug}/seat/")
    phone.fill("#id_name", "Nora New")
    phone.fill("#id_email", "nora@example.org")
    phone.check("#id_role_0")
    phone.check("#id_more-dinner_0")
    phone.click("text=Take my seat")
    assert phone.inner_text("#id_more-course_error") == "Answer this to go on."
    group = phone.get_by_role("group", name="Course?")
    assert group.get_attribute("aria-describedby") == "id_more-course_helptext id_more-course_error"
    assert phone.get_by_role("link", name="Course?: Answer this to go on.").get_attribute("href") == "#id_more-course"
    assert phone.get_by_role("radio", name="Fish").is_visible()
    assert phone.is_checked("#id_more-dinner_0")


def test_needs_are_folded_and_open_by_the_keyboard(phone, live_server):
    meetup = opened(3)
    phone.goto(f"{live_server.url}/m/{meetup.slug}/seat/")
    assert not phone.is_visible("#id_access")
    tab_to(phone, "summary")
    phone.keyboard.press("Enter")
    assert phone.is_visible("#id_access")
    assert phone.is_visible("text=Only the organisers of this meetup see this, on a page of its own.")
    phone.keyboard.press("Tab")
    assert phone.locator("input[name=diet]:focus").count() == 1


def test_a_form_is_read_from_right_to_left(phone, live_server):
    meetup = opened(3)
    actions.set_languages(meetup, ["en", "ar"], by=ada(), now=NOW)
    asked(meetup, "Dinner?", "yes_no", titles={"ar": "العشاء؟"})
    phone.goto(f"{live_server.url}/m/{meetup.slug}/seat/")
    phone.click("text=العربية")
    question = phone.get_by_role("group", name="العشاء؟")
    edge = question.bounding_box()
    yes = question.locator("label").first.bounding_box()
    assert yes["x"] + yes["width"] > edge["x"] + edge["width"] - 40
    assert fits(phone)


def test_an_organiser_makes_a_question_on_a_phone(organiser, live_server):
    meetup = opened(3)
    desk = f"{live_server.url}/m/{meetup.slug}/desk/seats/questions/"
    organiser.goto(desk)
    organiser.click("text=Ask something")
    organiser.fill("#id_title_en", "Colour?")
    assert not organiser.is_visible("#id_choices_en")
    organiser.click("text=One of a list")
    organiser.fill("#id_choices_en", "Red")
    organiser.click("text=Ask it")
    assert organiser.inner_text("#id_choices_en_error") == "Write two choices or more, one on each line."
    organiser.fill("#id_choices_en", "Red\nBlue")
    organiser.click("text=Ask it")
    organiser.wait_for_selector("text=“Colour?” is asked now.")
    asked(meetup, "Size?")
    organiser.goto(desk)
    width = organiser.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]
    organiser.get_by_role("button", name="Move “Size?” up").press("Enter")
    organiser.wait_for_url("**/questions/#question-*")
    assert list(Question.objects.order_by("position").values_list("key", flat=True)) == ["size", "colour"]
