"""Parts of the schedule writers: numbers, acronyms, plain text and time zones."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Timezone

from midcycle.engines.schedules import c3voc
from midcycle.engines.schedules.plain import line, lines
from midcycle.engines.schedules.zones import vtimezone

ONE = UUID("11111111-1111-4111-8111-111111111111")
TWO = UUID("22222222-2222-4222-8222-222222222222")


def test_numbers_stay_apart_and_stay_put() -> None:
    twin = UUID(int=ONE.int + 2**31 - 1)
    ids = c3voc.numbers([ONE, TWO])
    assert c3voc.numbers([TWO, ONE, UUID(int=2**31 - 2)]) == ids | {UUID(int=2**31 - 2): 2**31 - 1}
    assert c3voc.numbers([twin, ONE]) == {ONE: ids[ONE], twin: ids[ONE] + 1}


@pytest.mark.parametrize(
    ("slug", "acronym"),
    [("manchester-2016", "manchester_2016"), ("ops", "ops_"), ("spring-2026-emea", "spring-2026-emea")],
)
def test_the_acronym_keeps_to_the_alphabet_of_the_schema(slug: str, acronym: str) -> None:
    assert c3voc.acronym(slug) == acronym


@given(st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,4}", fullmatch=True))
def test_every_slug_has_an_acronym(slug: str) -> None:
    assert re.findall("^[a-z0-9_-][a-z0-9_]{3,}(-2[0-9]{3}-[a-z]+)?$", c3voc.acronym(slug)) != []


def test_text_loses_only_what_no_file_can_hold() -> None:
    assert line(" a\x00b\r\n c\td\ud800\x85e ") == "ab c d e"
    assert lines("\r\na\r\n\tb\x00\rc\ud800\n") == "a\n\tb\nc"


@pytest.mark.parametrize("name", ["Europe/London", "America/New_York", "Pacific/Chatham", "Asia/Kolkata"])
def test_the_written_zone_alone_tells_the_right_time(name: str) -> None:
    zone = ZoneInfo(name)
    text = vtimezone(zone, first=date(2026, 3, 20), last=date(2026, 3, 31)).to_ical().decode()
    component = Timezone.from_ical(text)
    assert isinstance(component, Timezone)
    alone_zone = component.to_tz(lookup_tzid=False)
    hours = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hour) for hour in range(366 * 24)]
    assert [hour.astimezone(alone_zone).utcoffset() for hour in hours] == [hour.astimezone(zone).utcoffset() for hour in hours]


def test_summer_time_begins_by_the_clock_that_still_shows_winter() -> None:
    text = vtimezone(ZoneInfo("Europe/Berlin"), first=date(2026, 3, 20), last=date(2026, 3, 31)).to_ical().decode()
    onsets = re.findall(r"BEGIN:DAYLIGHT\r\nDTSTART:(\w+)", text)
    assert onsets == ["20250330T020000", "20260329T020000", "20270328T020000"]
