"""What people typed, in several languages: of a meetup, its topics and its sessions; the first fills the gaps."""

import re

import pytest
from django.utils import translation

from midcycle.agenda.models import Session
from midcycle.agenda.queries import released_agenda
from midcycle.meetups.models import Meetup
from midcycle.topics.models import Topic
from tests.world import ada, bo, browser_of, placed
from tests.worlds.agenda import held, planned, released
from tests.worlds.agenda import session as made
from tests.worlds.topics import proposed

pytestmark = pytest.mark.django_db

ABOUT = "/m/spring-meetup/desk/about/"
TOPICS = "/m/spring-meetup/topics/languages/"
SESSIONS = "/m/spring-meetup/desk/agenda/languages/"
HOSTILE = ["<script>alert(1)</script>", "{{ 7|add:7 }}", "\u202egnp", "🦉" * 160]


def test_a_meetup_is_described_in_another_language_and_the_first_fills_the_gaps():
    meetup = placed()
    said = {"title": "Frühlingstreffen", "summary": "Kommt **alle**.", "notice": ""}
    answer = browser_of(ada()).post(f"{ABOUT}de/", said)
    assert (answer.status_code, answer["Location"]) == (302, ABOUT)
    meetup = Meetup.objects.get(pk=meetup.pk)
    with translation.override("de"):
        assert (meetup.told_title, meetup.told_language) == ("Frühlingstreffen", "de")
        assert meetup.told_summary_html == "<p>Kommt <strong>alle</strong>.</p>\n"
        assert meetup.told_notice == meetup.notice
    with translation.override("fr"):
        assert (meetup.told_title, meetup.told_language) == (meetup.title, "en")
    assert meetup.told_title == meetup.title


def test_blank_takes_a_language_away_again():
    placed()
    for title in ("Frühling", ""):
        browser_of(ada()).post(f"{ABOUT}de/", {"title": title, "summary": "", "notice": ""})
    assert Meetup.objects.get().texts == {}


def test_the_first_language_can_be_another_and_is_not_offered_as_a_second():
    meetup = placed()
    said = {"title": meetup.title, "summary": "", "notice": "", "language": "fr"}
    browser_of(ada()).post(ABOUT, said)
    assert Meetup.objects.get().language == "fr"
    page = browser_of(ada()).get(ABOUT).content.decode()
    assert f'href="{ABOUT}en/"' in page
    assert f'href="{ABOUT}fr/"' not in page
    assert browser_of(ada()).get(f"{ABOUT}fr/").status_code == 404


@pytest.mark.parametrize("language", ["xx", "tr", "EN", "en"])
def test_a_language_that_is_none_is_not_there(language):
    placed()
    for page in (ABOUT, TOPICS, SESSIONS):
        assert browser_of(ada()).get(f"{page}{language}/").status_code == 404


@pytest.mark.parametrize("page", [ABOUT, TOPICS, SESSIONS])
def test_strangers_find_no_page_of_languages(page):
    placed()
    for visitor in (browser_of(), browser_of(bo())):
        assert visitor.get(f"{page}de/").status_code == 404
        assert visitor.post(f"{page}de/", {"title": "x"}).status_code == 404


def test_a_topic_and_the_session_made_of_it_read_in_another_language():
    meetup = placed()
    topic = proposed(meetup, "Upgrades", details="How *you* do it")
    said = {f"title-{topic.pk}": "Aktualisieren", f"text-{topic.pk}": "Wie *ihr* es macht"}
    answer = browser_of(ada()).post(f"{TOPICS}de/", said)
    assert answer.status_code == 302
    topic = Topic.objects.get()
    with translation.override("de"):
        assert (topic.told_title, topic.told_details_html) == ("Aktualisieren", "<p>Wie <em>ihr</em> es macht</p>\n")
    assert topic.told_title == "Upgrades"


def test_a_release_keeps_the_titles_of_its_sessions():
    meetup = planned()
    session = held(meetup)
    browser_of(ada()).post(f"{SESSIONS}de/", {f"title-{session.pk}": "Aktualisieren", f"text-{session.pk}": "So *geht* es"})
    released(meetup)
    Session.objects.update(texts={})
    kept = released_agenda(meetup).session(session.pk)
    with translation.override("de"):
        assert kept.told_title == "Aktualisieren"
    assert kept.told_title == "Upgrades"


@pytest.mark.parametrize("many", [1, 12])
def test_the_pages_take_as_many_queries_for_one_as_for_many(many, django_assert_num_queries):
    meetup = placed()
    for number in range(many):
        proposed(meetup, f"Topic {number}")
        made(meetup, f"Session {number}")
    browser = browser_of(ada())
    for page, queries in ((TOPICS, 6), (SESSIONS, 6)):
        browser.get(f"{page}de/")
        with django_assert_num_queries(queries):
            shown = browser.get(f"{page}de/").content.decode()
        assert len(re.findall("<fieldset", shown)) == many


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_is_typed_stays_text(typed):
    meetup = placed()
    topic = proposed(meetup, "Upgrades")
    browser_of(ada()).post(f"{TOPICS}ar/", {f"title-{topic.pk}": typed, f"text-{topic.pk}": typed})
    page = browser_of(ada()).get(f"{TOPICS}ar/").content.decode()
    assert "<script>alert" not in page
    assert Topic.objects.get().texts["ar"]["title"] != ""


@pytest.mark.parametrize("typed", ["x" * 161, "\x00"])
def test_a_wrong_title_is_told_and_nothing_typed_is_lost(typed):
    meetup = placed()
    topic = proposed(meetup, "Upgrades")
    answer = browser_of(ada()).post(f"{TOPICS}de/", {f"title-{topic.pk}": typed, f"text-{topic.pk}": "Bleibt"})
    assert (answer.status_code, Topic.objects.get().texts) == (422, {})
    assert "Bleibt" in answer.content.decode()


def test_an_archived_meetup_is_written_in_no_other_language():
    meetup = planned()
    topic, session = proposed(meetup), made(meetup)
    Meetup.objects.update(stage="archived")
    for page, number in ((TOPICS, topic.pk), (SESSIONS, session.pk)):
        answer = browser_of(ada()).post(f"{page}de/", {f"title-{number}": "Neu", f"text-{number}": ""})
        assert answer.status_code == 422
    browser_of(ada()).post(f"{ABOUT}de/", {"title": "Neu", "summary": "", "notice": ""})
    assert (Meetup.objects.get().texts, Topic.objects.get().texts, Session.objects.get().texts) == ({}, {}, {})


def test_topics_of_another_meetup_are_not_touched():
    meetup, other = placed(), placed("Other meetup")
    theirs = proposed(other, "Theirs")
    proposed(meetup, "Ours")
    browser_of(ada()).post(f"{TOPICS}de/", {f"title-{theirs.pk}": "Deins", f"text-{theirs.pk}": ""})
    assert Topic.objects.get(pk=theirs.pk).texts == {}
