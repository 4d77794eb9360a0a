"""The agenda in other people's software: schedule.json and calendar files say exactly what was published."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Component

from midcycle.engines.schedules import c3voc, ical
from midcycle.engines.schedules.model import NoDates, Room, Schedule, ScheduledSession
from midcycle.engines.schedules.plain import line, lines

LONDON = ZoneInfo("Europe/London")
STAMP = datetime(2016, 2, 1, 12, 0, 5, 999, tzinfo=UTC)
HALL = Room(name="Main hall", guid=UUID(int=101), capacity=120)
LOFT = Room(name="Loft", guid=UUID(int=102))

HISTORY = ScheduledSession(
    uid=UUID("11111111-1111-4111-8111-111111111111"),
    code="s1",
    title="History of the Ops Meetups",
    abstract="Where we come from.\n\n* San Jose\n* Manchester",
    format="plenary",
    room="Main hall",
    day=1,
    starts=datetime(2016, 2, 15, 9, 30, tzinfo=LONDON),
    ends=datetime(2016, 2, 15, 10, 15, tzinfo=LONDON),
    leads=("Ada Example",),
    shadows=("Bo Example",),
    url="https://ops.example.org/m/spring/sessions/s1/",
    pad_url="https://ops.example.org/m/spring/pads/s1",
    language="en",
)
PUB = ScheduledSession(
    uid=UUID("22222222-2222-4222-8222-222222222222"),
    code="pub",
    title="The pub track",
    room=None,
    day=2,
    starts=datetime(2016, 2, 16, 18, 0, tzinfo=LONDON),
    url="https://ops.example.org/m/spring/sessions/pub/",
)
SPRING = Schedule(
    slug="manchester-2016",
    title="OpenStack Operators Mid-Cycle",
    starts_on=date(2016, 2, 15),
    days=2,
    timezone="Europe/London",
    url="https://ops.example.org/m/spring/",
    version="3",
    rooms=(HALL, LOFT),
    sessions=(PUB, HISTORY),
)

# Everything a person may paste, and the marks that end lines, properties and documents elsewhere.
HOSTILE = st.text(st.characters() | st.sampled_from("\r\n\t;:,\\\"'<>&\x00\x0b\x85\u2028\u202e\ufeff😀ש"), max_size=60)
ZONES = st.sampled_from(["Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Chatham", "Africa/Casablanca"])
# Any minute of two years, and often one around a change of the clocks in London, New York, Chatham or Casablanca.
CHANGES = ["2026-03-29T01Z", "2026-10-25T01Z", "2026-03-08T07Z", "2026-11-01T06Z", "2026-04-04T14Z", "2026-02-15T02Z"]
MOMENTS = st.one_of(
    st.integers(0, 2 * 365 * 24 * 60).map(lambda minute: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)),
    st.builds(
        lambda change, minute: datetime.fromisoformat(change) + timedelta(minutes=minute),
        st.sampled_from(CHANGES),
        st.integers(-90, 90),
    ),
)


def conference(schedule: Schedule) -> dict[str, Any]:
    """Return the `conference` of the written file."""
    found: dict[str, Any] = json.loads(c3voc.to_json(schedule))["schedule"]["conference"]
    return found


def only_event(schedule: Schedule) -> dict[str, Any]:
    """Return the one event of a schedule with one session."""
    (event,) = [e for day in conference(schedule)["days"] for events in day["rooms"].values() for e in events]
    found: dict[str, Any] = event
    return found


def entries(ics: bytes) -> list[Component]:
    """Return the entries of a calendar file, read back by the library."""
    return list(Calendar.from_ical(ics).walk("VEVENT"))


def alone(session: ScheduledSession, **changes: object) -> Schedule:
    """Return the spring meetup with one session only."""
    return replace(SPRING, sessions=(replace(session, **changes),))  # type: ignore[arg-type]


def test_the_conference_says_when_where_and_in_which_rooms() -> None:
    file = json.loads(c3voc.to_json(SPRING))
    head = {key: value for key, value in file["schedule"]["conference"].items() if key != "days"}
    assert file["$schema"] == "https://c3voc.de/schedule/schema.json"
    assert {key: value for key, value in file["schedule"].items() if key != "conference"} == {
        "version": "3",
        "base_url": "https://ops.example.org/m/spring/",
        "url": "https://ops.example.org/m/spring/",
    }
    tba = head["rooms"].pop()
    assert tba == {
        "name": "Room to be announced",
        "guid": str(UUID(tba["guid"])),
        "description": None,
        "capacity": None,
    }
    assert head == {
        "acronym": "manchester_2016",
        "title": "OpenStack Operators Mid-Cycle",
        "start": "2016-02-15",
        "end": "2016-02-16",
        "daysCount": 2,
        "timeslot_duration": "00:05",
        "time_zone_name": "Europe/London",
        "url": "https://ops.example.org/m/spring/",
        "rooms": [
            {"name": "Main hall", "guid": str(HALL.guid), "description": None, "capacity": 120},
            {"name": "Loft", "guid": str(LOFT.guid), "description": None, "capacity": None},
        ],
        "tracks": [],
    }


def test_a_session_is_told_in_full() -> None:
    event = only_event(alone(HISTORY))
    assert event == {
        "guid": "11111111-1111-4111-8111-111111111111",
        "id": HISTORY.uid.int % (2**31 - 1) + 1,
        "code": "S1",
        "end": "2016-02-15T10:15:00+00:00",
        "date": "2016-02-15T09:30:00+00:00",
        "start": "09:30",
        "duration": "00:45",
        "room": "Main hall",
        "slug": f"manchester-2016-{event['id']}-history-of-the-ops-meetups",
        "url": "https://ops.example.org/m/spring/sessions/s1/",
        "title": "History of the Ops Meetups",
        "subtitle": "",
        "track": None,
        "type": "plenary",
        "language": "en",
        "abstract": "Where we come from.\n\n* San Jose\n* Manchester",
        "description": "",
        "recording_license": "",
        "do_not_record": None,
        "persons": [
            {"name": "Ada Example", "public_name": "Ada Example", "role": "lead"},
            {"name": "Bo Example", "public_name": "Bo Example", "role": "shadow"},
        ],
        "links": [{"type": "related", "url": "https://ops.example.org/m/spring/pads/s1", "title": "Notes"}],
        "attachments": [],
        "origin_url": "https://ops.example.org/m/spring/sessions/s1/",
    }


def test_an_open_end_in_an_unnamed_room_is_written_as_unknown() -> None:
    days = conference(SPRING)["days"]
    assert [(day["index"], day["date"], day["day_start"], day["day_end"]) for day in days] == [
        (1, "2016-02-15", "2016-02-15T04:00:00+00:00", "2016-02-16T03:59:00+00:00"),
        (2, "2016-02-16", "2016-02-16T04:00:00+00:00", "2016-02-17T03:59:00+00:00"),
    ]
    assert [list(day["rooms"]) for day in days] == [["Main hall"], ["Room to be announced"]]
    (pub,) = days[1]["rooms"]["Room to be announced"]
    assert (pub["start"], pub["duration"], pub.get("end")) == ("18:00", "00:00", None)


def test_without_a_date_there_is_a_clear_answer() -> None:
    idea = replace(SPRING, starts_on=None)
    sentence = re.escape("OpenStack Operators Mid-Cycle has no date yet, so there is no schedule to take away.")
    with pytest.raises(NoDates, match=f"^{sentence}$"):
        c3voc.to_json(idea)
    with pytest.raises(NoDates, match=f"^{sentence}$"):
        ical.to_ics(idea, stamp=STAMP)
    with pytest.raises(NoDates, match=f"^{sentence}$"):
        ical.one(idea, uid=HALL.guid, stamp=STAMP, sequence=0)


def test_a_session_without_a_time_is_left_out_of_json_and_stands_on_its_day_in_calendars() -> None:
    schedule = alone(PUB, starts=None)
    assert [day["rooms"] for day in conference(schedule)["days"]] == [{}, {}]
    (entry,) = entries(ical.to_ics(schedule, stamp=STAMP))
    assert (entry.decoded("dtstart"), entry.get("dtend")) == (date(2016, 2, 16), None)


@pytest.mark.slow
@given(st.permutations(range(5)))
def test_the_order_in_which_sessions_are_given_changes_nothing(order: list[int]) -> None:
    wanted = [("Main hall", 11), ("Main hall", 9), ("Bar", 9), (None, 9), ("Annex", 9)]
    sessions = [
        replace(PUB, uid=UUID(int=index), code=f"s{index}", room=room, day=1, starts=PUB.starts.replace(day=15, hour=hour))
        for index, (room, hour) in enumerate(wanted)
        if PUB.starts is not None
    ]
    schedule = replace(SPRING, sessions=tuple(sessions))
    turned = replace(SPRING, sessions=tuple(sessions[index] for index in order))
    assert c3voc.to_json(turned) == c3voc.to_json(schedule)
    assert ical.to_ics(turned, stamp=STAMP) == ical.to_ics(schedule, stamp=STAMP)
    told = conference(turned)
    assert [room["name"] for room in told["rooms"]] == ["Main hall", "Loft", "Annex", "Bar", "Room to be announced"]
    assert [(name, [event["code"] for event in events]) for name, events in told["days"][0]["rooms"].items()] == [
        ("Main hall", ["S1", "S0"]),
        ("Annex", ["S4"]),
        ("Bar", ["S2"]),
        ("Room to be announced", ["S3"]),
    ]
    assert [str(entry["uid"])[-1] for entry in entries(ical.to_ics(turned, stamp=STAMP))] == ["1", "2", "3", "4", "0"]


@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_json_carries_hostile_text_unharmed(title: str, abstract: str, name: str, room: str) -> None:
    schedule = alone(HISTORY, title=title, abstract=abstract, leads=(name,), shadows=(), room=room)
    event = only_event(schedule)
    told = (event["title"], event["abstract"], [person["name"] for person in event["persons"]], event["room"])
    assert told == (line(title), lines(abstract), [line(name)], line(room) or "Room to be announced")
    assert re.findall(r"^[a-z0-9_-]+[a-z0-9]$", event["slug"]) == [event["slug"]]
    assert sorted(event) == sorted(only_event(alone(HISTORY)))


@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_calendars_carry_hostile_text_unharmed(title: str, abstract: str, room: str, kind: str) -> None:
    bare = {"leads": (), "shadows": (), "pad_url": None}
    ics = ical.to_ics(alone(HISTORY, title=title, abstract=abstract, room=room, format=kind, **bare), stamp=STAMP)
    (entry,) = entries(ics)
    assert str(entry["summary"]) == line(title)
    assert str(entry.get("description", "")) == lines(abstract)
    assert str(entry["location"]) == line(room) or "Room to be announced"
    usual = {"UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "STATUS", "SUMMARY", "URL", "DTSTART", "DTEND", "LOCATION"}
    assert set(entry) - {"DESCRIPTION", "CATEGORIES"} == usual
    assert [part for part in ics.split(b"\r\n") if len(part) > 75 or b"\n" in part or b"\r" in part] == []


@pytest.mark.parametrize(
    "title",
    [
        "Lunch\r\nATTENDEE:mailto:cy@example.org",
        "Lunch\nEND:VEVENT\nBEGIN:VEVENT",
        "مستقبل السحابة",
        "👩🏽‍💻 and \N{RIGHT-TO-LEFT OVERRIDE}friends",
        "é" * 10_000,
    ],
)
def test_a_title_stays_a_title(title: str) -> None:
    schedule = alone(HISTORY, title=title)
    (entry,) = entries(ical.to_ics(schedule, stamp=STAMP))
    flat = title.replace("\r\n", " ").replace("\n", " ")
    assert (str(entry["summary"]), only_event(schedule)["title"]) == (flat, flat)


@given(MOMENTS, st.integers(1, 60 * 26), ZONES)
def test_times_come_back_as_they_were(starts: datetime, minutes: int, zone: str) -> None:
    ends = starts + timedelta(minutes=minutes)
    there = ZoneInfo(zone)
    placed = alone(HISTORY, starts=starts.astimezone(there), ends=ends.astimezone(there))
    schedule = replace(placed, timezone=zone, starts_on=starts.astimezone(there).date())
    event = only_event(schedule)
    assert (datetime.fromisoformat(event["date"]), datetime.fromisoformat(event["end"])) == (starts, ends)
    assert event["duration"] == f"{minutes // 60:02d}:{minutes % 60:02d}"
    assert event["start"] == event["date"][11:16]
    (entry,) = entries(ical.to_ics(schedule, stamp=STAMP))
    assert (entry.decoded("dtstart").astimezone(UTC), entry.decoded("dtend").astimezone(UTC)) == (starts, ends)


def test_the_night_the_clocks_go_forward_is_an_hour_shorter() -> None:
    night = {
        "starts": datetime(2016, 3, 27, 0, 30, tzinfo=LONDON),
        "ends": datetime(2016, 3, 27, 2, 30, tzinfo=LONDON),
    }
    event = only_event(replace(alone(HISTORY, **night), starts_on=date(2016, 3, 27)))
    assert (event["date"], event["end"], event["duration"]) == (
        "2016-03-27T00:30:00+00:00",
        "2016-03-27T02:30:00+01:00",
        "01:00",
    )


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    twice = {
        "starts": datetime(2016, 10, 30, 1, 30, tzinfo=LONDON),
        "ends": datetime(2016, 10, 30, 1, 30, tzinfo=LONDON, fold=1),
    }
    schedule = replace(alone(HISTORY, **twice), starts_on=date(2016, 10, 30))
    assert only_event(schedule)["duration"] == "01:00"
    said = [part for part in ical.to_ics(schedule, stamp=STAMP).decode().split("\r\n") if "20161030T013000" in part]
    assert said == ["DTSTART;TZID=Europe/London:20161030T013000", "DTEND:20161030T013000Z"]


def test_a_calendar_entry_is_replaced_by_the_next_release() -> None:
    entry = entries(ical.to_ics(alone(HISTORY), stamp=STAMP))[0]
    moved = replace(alone(HISTORY, title="Another title", room="Loft"), version="4")
    later = entries(ical.to_ics(moved, stamp=STAMP + timedelta(days=1)))[0]
    assert (entry["uid"], entry["sequence"]) == (str(HISTORY.uid), 3)
    assert (later["uid"], later["sequence"]) == (str(HISTORY.uid), 4)
    assert entry.decoded("dtstamp") == entry.decoded("last-modified") == STAMP.replace(microsecond=0)


def test_the_calendar_names_its_people_notes_and_kind() -> None:
    ics = ical.to_ics(SPRING, stamp=STAMP)
    history, pub = entries(ics)
    assert str(history["description"]) == (
        "Lead: Ada Example\nShadow: Bo Example\n\nWhere we come from.\n\n* San Jose\n* Manchester\n\n"
        "Notes: https://ops.example.org/m/spring/pads/s1"
    )
    assert (history["categories"].to_ical(), history.decoded("dtend")) == (b"plenary", HISTORY.ends)
    assert (str(pub["location"]), pub.get("dtend"), pub.get("description")) == ("Room to be announced", None, None)
    calendar = Calendar.from_ical(ics)
    assert [str(calendar[key]) for key in ("version", "calscale", "name", "x-wr-timezone", "x-published-ttl")] == [
        "2.0",
        "GREGORIAN",
        "OpenStack Operators Mid-Cycle",
        "Europe/London",
        "PT1H",
    ]
    assert calendar.get("method") is None


def test_a_seat_gets_the_whole_meetup_as_one_entry() -> None:
    ics = ical.one(
        SPRING,
        uid=UUID(int=7),
        stamp=STAMP,
        sequence=2,
        location="The Landing, Manchester",
        organizer="ada@example.org",
    )
    # The library decides the order of properties; only what is said matters.
    said = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Midcycle//Schedules//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME:OpenStack Operators Mid-Cycle",
        "X-WR-CALNAME:OpenStack Operators Mid-Cycle",
        "X-WR-TIMEZONE:Europe/London",
        "URL:https://ops.example.org/m/spring/",
        "BEGIN:VEVENT",
        "SUMMARY:OpenStack Operators Mid-Cycle",
        "DTSTART;VALUE=DATE:20160215",
        "DTEND;VALUE=DATE:20160217",
        "DTSTAMP:20160201T120005Z",
        "UID:00000000-0000-0000-0000-000000000007",
        "SEQUENCE:2",
        "LAST-MODIFIED:20160201T120005Z",
        "LOCATION:The Landing\\, Manchester",
        "ORGANIZER:mailto:ada@example.org",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "URL:https://ops.example.org/m/spring/",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    assert sorted(ics.decode().split("\r\n")) == sorted(said)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"starts": datetime(2016, 2, 15, 9)}, "s1: 2016-02-15 09:00:00 has no time zone"),  # noqa: DTZ001
        (
            {"ends": datetime(2016, 2, 15, 9, 30, tzinfo=UTC)},
            "s1: ends at 2016-02-15 09:30:00+00:00, not after it starts at 2016-02-15 09:30:00+00:00",
        ),
        ({"day": 3}, "s1: day 3 of 2"),
        ({"day": 0}, "s1: day 0 of 2"),
    ],
)
def test_a_schedule_that_cannot_be_true_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        alone(HISTORY, **changes)


def test_a_stamp_needs_a_zone_and_a_schedule_needs_a_day() -> None:
    with pytest.raises(ValueError, match=r"^2016-02-01 00:00:00 has no time zone$"):
        ical.to_ics(SPRING, stamp=datetime(2016, 2, 1))  # noqa: DTZ001
    with pytest.raises(ValueError, match=r"^manchester-2016: a schedule has at least one day, not 0$"):
        replace(SPRING, days=0)
