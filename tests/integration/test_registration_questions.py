"""The organisers make their form: questions, their order, languages, standard questions, and what happens to answers."""

import pytest
from django.urls import reverse

from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.registration import actions, queries
from midcycle.registration.actions import Wanted
from midcycle.registration.models import Capacity, Question, Seat, SeatAnswer
from midcycle.registration.rules.asking import KEEP_DAYS, MOST_QUESTIONS
from midcycle.registration.rules.editing import Condition
from tests.world import NOW, ada, bo, browser_of, cy, placed
from tests.worlds.asking import FISH_OR_BEANS, answering, asked, dinner
from tests.worlds.registration import crowd, opened, seated

pytestmark = pytest.mark.django_db

TEXT = {"kind": "text", "title_en": "Anything else?", "keep_days": "30"}
CHOICE = {"kind": "choice", "title_en": "Colour?", "choices_en": "Red\nBlue", "keep_days": "7", "required": "on"}


def desk(meetup, name="questions", *more):
    return reverse(f"registration:{name}", args=[meetup.slug, *more])


def text_of(answer):
    return " ".join(answer.content.decode().split())


def keys(meetup):
    return list(Question.objects.filter(meetup=meetup).order_by("position").values_list("key", flat=True))


def standard(**changes):
    typed = {f"asks_{key}": "on" for key in KEEP_DAYS} | {f"days_{key}": str(days) for key, days in KEEP_DAYS.items()}
    return {key: value for key, value in {**typed, **changes}.items() if value is not None}


@pytest.mark.parametrize("who", [cy, bo, lambda: None])
def test_a_stranger_finds_no_form_to_make(who):
    meetup = opened(2)
    first, _ = dinner(meetup)
    seated(meetup, "Bo")
    client = browser_of(who())
    gets = [desk(meetup, name) for name in ("questions", "question_new", "preview", "needs", "retention")]
    gets += [desk(meetup, name, first.pk) for name in ("question", "question_removal")]
    posts = [desk(meetup, name) for name in ("question_new", "standard", "languages")]
    posts += [desk(meetup, name, first.pk) for name in ("question", "question_place", "question_removal")]
    statuses = [client.get(url).status_code for url in gets] + [client.post(url, TEXT).status_code for url in posts]
    assert set(statuses) == {404}
    assert keys(meetup) == ["dinner", "course"]


def test_a_question_of_another_meetup_is_not_at_this_desk():
    first, _ = dinner(opened(2))
    other = opened(2, "Other meetup")
    client = browser_of(ada())
    for number in (first.pk, 10**15):
        urls = [desk(other, name, number) for name in ("question", "question_place", "question_removal")]
        assert [client.post(url, TEXT).status_code for url in urls] == [404, 404, 404]
    assert Question.objects.count() == 2


def test_the_organiser_asks_something_before_registration_opens():
    meetup = placed()
    client = browser_of(ada())
    assert "None yet" in text_of(client.get(desk(meetup)))
    answer = client.post(desk(meetup, "question_new"), CHOICE, follow=True)
    question = Question.objects.get()
    assert answer.redirect_chain == [(f"{desk(meetup)}#question-{question.pk}", 302)]
    assert "“Colour?” is asked now." in text_of(answer)
    assert (question.key, question.kind, question.required, question.keep_days, question.position) == (
        "colour", "choice", True, 7, 1,
    )  # fmt: skip
    assert question.choices == [{"value": "red", "titles": {"en": "Red"}}, {"value": "blue", "titles": {"en": "Blue"}}]
    assert Capacity.objects.get().has_questions
    entry = Entry.objects.get(kind="registration.question_added")
    assert (entry.actor, entry.facts) == (ada().pk, {"question": question.pk, "answers_deleted": 0})


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("title_en", "", "Fill this in."),
        ("title_en", "x" * 201, "Shorten it."),
        ("title_en", "Bo\x00", "cannot be kept"),
        ("kind", "file", "Choose one of the list."),
        ("keep_days", "0", "Type 1 or more."),
        ("keep_days", "1001", "Type 1000 or less."),
        ("keep_days", "NaN", "Type a whole number"),
        ("choices_en", "Red", "Write two choices or more"),
        ("choices_en", "", "Write two choices or more"),
        ("choices_en", "Red\nred ", "“red” is there twice"),
        ("choices_en", "\n".join(f"Choice {number}" for number in range(1000)), "These are 1000 choices"),
        ("condition", "999999:yes", "Choose one of the list."),
    ],
)
def test_a_question_nobody_could_answer_is_told_beside_its_field(field, value, why):
    meetup = opened(2)
    asked(meetup, "Dinner?", "yes_no")
    answer = browser_of(ada()).post(desk(meetup, "question_new"), {**CHOICE, field: value})
    assert (answer.status_code, why in text_of(answer)) == (422, True)
    assert keys(meetup) == ["dinner"]


def test_a_question_waits_for_an_answer_above_it():
    meetup = opened(2)
    first, _ = dinner(meetup)
    client = browser_of(ada())
    page = text_of(client.get(desk(meetup, "question_new")))
    assert '<optgroup label="If “Dinner?” is">' in page
    client.post(desk(meetup, "question_new"), {**TEXT, "condition": f"{first.pk}:no"})
    last = Question.objects.latest("pk")
    assert (last.shown_if, last.shown_value) == (first, "no")
    assert "for “No” to “Dinner?”" in text_of(client.get(desk(meetup)))


def test_no_question_waits_for_itself_or_in_a_circle():
    meetup = opened(2)
    first, course = dinner(meetup)
    client = browser_of(ada())
    for question, condition in ((first, f"{first.pk}:yes"), (first, f"{course.pk}:fish"), (course, f"{course.pk}:fish")):
        answer = client.post(desk(meetup, "question", question.pk), {**TEXT, "condition": condition})
        number, value = condition.split(":")
        assert (answer.status_code, "id_condition_error" in text_of(answer)) == (422, True)
        with pytest.raises(Refusal, match="can wait for an answer to a question above it"):
            actions.change_question(
                question, Wanted("text", {"en": "A"}, condition=Condition(int(number), value)), by=ada(), now=NOW
            )
    assert not Question.objects.filter(pk=first.pk, shown_if__isnull=False).exists()


def test_questions_move_and_stay_below_what_they_wait_for():
    meetup = opened(2)
    first, course = dinner(meetup)
    third = asked(meetup, "Nights?", "number")
    client = browser_of(ada())
    client.post(desk(meetup, "question_place", third.pk), {"to": "up"})
    assert keys(meetup) == ["dinner", "nights", "course"]
    client.post(desk(meetup, "question_place", third.pk), {"to": "up"})
    assert keys(meetup) == ["nights", "dinner", "course"]
    answer = client.post(desk(meetup, "question_place", course.pk), {"to": "up"}, follow=True)
    assert "A question that waits for the answer to another stays below that one." in text_of(answer)
    client.post(desk(meetup, "question_place", first.pk), {"to": "down"})
    client.post(desk(meetup, "question_place", third.pk), {"to": "up"})
    assert keys(meetup) == ["nights", "dinner", "course"]


def test_what_happens_to_answers_is_said_and_has_to_be_confirmed():
    meetup = opened(9)
    client = browser_of(ada())
    client.post(desk(meetup, "question_new"), CHOICE)
    question = Question.objects.get()
    for name, colour in (("Bo", "red"), ("Cy", "blue"), ("Dee", "blue")):
        seated(meetup, name, answering(colour=colour))
    url = desk(meetup, "question", question.pk)
    assert client.post(url, {**CHOICE, "title_en": "Which colour?"}).status_code == 302
    typed = {**CHOICE, "choices_en": "Navy\nRed\nGreen"}
    answer = client.post(url, typed)
    assert answer.status_code == 422
    assert "2 people chose “Blue”. Their answers are deleted." in text_of(answer)
    assert SeatAnswer.objects.count() == 3
    assert client.post(url, {**typed, "sure": "on"}).status_code == 302
    assert list(SeatAnswer.objects.values_list("value", flat=True)) == ["red"]
    number = {**TEXT, "kind": "number", "keep_days": "7"}
    answer = client.post(url, number)
    assert "1 person answered. Their answers are deleted: they do not fit the new kind of answer." in text_of(answer)
    client.post(url, {**number, "sure": "on"})
    assert SeatAnswer.objects.count() == 0
    assert Entry.objects.filter(kind="registration.question_changed").latest("pk").facts["answers_deleted"] == 1


def test_a_choice_in_other_words_keeps_its_answers():
    meetup = opened(9)
    client = browser_of(ada())
    client.post(desk(meetup, "question_new"), CHOICE)
    question = Question.objects.get()
    seat = seated(meetup, "Bo", answering(colour="blue"))
    url = desk(meetup, "question", question.pk)
    answer = client.post(url, {**CHOICE, "choices_en": "Navy\nRed"})
    assert "1 person chose “Blue”. Their answers will read “Navy”." in text_of(answer)
    client.post(url, {**CHOICE, "choices_en": "Navy\nRed", "sure": "on"})
    assert queries.answers_of(seat) == (("Colour?", "Navy"),)


def test_an_answer_others_wait_for_stays():
    meetup = opened(2)
    first, _ = dinner(meetup)
    answer = browser_of(ada()).post(desk(meetup, "question", first.pk), TEXT)
    assert (answer.status_code, "“Course?” is shown by an answer that would be gone." in text_of(answer)) == (422, True)


def test_removing_a_question_says_what_goes_with_it():
    meetup = opened(9)
    first, course = dinner(meetup)
    seated(meetup, "Bo", answering(dinner="yes", course="fish"))
    client = browser_of(ada())
    page = text_of(client.get(desk(meetup, "question_removal", first.pk)))
    assert "1 person has answered it." in page
    assert "<li>Course?</li>" in page
    assert Question.objects.count() == 2
    client.post(desk(meetup, "question_removal", first.pk))
    course.refresh_from_db()
    assert (keys(meetup), course.shown_if, course.shown_value, course.position) == (["course"], None, "", 1)
    assert list(SeatAnswer.objects.values_list("question__key", flat=True)) == ["course"]
    client.post(desk(meetup, "question_removal", course.pk))
    assert (Capacity.objects.get().has_questions, Seat.objects.count()) == (False, 1)
    assert client.post(desk(meetup, "question_removal", course.pk)).status_code == 404


def test_a_form_has_an_end():
    meetup = opened(2)
    for number in range(MOST_QUESTIONS):
        asked(meetup, f"Question {number}?")
    answer = browser_of(ada()).post(desk(meetup, "question_new"), TEXT)
    assert (answer.status_code, "40 questions of your own at most" in text_of(answer)) == (422, True)


def test_questions_of_one_title_have_keys_of_their_own():
    meetup = opened(2)
    for _ in range(3):
        asked(meetup, "Size?")
    asked(meetup, "名前")
    assert keys(meetup) == ["size", "size-2", "size-3", "question"]


def test_texts_come_in_several_languages():
    meetup = opened(2)
    client = browser_of(ada())
    client.post(desk(meetup, "languages"), {"first": "de", "others": ["en", "ar", "de"]})
    assert queries.languages_of(Meetup.objects.get()) == ("de", "en", "ar")
    page = text_of(client.get(desk(meetup, "question_new")))
    assert 'name="title_ar" lang="ar" dir="rtl" maxlength="200"' in page
    texts = {
        "title_de": "Farbe?",
        "choices_de": "Rot\nBlau",
        "title_ar": "اللون؟",
        "choices_ar": "أحمر\nأزرق",
        "keep_days": "7",
    }
    wrong = client.post(desk(meetup, "question_new"), {**texts, "kind": "choice", "choices_ar": "أحمر"})
    assert "The lists differ: 1 in العربية, 2 in Deutsch." in text_of(wrong)
    client.post(desk(meetup, "question_new"), {**texts, "kind": "choice"})
    question = Question.objects.get()
    assert (question.key, question.titles) == ("farbe", {"de": "Farbe?", "ar": "اللون؟"})
    assert question.choices[1] == {"value": "blau", "titles": {"de": "Blau", "ar": "أزرق"}}
    assert "Not in English yet" in text_of(client.get(desk(meetup)))
    client.post(desk(meetup, "languages"), {"first": "de"})
    client.post(desk(meetup, "question", question.pk), {**texts, "kind": "choice", "title_de": "Welche Farbe?"})
    question.refresh_from_db()
    assert question.titles == {"de": "Welche Farbe?", "ar": "اللون؟"}
    assert question.choices[1]["titles"]["ar"] == "أزرق"


@pytest.mark.parametrize("typed", [{}, {"first": "xx"}, {"first": "en", "others": ["klingon"]}])
def test_an_unknown_language_is_told(typed):
    meetup = opened(2)
    assert browser_of(ada()).post(desk(meetup, "languages"), typed).status_code == 422
    assert queries.languages_of(meetup) == ("en",)


def test_standard_questions_are_chosen_with_their_days():
    meetup = opened(2)
    client = browser_of(ada())
    answer = client.post(desk(meetup, "standard"), standard(asks_sector=None, asks_name=None, days_diet="3"), follow=True)
    assert "The standard questions are set." in text_of(answer)
    capacity = Capacity.objects.get()
    assert (capacity.asks["off"], capacity.keep_days) == (["sector"], {"diet": 3})
    entry = Entry.objects.get(kind="registration.form_set")
    assert entry.facts == {"off": ["sector"], "keep_days": {"diet": 3}}


def test_days_that_were_promised_are_not_made_longer():
    meetup = opened(9)
    question = asked(meetup, "Nights?", "number", keep_days=7)
    client = browser_of(ada())
    assert client.post(desk(meetup, "standard"), standard(days_diet="30")).status_code == 302
    seated(meetup, "Bo", answering(nights="2"))
    answer = client.post(desk(meetup, "standard"), standard(days_diet="31"))
    assert (answer.status_code, "were told 30 days. It can be made shorter, not longer." in text_of(answer)) == (422, True)
    answer = client.post(
        desk(meetup, "question", question.pk), {**TEXT, "title_en": "Nights?", "kind": "number", "keep_days": "8"}
    )
    assert (answer.status_code, "were told 7 days." in text_of(answer)) == (422, True)
    assert client.post(desk(meetup, "standard"), standard(days_diet="2")).status_code == 302
    assert (Capacity.objects.get().keep_days, Question.objects.get().keep_days) == ({"diet": 2}, 7)


@pytest.mark.parametrize("days", ["", "0", "-7", "1001", "x", "9" * 40])
def test_odd_days_change_nothing(days):
    meetup = opened(2)
    answer = browser_of(ada()).post(desk(meetup, "standard"), standard(days_role=days))
    assert (answer.status_code, Capacity.objects.get().keep_days) == (422, {})


def test_what_is_archived_stays():
    meetup = opened(2, stage="on_site")
    first, _ = dinner(meetup)
    for stage in ("wrap_up", "archived"):
        meetups.move_to_stage(meetup, ada(), stage, now=NOW)
    client = browser_of(ada())
    assert client.get(desk(meetup)).status_code == 200
    posts = [
        (desk(meetup, "question_new"), TEXT),
        (desk(meetup, "standard"), standard()),
        (desk(meetup, "languages"), {"first": "de"}),
    ]
    posts += [(desk(meetup, name, first.pk), TEXT) for name in ("question", "question_place", "question_removal")]
    for url, typed in posts:
        assert "This meetup is archived" in text_of(client.post(url, typed, follow=True))
    assert keys(meetup) == ["dinner", "course"]


def test_the_preview_is_the_form_and_sends_nothing():
    meetup = opened(2)
    dinner(meetup)
    page = text_of(browser_of(ada()).get(f"{desk(meetup, 'preview')}?lang=de")).partition("<main")[2]
    assert ('data-shown-by="1"' in page, 'name="email"' in page, "<form" in page) == (True, True, False)


def test_answers_are_counted_where_the_organiser_sees_who_comes():
    meetup = opened(3)
    dinner(meetup)
    asked(meetup, "Nights?", "number")
    asked(meetup, "Anything?")
    for name, more in (("Bo", {"dinner": "yes", "course": "fish", "nights": "2"}), ("Cy", {"dinner": "no", "nights": "3.5"})):
        seated(meetup, name, answering(**more, anything="Hello"))
    crowd(meetup, 1)
    seated(meetup, "Late", answering(dinner="yes", course="beans"))  # in the waitlist
    counts = {count.title: count for count in queries.answer_counts(meetup)}
    assert [(group.label, group.count) for group in counts["Dinner?"].groups] == [("Yes", 1), ("No", 1)]
    assert [(group.label, group.count) for group in counts["Course?"].groups] == [("Fish", 1)]
    assert counts["Nights?"].sentence == "From 2 to 3.5, 2.75 in the middle, 5.5 together."
    assert (counts["Anything?"].answered, counts["Anything?"].texts) == (2, ("Hello", "Hello"))
    page = text_of(browser_of(ada()).get(desk(meetup, "spectrum")))
    assert "<h3>Nights?</h3>" in page
    questions, answers = queries.answers_by_seat(meetup)
    assert [question.key for question in questions] == ["dinner", "course", "nights", "anything"]
    assert sorted(answer["dinner"] for answer in answers.values()) == ["No", "Yes", "Yes"]


def test_pages_take_as_many_statements_for_one_as_for_many(django_assert_num_queries):
    meetup = opened(99)
    question, course = dinner(meetup)
    client = browser_of(ada())
    client.get(desk(meetup))
    for people in (1, 5):
        for number in range(people):
            seated(meetup, f"Guest{people}{number}", answering(dinner="yes", course="fish"))
            asked(meetup, f"Question {people}{number}?", "choice", choices=FISH_OR_BEANS)
        # Session, person; meetup, organiser; tabs.
        with django_assert_num_queries(5 + 4):  # capacity, questions, answers, people
            client.get(desk(meetup))
        with django_assert_num_queries(5 + 2):  # capacity, questions
            client.get(desk(meetup, "question_new"))
        with django_assert_num_queries(5 + 3):  # question, capacity, questions
            client.get(desk(meetup, "question", course.pk))
        with django_assert_num_queries(5 + 3):  # question, answers, those that wait
            client.get(desk(meetup, "question_removal", question.pk))
        with django_assert_num_queries(5 + 2):  # capacity, questions
            client.get(desk(meetup, "preview"))
        with django_assert_num_queries(5 + 6):  # counters, groups, who answered, days; questions, answers
            client.get(desk(meetup, "spectrum"))
        with django_assert_num_queries(5 + 5):  # capacity, seats, needs, answers, questions
            client.get(desk(meetup, "retention"))
