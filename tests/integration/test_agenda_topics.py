"""What a session keeps of the topic it was made of, when that is changed or withdrawn."""

import pytest
from django.urls import reverse

from midcycle.agenda import actions
from midcycle.agenda.models import Session
from midcycle.meetups.models import Meetup
from midcycle.topics import actions as topics
from midcycle.topics.models import Topic
from tests.world import NOW, ada, bo, browser_of, cy
from tests.worlds.agenda import at, hall, planned, released, session
from tests.worlds.topics import proposed

pytestmark = pytest.mark.django_db

LEFT = "The topic was withdrawn."
NEXT = "The next draft takes this session off; pin it to keep it."


def made_of_a_topic(meetup: Meetup, *, pinned: bool = False) -> tuple[Session, Topic]:
    """Return a session at 09:30 in the hall and the topic it was made of."""
    topic = proposed(meetup)
    made = session(meetup, topic.title, topic=topic)
    actions.place(made, at(meetup, "09:30"), hall(meetup), by=ada(), now=NOW)
    actions.pin(made, pinned=pinned, by=ada(), now=NOW)
    return made, topic


def page_of(name: str, meetup: Meetup, *more: int, who=None) -> str:
    """Return a page of the agenda without the white space that only makes its source readable."""
    answer = browser_of(who).get(reverse(f"agenda:{name}", args=[meetup.slug, *more]))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_session_leads_to_its_topic_only_while_that_is_there():
    meetup = planned()
    made, topic = made_of_a_topic(meetup)
    released(meetup)
    address = reverse("topics:topic", args=[meetup.slug, topic.pk])
    pages = [("session", None), ("session", cy()), ("session_desk", ada())]
    for name, who in pages:
        assert f'href="{address}"' in page_of(name, meetup, made.pk, who=who)
        assert browser_of(who).get(address).status_code == 200
    topics.withdraw(topic, bo(), now=NOW)
    for name, who in pages:
        assert address not in page_of(name, meetup, made.pk, who=who)
        assert browser_of(who).get(address).status_code == 404


def test_a_session_of_no_topic_says_nothing_of_one():
    meetup = planned()
    made = session(meetup, "Welcome")
    actions.place(made, at(meetup, "09:30"), hall(meetup), by=ada(), now=NOW)
    released(meetup)
    for page in (page_of("session", meetup, made.pk), page_of("session_desk", meetup, made.pk, who=ada())):
        assert f"/m/{meetup.slug}/topics/1" not in page
        assert LEFT not in page
    assert LEFT not in page_of("board", meetup, who=ada())


@pytest.mark.parametrize(("pinned", "told"), [(False, 1), (True, 0)])
def test_the_board_tells_organisers_that_a_topic_was_withdrawn_and_what_the_next_draft_does(pinned, told):
    meetup = planned()
    made, topic = made_of_a_topic(meetup, pinned=pinned)
    assert LEFT not in page_of("board", meetup, who=ada())
    topics.withdraw(topic, bo(), now=NOW)
    page = page_of("board", meetup, who=ada())
    assert (page.count(LEFT), page.count(NEXT), page.count("has-conflict")) == (1, told, 0)
    assert LEFT in page_of("session_desk", meetup, made.pk, who=ada())
    actions.draft(meetup, by=ada(), seed=1, now=NOW, moves=100) if pinned else actions.unplace(made, by=ada(), now=NOW)
    page = page_of("board", meetup, who=ada())
    assert (page.count(LEFT), page.count(NEXT)) == (1, 0)


def test_who_is_no_organiser_is_not_told_of_withdrawn_topics():
    meetup = planned()
    made, topic = made_of_a_topic(meetup)
    released(meetup)
    topics.withdraw(topic, bo(), now=NOW)
    for who in (None, cy()):
        assert LEFT not in page_of("session", meetup, made.pk, who=who)
        for door in ("board", "session_desk"):
            number = [made.pk] if door == "session_desk" else []
            assert browser_of(who).get(reverse(f"agenda:{door}", args=[meetup.slug, *number])).status_code == 404


def test_a_session_keeps_its_own_words_when_its_topic_gets_new_ones():
    meetup = planned()
    topic = proposed(meetup, "Upgrades", details="Old")
    actions.draft(meetup, by=ada(), seed=1, now=NOW, moves=100)
    made = Session.objects.get(topic=topic)
    released(meetup)
    topics.rewrite(topic, bo(), title="Rollbacks", details="New", format="working_group", now=NOW)
    actions.draft(meetup, by=ada(), seed=2, now=NOW, moves=100)
    made.refresh_from_db()
    assert (made.title, made.abstract, made.format) == ("Upgrades", "Old", "general_session")
    page = page_of("session", meetup, made.pk)
    assert ("Upgrades" in page, "Rollbacks" in page) == (True, False)
    assert "Made of the topic “<a" in page_of("session_desk", meetup, made.pk, who=ada())
    assert ">Rollbacks</a>”" in page_of("session_desk", meetup, made.pk, who=ada())


def test_a_topic_not_yet_drafted_becomes_a_session_with_its_new_words():
    meetup = planned()
    topic = proposed(meetup, "Upgrades", details="Old")
    topics.rewrite(topic, bo(), title="Rollbacks", details="New", now=NOW)
    actions.draft(meetup, by=ada(), seed=1, now=NOW, moves=100)
    made = Session.objects.get(topic=topic)
    assert (made.title, made.abstract, made.abstract_html) == ("Rollbacks", "New", "<p>New</p>\n")


@pytest.mark.parametrize("gone", [False, True])
def test_the_page_of_a_session_costs_the_same_with_a_topic_and_without(gone, django_assert_num_queries):
    meetup = planned()
    made, topic = made_of_a_topic(meetup)
    released(meetup)
    if gone:
        topics.withdraw(topic, bo(), now=NOW)
    url = reverse("agenda:session", args=[meetup.slug, made.pk])
    visitor = browser_of()
    with django_assert_num_queries(5):  # meetup, release, session with its topic, parts, tabs
        visitor.get(url)
