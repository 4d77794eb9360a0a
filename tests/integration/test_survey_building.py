"""The team makes its survey: what can be changed, what only retired, and what people see of it."""

import pytest

from midcycle.feedback import actions, queries
from midcycle.feedback.access import key_of
from midcycle.feedback.actions.building import Wanted
from midcycle.feedback.models import OwnQuestion, Slip, Survey, Tally
from midcycle.journal.queries import entries_of
from midcycle.kernel.refusal import Refusal
from midcycle.registration import actions as registration
from midcycle.registration.rules.asking import Choice
from tests.world import NOW, ada, bo, browser_of, cy, placed
from tests.worlds.feedback import answered, came, said

pytestmark = pytest.mark.django_db
ASKS = "/m/spring-meetup/desk/feedback/questions/"
FOOD = {"kind": "one", "title_en": "How was the food?", "choices_en": "Good\nFair\nPoor"}
ROOM = Wanted("scale", {"en": "How was the room?"})


def food(meetup, **more):
    picks = (Choice("good", {"en": "Good"}), Choice("poor", {"en": "Poor"}))
    return actions.add_question(meetup, Wanted("one", {"en": "How was the food?"}, picks, **more), by=ada(), now=NOW)


def test_the_team_makes_a_survey_before_anybody_came_and_opens_it_later():
    meetup, there = placed(), browser_of(ada())
    assert "None of your own" in there.get(ASKS).content.decode()
    assert there.post(f"{ASKS}new/", FOOD).headers["Location"] == ASKS
    there.post(f"{ASKS}standard/", {"asked": ["on_list", "words"]})
    page = there.get(f"{ASKS}preview/").content.decode()
    assert ("How was the food?" in page, "Would you come again?" in page, page.count('type="radio"')) == (True, False, 5)
    question = OwnQuestion.objects.get()
    assert [choice["value"] for choice in question.choices] == ["good", "fair", "poor"]
    there.post(f"{ASKS}{question.pk}/", {**FOOD, "title_en": "And the food?"})
    assert queries.as_asked(OwnQuestion.objects.get()).title() == "And the food?"
    kinds = [entry.kind for entry in entries_of(meetup.pk) if entry.kind.startswith("feedback.")]
    assert kinds == ["feedback.question_added", "feedback.survey_made", "feedback.question_changed"]
    assert browser_of().get("/m/spring-meetup/feedback/").status_code == 404  # nobody is asked yet


def test_a_question_somebody_met_is_never_changed_only_retired():
    world = came(2)
    question = food(world.meetup)
    actions.open_survey(world.meetup, by=ada(), now=NOW)
    actions.answer_survey(world.seats[0], {question.key: ["good"]}, now=NOW)
    for deed in (
        lambda: actions.change_question(question, ROOM, by=ada(), now=NOW),
        lambda: actions.remove_question(question, by=ada(), now=NOW),
    ):
        with pytest.raises(Refusal, match="Retire it"):
            deed()
    there = browser_of(ada())
    assert "its words stay as they are" in " ".join(there.get(f"{ASKS}{question.pk}/").content.decode().split())
    there.post(f"{ASKS}{question.pk}/retirement/")
    assert [each.key for each in queries.questions_of(Survey.objects.get()) if each.is_own] == []
    assert "Retired" in there.get(ASKS).content.decode()


def test_who_writes_while_a_question_is_retired_is_still_counted():
    world = came(2)
    question = food(world.meetup)
    actions.open_survey(world.meetup, by=ada(), now=NOW)
    actions.retire_question(question, by=ada(), now=NOW)
    answer = browser_of().post(f"/m/spring-meetup/feedback/{key_of(world.seats[0])}/", {question.key: "good"})
    assert answer.status_code == 302
    actions.answer_survey(world.seats[1], said(come_again=True), now=NOW)
    counts = dict(Tally.objects.filter(question=question.key).values_list("value", "count"))
    assert counts == {"good": 1, "poor": 0, "*": 1, "": 0}


def test_a_question_can_be_added_while_the_survey_is_open_and_says_of_how_many():
    world = answered(*[said(come_again=True)] * 5, people=12, close=False)
    question = food(world.meetup)
    for seat in world.seats[5:]:
        actions.answer_survey(seat, {question.key: ["good"]}, now=NOW)
    actions.close_survey(world.meetup, by=ada(), now=NOW)
    found = {each.key: each for each in queries.results(world.meetup, public=True).questions}
    assert (found[question.key].answered, found[question.key].left_out) == (7, 0)
    assert (found["come_again"].answered, found["come_again"].left_out) == (5, 7)


def test_standard_questions_stay_once_it_was_opened_and_all_once_it_is_closed():
    world = came(1)
    question = food(world.meetup)
    actions.open_survey(world.meetup, by=ada(), now=NOW)
    with pytest.raises(Refusal, match="chosen before that"):
        actions.set_standard(world.meetup, ["words"], by=ada(), now=NOW)
    actions.answer_survey(world.seats[0], said(come_again=True), now=NOW)
    actions.close_survey(world.meetup, by=ada(), now=NOW)
    for deed in (
        lambda: food(world.meetup),
        lambda: actions.retire_question(question, by=ada(), now=NOW),
        lambda: actions.move_question(question, 1, by=ada(), now=NOW),
    ):
        with pytest.raises(Refusal, match="closed"):
            deed()


def test_a_survey_that_asks_nothing_does_not_open():
    world = came(1)
    keys = ["heard_how", "on_list", "first_time", "free_time", "come_again", "words"]
    actions.set_standard(world.meetup, keys, by=ada(), now=NOW)
    with pytest.raises(Refusal, match="asks nothing"):
        actions.open_survey(world.meetup, by=ada(), now=NOW)


def test_twenty_questions_are_enough_and_their_order_can_be_changed():
    meetup = placed()
    first, *_, last = [food(meetup) for _ in range(20)]
    with pytest.raises(Refusal, match="20 questions"):
        food(meetup)
    actions.move_question(last, -1, by=ada(), now=NOW)
    actions.move_question(first, 1, by=ada(), now=NOW)
    with pytest.raises(Refusal, match="at the end"):
        actions.move_question(OwnQuestion.objects.order_by("position")[0], -1, by=ada(), now=NOW)
    order = [question.pk for question in OwnQuestion.objects.order_by("position")]
    assert (order[1], order[18]) == (first.pk, last.pk)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"title_en": ""}, "Fill this in."),
        ({"title_en": "x" * 201}, "longer than 200 characters"),
        ({"choices_en": "Good"}, "Write two choices or more"),
        ({"choices_en": "\n".join("abcdefghij")}, "Write 9 choices at most."),
        ({"choices_en": "Good\ngood"}, "is there twice"),
        ({"kind": "scale"}, "Write two lines, what 1 and what 5 means, or none."),
        ({"kind": "matrix"}, "Choose one of the list."),
    ],
)
def test_a_question_that_cannot_be_is_told_beside_its_field(typed, told):
    placed()
    answer = browser_of(ada()).post(f"{ASKS}new/", {**FOOD, **typed})
    assert (answer.status_code, told in answer.content.decode(), OwnQuestion.objects.count()) == (422, True, 0)


def test_a_question_is_asked_in_the_languages_of_the_meetup():
    world = came(1)
    registration.set_languages(world.meetup, ["en", "de"], by=ada(), now=NOW)
    there = browser_of(ada())
    there.post(f"{ASKS}new/", {**FOOD, "title_de": "Wie war das Essen?", "choices_de": "Gut\nGeht so\nSchlecht"})
    there.post(f"{ASKS}new/", {"kind": "short", "title_en": "Only English?"})
    assert "Not in Deutsch yet" in there.get(ASKS).content.decode()
    actions.open_survey(world.meetup, by=ada(), now=NOW)
    url = f"/m/spring-meetup/feedback/{key_of(world.seats[0])}/"
    for asked, headers in ((f"{url}?lang=de", {}), (url, {"Accept-Language": "de-AT,en;q=0.5"})):
        page = browser_of().get(asked, headers=headers).content.decode()
        assert ('<span lang="de" dir="ltr">Wie war das Essen?</span>' in page, "Schlecht" in page) == (True, True)
        assert "Only English?" in page


@pytest.mark.parametrize("visitor", [None, bo, cy])
def test_the_builder_is_for_the_team_of_this_meetup(visitor):
    meetup = placed()
    question, browser = food(meetup), browser_of(visitor() if visitor else None)
    for path in (ASKS, f"{ASKS}new/", f"{ASKS}preview/", f"{ASKS}{question.pk}/"):
        assert browser.get(path).status_code == 404, path
    for path in (
        f"{ASKS}standard/",
        f"{ASKS}new/",
        f"{ASKS}{question.pk}/",
        f"{ASKS}{question.pk}/place/",
        f"{ASKS}{question.pk}/retirement/",
    ):
        assert browser.post(path, FOOD).status_code == 404, path


def test_a_question_belongs_to_its_own_meetup():
    question = food(placed("Autumn meetup"))
    placed()
    assert browser_of(ada()).post(f"{ASKS}{question.pk}/retirement/").status_code == 404


@pytest.mark.parametrize("rows", [1, 4])
def test_the_builder_takes_the_same_queries_for_few_and_many(rows, django_assert_num_queries):
    meetup, there = placed(), browser_of(ada())
    for _ in range(rows):
        food(meetup)
    with django_assert_num_queries(9):
        there.get(ASKS)


def test_needed_and_hostile_answers_to_own_questions():
    world = came(1)
    needed = food(world.meetup, required=True)
    text = actions.add_question(world.meetup, Wanted("long", {"en": "Why?"}), by=ada(), now=NOW)
    actions.open_survey(world.meetup, by=ada(), now=NOW)
    url, visitor = f"/m/spring-meetup/feedback/{key_of(world.seats[0])}/", browser_of()
    for sent in (
        {text.key: "x"},
        {needed.key: ["good", "poor"]},
        {needed.key: "\x00"},
        {needed.key: "good", text.key: "x" * 4001},
        {needed.key: "*"},
        {"own-999": "good"},
    ):
        assert visitor.post(url, sent).status_code == 422, sent
    assert Slip.objects.count() == 0
    assert visitor.post(url, {needed.key: "good", text.key: "a\x00\u202eb\x1b"}).status_code == 302
    actions.close_survey(world.meetup, by=ada(), now=NOW)
    found = queries.texts_page(world.meetup, text.key, 1)
    assert found is not None
    assert found.texts == ("ab",)
