"""The survey on paper: printed, typed in fast, taken back, and counted like every other answer."""

import io
import uuid

import pytest
from pypdf import PdfReader

from midcycle.feedback import actions, queries
from midcycle.feedback.actions.building import Wanted
from midcycle.feedback.models import OwnWords, PaperForm, Survey, Tally
from midcycle.registration.rules.asking import Choice
from tests.world import NOW, ada, bo, browser_of, placed
from tests.worlds.feedback import answered, came, said

pytestmark = pytest.mark.django_db
PAPER = "/m/spring-meetup/desk/feedback/paper/"


def opened(people=6):
    world = came(people)
    picks = tuple(Choice(title.lower(), {"en": title}) for title in ("Talks", "Groups", "Pub"))
    actions.add_question(world.meetup, Wanted("several", {"en": "What did you go to?"}, picks), by=ada(), now=NOW)
    actions.add_question(world.meetup, Wanted("scale", {"en": "The pace?"}), by=ada(), now=NOW)
    survey = actions.open_survey(world.meetup, by=ada(), now=NOW)
    keys = [question.key for question in queries.questions_of(survey) if question.is_own]
    return world, keys


def typed(keys, **more):
    return {"paper": str(uuid.uuid4()), "on_list": "2", "heard_how": "3", keys[0]: "13", keys[1]: "4", **more}


def counted():
    rows = Tally.objects.filter(count__gt=0).exclude(value__in=("*", ""))
    return {
        (question.partition("-")[0], value): count for question, value, count in rows.values_list("question", "value", "count")
    }


def test_papers_are_typed_in_with_digits_and_count_once():
    _, keys = opened()
    there, paper = browser_of(ada()), typed(keys, words="Thank you")
    assert [there.post(PAPER, paper).status_code for _ in range(2)] == [302, 302]
    assert counted() == {
        ("on_list", "no"): 1, ("heard_how", "forwarded"): 1, ("own", "talks"): 1, ("own", "pub"): 1, ("own", "4"): 1,
    }  # fmt: skip
    assert (Survey.objects.get().on_paper, OwnWords.objects.get().text) == (1, "Thank you")
    assert "Paper 2" in there.get(PAPER).content.decode()


def test_the_last_paper_is_taken_back_by_whoever_typed_it():
    world, keys = opened()
    there = browser_of(ada())
    there.post(PAPER, typed(keys, words="First"))
    there.post(PAPER, typed(keys, on_list="1", words="Second"))
    assert not actions.undo_paper(world.meetup, by=bo(), now=NOW)
    there.post(PAPER, {"_method": "delete"})
    assert (counted()["on_list", "no"], ("on_list", "yes") in counted(), OwnWords.objects.get().text) == (1, False, "First")
    there.post(PAPER, {"_method": "delete"})
    there.post(PAPER, {"_method": "delete"})
    assert (counted(), OwnWords.objects.count(), Survey.objects.get().on_paper) == ({}, 0, 0)


@pytest.mark.parametrize(
    "wrong", [{"on_list": "3"}, {"on_list": "12"}, {"on_list": "x"}, {"paper": "x"}, {"words": "x" * 4001}]
)
def test_a_mistake_is_told_beside_its_question(wrong):
    _, keys = opened()
    answer = browser_of(ada()).post(PAPER, typed(keys, **wrong))
    assert (answer.status_code, PaperForm.objects.count(), counted()) == (422, 0, {})
    assert 'value="13"' in answer.content.decode()


def test_an_empty_paper_is_not_counted():
    opened()
    answer = browser_of(ada()).post(PAPER, {"paper": str(uuid.uuid4())})
    assert (answer.status_code, Survey.objects.get().on_paper) == (422, 0)


def test_papers_and_screens_add_up_and_are_forgotten_one_by_one_when_it_closes():
    world, _ = opened()
    for _ in range(4):
        actions.type_paper(world.meetup, uuid.uuid4(), said(come_again=True), by=ada(), now=NOW)
    actions.answer_survey(world.seats[0], said(come_again=True), now=NOW)
    actions.close_survey(world.meetup, by=ada(), now=NOW)
    found = queries.results(world.meetup, public=True)
    again = next(question for question in found.questions if question.key == "come_again")
    assert (found.people, again.answered, PaperForm.objects.count()) == (5, 5, 0)
    points = {point.key: (point.part, point.whole) for point in queries.data_points(world.meetup)}
    assert points == {"share_come_again": (5, 5), "survey_response_share": (5, 6)}
    answer = browser_of(ada()).post(PAPER, {"paper": str(uuid.uuid4()), "come_again": "1"})
    assert (answer.status_code, "The survey is not open" in answer.content.decode()) == (422, True)


def test_the_sheet_has_every_question_its_digits_and_where_it_is_on_a_screen():
    opened()
    answer = browser_of(ada()).get("/m/spring-meetup/desk/feedback/paper.pdf")
    text = " ".join(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).replace("\u200b", "").split()
    )
    assert answer.headers["Content-Type"] == "application/pdf"
    for said_there in ("How was it? Spring meetup", "7. The pace?", "As many as fit.", "/m/spring-meetup/feedback/", "3 Pub"):
        assert said_there in text, text


@pytest.mark.parametrize("visitor", [None, bo])
def test_papers_are_for_the_team(visitor):
    placed()
    browser = browser_of(visitor() if visitor else None)
    for path in (PAPER, "/m/spring-meetup/desk/feedback/paper.pdf"):
        assert browser.get(path).status_code == 404
    assert browser.post(PAPER, {}).status_code == 404


@pytest.mark.parametrize("people", [1, 5])
def test_the_page_takes_the_same_queries_for_few_and_many(people, django_assert_num_queries):
    world = answered(people=people, close=False)
    for _ in range(people):
        actions.type_paper(world.meetup, uuid.uuid4(), said(come_again=True), by=ada(), now=NOW)
    there = browser_of(ada())
    with django_assert_num_queries(9):
        there.get(PAPER)
