"""Before a release: everyone with a part is asked by letter, answers by link, and the agenda is frozen."""

import re

import pytest

from midcycle.agenda import actions, queries
from midcycle.agenda.access import duties_key, round_key_of
from midcycle.agenda.models import Placement, Question
from midcycle.kernel.refusal import Refusal
from midcycle.mailing.models import Letter
from midcycle.meetups.models import Meetup
from midcycle.topics import actions as topics
from midcycle.topics.models import Topic
from tests.world import NOW, ada, bo, browser_of, cy, dee
from tests.worlds.agenda import at, hall, held, loft, planned, text_of, url
from tests.worlds.mailing import follow

pytestmark = pytest.mark.django_db


NAMED = {"day": 1, "starts": "09:30", "ends": "10:10", "kind": "session", "label": "First"}


def asked():
    """Return a meetup of which Dee leads two sessions and Bo one, all asked about."""
    meetup = planned()
    one = held(meetup, "Ceph", dee())
    held(meetup, "Logs", dee(), starts="10:30")
    held(meetup, "Nova", bo(), where=loft(meetup))
    browser_of(ada()).post(url("round", meetup))
    return meetup, one


def link(meetup, person) -> str:
    """Return the page of one person's questions."""
    return f"/m/{meetup.slug}/my-sessions/{round_key_of(meetup, person)}/"


def said(meetup) -> dict[str, str]:
    """Return the answers by session."""
    return {q.session.title: q.answer for q in Question.objects.filter(session__meetup=meetup).select_related("session")}


def test_everyone_with_a_part_gets_one_letter_with_a_link_of_their_own():
    asked()
    follow()
    letters = dict(Letter.objects.filter(subject__startswith="Can you").values_list("person__name", "body"))
    assert set(letters) == {"Dee Example", "Bo Example"}
    assert "“Ceph”: Tue 09:30, Hall" in letters["Dee Example"]
    assert "“Logs”: Tue 10:30, Hall" in letters["Dee Example"]
    assert "Ceph" not in letters["Bo Example"]
    path = re.search(r"/m/\S+my-sessions/\S+", letters["Dee Example"])
    assert path is not None
    assert "Can you be there, Dee Example?" in text_of(browser_of(None).get(path[0]))


def test_the_letter_says_the_whole_place_however_long_the_title():
    meetup = planned()
    held(meetup, "What we learnt from three years of upgrades without downtime on two continents", dee())
    actions.ask_round(meetup, by=ada(), now=NOW)
    follow()
    assert "two continents”: Tue 09:30, Hall\n" in Letter.objects.get(subject__startswith="Can you").body


def test_who_is_known_by_name_alone_is_not_asked_and_the_page_says_so():
    meetup = planned()
    topics.import_pad(meetup, "* Ceph\n  * Moderator: Zoe Nowhere\n", by=ada(), now=NOW)
    topic = Topic.objects.get(meetup=meetup)
    ceph = held(meetup, "Ceph", topic.offers.get().person)
    with pytest.raises(Refusal, match="has been asked"):
        actions.ask_round(meetup, by=ada(), now=NOW)
    page = " ".join(text_of(browser_of(ada()).get(url("round", meetup))).split())
    assert "1 person is known by name alone, so no letter reaches them" in page
    assert "Zoe Nowhere." in page
    actions.give_part(ceph, dee(), "lead", by=ada(), now=NOW)
    assert actions.ask_round(meetup, by=ada(), now=NOW) == 1
    assert [question.person for question in Question.objects.all()] == [dee()]


def test_an_answer_is_given_and_changed_by_the_link_without_an_account():
    meetup, ceph = asked()
    visitor = browser_of(None)
    visitor.post(link(meetup, dee()), {"session": ceph.pk, "answer": "swap", "note": "After lunch, please"})
    assert said(meetup) == {"Ceph": "swap", "Logs": "waiting", "Nova": "waiting"}
    page = " ".join(text_of(browser_of(ada()).get(url("round", meetup))).split())
    assert "I can, and would rather swap" in page
    assert "After lunch, please" in page
    assert "1 cannot be there or would rather swap. 2 have not answered." in page
    visitor.post(link(meetup, dee()), {"session": ceph.pk, "answer": "yes", "note": ""})
    assert said(meetup)["Ceph"] == "yes"


def test_nobody_answers_for_others_or_with_a_wrong_key():
    meetup, ceph = asked()
    visitor = browser_of(None)
    answer = {"session": ceph.pk, "answer": "no", "note": ""}
    page = text_of(visitor.post(link(meetup, bo()), answer, follow=True))
    assert "do not ask about this session any more" in page
    for path in (f"/m/{meetup.slug}/my-sessions/x/", link(planned(), dee()).replace("spring-meetup-2", meetup.slug)):
        assert visitor.post(path, answer).status_code == 404
    for typed in ({"answer": "maybe"}, {"session": "x"}, {"note": "x" * 201}):
        assert "notice-warning" in text_of(visitor.post(link(meetup, dee()), answer | typed, follow=True))
    assert set(said(meetup).values()) == {"waiting"}
    assert "Nothing is asked any more" in text_of(visitor.get(link(meetup, cy())))


def test_who_moves_is_asked_again_and_who_does_not_is_not():
    meetup, ceph = asked()
    browser_of(None).post(link(meetup, dee()), {"session": ceph.pk, "answer": "no", "note": ""})
    with pytest.raises(Refusal, match="has been asked"):
        actions.ask_round(meetup, by=ada(), now=NOW)
    actions.move(ceph, at(meetup, "10:30"), loft(meetup), by=ada(), now=NOW)
    assert "moved since" in text_of(browser_of(ada()).get(url("round", meetup)))
    assert actions.ask_round(meetup, by=ada(), now=NOW) == 1
    assert said(meetup) == {"Ceph": "waiting", "Logs": "waiting", "Nova": "waiting"}
    assert queries.questions_for(meetup, dee())[-1].place == "Tue 10:30, Loft"


def test_the_board_says_before_a_draft_that_people_were_asked_about_their_times():
    meetup = planned()
    held(meetup, "Upgrades", dee())
    board = browser_of(ada())
    assert "asked about the time" not in text_of(board.get(url("board", meetup)))
    actions.ask_round(meetup, by=ada(), now=NOW)
    assert "1 person was asked about the time they have now." in " ".join(text_of(board.get(url("board", meetup))).split())


def test_what_is_frozen_is_not_moved_drafted_or_undone_until_it_is_thawed():
    meetup, ceph = asked()
    kept = actions.keep_draft(meetup, "First", by=ada(), now=NOW)
    ada_there = browser_of(ada())
    ada_there.post(url("freeze", meetup))
    place = f"{at(meetup, '10:30').pk}-{loft(meetup).pk}"
    for name, more, sent in (
        ("moves", (), {"session": ceph.pk, "place": place}),
        ("moves", (), {"session": ceph.pk, "place": "tray"}),
        ("moves", (), {"_method": "delete"}),
        ("undone", (), {}),
        ("place", (ceph.pk,), {"place": place}),
        ("place", (ceph.pk,), {"_method": "delete"}),
        ("pin", (ceph.pk,), {"_method": "delete"}),
        ("lock", (ceph.pk,), {}),
        ("draft", (), {}),
        ("kept_draft", (kept.pk,), {}),
        ("session_desk", (ceph.pk,), {"_method": "delete"}),
        ("room", (hall(meetup).pk,), {"_method": "delete"}),
        ("slot", (at(meetup, "09:30").pk,), {"_method": "delete"}),
        ("slot", (at(meetup, "09:30").pk,), {"day": 2, "starts": "09:30", "ends": "10:10", "kind": "session"}),
        ("rules", (ceph.pk,), {"length": "2", "must": ""}),
        ("undo_import", (), {}),
    ):
        assert "The agenda is frozen." in text_of(ada_there.post(url(name, meetup, *more), sent, follow=True)), name
    assert Placement.objects.get(session=ceph).room == hall(meetup)
    assert (at(meetup, "09:30").day, meetup.sessions.count()) == (1, 3)
    ada_there.post(url("slot", meetup, at(meetup, "09:30").pk), NAMED)
    assert at(meetup, "09:30").label == "First"
    board = text_of(ada_there.get(url("board", meetup)))
    assert [name for name in ("draft", "undo", "redo") if f'id="{name}"' in board] == []
    assert "data-session" not in text_of(ada_there.get(url("board", meetup)))
    assert "Release it" in text_of(ada_there.get(url("round", meetup)))
    ada_there.post(url("freeze", meetup), {"_method": "delete"})
    ada_there.post(url("moves", meetup), {"session": ceph.pk, "place": place})
    assert Placement.objects.get(session=ceph).room == loft(meetup)


def test_what_is_archived_has_no_handle_on_the_board():
    meetup, _ = asked()
    assert "data-session" in text_of(browser_of(ada()).get(url("board", meetup)))
    Meetup.objects.update(stage="archived")
    assert "data-session" not in text_of(browser_of(ada()).get(url("board", meetup)))


def test_pages_behind_a_link_are_kept_by_nobody():
    meetup, _ = asked()
    actions.release(meetup, by=ada(), note="", now=NOW)
    key = duties_key(meetup, dee())
    for path in (link(meetup, dee()), url("duties", meetup, key), url("duty_calendar", meetup, key)):
        for answer in (browser_of(None).get(path), browser_of(None).head(path)):
            kept = (answer.status_code, answer["Cache-Control"], answer["X-Robots-Tag"])
            assert kept == (200, "private, no-store", "noindex, nofollow"), path


def test_the_doors_of_the_round_are_shut_for_strangers():
    meetup, _ = asked()
    for name in ("round", "freeze"):
        for who in (None, cy()):
            assert browser_of(who).get(url(name, meetup), follow=True).status_code in {404, 405}
            assert browser_of(who).post(url(name, meetup)).status_code == 404


def test_the_round_costs_the_same_for_one_and_for_many(django_assert_num_queries):
    meetup, _ = asked()
    ada_there = browser_of(ada())
    for starts in ("09:00", "09:30", "10:30"):
        with django_assert_num_queries(17):
            ada_there.get(url("round", meetup))
        held(meetup, f"More {starts}", dee(), starts=starts)
        actions.ask_round(meetup, by=ada(), now=NOW)
