"""A page in another language, in a real browser: what its scripts say is in that language too."""

import re

import pytest
from django.conf import settings

from midcycle.funding import actions
from tests.spoken import spoken
from tests.world import NOW, ada, browser_of
from tests.worlds.funding import FOOD, FRANCS, HALL, budgeted

pytestmark = pytest.mark.django_db(transaction=True)

TOLD = {
    ("{count} seat", "{count} seats"): ("{count} miejsce", "{count} miejsca", "{count} miejsc"),
    "{plan}: {amount} missing.": "{plan}: brakuje {amount}.",
    "{plan}: {amount} left.": "{plan}: zostaje {amount}.",
}


def test_a_script_speaks_the_language_of_its_page(chromium, live_server, tmp_path):
    meetup = budgeted(HALL, FOOD)
    actions.set_rate(meetup, FRANCS, by=ada(), now=NOW)
    context = chromium.new_context(base_url=live_server.url, locale="pl")
    key = browser_of(ada()).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
    page = context.new_page()
    complaints = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    with spoken(tmp_path, "pl", TOLD):
        page.goto("/m/spring-meetup/balance/")
        assert page.locator("html").get_attribute("lang") == "pl"
        told = []
        for seats in (1, 3, 5, 22):
            page.locator("input[data-slides=seats]").fill(str(seats))
            page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
            told.append(re.sub(r"(brakuje|zostaje) [0-9,\s]+EUR", "EUR", page.locator(".what-if-verdict").inner_text()))
    assert told == ["1 miejsce: EUR.", "3 miejsca: EUR.", "5 miejsc: EUR.", "22 miejsca: EUR."]
    assert complaints == []  # the policy of the page lets its block of data be
    context.close()
