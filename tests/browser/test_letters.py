"""Writing to many on a phone, by keyboard alone."""

import pytest

from midcycle.accounts.access import sign_in_token
from midcycle.mailing.access import key_of
from midcycle.mailing.models import Letter, NoMailings
from midcycle.site.worker import work_once
from tests.world import ada
from tests.worlds.registration import crowd, opened

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def phone(chromium):
    """Give a page of a phone."""
    context = chromium.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


def tab_to(phone, wanted):
    """Press Tab until what is wanted has the focus."""
    for _ in range(80):
        phone.keyboard.press("Tab")
        if phone.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"Tab never reaches {wanted}")


def enter(phone, wanted, leads_to):
    """Press Enter on what is wanted, and see that what comes fits the screen."""
    tab_to(phone, wanted)
    phone.keyboard.press("Enter")
    phone.wait_for_selector(leads_to)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_letter_is_written_looked_at_and_sent_by_keyboard(phone, live_server):
    meetup = opened(9)
    crowd(meetup, 3)
    phone.goto(f"{live_server.url}/demo/sign-in/{sign_in_token(ada())}/")
    phone.goto(f"{live_server.url}/m/{meetup.slug}/desk/letters/")
    enter(phone, 'a[href$="/many/new/"]', "#id_audience")
    for field, text in (("audience", "Everybody"), ("subject", "News of {metup}"), ("text", "Hello {name},\n\nbring a coat.")):
        tab_to(phone, f"#id_{field}")
        phone.keyboard.type(text)
    enter(phone, "button.button-primary", ".error-summary:focus")
    assert phone.inner_text("#id_subject_error").startswith("{metup} is not something we can fill in here.")
    phone.fill("#id_subject", "News of {meetup}")
    enter(phone, "button.button-primary", "text=Hello Guest1 Example,")
    enter(phone, "a[rel=next]", "text=Hello Guest2 Example,")
    assert Letter.objects.count() == 0
    enter(phone, "button.button-primary", "text=The letter goes to 3 people.")
    work_once()
    phone.goto(phone.url)
    assert phone.inner_text("nav.tabs >> text=Sent").split() == ["Sent", "3"]


def test_no_more_letters_are_wanted_by_keyboard_and_without_signing_in(phone, live_server):
    meetup = opened(9)
    (seat,) = crowd(meetup, 1)
    phone.goto(f"{live_server.url}/m/{meetup.slug}/letters/{key_of(meetup.pk, seat.person_id)}/")
    enter(phone, "button.button-primary", "text=You get no more of these letters")
    assert NoMailings.objects.filter(person=seat.person_id).exists()
    enter(phone, "main button", "text=Letters of the team")
    assert not NoMailings.objects.exists()
