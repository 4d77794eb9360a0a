"""Joining a list on a phone by keyboard, and the pages of lists as axe sees them, light and dark."""

import re

import pytest

from midcycle.accounts.access import sign_in_token
from midcycle.lists import actions
from midcycle.lists.access import invitation_key, keeper_key
from midcycle.lists.models import Comparison, JoinRequest
from midcycle.mailing.access import key_of
from midcycle.mailing.models import Letter
from midcycle.site.worker import work_once
from tests.browser.axe import faults
from tests.world import NOW, ada, bo
from tests.worlds.lists import AFTERWARDS, OPS, Fake, connected, named, over

pytestmark = pytest.mark.django_db(transaction=True)
WIDTH = 360


@pytest.fixture
def listed():
    """Give a meetup that is over, with a list that is compared and one that waits for its keeper."""
    meetup = over(20)
    with connected(ops=OPS):
        found, other = named(meetup), named(meetup, "")
        actions.ask_for_comparison(found, meetup, by=ada(), now=AFTERWARDS)
        actions.tend_comparisons(Fake(*(f"guest{number}@example.org" for number in range(1, 13))), now=AFTERWARDS)
        actions.ask_for_comparison(other, meetup, by=ada(), now=AFTERWARDS)
        actions.draft_posting(found, meetup, subject="Lisbon", text="Come", by=ada(), now=NOW)
        yield meetup


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_lists_has_a_fault_and_each_fits_a_phone(chromium, live_server, listed, scheme):
    context = chromium.new_context(viewport={"width": WIDTH, "height": 740}, color_scheme=scheme)
    page, meetup = context.new_page(), listed
    page.goto(f"{live_server.url}/demo/sign-in/{sign_in_token(ada())}/")
    first, waiting = meetup.lists.order_by("pk"), Comparison.objects.get(list__kind="file")
    paths = [
        "lists/",
        f"lists/{first[0].pk}/",
        f"lists/invited/{invitation_key(meetup.pk, bo().pk)}/",
        f"lists/members/{waiting.pk}/{keeper_key(waiting)}/",
        f"letters/{key_of(meetup.pk, bo().pk)}/weekly/",
        "desk/lists/",
        "desk/lists/new/",
        f"desk/lists/postings/{meetup.postings.get().pk}/",
        "desk/letters/",
    ]
    found = {}
    for path in paths:
        page.goto(f"{live_server.url}{meetup.path}{path}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        found[path] = (faults(page), wide)
    assert found == dict.fromkeys(paths, ([], WIDTH))
    context.close()


def test_somebody_joins_with_the_keyboard_and_the_page_tells_by_itself(chromium, live_server, listed):
    context = chromium.new_context(viewport={"width": WIDTH, "height": 740})
    page = context.new_page()
    page.goto(f"{live_server.url}{listed.path}lists/{listed.lists.order_by('pk')[0].pk}/")
    page.focus("#id_email")
    page.keyboard.type("new@example.org")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=One step is left")
    work_once()
    letter = Letter.objects.get(person__email="new@example.org").body
    page.goto(f"{live_server.url}{re.search(r'/m/[^ ]+/lists/join/[^ ]+/', letter)[0]}")
    page.focus("main button")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=You are being put on")
    assert JoinRequest.objects.get().state == "confirmed"
    assert actions.put_on_lists(Fake(), now=JoinRequest.objects.get().next_try_at) == 1
    page.wait_for_selector("h1:has-text('You are on')", timeout=20_000)
    assert faults(page) == []
    context.close()
