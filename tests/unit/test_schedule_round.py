"""What we write, we read again; and what pretalx gives as lists."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midcycle.agenda.queries.exports import csv_of
from midcycle.engines import tables
from midcycle.engines.schedules import c3voc, frabxml, reading, schedule2
from midcycle.engines.schedules.model import ROOM_TO_BE_ANNOUNCED, Room, Schedule, ScheduledSession
from midcycle.engines.schedules.plain import for_xml, line, lines
from midcycle.kernel.refusal import Refusal
from tests.unit.test_schedules import HOSTILE, ZONES

FIRST = date(2026, 3, 28)  # a day before the clocks change in London
WORDS = (HOSTILE | st.text(alphabet="'=+-@; |ab", max_size=12)).map(for_xml).map(line).filter(bool)
NAMES = WORDS.filter(lambda name: name != ROOM_TO_BE_ANNOUNCED)
TEXT = HOSTILE.map(for_xml).map(lines).map(str.strip)


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Return a schedule of up to four sessions from four in the morning on, with or without an end, room, people and notes."""
    zone = draw(ZONES)
    names = draw(st.lists(NAMES, max_size=3, unique=True))
    rooms = [Room(name=name, guid=uuid5(NAMESPACE_URL, name), capacity=draw(st.none() | st.integers(1, 500))) for name in names]
    sessions = [draw(sessions_at(ZoneInfo(zone), names, number)) for number in range(draw(st.integers(0, 4)))]
    return Schedule(
        slug="spring_meetup", title=draw(WORDS), starts_on=FIRST, days=3, timezone=zone, url="https://meet.example.org/m/spring/",
        version="3", rooms=tuple(rooms), sessions=tuple(sessions),
    )  # fmt: skip


@st.composite
def sessions_at(draw: st.DrawFn, zone: ZoneInfo, rooms: list[str], number: int) -> ScheduledSession:
    """Return a session; the small hours belong to the day before."""
    day = draw(st.integers(1, 3))
    clock = datetime.combine(FIRST + timedelta(days=day - 1), time(4)) + timedelta(minutes=draw(st.integers(0, 19 * 60)))
    starts = clock.replace(tzinfo=zone)
    length = draw(st.none() | st.integers(1, 4 * 60))
    return ScheduledSession(
        uid=UUID(int=number + 1), code=f"S{number}", title=draw(WORDS), url=f"https://meet.example.org/{number}", day=day,
        abstract=draw(TEXT), format=draw(st.sampled_from(["Plenary", "Working group", ""])),
        room=draw(st.none() | st.sampled_from(rooms)) if rooms else None, starts=starts,
        ends=None if length is None else (starts.astimezone(UTC) + timedelta(minutes=length)).astimezone(zone),
        leads=tuple(draw(st.lists(WORDS, max_size=2))), shadows=tuple(draw(st.lists(WORDS, max_size=2))),
        pad_url=draw(st.none() | st.just("https://meet.example.org/pad")),
        language=draw(st.none() | st.sampled_from(["en", "fr"])),
    )  # fmt: skip


def again(schedule: Schedule, data: bytes) -> tuple[ScheduledSession, ...]:
    """Return what is read of a file; nothing of it is left out, and days and zone are the same."""
    read = reading.read(data, timezone_name=schedule.timezone, unguard=tables.unguarded)
    assert read.remarks == ()
    assert read.schedule.timezone == schedule.timezone
    return tuple(sorted(read.schedule.sessions, key=lambda session: session.uid))


@settings(max_examples=60, deadline=None)
@given(schedules())
def test_our_json_is_read_again_with_nothing_lost(schedule):
    data = c3voc.to_json(schedule)
    read = reading.read(data)
    assert again(schedule, data) == schedule.sessions
    assert (read.schedule.title, read.schedule.starts_on, read.schedule.days) == (schedule.title, FIRST, 3)
    assert read.schedule.rooms == schedule.rooms


@settings(max_examples=60, deadline=None)
@given(schedules())
def test_our_xml_is_read_again_with_all_it_has_words_for(schedule):
    def as_told(session: ScheduledSession) -> ScheduledSession:
        people = (*session.leads, *session.shadows)
        return replace(session, leads=people, shadows=(), pad_url=None, code="", room=session.room)

    told = [replace(session, code="", pad_url=None) for session in again(schedule, frabxml.to_xml(schedule))]
    assert told == [as_told(session) for session in schedule.sessions]


@settings(max_examples=60, deadline=None)
@given(schedules())
def test_our_schedule2_is_read_again_where_it_has_an_end(schedule):
    def facts(session: ScheduledSession) -> tuple[object, ...]:
        return session.uid, session.title, session.starts, session.ends, session.room, session.abstract, session.pad_url

    kept = [session for session in schedule.sessions if session.ends is not None]
    assert [facts(each) for each in again(schedule, schedule2.to_json(schedule))] == [facts(each) for each in kept]


@settings(max_examples=60, deadline=None)
@given(schedules().filter(lambda schedule: schedule.sessions))
def test_our_table_is_read_again(schedule):
    def facts(session: ScheduledSession) -> tuple[object, ...]:
        return session.uid, session.title, session.starts, session.ends, session.room, session.format, session.url

    assert [facts(each) for each in again(schedule, csv_of(schedule))] == [facts(each) for each in schedule.sessions]


def test_an_evening_that_goes_on_past_midnight_is_read_from_our_table():
    zone = ZoneInfo("Europe/Lisbon")
    late = [
        ScheduledSession(uid=UUID(int=n), code="", title="Pub", url="https://x.example/", starts=starts, ends=ends, day=1)
        for n, (starts, ends) in enumerate(
            [
                (datetime(2027, 3, 2, 22, 0, tzinfo=zone), datetime(2027, 3, 3, 1, 30, tzinfo=zone)),
                (datetime(2027, 3, 3, 0, 30, tzinfo=zone), datetime(2027, 3, 3, 2, 0, tzinfo=zone)),
                (datetime(2027, 3, 3, 3, 0, tzinfo=zone), None),
            ]
        )
    ]
    schedule = Schedule(
        slug="spring", title="Spring", starts_on=date(2027, 3, 2), days=1, timezone=zone.key, url="https://x.example/",
        version="1", sessions=tuple(late),
    )  # fmt: skip
    assert [(s.starts, s.ends, s.day) for s in again(schedule, csv_of(schedule))] == [(s.starts, s.ends, 1) for s in late]


# As pretalx 2026.2 names the columns of its export.
EXPORTED = {
    "ID": "3WMYNU", "Proposal title": "Ceph at scale", "Proposal state": "confirmed", "Session type": "Talk",
    "Abstract": "How.", "Description": None, "Duration": 45, "Language": "en", "Speaker names": ["Dee Example", "Bo, Jr."],
    "Room": "Aula", "Start": "2027-03-02T14:00:00+00:00", "Start (date)": "2027-03-02", "Start (time)": "14:00:00",
    "End": "2027-03-02T14:45:00+00:00", "Median score": None,
}  # fmt: skip


def as_csv(rows: list[dict[str, object]]) -> bytes:
    """Return rows as pretalx writes its CSV: with a mark of the order of bytes, names on lines of their own."""
    file = io.StringIO()
    writer = csv.DictWriter(file, rows[0], quoting=csv.QUOTE_MINIMAL)
    writer.writeheader()
    for row in rows:
        writer.writerow({key: "\n".join(value) if isinstance(value, list) else value for key, value in row.items()})
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def as_json(rows: list[dict[str, object]]) -> bytes:
    """Return rows as pretalx writes its JSON."""
    return json.dumps(rows, indent=2).encode()


writers = pytest.mark.parametrize("write", [as_csv, as_json])


@writers
def test_the_export_of_pretalx_is_read(write: Callable[[list[dict[str, object]]], bytes]):
    gone = {**EXPORTED, "ID": "X", "Proposal title": "Never", "Proposal state": "rejected"}
    open_yet = {**EXPORTED, "ID": "Y", "Proposal title": "Later", "Start": "", "Start (date)": "", "End": ""}
    parted = {**EXPORTED, "ID": "Z", "Proposal title": "Parted", "Start": ""}
    read = reading.read(write([EXPORTED, gone, open_yet, parted]), timezone_name="Europe/Lisbon")
    one, two = read.schedule.sessions
    assert (one.title, one.code, one.room, one.format, one.language, one.abstract) == (
        "Ceph at scale", "3WMYNU", "Aula", "Talk", "en", "How.",
    )  # fmt: skip
    assert (one.starts, one.length, one.leads[0]) == (
        datetime(2027, 3, 2, 14, tzinfo=UTC),
        timedelta(minutes=45),
        "Dee Example",
    )
    assert (two.title, two.starts) == ("Parted", one.starts)
    assert read.remarks == ("“Never” is left out: it was rejected.", "“Later” is left out: it says no day and time.")


def test_cells_that_are_guarded_against_formulas_are_read_as_they_were():
    rows = [{**EXPORTED, "Proposal title": "'=1+1"}, {**EXPORTED, "ID": "B", "Proposal title": "'tis"}]
    assert [session.title for session in reading.read(as_csv(rows)).schedule.sessions] == ["=1+1", "'tis"]


def test_what_is_too_long_is_cut_and_told():
    row = {**EXPORTED, "Proposal title": "x" * 200, "Abstract": "y" * 20_000}
    read = reading.read(as_json([row]))
    (session,) = read.schedule.sessions
    assert (len(session.title), len(session.abstract)) == (reading.LONGEST_TITLE, reading.LONGEST_ABSTRACT)
    assert [remark.rpartition(": ")[2] for remark in read.remarks] == [
        "its title is cut to 160 characters.", "its abstract is cut to 10000 characters.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        b"Name,Seats\nAda,1\n", b"Title", b"Title\n", b"Title;Date\n" + b'"' * 10, b"\x00Title,Date\n", b"Title\xff,Date\nx,y",
        b"Title,Date\n" + b"x" * 200_000, b"Title," * 100_000, b"\n" * 1000,
    ],
)  # fmt: skip
def test_tables_without_sessions_are_refused(data):
    try:
        read = reading.read(data)
    except Refusal:
        return
    assert read.schedule.sessions == ()


def test_a_table_of_too_many_rows_is_refused():
    with pytest.raises(Refusal, match="more than 3000 sessions"):
        reading.read(b"Title,Date,Start\n" + b"x,2026-05-04,10:00\n" * (reading.MOST_SESSIONS + 1))


@settings(max_examples=100, deadline=None)
@given(
    st.text(alphabet='Title,;\t"\n\r=Id0123456789-:T ', max_size=200) | HOSTILE,
    st.sampled_from(["Title,Date,Start,End,Id\n", "Proposal title;Start\n", ""]),
)
def test_any_table_is_read_or_refused_and_nothing_else(rows, head):
    try:
        assert isinstance(reading.read((head + rows).encode()).schedule, Schedule)
    except Refusal:
        return


@settings(max_examples=100, deadline=None)
@given(schedules(), st.data())
def test_xml_with_a_hole_in_it_is_read_or_refused_and_nothing_else(schedule, data):
    written = frabxml.to_xml(schedule)
    begin, end = sorted(data.draw(st.lists(st.integers(0, len(written)), min_size=2, max_size=2)))
    put = data.draw(st.sampled_from([b"", b"<", b"&#0;", b"]]>", b"<day>", b"\xff", b"9" * 40, b'<!ENTITY x "y">']))
    try:
        assert isinstance(reading.read(written[:begin] + put + written[end:]).schedule, Schedule)
    except Refusal:
        return
