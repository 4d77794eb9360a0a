"""Trying to find out who said what, with all tables at hand: their rows, order, marks, numbers and times."""

from random import Random

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from midcycle.feedback import actions
from midcycle.feedback.access import key_of
from midcycle.feedback.actions.answering import CHAPTER, _put
from midcycle.feedback.models import OwnWords, Survey
from tests.world import NOW, ada, browser_of
from tests.worlds.feedback import answered, came, said

pytestmark = pytest.mark.django_db
NEEDLE = "needle 7f3a, somebody might say"
FROM = "203.0.113.77"


def dump() -> dict[str, set[str]]:
    """Every row of every table there is, as text."""
    rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names the database told
            rows[table] = {repr(row) for row in cursor.fetchall()}
    return rows


def test_what_an_answer_leaves_in_all_tables():
    """Sent by a browser, signed in nowhere, from an address that could tell who it is."""
    world = answered(*[said(words=f"Text {number}") for number in range(6)], people=8, close=False)
    url = f"/m/spring-meetup/feedback/{key_of(world.seats[7])}/"
    visitor = browser_of()
    visitor.get(url, REMOTE_ADDR=FROM)
    before = dump()
    assert visitor.post(url, {"come_again": "yes", "words": NEEDLE}, REMOTE_ADDR=FROM).status_code == 302
    after = dump()
    changed = {table: after[table] - before.get(table, set()) for table in after if after[table] != before.get(table)}
    assert set(changed) == {"feedback_slip", "feedback_tally", "feedback_ownwords", "journal_entry"}
    assert {table for table, rows in after.items() if any(NEEDLE in row for row in rows)} == {"feedback_ownwords"}
    assert not any(FROM in row or key_of(world.seats[7]) in row for rows in after.values() for row in rows)
    (slip,) = changed["feedback_slip"]
    assert slip == repr((world.seats[7].pk,))
    (entry,) = changed["journal_entry"]
    assert ("feedback.survey_answered" in entry, f"{timezone.now():%H:%M}" in entry) == (True, False)


def test_a_person_who_may_answer_twice_finds_no_row_to_change():
    """There is no row of an answer: neither model nor column in the whole of the app that points to a seat or a person,
    but for slips, and for who typed a paper."""
    pointing = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("feedback").get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model.__name__ in {"Seat", "Person"}
    }
    assert pointing <= {"Slip.seat", "PaperForm.typed_by", "HandPart.person", "Lesson.owner"}


def test_each_text_is_written_among_a_hundred_and_its_chapter_is_drawn():
    world = came(1)
    survey = actions.open_survey(world.meetup, by=ada(), now=NOW)
    chance = Random(7)
    for number in range(3 * CHAPTER):
        _put(survey, {"words": f"Text {number}"}, chance)
    sizes = [OwnWords.objects.filter(survey=survey, chapter=number).count() for number in range(3)]
    assert (sum(sizes), [size >= CHAPTER for size in sizes if size]) == (
        3 * CHAPTER,
        [True] * len([size for size in sizes if size]),
    )
    assert OwnWords.objects.filter(survey=survey).values("chapter").distinct().count() == 2
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT chapter, count(DISTINCT xmin::text) FROM feedback_ownwords GROUP BY chapter")
            assert {marks for _, marks in cursor.fetchall()} == {1}


def test_an_answer_without_words_rewrites_a_chapter_like_one_with_words():
    world = answered(*[said(words=f"Text {number}") for number in range(3)], people=4, close=False)
    place = "rowid" if connection.vendor == "sqlite" else "ctid"

    def places():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {place} FROM feedback_ownwords")  # noqa: S608 - one of two
            return cursor.fetchall()

    before = places()
    actions.answer_survey(world.seats[3], said(come_again=True), now=NOW)
    assert len(places()) == 3
    if connection.vendor == "postgresql":
        assert places() != before
    assert Survey.objects.get().is_open
