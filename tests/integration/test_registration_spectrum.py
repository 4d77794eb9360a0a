"""Who comes, in groups too large to point at anybody."""

import pytest

from midcycle.registration import actions, queries
from midcycle.registration.actions import Answers
from tests.world import NOW, ada
from tests.worlds.registration import crowd, opened, seated

pytestmark = pytest.mark.django_db


def test_the_spectrum_hides_small_groups_from_the_public():
    meetup = opened(40)
    crowd(meetup, 12)
    for number, role in enumerate(["developer"] * 7 + ["vendor"] * 3 + ["other"] * 2):
        seated(meetup, f"Rare{number}", Answers(role=role, sector="government", region="asia", on_list=False))
    groups = {title: [(group.label, group.count) for group in groups] for title, groups in queries.spectrum(meetup).parts}
    assert groups == {
        "Role": [("Operator", 12), ("Developer", 7), ("Others", 5)],
        "Sector": [("Government", 12), ("Public cloud", 12)],
        "Region": [("Asia", 12), ("Europe", 12)],
        "How they heard": [("Not said", 12), ("On the community's list", 12)],
        "On the community's list": [("No", 12), ("Yes", 12)],
        "First time": [("No", 12), ("Not said", 12)],
    }


def test_a_question_whose_groups_are_all_small_shows_none_but_the_team_sees_them():
    meetup = opened(20)
    crowd(meetup, 12)
    seated(meetup, "Kim", Answers(role="developer"))
    assert queries.spectrum(meetup).roles == ()
    assert [(group.label, group.count) for group in queries.spectrum(meetup, folded=False).roles] == [
        ("Operator", 12),
        ("Developer", 1),
    ]


def test_the_spectrum_counts_who_has_a_seat_or_who_came():
    meetup = opened(6, stage="on_site")
    seats = crowd(meetup, 7)
    actions.check_in(seats[0], by=ada(), now=NOW)
    actions.cancel_seat(seats[1], now=NOW)
    assert queries.spectrum(meetup).people == 6
    assert queries.spectrum(meetup, folded=False, came=True).people == 1


def test_a_question_nobody_answered_has_no_groups():
    meetup = opened(6)
    crowd(meetup, 6, Answers(role="operator"))
    assert [title for title, _ in queries.spectrum(meetup).parts] == ["Role"]


def test_summary_and_spectrum_take_one_statement_each(django_assert_num_queries):
    meetup = opened(3)
    crowd(meetup, 1)
    for people in (1, 5):
        crowd(meetup, people)
        with django_assert_num_queries(1):
            queries.seat_summary(meetup)
        with django_assert_num_queries(1):
            queries.spectrum(meetup)
