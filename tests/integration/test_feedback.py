"""Feedback without names: what is kept, what is shown, and when."""

import pytest
from django.db import connection

from midcycle.feedback import actions, queries
from midcycle.feedback.models import HandCount, OwnWords, Remark, Slip, Survey, Tally
from midcycle.journal.queries import entries_of
from midcycle.kernel.refusal import Refusal
from midcycle.registration.actions import Answers, cancel_seat
from tests.world import NOW, ada, later, placed
from tests.worlds.feedback import answered, came, held, said

pytestmark = pytest.mark.django_db

HAPPY = said("list", on_list=True, first_time=False, free_time="about_right", come_again=True, words="Thank you all")
TIRED = said("forwarded", on_list=False, first_time=True, free_time="too_little", come_again=False, words="Too long")
SILENT = said(come_again=True)


def counted(meetup):
    rows = Tally.objects.filter(survey__meetup=meetup, count__gt=0).exclude(value__in=("*", "")).order_by("question", "value")
    return list(rows.values_list("question", "value", "count"))


def points(meetup):
    return {point.key: (point.part, point.whole, point.method) for point in queries.data_points(meetup)}


def test_answers_are_added_to_the_counts():
    world = answered(HAPPY, TIRED, SILENT)
    assert counted(world.meetup) == [
        ("come_again", "no", 1),
        ("come_again", "yes", 2),
        ("first_time", "no", 1),
        ("first_time", "yes", 1),
        ("free_time", "about_right", 1),
        ("free_time", "too_little", 1),
        ("heard_how", "forwarded", 1),
        ("heard_how", "list", 1),
        ("on_list", "no", 1),
        ("on_list", "yes", 1),
    ]
    assert sorted(queries.own_words(world.meetup)) == ["Thank you all", "Too long"]


def in_the_order_of_the_table(model, columns):
    """Rows as the database itself holds them, whatever their keys say."""
    place = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {model._meta.db_table} ORDER BY {place}")  # noqa: S608 - our own names
        return cursor.fetchall()


def wiped():
    """The tables of a survey, empty and without the room that rows of other tests left: PostgreSQL would fill it again."""
    for model in (Slip, Tally, OwnWords, Survey):
        model.objects.all().delete()
    if connection.vendor == "postgresql":
        tables = ", ".join(model._meta.db_table for model in (Slip, Tally, OwnWords))
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"TRUNCATE {tables}")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def traces(world):
    """All that is kept of a survey and its slips, but for the random keys, with seats and rows numbered from 0."""
    seats = {seat.pk: number for number, seat in enumerate(world.seats)}
    return {
        "slips": [seats[seat] for (seat,) in in_the_order_of_the_table(Slip, "seat_id")],
        "counts": in_the_order_of_the_table(Tally, "question, value, count"),
        "words": sorted(in_the_order_of_the_table(OwnWords, "text")),
        "journal": [
            (entry.kind, entry.actor == ada().pk, entry.facts, entry.at)
            for entry in entries_of(world.meetup.pk)
            if entry.kind.startswith("feedback.")
        ],
    }


def test_whoever_says_what_leaves_the_same_traces():
    """Two guests swap their answers: all that is kept stays the same, so nothing kept can tell who said what."""
    kept = []
    for first, second in ((HAPPY, TIRED), (TIRED, HAPPY)):
        wiped()
        world = answered(people=3, close=False)
        actions.answer_survey(world.seats[2], first, now=NOW)
        actions.answer_survey(world.seats[0], second, now=later(minutes=7))
        kept.append(traces(world))
    assert kept[0] == kept[1]
    assert (kept[0]["slips"], len(kept[0]["counts"]), kept[0]["words"]) == ([2, 0], 28, [("Thank you all",), ("Too long",)])


def test_no_column_leads_from_an_answer_to_anybody_or_any_time():
    columns = {model.__name__: [field.column for field in model._meta.concrete_fields] for model in (Tally, OwnWords, Slip)}
    assert columns == {
        "Tally": ["id", "survey_id", "question", "value", "count"],
        "OwnWords": ["id", "survey_id", "question", "chapter", "text"],
        "Slip": ["seat_id"],
    }


def test_the_journal_knows_the_day_and_nothing_else():
    world = answered(HAPPY, close=False)
    (entry,) = entries_of(world.meetup.pk, "feedback.survey_answered")
    assert (entry.actor, entry.facts, entry.at) == (None, {}, NOW.replace(hour=0))


def test_texts_lie_in_the_order_of_their_random_keys_and_not_of_their_arrival():
    wiped()
    texts = [f"Text {number}" for number in range(12)]
    world = answered(*[said(words=text) for text in texts])
    keys = [str(key).replace("-", "") for (key,) in in_the_order_of_the_table(OwnWords, "id")]
    assert keys == sorted(keys)
    assert sorted(queries.own_words(world.meetup)) == sorted(texts)
    assert len(set(keys)) == 12


def test_every_count_and_text_is_written_anew_by_each_answer():
    """What a database notes about rows of one transaction (xmin) is the same for all, so it tells nothing."""
    world = answered(HAPPY, TIRED, people=3, close=False)
    before = set(OwnWords.objects.values_list("pk", "text"))
    actions.answer_survey(world.seats[2], SILENT, now=NOW)
    assert set(OwnWords.objects.values_list("pk", "text")) == before
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in ("feedback_tally", "feedback_ownwords"):
                cursor.execute(f"SELECT count(DISTINCT xmin::text) FROM {table}")  # noqa: S608 - our own names
                assert cursor.fetchone() == (1,)


def test_a_seat_answers_once():
    world = answered(HAPPY, people=2, close=False)
    with pytest.raises(Refusal, match="You have answered already"):
        actions.answer_survey(world.seats[0], TIRED, now=NOW)
    assert counted(world.meetup)[0] == ("come_again", "yes", 1)
    assert Slip.objects.count() == 1
    assert queries.own_words(world.meetup) == ()


def test_a_refused_answer_leaves_no_slip():
    world = answered(people=1, close=False)
    for wrong in ({}, {"words": " \x00\n "}, {"heard_how": "radio"}, {"words": "x" * 4001}):
        with pytest.raises(Refusal):
            actions.answer_survey(world.seats[0], said(**wrong), now=NOW)
    assert (Slip.objects.count(), counted(world.meetup), OwnWords.objects.count()) == (0, [], 0)


def test_only_people_with_a_seat_are_asked():
    world = answered(people=2, close=False)
    actions.answer_survey(world.seats[0], HAPPY, now=NOW)
    meetup = held(1, title="Autumn meetup")
    with pytest.raises(Refusal, match="closed"):
        actions.answer_survey(meetup.seats[0], HAPPY, now=NOW)
    cancel_seat(meetup.seats[0], now=NOW)
    Survey.objects.create(meetup=meetup.meetup, is_open=True, was_opened=True)
    with pytest.raises(Refusal, match="who have a seat"):
        actions.answer_survey(meetup.seats[0], HAPPY, now=NOW)


def test_nobody_sees_figures_or_words_while_the_survey_is_open():
    world = answered(*[HAPPY] * 6, close=False)
    desk, results = queries.desk(world.meetup), queries.results(world.meetup, public=False)
    assert (desk.answered, desk.asked, results.questions, queries.own_words(world.meetup)) == (6, 6, (), ())
    assert points(world.meetup) == {"survey_response_share": (6, 6, "count")}
    actions.close_survey(world.meetup, by=ada(), now=NOW)
    assert points(world.meetup)["share_come_again"] == (6, 6, "survey")
    assert queries.own_words(world.meetup) == ("Thank you all",) * 6


def test_a_question_fewer_than_five_answered_shows_nothing():
    world = answered(*[SILENT] * 4, TIRED)
    questions = queries.results(world.meetup, public=False).questions
    shown = {question.asked: [(answer.label, answer.count) for answer in question.answers] for question in questions}
    assert shown == {
        "How did you hear of this meetup?": [],
        "Are you on the community's mailing list?": [],
        "Was this your first meetup of this kind?": [],
        "Free time between the sessions: was it…": [],
        "Would you come again?": [("Yes", 4), ("No", 1)],
        "Anything else, in your own words": [],
    }


def test_a_survey_that_showed_figures_stays_closed():
    world = answered(HAPPY)
    with pytest.raises(Refusal, match="show of hands"):
        actions.open_survey(world.meetup, by=ada(), now=NOW)
    assert not Survey.objects.get(meetup=world.meetup).is_open


def test_a_survey_closed_by_mistake_before_anybody_answered_opens_again():
    world = answered(people=1)
    actions.open_survey(world.meetup, by=ada(), now=NOW)
    actions.open_survey(world.meetup, by=ada(), now=NOW)
    assert Survey.objects.get(meetup=world.meetup).is_open
    kinds = [entry.kind for entry in entries_of(world.meetup.pk) if entry.kind.startswith("feedback.")]
    assert kinds == ["feedback.survey_opened", "feedback.survey_closed", "feedback.survey_opened"]
    assert Tally.objects.filter(survey__meetup=world.meetup).count() == 28


def test_a_survey_does_not_open_before_people_came():
    with pytest.raises(Refusal, match="Open it when the meetup is on site"):
        actions.open_survey(placed(), by=ada(), now=NOW)
    assert Survey.objects.count() == 0


def test_closing_what_was_never_open_does_nothing():
    meetup = placed(stage="wrap_up")
    actions.close_survey(meetup, by=ada(), now=NOW)
    assert (Survey.objects.count(), entries_of(meetup.pk, "feedback.survey_closed")) == (0, [])


def test_registrations_speak_when_nothing_else_does():
    said = [Answers(on_list=False, first_time=True, heard_how="forwarded")] * 5 + [Answers(on_list=True, heard_how="list")] * 7
    world = came(17, *said, *[Answers()] * 5)
    assert points(world.meetup) == {
        "share_not_on_list": (5, 12, "registrations"),
        "share_first_time": (5, 5, "registrations"),
    }


def test_registrations_are_silent_where_one_person_said_nothing():
    said = [Answers(on_list=False)] * 5 + [Answers(on_list=True)] * 7
    assert points(came(13, *said, Answers()).meetup) == {}


def test_hands_are_counted_again_and_taken_away():
    meetup = came(12).meetup
    actions.count_hands(meetup, "on_list", yes=8, no=3, by=ada(), now=NOW)
    count = actions.count_hands(meetup, "on_list", yes=8, no=4, asked="Who is on the list?", by=ada(), now=NOW)
    assert list(HandCount.objects.values_list("question", "asked", "yes", "no")) == [("on_list", "Who is on the list?", 8, 4)]
    assert points(meetup) == {"share_not_on_list": (4, 12, "hands")}
    entries = entries_of(meetup.pk, "feedback.hands_counted")
    assert [entry.facts for entry in entries] == [
        {"hands": count.pk, "yes": 8, "no": 3},
        {"hands": count.pk, "yes": 8, "no": 4},
    ]
    actions.drop_hands(count, by=ada(), now=NOW)
    assert points(meetup) == {}


@pytest.mark.parametrize(
    ("question", "asked", "yes", "no"),
    [("on_list", "", 0, 0), ("on_list", "", 101, 0), ("on_list", "", -1, 3), ("own:x", "\x00", 1, 1), ("other", "Why?", 1, 1)],
)
def test_a_count_that_cannot_be_is_refused(question, asked, yes, no):
    meetup = came(3).meetup
    with pytest.raises(Refusal):
        actions.count_hands(meetup, question, yes=yes, no=no, asked=asked, by=ada(), now=NOW)
    assert HandCount.objects.count() == 0


def test_remarks_are_kept_in_order_and_taken_away():
    meetup = placed(stage="wrap_up")
    first = actions.note_remark(meetup, "lesson", " Book the big room \r\n first\x00 ", by=ada(), now=NOW)
    actions.note_remark(meetup, "asked_for", "More free time", by=ada(), now=NOW)
    actions.note_remark(meetup, "lesson", "Print the agenda", by=ada(), now=NOW)
    told = [(kind.name, [remark.text for remark in kind.remarks]) for kind in queries.remarks(meetup)]
    assert told == [("Asked for", ["More free time"]), ("Lesson", ["Book the big room \n first", "Print the agenda"])]
    actions.drop_remark(first, by=ada(), now=NOW)
    assert Remark.objects.count() == 2
    with pytest.raises(Refusal):
        actions.note_remark(meetup, "praise", "All well", by=ada(), now=NOW)


@pytest.mark.parametrize("people", [1, 6])
def test_data_points_take_five_queries(people, django_assert_num_queries):
    world = answered(*[HAPPY] * people)
    for number in range(people):
        actions.count_hands(world.meetup, f"own:q{number}", yes=1, no=0, asked="Well?", by=ada(), now=NOW)
    with django_assert_num_queries(5):
        queries.data_points(world.meetup)
