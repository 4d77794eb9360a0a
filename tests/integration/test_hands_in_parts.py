"""Hands counted on phones: by several at once, late, twice, and more than there can be."""

import uuid

import pytest

from midcycle.agenda import actions as agenda
from midcycle.feedback import actions
from midcycle.feedback.actions import Hands
from midcycle.feedback.models import HandCount, HandPart
from midcycle.kernel.refusal import Refusal
from tests.world import NOW, ada, bo, browser_of, cy, dee, later, placed
from tests.worlds.feedback import came

pytestmark = pytest.mark.django_db
COUNTER = "/m/spring-meetup/hands/"


def moderated():
    world = came(6)
    session = agenda.add_session(world.meetup, "Wrap-up", by=ada(), now=NOW)
    agenda.give_part(session, dee(), "lead", by=ada(), now=NOW)
    return world.meetup


def sent(**more):
    return {"key": str(uuid.uuid4()), "question": "on_list", "asked": "", "yes": "20", "no": "10", **more}


def totals():
    return list(HandCount.objects.order_by("pk").values_list("question", "yes", "no"))


def test_two_counters_add_up_and_the_same_count_sent_twice_counts_once():
    moderated()
    first, phone = sent(), browser_of(dee())
    for _ in range(2):
        answer = phone.post(COUNTER, first, headers={"Accept": "application/json"})
        assert answer.json()["sentence"].endswith("together: 20 yes, 10 no.")
    answer = browser_of(ada()).post(COUNTER, sent(yes="5", no="6"), headers={"Accept": "application/json"})
    assert answer.json()["sentence"].endswith("together: 25 yes, 16 no.")
    assert totals() == [("on_list", 25, 16)]
    assert HandPart.objects.count() == 2


def test_a_count_typed_at_the_desk_is_a_part_like_others_and_counting_again_replaces_all():
    meetup = moderated()
    HandCount.objects.create(meetup=meetup, question="on_list", asked="List?", yes=3, no=2)  # from before there were parts
    actions.count_part(meetup, uuid.uuid4(), Hands("on_list", 4, 4), by=dee(), now=NOW)
    assert totals() == [("on_list", 7, 6)]
    actions.count_hands(meetup, "on_list", yes=9, no=1, by=ada(), now=later(minutes=1))
    assert totals() == [("on_list", 9, 1)]


def test_the_team_leaves_out_who_counted_the_same_hands():
    meetup = moderated()
    for who in (dee(), ada()):
        actions.count_part(meetup, uuid.uuid4(), Hands("on_list", 20, 10), by=who, now=NOW)
    count, there = HandCount.objects.get(), browser_of(ada())
    path = f"/m/spring-meetup/desk/feedback/hands/{count.pk}/"
    assert "Who counted what" in there.get(path).content.decode()
    first, second = HandPart.objects.order_by("pk")
    there.post(f"{path}parts/{first.pk}/", {"counts": "0"})
    assert totals() == [("on_list", 20, 10)]
    with pytest.raises(Refusal, match="all that was counted"):
        actions.set_part(second, counts=False, by=ada(), now=NOW)
    there.post(f"{path}parts/{first.pk}/", {"counts": "1"})
    assert totals() == [("on_list", 40, 20)]


def test_more_hands_than_people_are_told_on_the_phone():
    meetup = moderated()
    actions.count_part(meetup, uuid.uuid4(), Hands("on_list", 60, 30), by=dee(), now=NOW)
    answer = browser_of(dee()).post(COUNTER, sent(), headers={"Accept": "application/json"})
    assert (answer.status_code, "was it the same hands?" in answer.json()["sentence"]) == (422, True)
    assert totals() == [("on_list", 60, 30)]


@pytest.mark.parametrize(
    "wrong", [{"key": "x"}, {"question": "x"}, {"question": "other"}, {"yes": "-1"}, {"yes": "1e9"}, {"yes": "0", "no": "0"}]
)
def test_what_cannot_be_a_count_is_refused(wrong):
    moderated()
    for headers in ({}, {"Accept": "application/json"}):
        assert browser_of(dee()).post(COUNTER, sent(**wrong), headers=headers).status_code == 422
    assert totals() == []


def test_a_question_in_own_words_is_counted_by_several():
    moderated()
    for who in (dee(), ada()):
        browser_of(who).post(COUNTER, sent(question="other", asked=" Did you use\u202e pads? "))
    ((question, yes, no),) = totals()
    assert (question.startswith("own:did-you-use-pads"), yes, no) == (True, 40, 20)


def test_counting_is_for_the_team_and_moderators():
    meetup = moderated()
    placed("Autumn meetup")
    for who, status in ((None, 404), (bo(), 404), (cy(), 404), (dee(), 200), (ada(), 200)):
        assert browser_of(who).get(COUNTER).status_code == status
    assert browser_of(dee()).get("/m/autumn-meetup/hands/").status_code == 404
    count = actions.count_hands(meetup, "first_time", yes=1, no=1, by=ada(), now=NOW)
    part = HandPart.objects.get(hands=count)
    path = f"/m/spring-meetup/desk/feedback/hands/{count.pk}/parts/{part.pk}/"
    assert browser_of(dee()).post(path, {"counts": "0"}).status_code == 404
