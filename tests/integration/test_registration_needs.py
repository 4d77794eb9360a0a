"""What people eat and need: on one page and in one table, and nowhere else."""

import csv
import io

import pytest
from django.urls import reverse

from midcycle.registration import actions, queries
from midcycle.registration.actions import Answers
from tests.world import NOW, ada, browser_of
from tests.worlds.registration import crowd, opened, seated

pytestmark = pytest.mark.django_db

SECRET = "peanuts-are-deadly"


def desk(meetup, name):
    return reverse(f"registration:{name}", args=[meetup.slug])


def text_of(answer):
    return " ".join(answer.content.decode().split())


def hungry(meetup, name, diet="", access=""):
    return seated(meetup, name, Answers(role="operator", diet=diet, access=access))


def fed():
    meetup = opened(4)
    hungry(meetup, "Bo", "vegan, gluten-free")
    hungry(meetup, "Cy", f"Vegan: {SECRET}", "No steps.\nA quiet room.")
    hungry(meetup, "Dee", "=1+1")
    gone = hungry(meetup, "Eve", "halal")
    actions.cancel_seat(gone, now=NOW)
    crowd(meetup, 1)
    hungry(meetup, "Late", "kosher")
    return meetup


def test_diets_are_counted_and_what_people_wrote_has_their_name():
    page = queries.needs_page(fed())
    assert [(group.label, group.count) for group in page.diets] == [("Vegan", 2), ("Gluten-free", 1)]
    assert [(need.name, need.text) for need in page.food] == [("Cy Example", SECRET), ("Dee Example", "=1+1")]
    assert [(need.name, need.text) for need in page.access] == [("Cy Example", "No steps.\nA quiet room.")]
    assert (page.people, page.waiting) == (3, 1)


def test_the_page_shows_it_and_no_cache_keeps_it():
    meetup = fed()
    answer = browser_of(ada()).get(desk(meetup, "needs"))
    page = text_of(answer)
    assert answer["Cache-Control"] == "private, no-store"
    assert ('<th scope="row">Cy Example</th>' in page, "Bo Example" in page, "No steps.<br>A quiet room." in page) == (
        True, False, True,
    )  # fmt: skip
    assert "1 person in the waitlist said something too." in page
    assert "Nothing to look after yet" in text_of(browser_of(ada()).get(desk(opened(1, "Other"), "needs")))


def test_the_table_has_no_formulas():
    answer = browser_of(ada()).get(reverse("registration:needs_file", args=[fed().slug, "csv"]))
    assert answer["Cache-Control"] == "private, no-store"
    assert list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))) == [
        ["what", "text", "people", "name"],
        ["diet", "Vegan", "2", ""],
        ["diet", "Gluten-free", "1", ""],
        ["food", SECRET, "1", "Cy Example"],
        ["food", "'=1+1", "1", "Dee Example"],
        ["access", "No steps.\nA quiet room.", "1", "Cy Example"],
    ]


def test_nothing_of_it_is_anywhere_else():
    meetup = fed()
    client = browser_of(ada())
    pages = [desk(meetup, name) for name in ("seats", "imports", "spectrum", "questions", "retention", "seat")]
    pages += [reverse("registration:seats_file", args=[meetup.slug, "csv"])]
    pages += [meetup.path, f"{meetup.path}desk/", f"/api/v1/meetups/{meetup.slug}/counts"]
    for url in pages:
        answer = client.get(url)
        assert (answer.status_code, SECRET in answer.content.decode(), "quiet room." in answer.content.decode()) == (
            200, False, False,
        ), url  # fmt: skip
    cy = meetup.seats.get(name="Cy Example")
    assert SECRET not in str(queries.answers_of(cy)) + str(queries.answers_by_seat(meetup)) + str(queries.answer_counts(meetup))


def test_the_page_takes_one_statement_for_any_number_of_people(django_assert_num_queries):
    meetup = opened(99)
    client = browser_of(ada())
    client.get(desk(meetup, "needs"))
    for people in (1, 5):
        for number in range(people):
            hungry(meetup, f"Guest{people}{number}", "vegan: nuts", "Ramp")
        with django_assert_num_queries(6):  # session, person; meetup, organiser; needs; tabs
            client.get(desk(meetup, "needs"))
