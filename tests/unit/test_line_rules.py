"""The order of the line, quotas, and the words about them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.registration.rules import line, quota_name, quota_reason
from midcycle.registration.rules.line import Claim

NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
_TOO_LATE = "The meetup begins before that. Choose a time before its first day."
ALL = ("operators", "first_timers", "host_region")
claims = st.builds(
    Claim,
    role=st.sampled_from(["", "operator", "expects_to_operate", "vendor"]),
    sector=st.sampled_from(["", "government"]),
    organisation_key=st.sampled_from(["", "acme"]),
    region=st.sampled_from(["", "europe", "asia"]),
    first_time=st.sampled_from([None, True, False]),
)


@pytest.mark.parametrize("name", ["ACME, Inc.", "acme inc", "Acmé Inc", "  A.C.M.E.-INC "])
def test_one_organisation_however_it_is_written(name):
    assert line.organisation_key(name) == "acmeinc"


@given(st.text(max_size=200))
def test_a_key_is_short_and_the_key_of_itself(name):
    key = line.organisation_key(name)
    assert len(key) <= 120
    assert line.EACH not in key
    assert line.organisation_key(key) == key


@given(claims, st.permutations(ALL), st.integers(0, 3))
def test_who_is_in_an_earlier_group_is_served_before(claim, order, length):
    groups = order[:length]
    rank = line.rank_of("groups", groups, claim, "europe")
    assert 0 <= rank <= len(groups)
    assert all(line.rank_of("groups", (group,), claim, "europe") == 1 for group in groups[:rank])
    assert rank == len(groups) or line.rank_of("groups", (groups[rank],), claim, "europe") == 0
    assert line.rank_of("first_come", groups, claim, "europe") == line.rank_of("lottery", groups, claim, "europe") == 0


def test_the_groups():
    operator, newcomer, neighbour = Claim("expects_to_operate", "", "", "", None), Claim("vendor", "", "", "", True), None
    neighbour = Claim("vendor", "", "", "europe", False)
    assert [line.rank_of("groups", ALL, one, "europe") for one in (operator, newcomer, neighbour)] == [0, 1, 2]
    assert line.rank_of("groups", ALL, neighbour, "asia") == line.rank_of("groups", ALL, neighbour, "") == 3


def test_what_was_not_said_counts_in_no_quota():
    assert line.counted_as(Claim("", "", "", "", None)) == {}
    assert line.counted_as(Claim("vendor", "", "acme", "", False)) == {
        "role": "vendor", "organisation": "acme", "first_time": "no",
    }  # fmt: skip


def test_notice_is_counted_in_days_and_never_below_none():
    assert line.notice_left(date(2027, 3, 2), date(2027, 2, 26)) == 4
    assert line.notice_left(date(2027, 3, 2), date(2027, 3, 9)) == 0
    assert line.notice_left(None, date(2027, 3, 9)) is None


@given(st.integers(0, line.MOST_OFFER_HOURS), st.integers(-50, 2000))
def test_an_offer_stands_for_an_hour_at_least_and_ends_before_the_meetup_if_it_can(hours, left):
    starts = NOW + timedelta(hours=left)
    ends = line.offer_ends(NOW, hours, starts)
    assert ends >= NOW + timedelta(hours=1)
    assert ends <= max(NOW + timedelta(hours=max(hours, 1)), NOW + timedelta(hours=1))
    assert ends < starts or ends == NOW + timedelta(hours=1)
    assert line.offer_ends(NOW, hours, None) == NOW + timedelta(hours=hours)


@pytest.mark.parametrize(
    ("days", "left", "told"),
    [
        (5, 3, "needs 5 days of notice, and 3 days are left"),
        (2, 1, "needs 2 days of notice, and 1 day is left"),
        (3, 3, None),
        (60, None, None),
    ],
)
def test_who_could_not_come_in_time_is_passed_over(days, left, told):
    assert line.why_passed_over(days, left, is_at_door=False, is_released=False) == told
    assert line.why_passed_over(days, left, is_at_door=True, is_released=True) is None
    released = line.why_passed_over(0, left, is_at_door=False, is_released=True)
    assert released == "seats of those who did not come go to people at the door"


@pytest.mark.parametrize(
    ("rule", "groups", "draw_at", "refused"),
    [
        ("first_come", (), None, None),
        ("groups", (), None, ("groups", "Choose at least one group that is served first.")),
        ("groups", ("operators",), None, None),
        ("lottery", (), None, ("draw_at", "Choose when the lots are drawn, in the future.")),
        ("lottery", (), NOW, ("draw_at", "Choose when the lots are drawn, in the future.")),
        ("lottery", (), NOW + timedelta(days=9), None),
        ("lottery", (), NOW + timedelta(days=10), ("draw_at", _TOO_LATE)),
    ],
)  # fmt: skip
def test_which_rules_can_be(rule, groups, draw_at, refused):
    assert line.why_not_this_rule(rule, groups, draw_at, now=NOW, starts_at=NOW + timedelta(days=10)) == refused


def test_the_rule_in_sentences():
    served, offered = line.line_text("groups", ("operators", "host_region"), "", 48)
    assert served == (
        "First people who operate, or expect to, then people of the host's region, then everybody else. Within each group, "
        "who registered first is served first. What people say of themselves counts; nobody checks."
    )
    assert offered == "A free seat is offered for 2 days; if it is not taken by then, it goes to the next."
    assert line.line_text("first_come", (), "", 0) == (
        "Who registered first is served first.", "A free seat goes to the next in line at once.",
    )  # fmt: skip
    assert [line.hours_text(hours) for hours in (1, 24, 36, 72)] == ["1 hour", "1 day", "36 hours", "3 days"]


@given(st.permutations(range(12)), st.permutations(range(12)))
def test_who_moves_up_makes_others_move_down(before, after):
    up, down = line.moved(before, after)
    assert (up, down) == tuple(reversed(line.moved(after, before)))
    assert (up == 0) == (down == 0)
    assert up + down <= 12
    assert (up, down) == (0, 0) or before != after


def test_somebody_who_goes_from_last_to_first_moves_all_others_back():
    assert line.moved([1, 2, 3, 4], [4, 1, 2, 3]) == (1, 3)


def test_quotas_are_named_without_naming_an_organisation():
    named = [("organisation", "*"), ("organisation", "acme"), ("role", "operator"), ("first_time", "yes"), ("region", "asia")]
    assert [quota_name(*pair) for pair in named] == [
        "each organisation", "people of one organisation", "“Operator”", "people who come for the first time",
        "people from Asia",
    ]  # fmt: skip
    assert quota_reason("organisation", "acme", 3) == "all 3 seats for people of one organisation were taken"
