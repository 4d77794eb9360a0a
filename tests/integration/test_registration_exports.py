"""The tables organisers take away, read back as other programs would."""

import pytest
from django.urls import reverse

from midcycle.engines.tables import KINDS, read
from midcycle.registration import actions
from midcycle.registration.actions import Answers
from midcycle.registration.models import Question, Seat
from tests.world import NOW, ada, bo, browser_of, cy
from tests.worlds.registration import ANSWERS, crowd, opened

pytestmark = pytest.mark.django_db

HOSTILE = "=HYPERLINK(1); \uff1dcmd|' /C calc'!A0"


def asked(meetup, key="shirt", title="T-shirt size"):
    """Return a question of the organisers."""
    question = Question.objects.create(meetup=meetup, key=key, kind="text", titles={"en": title}, position=1)
    meetup.capacity.has_questions = True
    meetup.capacity.save(update_fields=["has_questions"])
    return question


def taken_away(meetup, kind, what="seats"):
    answer = browser_of(ada()).get(reverse(f"registration:{what}_file", args=[meetup.slug, kind]))
    assert (answer.status_code, answer["Content-Type"]) == (200, KINDS[kind].media_type)
    assert answer["Content-Disposition"] == f'attachment; filename="spring-meetup-{what}.{kind}"'
    assert answer["Cache-Control"] == "private, no-store"
    return answer.content


@pytest.mark.parametrize("kind", KINDS)
def test_every_seat_is_in_the_table_with_what_was_said(kind):
    meetup = opened(1)
    asked(meetup)
    said = Answers(
        role="operator", organisation="@Acme", first_time=False, on_list=True, photos=False, language="de", diet="vegan",
        access="a ramp", more={"shirt": "+L"},
    )  # fmt: skip
    actions.take_seat(meetup, said, email="bo@example.org", name=HOSTILE, now=NOW)
    table = read(taken_away(meetup, kind))
    assert [dict(zip(table.columns, row, strict=True)) for row in table.rows] == [
        {
            "arrival": "1", "name": HOSTILE, "email": "bo@example.org", "state": "held", "organisation": "@Acme",
            "role": "operator", "sector": "", "region": "", "group": "", "heard_how": "", "on_list": "Yes", "first_time": "No",
            "photos": "No", "language": "de", "registered_at": "2027-01-10T12:00+00:00", "shirt": "+L",
        }
    ]  # fmt: skip


def test_the_table_of_csv_holds_no_formula():
    meetup = opened(1)
    actions.take_seat(meetup, ANSWERS, email="bo@example.org", name=HOSTILE, now=NOW)
    text = taken_away(meetup, "csv").decode("utf-8-sig")
    assert "1,'=HYPERLINK(1);' \uff1dcmd|' /C calc'!A0,bo@example.org," in text


@pytest.mark.parametrize("kind", KINDS)
def test_needs_are_in_a_table_of_their_own(kind):
    meetup = opened(2)
    needs = {
        "Bo": Answers(diet="vegan: =nuts"),
        "Amy": Answers(access="a ramp"),
        "Cy": Answers(),
        "Late": Answers(diet="waits"),
    }
    for name, said in needs.items():
        actions.take_seat(meetup, said, email=f"{name}@example.org", name=name, now=NOW)
    assert Seat.objects.get(name="Late").state == "waiting"
    assert read(taken_away(meetup, kind, "needs")).rows == (
        ("diet", "Vegan", "1", ""),
        ("food", "=nuts", "1", "Bo"),
        ("access", "a ramp", "1", "Amy"),
    )
    assert b"Vegan" not in taken_away(meetup, "csv")


def test_the_tables_take_as_many_statements_for_one_as_for_many(django_assert_num_queries):
    meetup = opened(9)
    client = browser_of(ada())
    for people in (1, 5):
        crowd(meetup, people, Answers(role="operator", diet="vegan"))
        with django_assert_num_queries(7):  # session, person, meetup, organiser; questions, answers, seats
            client.get(reverse("registration:seats_file", args=[meetup.slug, "csv"]))
        with django_assert_num_queries(8):  # the same, and needs
            client.get(reverse("registration:whole_file", args=[meetup.slug, "csv"]))
        with django_assert_num_queries(5):  # session, person, meetup, organiser; needs
            client.get(reverse("registration:needs_file", args=[meetup.slug, "ods"]))


@pytest.mark.parametrize("who", [cy, bo, lambda: None])
def test_a_stranger_takes_nothing_away(who):
    meetup = opened(1)
    urls = [
        reverse(f"registration:{what}_file", args=[meetup.slug, kind]) for what in ("seats", "whole", "needs") for kind in KINDS
    ]
    assert {browser_of(who()).get(url).status_code for url in urls} == {404}


def test_another_kind_of_file_is_not_there():
    meetup = opened(1)
    url = reverse("registration:seats_file", args=[meetup.slug, "pdf"])
    assert browser_of(ada()).get(url).status_code == 404
