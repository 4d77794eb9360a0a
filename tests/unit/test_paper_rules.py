"""What a badge calls people, how sheets are dealt, and until when a list is kept."""

from datetime import date

import pytest

from midcycle.engines.documents.badge import COLOURS
from midcycle.registration.rules import ROLES
from midcycle.registration.rules.paper import BADGE_ROLES, badge_role, usual_end, usual_stacks


def test_every_role_has_a_word_and_a_colour_of_its_own():
    said = [badge_role(role, organises=False) for role in ROLES]
    assert [word for _, word, _ in said] == ["Operator", "Expects to operate", "Developer", "Vendor", "Attendee"]
    colours = [colour for _, _, colour in [*said, badge_role("", organises=True)]]
    assert (len(set(colours)), max(colours) < len(COLOURS)) == (len(BADGE_ROLES), True)


def test_whoever_is_of_the_team_is_an_organiser_first():
    assert badge_role("operator", organises=True) == badge_role("", organises=True) == ("organiser", "Organiser", 0)


def test_a_role_in_other_words_is_shown_as_it_is_and_looks_like_none_of_ours():
    role, word, colour = badge_role("note taker", organises=False)
    assert (role, word) == ("note taker", "Note taker")
    assert len(BADGE_ROLES) <= colour < len(COLOURS)
    assert badge_role("", organises=False)[:2] == ("", "")


@pytest.mark.parametrize(("people", "stacks"), [(0, 1), (1, 1), (60, 1), (61, 2), (500, 9), (100_000, 20)])
def test_one_helper_has_about_sixty_people(people, stacks):
    assert usual_stacks(people) == stacks


def test_a_list_is_destroyed_on_the_day_after():
    today = date(2027, 3, 1)
    assert usual_end(date(2027, 3, 3), today) == date(2027, 3, 4)
    assert usual_end(date(2027, 2, 1), today) == date(2027, 3, 2)
    assert usual_end(None, today) == date(2027, 3, 8)
