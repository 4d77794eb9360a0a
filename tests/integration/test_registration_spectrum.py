"""Who comes, in groups too large to point at anybody."""

import pytest
from django.template.loader import render_to_string

from midcycle.meetups import actions as meetups
from midcycle.registration import actions, queries
from midcycle.registration.actions import Answers
from tests.world import NOW, ada, browser_of
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


def box(meetup):
    """Return what the meetup's page shows of its seats."""
    return " ".join(
        render_to_string("registration/box.html", {"seats": queries.seat_summary(meetup), "meetup": meetup}).split()
    )


def test_the_box_leads_to_a_seat_while_there_are_any():
    meetup = opened(2)
    crowd(meetup, 1)
    assert "<strong> 1 of 2 seats free </strong>" in box(meetup)
    assert ">Register</a>" in box(meetup)
    crowd(meetup, 4)
    assert "<strong> All 2 seats are taken </strong>" in box(meetup)
    assert "You would be 3rd in line." in box(meetup)


def test_the_box_of_a_closed_registration_or_a_past_meetup_leads_nowhere():
    meetup = opened(2, stage="on_site")
    actions.check_in(seated(meetup, "Bo"), by=ada(), now=NOW)
    actions.close_registration(meetup, by=ada(), now=NOW)
    assert "Registration is closed." in box(meetup)
    meetups.move_to_stage(meetup, ada(), "wrap_up", now=NOW)
    assert "1 person came." in box(meetup)
    assert "<a" not in box(meetup)


def test_a_meetup_that_is_over_shows_nobody_who_comes():
    meetup = opened(9, stage="on_site")
    assert "<h2>Who comes</h2>" in browser_of().get(f"/m/{meetup.slug}/").content.decode()
    meetups.move_to_stage(meetup, ada(), "wrap_up", now=NOW)
    page = browser_of().get(f"/m/{meetup.slug}/").content.decode()
    assert ("Who comes" in page, "as they describe themselves" in page) == (False, False)
