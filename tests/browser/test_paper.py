"""Printing badges from a phone with the keyboard alone."""

import pytest

from midcycle.accounts.access import sign_in_token
from midcycle.registration.models import Seat
from tests.papers import pages, sizes
from tests.world import ada
from tests.worlds.registration import crowd, opened

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_organiser_prints_one_badge_with_the_keyboard_alone(chromium, live_server):
    meetup = opened(9)
    crowd(meetup, 3)
    Seat.objects.filter(name="Guest2 Example").update(name="Ёлка Example", photos=False)
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    phone = context.new_page()
    phone.goto(f"{live_server.url}/demo/sign-in/{sign_in_token(ada())}/")
    phone.goto(f"{live_server.url}/m/{meetup.slug}/desk/seats/paper/")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.focus("input[name=layout]:checked")
    phone.keyboard.press("ArrowDown")
    phone.keyboard.press("ArrowDown")
    phone.focus("#id_name")
    phone.keyboard.type("nobody")
    phone.keyboard.press("Enter")
    phone.wait_for_selector(".error-summary:focus >> text=Nobody is left with this role and this name.")
    phone.fill("#id_name", "ёлка")
    with phone.expect_download() as download:
        phone.press("#id_name", "Enter")
    assert download.value.suggested_filename == "spring-meetup-badges.pdf"
    pdf = download.value.path().read_bytes()
    (page,) = pages(pdf)
    assert ("Ёлка" in page, "No photos" in page, sizes(pdf)) == (True, True, {(105, 148)})
    context.close()
