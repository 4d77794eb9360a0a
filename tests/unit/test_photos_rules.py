"""The life of a picture, what is asked of its description, what a request to take it down does."""

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.engines.pictures import photos
from midcycle.engines.pictures.counter import BROKE
from midcycle.photos import rules


def test_every_state_has_a_name_and_its_moves():
    assert set(rules.STATES) == set(rules.MOVES) == set(rules.STATE_NAMES)
    assert {becomes for moves in rules.MOVES.values() for becomes in moves} <= set(rules.STATES)
    assert [state for state in rules.STATES if "deleted" not in rules.MOVES[state]] == ["deleted"]


@pytest.mark.parametrize(
    "text", ["", "  ", "\u202e", "IMG_1234", "IMG_20270302_101500.jpg", "DSC0042", "PXL_2027", "1234", "x" * 301]
)
def test_what_is_no_description(text):
    assert rules.why_no_caption(text) != ""


@pytest.mark.parametrize("text", ["Ada at the wall of notes", "会場の様子", "Kaffee", "Room 2", "50 people in a circle"])
def test_what_is_one(text):
    assert rules.why_no_caption(text) == ""


FEW = {"own": 0, "unfinished": 0, "of_meetup": 0, "under_way": 0}


@pytest.mark.parametrize(
    ("length", "more", "why"),
    [
        (1, {}, ""),
        (rules.MOST_BYTES, {}, ""),
        (0, {}, "at least a byte"),
        (rules.MOST_BYTES + 1, {}, "larger than 25 MB"),
        (1, {"unfinished": rules.MOST_UNFINISHED}, "on their way"),
        (1, {"own": rules.MOST_EACH}, "from one person"),
        (1, {"of_meetup": rules.MOST_OF_A_MEETUP}, "This meetup has"),
        (1, {"under_way": rules.MOST_UNDER_WAY - 1}, ""),
        (2, {"under_way": rules.MOST_UNDER_WAY - 1}, "Very many pictures"),
    ],
)
def test_how_many_pictures_there_may_be(length, more, why):
    told = rules.why_not_begin(length, **{**FEW, **more})
    assert (why in told) is True
    assert bool(told) is bool(why)


def test_a_request_hides_at_once_unless_the_team_has_looked_or_somebody_asks_for_everything():
    plain = {"was_kept": False, "often_from_here": False, "hidden_lately": 0}
    assert rules.hides_at_once(**plain) is True
    for other in ({"was_kept": True}, {"often_from_here": True}, {"hidden_lately": rules.HIDDEN_WITHIN_AN_HOUR}):
        assert rules.hides_at_once(**{**plain, **other}) is False


@given(st.lists(st.integers(), unique=True, min_size=1, max_size=20), st.data())
def test_moving_one_keeps_the_order_of_the_others(order, data):
    item, by = data.draw(st.sampled_from(order)), data.draw(st.integers(-30, 30))
    after = rules.moved(order, item, by)
    assert [one for one in after if one != item] == [one for one in order if one != item]
    assert after.index(item) == min(max(order.index(item) + by, 0), len(order) - 1)


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.text(max_size=30), max_size=5))
def test_metadata_of_tus_is_read_as_it_is_written(said):
    header = ",".join(f"{key} {b64encode(value.encode()).decode()}" for key, value in said.items())
    assert rules.metadata_of(header) == said


@pytest.mark.parametrize("header", ["a b", "a !!!", "a YQ==,a YQ==", "a /w=="])
def test_metadata_that_cannot_be_read(header):
    with pytest.raises(ValueError, match=r"Base64|twice|utf-8"):
        rules.metadata_of(header)


def test_every_reason_of_the_darkroom_can_be_told_in_another_language():
    said = {*photos.REFUSALS, BROKE, rules.TWICE}
    assert said == {why % {"most": photos.MOST_PIXELS // 1_000_000} for why in rules.WHY}
