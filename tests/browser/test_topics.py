"""Voting on a phone: with dots and a ranking, with the script and without, by the keyboard alone."""

import re

import pytest

from midcycle.accounts.access import sign_in_token
from midcycle.topics import actions, queries
from midcycle.topics.models import Support
from tests.world import NOW, ada, bo, cy, placed
from tests.worlds.topics import proposed

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/m/spring-meetup/topics/"
PHONE = {"width": 360, "height": 740}


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def page(request, chromium, live_server, settings):
    """Give a phone on which Cy is signed in, with the script of the pages and without."""
    settings.MIDCYCLE = settings.MIDCYCLE.model_copy(update={"demo": True})
    context = chromium.new_context(viewport=PHONE, base_url=live_server.url, java_script_enabled=request.param)
    page = context.new_page()
    page.goto(f"/demo/sign-in/{sign_in_token(cy())}/")
    yield page
    context.close()


def test_dots_are_spent_and_taken_back_by_the_keyboard(page):
    meetup = placed()
    topics = [proposed(meetup, title, by=by) for title, by in (("Backups", ada()), ("Ceph", bo()), ("Upgrades", bo()))]
    actions.choose_method(meetup, "dots", dots=2, by=ada(), now=NOW)
    page.goto(LIST)
    for topic, left in zip(topics, ("1 of your 2 dots left", "0 of your 2 dots left"), strict=False):
        page.locator(f"#support-{topic.pk}").focus()
        page.keyboard.press("Enter")
        page.get_by_text(left).wait_for()
    assert page.locator(f"#support-{topics[1].pk}").get_attribute("aria-pressed") == "true"
    page.locator(f"#support-{topics[2].pk}").press("Enter")
    page.get_by_text("You have given all your 2 dots.").wait_for()
    page.locator(f"#support-{topics[0].pk}").press("Enter")
    page.get_by_text("1 of your 2 dots left").wait_for()
    assert list(Support.objects.filter(person=cy()).values_list("topic__title", flat=True)) == ["Ceph"]


def test_topics_are_ranked_with_one_thumb(page):
    meetup = placed()
    topics = [proposed(meetup, title, by=ada()) for title in ("Backups", "Ceph", "Upgrades")]
    actions.choose_method(meetup, "ranking", dots=2, by=ada(), now=NOW)
    page.goto(LIST)
    for place, topic in enumerate(topics, 1):
        page.locator(f"#support-{topic.pk}").click()
        page.get_by_role("button", name=re.compile(f"Number {place} in your ranking: “{topic.title}”")).wait_for()
    page.get_by_role("link", name="My ranking").click()
    page.get_by_role("button", name="Make “Upgrades” the first").click()
    page.wait_for_url(f"**/ranking/#topic-{topics[2].pk}")
    page.get_by_role("button", name="Move “Upgrades” down").wait_for()
    box = page.get_by_role("button", name="Move “Upgrades” down").bounding_box()
    assert box is not None
    assert (box["height"] >= 40, box["x"] + box["width"] <= PHONE["width"]) == (True, True)
    assert [row.topic.title for row in queries.topics_page(meetup, cy()).ranked] == ["Upgrades", "Backups", "Ceph"]
    page.goto(LIST)
    page.locator(f"#support-{topics[2].pk}").click()
    page.get_by_role("button", name=re.compile("Number 1 in your ranking: “Backups”")).wait_for()
