"""It is late in the morning somewhere, always."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from midcycle.meetups.rules import REGIONS
from midcycle.site.demo.cities import CITIES, city_of_late_morning, is_late_morning, since_midnight

MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis adds the zone


@given(MOMENTS)
@example(datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC))
@example(datetime(2026, 11, 1, 10, 0, tzinfo=UTC))
@example(datetime(2026, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC))
def test_the_city_chosen_has_a_clock_between_ten_and_twelve(now):
    city = city_of_late_morning(now)
    assert timedelta(hours=10) <= since_midnight(now, city.zone) < timedelta(hours=12)
    assert is_late_morning(now, city.zone)


@pytest.mark.parametrize(
    ("now", "city"),
    [
        (datetime(2026, 11, 23, 7, 30, tzinfo=UTC), "Nairobi"),
        (datetime(2026, 11, 23, 23, 30, tzinfo=UTC), "Nouméa"),
        (datetime(2026, 7, 1, 17, 30, tzinfo=UTC), "Phoenix"),
        (datetime(2026, 7, 1, 19, 0, tzinfo=UTC), "Anchorage"),
    ],
)
def test_some_moments_and_their_cities(now, city):
    assert city_of_late_morning(now).name == city


@pytest.mark.parametrize(("local", "late"), [("09:59:59", False), ("10:00:00", True), ("11:59:59", True), ("12:00:00", False)])
def test_late_morning_begins_at_ten_and_ends_at_twelve(local, late):
    now = datetime.fromisoformat(f"2026-03-29T{local}").replace(tzinfo=ZoneInfo("Africa/Tunis"))
    assert is_late_morning(now, "Africa/Tunis") == late


def test_every_city_has_a_zone_and_a_region_we_know():
    unknown = [city.name for city in CITIES if city.zone not in available_timezones() or city.region not in REGIONS]
    assert unknown == []
