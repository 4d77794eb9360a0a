"""What is asked, how an answer is read, when a question is shown, and how questions are made."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.kernel.refusal import Refusal
from midcycle.registration.rules import asking, editing, languages, needs
from midcycle.registration.rules.asking import Asked, Choice, answer_to, read_all
from midcycle.registration.rules.editing import Condition, Loss, choices_from, conditions_before, key_for, losses

DINNER = Asked(1, "dinner", "yes_no", {"en": "Dinner?"}, required=True)
COURSE = Asked(
    2, "course", "choice", {"en": "Which course?"}, required=True, shown_if=1, shown_value="yes",
    choices=(Choice("fish", {"en": "Fish"}), Choice("beans", {"en": "Beans"})),
)  # fmt: skip
SAUCE = Asked(3, "sauce", "text", {"en": "Which sauce?"}, shown_if=2, shown_value="fish")
FORM = (DINNER, COURSE, SAUCE)


def of_kind(kind: str) -> Asked:
    return replace(DINNER, kind=kind, required=False)


def test_what_is_shown_and_needed_has_to_be_answered():
    assert read_all(FORM, {"dinner": "yes", "course": ""}).faults == {"course": asking.NEEDED}
    assert read_all(FORM, {}).faults == {"dinner": asking.NEEDED}
    assert read_all(FORM, {}, needs_all=False).faults == {}


def test_what_is_hidden_is_neither_needed_nor_kept():
    read = read_all(FORM, {"dinner": "no", "course": "fish", "sauce": "any"})
    assert (read.values, read.faults) == ({"dinner": "no"}, {})


def test_a_chain_hides_what_waits_for_something_hidden():
    assert read_all(FORM, {"dinner": "yes", "course": "fish", "sauce": " hot "}).values == {
        "dinner": "yes", "course": "fish", "sauce": "hot",
    }  # fmt: skip
    assert read_all(FORM, {"dinner": "no", "course": "fish", "sauce": "hot"}).values == {"dinner": "no"}


def test_questions_that_wait_for_each_other_or_themselves_are_never_shown():
    circle = (replace(DINNER, shown_if=2, shown_value="fish"), COURSE)
    itself = (replace(DINNER, shown_if=1, shown_value="yes"),)
    for form in (circle, itself):
        read = read_all(form, {"dinner": "yes", "course": "fish"})
        assert (read.values, read.faults) == ({}, {})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("12", "12"), (" 1,5 ", "1.5"), ("-0", "0"), ("007", "7"), ("1.50", "1.5"), ("100", "100"), ("٣", "3"),
        ("1 000", "1000"), ("0.1234567", "0.123457"), ("", ""), ("\x00", ""),
    ],
)  # fmt: skip
def test_a_number_is_kept_in_one_form(typed, kept):
    assert answer_to(of_kind("number"), typed) == kept


@pytest.mark.parametrize("typed", ["NaN", "sNaN", "1e400", "inf", "-Infinity", "1.2.3", "9" * 400, "½", "1000000000001"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(Refusal, match="Type a number in digits"):
        answer_to(of_kind("number"), typed)


@pytest.mark.parametrize("typed", ["0001-01-01", "9999-12-31", "1899-12-31", "2101-01-01", "2027-02-30", "tomorrow", "9" * 999])
def test_a_day_out_of_reach_is_refused(typed):
    with pytest.raises(Refusal, match="Type a day such as 2027-03-31"):
        answer_to(of_kind("date"), typed)


def test_days_lists_and_texts_have_their_limits():
    assert answer_to(of_kind("date"), "2027-03-31") == "2027-03-31"
    assert answer_to(COURSE, "fish") == "fish"
    for question, typed in ((COURSE, "meat"), (DINNER, "perhaps"), (of_kind("text"), "x" * 2001)):
        with pytest.raises(Refusal):
            answer_to(question, typed)


@given(st.text(), st.sampled_from(asking.QUESTION_KINDS))
def test_an_answer_that_is_read_again_stays_the_same(typed, kind):
    question = replace(COURSE, kind=kind)
    try:
        kept = answer_to(question, typed)
    except Refusal:
        return
    assert answer_to(question, kept) == kept


def test_a_key_is_made_from_the_title_and_its_own():
    assert key_for("How many nights?", []) == "how-many-nights"
    assert key_for("كم ليلة؟", ["question"]) == "question-2"
    assert key_for("!!!", []) == "question"
    assert len(key_for("n" * 300, ["n" * 36])) == 38


def test_choices_keep_their_value_when_lines_move_or_change_their_words():
    before = choices_from({"en": ["Red", "Blue", "Green"]}, (), "en")
    assert [choice.value for choice in before] == ["red", "blue", "green"]
    moved = choices_from({"en": ["Green", "Red", "Navy"]}, before, "en")
    assert [choice.value for choice in moved] == ["green", "red", "blue"]
    longer = choices_from({"en": ["Red", "Yellow", "Blue", "Green"]}, before, "en")
    assert [choice.value for choice in longer] == ["red", "yellow", "blue", "green"]


def test_choices_in_several_languages_stand_on_the_same_lines():
    choices = choices_from({"en": ["Red", "Blue"], "de": ["Rot", "Blau"], "ar": []}, (), "en")
    assert [choice.titles for choice in choices] == [{"en": "Red", "de": "Rot"}, {"en": "Blue", "de": "Blau"}]
    with pytest.raises(Refusal, match="The lists differ: 1 in Deutsch, 2 in English"):
        choices_from({"en": ["Red", "Blue"], "de": ["Rot"]}, (), "en")


@pytest.mark.parametrize(
    ("titles", "why"),
    [
        (["Red"], "Write two choices or more"),
        (["Red", " RED "], "“RED” is there twice"),
        ([f"Choice {number}" for number in range(1000)], "These are 1000 choices"),
        (["Red", "x" * 121], "is longer than 120 characters"),
        (["\x00", "\u202e", " "], "Write two choices or more"),
    ],
)
def test_a_list_nobody_can_choose_from_is_refused(titles, why):
    with pytest.raises(Refusal, match=why):
        choices_from({"en": titles}, (), "en")


def test_a_question_waits_for_those_above_it_alone():
    assert conditions_before(FORM, 2) == (Condition(1, "yes"), Condition(1, "no"))
    assert conditions_before(FORM, 1) == ()
    assert len(conditions_before(FORM, None)) == 4
    assert editing.why_not_moved(FORM, 2, -1) == "A question that waits for the answer to another stays below that one."
    assert editing.why_not_moved(FORM, 1, 1) == "A question that waits for the answer to another stays below that one."
    assert editing.why_not_moved((*FORM, replace(DINNER, number=4)), 4, -1) is None
    assert editing.why_not_moved(FORM, 3, 1) == "It is at the end already."


def test_an_answer_others_wait_for_cannot_be_taken_away():
    assert editing.why_still_awaited(FORM, DINNER) is None
    assert "“Which course?” is shown by an answer" in (editing.why_still_awaited(FORM, replace(DINNER, kind="text")) or "")
    assert editing.why_still_awaited(FORM, replace(COURSE, choices=COURSE.choices[1:])) is not None


def test_what_a_change_does_to_answers_is_told():
    given_so_far = {"fish": 3, "beans": 1}
    assert losses(COURSE, replace(COURSE, required=False), given_so_far) == ()
    assert losses(COURSE, replace(COURSE, kind="text"), {}) == ()
    assert losses(COURSE, replace(COURSE, choices=COURSE.choices[:1]), given_so_far) == (
        Loss(1, "1 person chose “Beans”. Their answers are deleted."),
    )
    renamed = (Choice("fish", {"en": "Trout"}), COURSE.choices[1])
    assert losses(COURSE, replace(COURSE, choices=renamed), given_so_far) == (
        Loss(3, "3 people chose “Fish”. Their answers will read “Trout”."),
    )
    assert [loss.people for loss in losses(COURSE, replace(COURSE, kind="text"), given_so_far)] == [4]


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        ("", "", "en"), ("de", "ar", "de"), ("xx", "", "en"), ("", "de-AT,de;q=0.9", "de"), ("", "ja, ar;q=0.5", "ar"),
        ("", "de;q=0, fr;q=0.1", "fr"), ("", "fr;q=x, de;q=0.2", "de"), ("DE", "", "de"), ("", "," * 9999, "en"),
        ("../", "*;q=1", "en"), ("", "de;q=nan", "en"),
    ],
)  # fmt: skip
def test_the_language_is_asked_for_or_accepted_or_the_first(asked, accepted, language):
    offered = languages.form_languages(["en", "ar"])
    assert offered == ("en", "ar", "cs", "de", "es", "fr", "it", "nl", "pl", "pt", "uk")
    assert languages.language_for(asked, accepted, offered) == language


def test_every_language_has_its_words():
    assert set(languages.YES_NO_IN) == set(languages.LANGUAGES)
    assert languages.text_in({"de": "Hallo", "en": "Hello"}, "fr", ["en"]) == ("Hello", "en")
    assert languages.text_in({}, "fr") == ("", "fr")
    assert (languages.direction_of("ar"), languages.direction_of("de")) == ("rtl", "ltr")


@given(st.sets(st.sampled_from(list(needs.DIETS))), st.text(alphabet=st.characters(categories=["L", "P", "Zs"]), max_size=120))
def test_what_people_eat_is_one_text_and_two_parts(words, food):
    tidy = " ".join(food.split())
    diet = needs.diet_of(words, tidy)
    assert needs.diet_in_parts(diet) == (tuple(word for word in needs.DIETS if word in words), tidy)
    assert len(needs.diet_of(needs.DIETS, "x" * needs.LONGEST_FOOD)) <= needs.LONGEST_DIET


@pytest.mark.parametrize(
    ("diet", "parts"),
    [
        ("Vegan", (("vegan",), "")), ("vegan and more", ((), "vegan and more")), ("no nuts", ((), "no nuts")),
        ("vegan, halal: no nuts", (("vegan", "halal"), "no nuts")), ("allergic: nuts", ((), "allergic: nuts")), ("", ((), "")),
    ],
)  # fmt: skip
def test_what_machines_say_people_eat_is_read_too(diet, parts):
    assert needs.diet_in_parts(diet) == parts
