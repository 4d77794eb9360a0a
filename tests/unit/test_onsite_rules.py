"""When phones forget, and what their clocks are worth."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from midcycle.onsite import rules

NOW = datetime(2027, 3, 2, 9, 0, tzinfo=UTC)
MADE = NOW - timedelta(days=1)
MOMENTS = st.integers(0, 2**53 - 1)


def test_the_list_is_kept_for_two_days_after_the_last_day_in_the_meetups_own_time():
    until = rules.list_kept_until(date(2027, 3, 3), ZoneInfo("Pacific/Auckland"))
    assert until == datetime(2027, 3, 5, 11, 0, tzinfo=UTC)
    assert rules.list_kept_until(None, UTC) is None


def test_an_archived_meetup_gives_no_list_and_one_without_a_day_does():
    assert rules.why_no_list("archived", None, NOW) == rules.OVER
    assert rules.why_no_list("on_site", NOW, NOW) == rules.OVER
    assert rules.why_no_list("on_site", NOW + timedelta(seconds=1), NOW) is None
    assert rules.why_no_list("on_site", None, NOW) is None


def test_only_the_distance_of_two_times_of_a_phone_counts():
    for clock in (0, 10**6, 10**13):
        told = rules.when_it_was(clock, clock + 3_600_000, earliest=MADE, now=NOW)
        assert told == NOW - timedelta(hours=1)


@given(told=MOMENTS, sent=MOMENTS)
def test_no_deed_is_later_than_now_or_before_the_phone_got_its_link(told, sent):
    assert MADE <= rules.when_it_was(told, sent, earliest=MADE, now=NOW) <= NOW


@given(told=MOMENTS, sent=MOMENTS)
def test_a_link_made_by_a_clock_that_is_ahead_breaks_nothing(told, sent):
    assert rules.when_it_was(told, sent, earliest=NOW + timedelta(days=1), now=NOW) == NOW


def test_sentences_say_where_and_when_and_take_the_name_last():
    at = datetime(2027, 3, 2, 9, 2, tzinfo=UTC)
    already, stays = rules.already_here(rules.by_whom("Dee"), at), rules.stays_here(rules.by_whom(None), at)
    assert rules.named(already, "Bo") == "Bo is checked in already, on “Dee” at 09:02."
    assert rules.named(stays, "Bo") == "Bo stays checked in: they were checked in at the desk at 09:02."
