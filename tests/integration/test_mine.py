"""A person's own page: seats, sessions, topics, answers, and the meetups they organise."""

import pytest

from midcycle.hosting import actions as hosting
from midcycle.topics import actions as topics
from tests.world import NOW, ada, bo, browser_of, cy, dee
from tests.worlds.agenda import held, planned, released, session
from tests.worlds.hosting import answered, asked
from tests.worlds.registration import opened, seated
from tests.worlds.topics import proposed

pytestmark = pytest.mark.django_db


def page_of(who) -> str:
    return " ".join(browser_of(who).get("/mine/").content.decode().split())


def test_whoever_is_not_signed_in_is_led_to_the_door():
    answer = browser_of().get("/mine/")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/mine/")


def test_somebody_new_is_told_how_to_begin():
    assert "Nothing yet" in page_of(cy())


def test_everything_of_ones_own_is_there_and_nothing_of_others():
    meetup = opened(1)
    seat, waiting = seated(meetup, "Bo"), seated(meetup, "Cy")
    idea = asked()
    interest = answered(idea, "Bo").interest
    topic = proposed(meetup, "Storage", bo())
    topics.offer_to_moderate(topic, dee(), "lead", now=NOW)
    page = page_of(bo())
    for link in (f"/m/{meetup.slug}/seat/{seat.token}/", f"/m/{idea.slug}/interest/{interest.token}/", f"/topics/{topic.pk}/"):
        assert link in page, link
    assert (waiting.token in page, "Meetups you organise" in page) == (False, False)
    assert ("Waiting" in page_of(cy()), "Lead, offered" in page_of(dee())) == (True, True)
    assert f"/m/{meetup.slug}/desk/" in page_of(ada())


def test_a_session_leads_to_the_agenda_once_it_is_released():
    meetup = planned()
    led = held(meetup, "Upgrades", dee())
    assert '<h3 class="calendar-title"> Upgrades </h3>' in page_of(dee())
    released(meetup)
    assert f"/m/{meetup.slug}/agenda/#session-{led.pk}" in page_of(dee())
    assert f'id="session-{led.pk}"' in browser_of().get(f"/m/{meetup.slug}/agenda/").content.decode()


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_takes_the_same_queries_for_one_and_for_many(count, django_assert_num_queries):
    for number in range(count):
        meetup = opened(title=f"Meetup {number}")
        seated(meetup, "Bo")
        answered(asked(f"Idea {number}"), "Bo")
        topic = proposed(meetup, "Storage", bo())
        topics.offer_to_moderate(topic, bo(), "lead", now=NOW)
        session(meetup, "Led", bo())
        hosting.open_call(bo(), title="Own", summary="", region="", channel="", guess=None, now=NOW)
    client = browser_of(bo())
    # Session, person, one for each list; sessions and offers are two, calls for hosts three.
    with django_assert_num_queries(13):
        client.get("/mine/")
