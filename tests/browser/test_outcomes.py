"""Whose an action is and what became of it, on a phone and on a desk, by the keyboard; axe finds nothing."""

import pytest

from midcycle.accounts.access import sign_in_token
from midcycle.meetups import actions as meetups
from midcycle.outcomes import actions
from midcycle.outcomes.access import key_of
from midcycle.outcomes.models import Action, Tag
from midcycle.topics.models import Topic
from tests.browser.test_planning import SCREENS, looked_at, press, tab_to
from tests.world import FIRST_DAY, NOW, ada, later
from tests.worlds.outcomes import coming, meetup_with_notes, one, retyped
from tests.worlds.registration import opened

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/m/spring-meetup/outcomes/"
DESK = "/m/spring-meetup/desk/outcomes/"
TEXT = (
    "- [ ] Bo: write the guide that is long enough not to fit on one line of a phone, by 2027-03-31 ##guide\n"
    "- [ ] Cy: ask ##mtu\n- [x] book the room\n- [ ] gone soon\n"
)


@pytest.fixture(params=SCREENS, ids=["phone", "desk"])
def visitor(request, chromium, live_server):
    """Give a page of somebody who is not signed in."""
    context = chromium.new_context(viewport=request.param, base_url=live_server.url)
    yield context.new_page()
    context.close()


def test_an_action_is_asked_answered_done_and_carried_on(visitor):
    meetup, pad = meetup_with_notes(TEXT)
    person, _ = coming(meetup, "Bo", "Cy")
    retyped(pad, "- [ ] gone soon\n", "")
    number = Action.objects.get(what__startswith="write").pk
    visitor.goto(f"/demo/sign-in/{sign_in_token(ada())}/")
    visitor.goto(DESK)
    looked_at(visitor)
    press(visitor, "form[action$='asking/'] button", "text=2 people are asked by letter.")
    looked_at(visitor)
    for path in (f"{number}/", "tags/", f"tags/{Tag.objects.get(word='mtu').pk}/", f"{one('gone soon').pk}/"):
        visitor.goto(f"{DESK}{path}")
        looked_at(visitor)
    visitor.context.clear_cookies()

    visitor.goto(f"{PAGE}mine/{key_of(meetup.pk, person.pk)}/")
    looked_at(visitor)
    press(visitor, f"#action-{number} button", "text=One answer needs another look")
    looked_at(visitor)
    tab_to(visitor, f"#id_{number}_said_0")
    visitor.keyboard.press("Space")
    press(visitor, f"#action-{number} button", "text=Thank you.")
    looked_at(visitor)
    tab_to(visitor, f"#id_{number}_state_0")
    visitor.keyboard.press("ArrowDown")
    tab_to(visitor, f"#id_{number}_text")
    visitor.keyboard.type("It is in the shared guide")
    visitor.keyboard.press("Enter")
    visitor.wait_for_selector("text=Noted. Thank you.")
    looked_at(visitor)
    assert Action.objects.get(pk=number).state == "done"

    visitor.goto(PAGE)
    visitor.wait_for_selector("text=Bo Example")
    looked_at(visitor)
    visitor.goto(f"{PAGE}{number}/")
    looked_at(visitor)
    visitor.goto(f"{PAGE}letters/{key_of(meetup.pk, person.pk)}/")
    looked_at(visitor)


def test_what_is_open_becomes_a_topic_of_the_next_edition(visitor):
    meetup, _ = meetup_with_notes(TEXT)
    actions.note_trace(one("ask ##mtu"), text="", url="https://bugs.example.org/" + "x" * 200, by=ada(), now=NOW)
    series = meetups.start_series("Operators", slug="operators", community="", now=NOW)
    following = opened(5, title="Autumn meetup")
    for edition in (meetup, following):
        meetups.join_series(edition, series, by=ada(), now=NOW)
    type(following).objects.filter(pk=following.pk).update(starts_on=later(days=200).date(), ends_on=later(days=201).date())
    assert later(days=200).date() > FIRST_DAY
    visitor.goto(PAGE)
    looked_at(visitor)
    visitor.goto(f"/demo/sign-in/{sign_in_token(ada())}/")
    visitor.goto("/m/autumn-meetup/topics/")
    press(visitor, "a[href$='outcomes/earlier/']", "text=Propose as a topic")
    looked_at(visitor)
    press(visitor, "button[aria-label$='ask ##mtu']", "text=is a topic now")
    looked_at(visitor)
    assert Topic.objects.get().title == "ask ##mtu"
    visitor.go_back()
    visitor.reload()
    visitor.wait_for_selector("text=A topic here")
    looked_at(visitor)
