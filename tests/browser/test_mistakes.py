"""Whoever sent a form with mistakes is brought to them, with a script and without."""

import pytest

from midcycle.accounts.access import sign_in_token
from tests.browser.actors import PHONE
from tests.world import bo
from tests.worlds.registration import opened

pytestmark = pytest.mark.django_db(transaction=True)
IN_FOCUS = "[document.activeElement.className, document.activeElement.getBoundingClientRect().top >= 0]"


@pytest.mark.parametrize("has_script", [True, False])
@pytest.mark.parametrize("page", ["seat/", "topics/", "topics/#propose"])
def test_the_mistakes_have_the_focus(chromium, live_server, page, has_script):
    meetup = opened(1)
    context = chromium.new_context(viewport=PHONE, java_script_enabled=has_script)
    phone = context.new_page()
    phone.goto(f"{live_server.url}/demo/sign-in/{sign_in_token(bo())}/")
    phone.goto(f"{live_server.url}/m/{meetup.slug}/{page}")
    phone.click("form .button-primary")
    phone.wait_for_selector(".error-summary")
    assert phone.evaluate(IN_FOCUS) == ["error-summary", True]
    context.close()
