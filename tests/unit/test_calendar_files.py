"""Calendar files of strangers, read and written."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from midcycle.engines.schedules.events import MOST_BYTES, MOST_EVENTS, Found, Listed, read_events, write_events
from midcycle.kernel.refusal import Refusal

NO_CALENDAR = "This is no calendar file. Choose one that ends in .ics, as calendar programs export it."
STAMP = datetime(2027, 1, 10, tzinfo=UTC)


def file(*events: str) -> bytes:
    rows = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//X//EN"]
    for event in events:
        rows += ["BEGIN:VEVENT", *event.split("|"), "END:VEVENT"]
    return "\r\n".join([*rows, "END:VCALENDAR", ""]).encode()


def test_whole_days_and_hours_become_days():
    found, remarks = read_events(
        file(
            "UID:1@x|SUMMARY:Summit|DTSTART;VALUE=DATE:20270504|DTEND;VALUE=DATE:20270507|LOCATION:Vancouver\\, CA|URL:https://e.org/",
            "UID:2@x|SUMMARY:Evening|DTSTART:20270301T190000Z|DTEND:20270302T000000Z",
            "UID:3@x|SUMMARY:Night|DTSTART;TZID=Europe/Oslo:20270301T190000|DURATION:PT8H",
            "UID:4@x|SUMMARY:One day|DTSTART;VALUE=DATE:20270301",
        )
    )
    assert found == (
        Found("1@x", "Summit", date(2027, 5, 4), date(2027, 5, 6), "Vancouver, CA", "https://e.org/"),
        Found("2@x", "Evening", date(2027, 3, 1), date(2027, 3, 1)),
        Found("3@x", "Night", date(2027, 3, 1), date(2027, 3, 2)),
        Found("4@x", "One day", date(2027, 3, 1), date(2027, 3, 1)),
    )
    assert remarks == ()


def test_what_cannot_be_used_is_left_out_and_told():
    found, remarks = read_events(
        file(
            "SUMMARY:Weekly|DTSTART:20270301T100000Z|RRULE:FREQ=WEEKLY",
            "SUMMARY:Off|DTSTART;VALUE=DATE:20270301|STATUS:CANCELLED",
            "SUMMARY:Long|DTSTART;VALUE=DATE:20270301|DTEND;VALUE=DATE:20280301",
            "SUMMARY:Never|DTSTART;VALUE=DATE:20279999",
            "SUMMARY:Backwards|DTSTART;VALUE=DATE:20270305|DTEND;VALUE=DATE:20270301",
            "DTSTART;VALUE=DATE:20270301",
            "SUMMARY:Mixed|DTSTART;VALUE=DATE:20270301|DTEND:20270302T100000Z|URL:javascript:alert(1)",
        )
    )
    assert found == (Found("2027-03-01 Mixed", "Mixed", date(2027, 3, 1), date(2027, 3, 2)),)
    assert remarks == (
        "“Weekly” was left out: it repeats.",
        "“Off” was left out: it is cancelled.",
        "“Long” was left out: it lasts more than 62 days.",
        "“Never” was left out: its days cannot be read.",
        "“Backwards” was left out: its days cannot be read.",
        "An event without a title was left out.",
    )


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", NO_CALENDAR),
        (b"hello", NO_CALENDAR),
        (b"BEGIN:VCARD\r\nEND:VCARD", NO_CALENDAR),
        (b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\n", "There is no event in this file."),
        (file(), "There is no event in this file."),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 9, NO_CALENDAR),
        (
            b"BEGIN:VCALENDAR\r\n" + b"x" * 30_000,
            "A line of this file is very long. Export it without pictures and attachments.",
        ),
        (
            b"BEGIN:VCALENDAR\r\nX:" + b"\r\n y" * 20_000,
            "A line of this file is very long. Export it without pictures and attachments.",
        ),
        (b"BEGIN:VCALENDAR\r\n\xff", "This file is not UTF-8 text. Export it again as UTF-8."),
        (b"x" * (MOST_BYTES + 1), "This file is larger than 512 KB. Choose a calendar of one community."),
        (
            file(*["SUMMARY:X|DTSTART;VALUE=DATE:20270301"] * (MOST_EVENTS + 1)),
            "There are more than 500 events in this file. Choose a shorter time when you export it.",
        ),
    ],
)
def test_hostile_files_are_refused_in_a_sentence(data, sentence):
    with pytest.raises(Refusal) as refusal:
        read_events(data)
    assert refusal.value.message == sentence


@pytest.mark.parametrize("zone", ["Nowhere/Town", "../../etc/passwd", "\x00"])
def test_a_zone_that_is_none_does_no_harm(zone):
    found, _ = read_events(file(f"UID:1|SUMMARY:X|DTSTART;TZID={zone}:20270301T100000"))
    assert [each.starts_on for each in found] in ([], [date(2027, 3, 1)])


def test_what_is_written_is_read_the_same():
    listed = Listed("1@x", "A; b, c\nd", date(2027, 5, 4), date(2027, 5, 6), STAMP, "Vancouver, CA", "https://e.org/", "Text")
    data = write_events([listed], title="Ours")
    assert data == write_events([listed], title="Ours")
    assert read_events(data)[0] == (
        Found("1@x", "A; b, c d", date(2027, 5, 4), date(2027, 5, 6), "Vancouver, CA", "https://e.org/"),
    )
    assert len(Calendar.from_ical(data).walk("VEVENT")) == 1


LINES = st.sampled_from(
    ["SUMMARY:X", "DTSTART:20270301", "DTSTART;VALUE=DATE:2027", "DTEND:x", "DURATION:P1D", "BEGIN:VALARM", "UID:"]
)


@given(st.lists(LINES | st.text(max_size=20), max_size=8))
def test_any_lines_are_read_or_refused(lines):
    try:
        found, remarks = read_events(file("|".join(lines)))
    except Refusal:
        return
    assert all(each.title and each.uid and each.starts_on <= each.ends_on for each in found)
    assert len(found) + len(remarks) <= len(lines) + 1
