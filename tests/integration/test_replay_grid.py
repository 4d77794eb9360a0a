"""A real grid stands as it was: nothing is moved or dropped in silence, no double booking is invented or missed."""

import pytest

from midcycle.agenda.models import Room, Session, Slot
from midcycle.meetups.models import Meetup
from midcycle.pads.models import Pad
from tests.worlds.replay import line, places, replayed, wrong

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_days_told_as_dates_and_weekdays():
    outcome = replayed("""
        id: x
        dates: {start: 2019-03-25, end: 2019-03-27}
        rooms: [{id: r, name: R}]
        slots:
          - {id: a, day: 2019-03-25, start: 9:00}
          - {id: b, day: Tuesday, start: 9:00}
          - {id: c, date: 2019-03-27, start: 9:00}
        sessions: [{title: A, room: r, slot: a}, {title: B, room: r, slot: b}, {title: C, room: r, slot: c}]
        """)
    assert wrong(outcome) == []
    assert outcome.found == ()
    assert [where[0] for where in places().values()] == [1, 2, 3]


def test_days_that_map_to_nothing_are_said_and_meet_no_other():
    outcome = replayed("""
        id: x
        slots: [{id: a, day: 1, start: 9:00}, {id: b, day: Tuesday, start: 9:00}, {id: c, day: 99, start: 9:00}]
        sessions: [{title: A, slot: a, lead: m}, {title: B, slot: b, lead: m}, {title: C, slot: c, lead: m}]
        """)
    assert wrong(outcome) == ["slots.b.day", "slots.c.day"]
    assert outcome.found == ()


def test_slots_without_times_keep_their_grid():
    outcome = replayed("""
        id: x
        rooms: [{id: r1, name: Sala}, {id: r2, name: Varanda}]
        slots: [{id: first}, {id: second}]
        sessions:
          - {title: A, slot: first, room: r1, moderators: [m1]}
          - {title: B, slot: first, room: r2, moderators: [m1]}
          - {title: C, slot: second, room: r1}
        """)
    assert wrong(outcome) == []
    assert places() == {"A": (1, None, None, "Sala"), "B": (1, None, None, "Varanda"), "C": (1, None, None, "Sala")}
    assert outcome.found == ("Person m1 is needed in both A and B in the slot first.",)


def test_slots_and_rooms_that_only_sessions_name():
    outcome = replayed("""
        id: x
        sessions:
          - {id: s1, title: A, slot: zz, room: cellar}
          - {id: s2, title: B, slot: zz, room: attic}
          - {id: s3, title: C, room: cellar}
          - {id: s4, title: D, room: cellar}
        """)
    assert wrong(outcome) == []
    assert (Slot.objects.count(), len(places()), outcome.found) == (3, 4, ())


def test_a_room_is_found_by_its_name_as_well():
    outcome = replayed("""
        id: x
        rooms: [{id: ballroom, name: Ballroom}, {id: 2, name: Room B}]
        slots: [{id: 1, start: "9:00", end: "10:00"}]
        sessions: [{title: A, room: Ballroom, slot: 1}, {title: B, room: room b, slot: "1"}, {title: C, room: 2, slot: 1}]
        """)
    assert wrong(outcome) == []
    assert {where[3] for where in places().values()} == {"Ballroom", "Room B"}
    assert Room.objects.count() == 2


def test_a_session_may_have_hours_of_its_own():
    outcome = replayed("""
        id: x
        dates: {start: 2016-01-01}
        rooms: [{id: b, name: B}]
        slots: [{id: a, start: "15:00", end: "15:45"}, {id: c, start: "16:00", end: "17:00"}]
        sessions:
          - {title: Long, start: "10:00", end: "12:00", room: b}
          - {title: Later, start: "11:00", end: "11:30", room: b}
          - {id: am, title: AM, start: "9:30 AM", room: b}
          - {title: Military, start: 1430, duration: 30 min, room: b}
          - {title: Moment, start: 2016-01-01 13:00:00, room: b}
          - {title: Overrun, slot: a, end: "16:30", room: b}
          - {title: Next, slot: c, room: b}
        """)
    assert wrong(outcome) == []
    assert line(outcome, "sessions.am.start") == ("9:30 AM", "09:30", True, "lived")
    assert places()["Military"] == (1, "14:30", "15:00", "B")
    assert places()["Overrun"] == (1, "15:00", "16:30", "B")
    assert outcome.found == (
        "B holds both Long (10:00) and Later (11:00), which overlap.",
        "B holds both Overrun (15:00) and Next (16:00), which overlap.",
    )


def test_a_session_in_two_slots_spans_them_and_one_in_two_rooms_is_said():
    outcome = replayed("""
        id: x
        rooms: [{id: r1, name: Aula}, {id: r2, name: Labor}]
        slots: [{id: a, start: "10:00", end: "11:00"}, {id: b, start: "11:00", end: "12:00"}]
        sessions: [{id: s1, title: Two slots, room: r1, slots: [a, b]}, {id: s2, title: Two rooms, room: "r2, r1", slot: a}]
        """)
    assert wrong(outcome) == ["sessions.s2.room"]
    assert places() == {"Two slots": (1, "10:00", "12:00", "Aula"), "Two rooms": (1, "10:00", "11:00", "Labor")}
    assert Room.objects.count() == 2


def test_slots_without_a_day_are_there_on_each_day_of_their_sessions():
    outcome = replayed("""
        id: x
        dates: {start: 2016-01-01, end: 2016-01-02}
        rooms: [{id: r, name: R}]
        slots: [{id: a, start: "9:00", end: "10:00"}]
        sessions: [{title: A, day: 1, slot: a, room: r}, {title: B, day: 2, slot: a, room: r}, {title: C, day: 2, slot: a}]
        """)
    assert (wrong(outcome), outcome.found) == ([], ())
    assert (places()["B"], Slot.objects.count()) == ((2, "09:00", "10:00", "R"), 2)


def test_a_night_is_held_until_midnight_and_days_may_be_counted_from_0():
    outcome = replayed("""
        id: x
        rooms: [{id: r, name: R}]
        slots:
          - {id: a, day: 0, start: "21:00", end: "01:00"}
          - {id: b, day: 0, start: "22:00", end: "24:00"}
          - {id: c, day: 1, start: "9:00", end: "8:00"}
        sessions: [{title: A, slot: a, room: r}, {title: B, slot: b, room: r}]
        """)
    assert wrong(outcome) == ["slots.c.end"]
    assert outcome.found == ("R holds both A (day 1, 21:00) and B (day 1, 22:00), which overlap.",)
    assert line(outcome, "slots.a.end") == ("01:00", "01:00", True, "kept")


def test_odd_rooms_are_said_and_break_nothing():
    outcome = replayed("""
        id: x
        rooms: [{id: a, name: Berlin}, {id: b, name: Berlin}, {id: c, name: C, capacity: 0}, {id: d, capacity: 10000000000}]
        slots: [{id: s, start: "9:00", end: "10:00"}]
        sessions: [{title: A, slot: s, room: a}, {title: B, slot: s, room: b}]
        """)
    assert wrong(outcome) == ["rooms.b.name", "rooms.c.capacity", "rooms.d.capacity"]
    assert (places()["B"][3], outcome.found) == ("Berlin (b)", ())


def test_only_what_a_column_holds_is_lived():
    outcome = replayed("""
        id: x
        rooms: [{id: r, name: R, capacity: [20, 40]}]
        slots: [{id: a, start: "9:00", kind: hackathon}]
        sponsors: [{name: IBM, role: gold}, {name: CERN, role: Host}]
        sessions: [{id: s, title: S, kind: unconference}]
        """)
    assert wrong(outcome) == []
    kept = {one.path for one in outcome.lines if one.how == "kept"}
    assert kept == {"id", "rooms.r.capacity", "slots.a.kind", "sponsors.1.role", "sessions.s.kind"}


def test_pads_of_sessions_with_one_title_keep_apart():
    outcome = replayed("""
        id: x
        sessions:
          - {id: s1, title: Open, pad: X-1}
          - {id: s2, title: Open, pad: X-2, notes: false}
          - {id: s3, title: Z, pad: "no ü"}
        """)
    assert wrong(outcome) == ["sessions.s3.pad"]
    assert list(Pad.objects.order_by("made_at", "session").values_list("name", flat=True))[:2] == ["X-1", "X-2"]


def test_a_grid_may_be_a_table_and_its_sessions_name_topics():
    outcome = replayed("""
        id: x
        rooms: {a: {name: Aula, capacity: 100}}
        slots: {x: {day: 1, start: "10:00", end: "11:00"}}
        topics: {t1: {title: Ceph}}
        sessions: {s1: {title: One, room: a, slot: x, topic: t1}, s2: {title: Two, topic: t9}}
        """)
    assert wrong(outcome) == []
    assert places() == {"One": (1, "10:00", "11:00", "Aula")}
    assert Session.objects.get(title="One").topic.title == "Ceph"


def test_the_time_zone_is_set_or_follows_from_the_place():
    assert wrong(replayed("{id: x, timezone: America/New_York}")) == []
    assert wrong(replayed("{id: y, location: {country: Portugal}, timezone: Mars/Olympus}")) == ["timezone"]
    replayed("{id: z, location: {city: Oslo, country: NO}}")
    replayed("{id: b, location: {city: Köln, country: DE}}")
    replayed("{id: c, location: {city: Chicago, country: US}}")
    replayed("{id: d, location: {city: Springfield, country: US}}")
    zones = dict(Meetup.objects.values_list("slug", "timezone"))
    assert zones == {
        "x": "America/New_York",
        "y": "UTC",
        "z": "Europe/Oslo",
        "b": "Europe/Berlin",
        "c": "America/Chicago",
        "d": "UTC",
    }


def test_a_moment_with_an_offset_is_told_in_local_time():
    start = "2018-10-08T09:00:00+02:00"
    outcome = replayed(f"{{id: x, timezone: Europe/London, sessions: [{{id: s, title: A, start: {start}}}]}}")
    assert line(outcome, "sessions.s.start")[1:3] == ("day 1, 08:00", True)
    outcome = replayed(f"{{id: y, sessions: [{{id: s, title: B, start: {start}}}]}}")
    assert places()["B"][:2] == (1, "09:00")
