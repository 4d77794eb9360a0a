"""Times, the grid, a usual day, and wishes that are lost: without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.agenda.rules import clock, layout, values, wishes
from midcycle.agenda.rules.usual import SHORTEST, Stretch, Usual, usual_day
from midcycle.engines.solver import model
from midcycle.engines.solver.plan import review

HALL, LOFT = values.Room(1, "Hall", 100), values.Room(2, "Loft", 10)
OPENING = values.Slot(10, 1, time(9), time(9, 30), "plenary", "Opening")
FIRST = values.Slot(11, 1, time(9, 30), time(10, 10))
COFFEE = values.Slot(12, 1, time(10, 10), time(10, 30), "break", "Coffee")
LATER = values.Slot(13, 2, time(9, 30), None)
LOST = values.Slot(14, 2, None, None)
WELCOME = values.Session(20, "a" * 32, "Welcome", "plenary", for_all=True, slot=10, room=1)
CEPH = values.Session(21, "b" * 32, "Ceph", "working_group", slot=11, room=2, leads=("Ada Example",))
LOGS = values.Session(22, "c" * 32, "Logs", "birds_of_a_feather", slot=11, room=None)
LATE = values.Session(23, "d" * 32, "Late", "general_session", slot=13, room=1)
LISBON = values.Agenda(
    date(2027, 3, 2),
    "Europe/Lisbon",
    2,
    (HALL, LOFT),
    (LATER, COFFEE, OPENING, LOST, FIRST),
    (WELCOME, CEPH, LOGS, LATE),
    ("Two at once.",),
)
FRAME = layout.Frame(LISBON.rooms, LISBON.slots, LISBON.starts_on, ZoneInfo("Europe/Lisbon"))


def test_an_agenda_comes_back_from_json_as_it_was():
    assert values.from_plain(values.to_plain(LISBON)) == LISBON
    undated = replace(LISBON, starts_on=None, slots=(replace(FIRST, ends=None),))
    assert values.from_plain(values.to_plain(undated)) == undated


def test_visitors_see_no_empty_time_for_sessions_unless_it_has_a_name():
    empty = values.Slot(30, 1, time(11), time(12))
    named = replace(empty, id=31, label="Lightning round")
    together = replace(empty, id=32, kind="plenary")
    free = replace(empty, id=33, kind="free")
    agenda = replace(LISBON, slots=(OPENING, FIRST, COFFEE, LATER, empty, named, together, free))
    assert agenda.told() == replace(LISBON, slots=(OPENING, FIRST, COFFEE, LATER, named, free))


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (FIRST, FIRST, True),
        (FIRST, COFFEE, False),
        (FIRST, replace(FIRST, id=99, starts=time(10), ends=time(11)), True),
        (FIRST, replace(FIRST, id=99, day=2), False),
        (LATER, replace(LATER, id=99), True),
        (LATER, replace(LATER, id=99, starts=time(9, 31)), False),
        (replace(FIRST, ends=None), replace(FIRST, id=99, starts=time(9), ends=time(9, 31)), True),
        (LOST, LOST, False),
        (replace(LATER, starts=time(23, 59)), replace(LATER, id=99, starts=time(23, 59)), True),
    ],
)
def test_only_a_sure_overlap_counts(one, other, both):
    assert (clock.overlap(one, other), clock.overlap(other, one)) == (both, both)


@pytest.mark.parametrize(
    ("starts_on", "days", "name"), [(date(2027, 3, 2), 2, "Tue 09:30"), (None, 2, "day 1, 09:30"), (None, 1, "09:30")]
)
def test_a_slot_is_named_as_shortly_as_it_can_be(starts_on, days, name):
    assert clock.slot_name(FIRST, starts_on=starts_on, days=days) == name


@pytest.mark.parametrize(
    ("starts_on", "days", "words"),
    [(date(2027, 3, 2), 2, "On Tue at 09:30"), (None, 2, "On day 1 at 09:30"), (None, 1, "At 09:30")],
)
def test_a_sentence_about_a_slot_begins_in_plain_words(starts_on, days, words):
    assert clock.slot_opening(FIRST, starts_on=starts_on, days=days) == words


def test_days_have_names_with_dates_and_numbers_without():
    assert [clock.day_name(date(2027, 2, 28), day) for day in (1, 2)] == ["Sunday 28 February", "Monday 1 March"]
    assert clock.day_name(None, 2) == "Day 2"


@pytest.mark.parametrize(
    ("now", "links", "past"),
    [
        (datetime(2027, 3, 1, 14, 59, tzinfo=UTC), ["Tue 2", "Wed 3", "Thu 4"], []),
        (datetime(2027, 3, 1, 15, 0, tzinfo=UTC), ["Tue 2 today", "Wed 3", "Thu 4"], []),  # midnight in Tokyo
        (datetime(2027, 3, 2, 14, 59, tzinfo=UTC), ["Tue 2 today", "Wed 3", "Thu 4"], []),
        (datetime(2027, 3, 2, 15, 0, tzinfo=UTC), ["Wed 3 today", "Tue 2", "Thu 4"], ["Tue 2"]),
        (datetime(2027, 3, 4, 14, 59, tzinfo=UTC), ["Thu 4 today", "Tue 2", "Wed 3"], ["Tue 2", "Wed 3"]),
        (datetime(2027, 3, 4, 15, 0, tzinfo=UTC), ["Tue 2", "Wed 3", "Thu 4"], []),
    ],
)
def test_today_comes_first_and_changes_at_midnight_where_the_meetup_is(now, links, past):
    found = clock.day_links(date(2027, 3, 2), [1, 2, 3], ZoneInfo("Asia/Tokyo"), now)
    assert [f"{link.short}{' today' * link.is_today}" for link in found] == links
    assert [link.short for link in found if link.is_past] == past


def test_without_dates_no_day_is_today():
    assert clock.day_links(None, [1, 2], ZoneInfo("UTC"), at(9, 0)) == (clock.DayLink(1, "Day 1"), clock.DayLink(2, "Day 2"))


@pytest.mark.parametrize("name", ["Nowhere/Atlantis", "", "../etc/passwd", "x\x00"])
def test_a_time_zone_nobody_knows_is_utc(name):
    assert clock.zone_of(name) == ZoneInfo("UTC")


def at(hour: int, minute: int, day: int = 2) -> datetime:
    return datetime(2027, 3, day, hour, minute, tzinfo=ZoneInfo("Europe/Lisbon"))


def titles(band: clock.Band | None) -> tuple[str, ...]:
    return () if band is None else (*(shown.session.title for shown in band.sessions), *band.words)


@pytest.mark.parametrize(
    ("moment", "now", "following", "sentence"),
    [
        (at(8, 0), (), ("Welcome",), "Nothing runs at this moment."),
        (at(9, 0), ("Welcome",), ("Ceph", "Logs"), ""),
        (at(9, 30), ("Ceph", "Logs"), ("Coffee",), ""),
        (at(10, 15), ("Coffee",), ("Late",), ""),
        (at(10, 30), (), ("Late",), "Nothing runs at this moment."),
        (at(10, 29, 3), ("Late",), (), ""),
        (at(10, 30, 3), (), (), "That was all. Safe travels."),
    ],
)
def test_now_and_next_go_by_the_time_of_the_meetup(moment, now, following, sentence):
    page = clock.now_next(LISBON, moment.astimezone(UTC))
    assert (titles(page.now), titles(page.next), page.sentence) == (now, following, sentence)
    assert page.local == moment


def test_now_says_until_when_only_if_that_is_recorded():
    assert clock.now_next(LISBON, at(9, 45)).now == clock.Band(
        at(9, 30), at(10, 10), (clock.Shown(CEPH, "Loft"), clock.Shown(LOGS, "Room not recorded")), ()
    )
    late = clock.now_next(LISBON, at(9, 45, 3)).now
    assert late is not None
    assert late.until is None


def test_without_dates_nothing_is_on():
    page = clock.now_next(replace(LISBON, starts_on=None), at(9, 0))
    assert (page.now, page.next, page.sentence) == (None, None, "No times are known for this agenda.")


def test_clocks_that_change_at_night_do_not_move_a_session():
    spring = replace(LISBON, starts_on=date(2027, 3, 27))  # the clocks go forward on the 28th
    assert titles(clock.now_next(spring, datetime(2027, 3, 28, 8, 30, tzinfo=UTC)).now) == ("Late",)


def test_the_grid_has_the_rooms_of_the_day_and_rows_in_order_of_time():
    one, two = layout.days(FRAME, LISBON.placed())
    assert (one.name, [column.name for column in one.columns]) == ("Tuesday 2 March", ["Loft", "Room not recorded"])
    assert [row.slot for row in one.rows] == [OPENING, FIRST, COFFEE]
    opening, first, coffee = one.rows
    assert (opening.together, [(cell.room.name, cell.items) for cell in opening.cells]) == (True, [("Hall", (WELCOME,))])
    assert (first.together, [cell.items for cell in first.cells]) == (False, [(CEPH,), (LOGS,)])
    assert (coffee.is_empty, first.is_empty) == (True, False)
    assert (first.starts, first.ends) == ("2027-03-02T09:30:00+00:00", "2027-03-02T10:10:00+00:00")
    assert [(row.starts, row.ends) for row in two.rows] == [("2027-03-03T09:30:00+00:00", ""), ("", "")]


def test_the_board_has_every_room_and_a_double_booking_stays_in_one_cell():
    twice = replace(LOGS, room=2)
    one, _ = layout.days(replace(FRAME, every_room=True), (CEPH, twice))
    assert [column.name for column in one.columns] == ["Hall", "Loft"]
    assert [cell.items for cell in one.rows[1].cells] == [(), (CEPH, twice)]


def test_a_grid_without_rooms_has_one_column_that_says_so():
    frame = layout.Frame((), (FIRST,), None, ZoneInfo("UTC"))
    (day,) = layout.days(frame, (replace(CEPH, room=None), LOGS))
    assert (day.name, [column.name for column in day.columns]) == ("Day 1", ["Room not recorded"])
    assert [cell.items for cell in day.rows[0].cells] == [(replace(CEPH, room=None), LOGS)]


USUAL = Usual(time(9), time(12), 40, 20, 30, time(10, 30), 30, time(11, 40), 20)


def test_a_usual_day():
    assert usual_day(USUAL) == (
        Stretch(time(9), time(9, 30), "plenary", "Opening"),
        Stretch(time(9, 30), time(10, 30), "session"),
        Stretch(time(10, 30), time(11), "break", "Lunch"),
        Stretch(time(11), time(11, 40), "session"),
        Stretch(time(11, 40), time(12), "free"),
    )


def test_a_day_as_the_form_suggests_it_has_no_holes_and_ends_when_asked():
    day = Usual(time(9), time(17), 40, 20, 30, time(12, 30), 60, time(15, 30), 30)
    assert [(f"{held.starts:%H:%M}", f"{held.ends:%H:%M}", held.kind) for held in usual_day(day)] == [
        ("09:00", "09:30", "plenary"),
        ("09:30", "10:10", "session"),
        ("10:10", "10:40", "break"),
        ("10:40", "11:20", "session"),
        ("11:20", "11:50", "break"),
        ("11:50", "12:30", "session"),
        ("12:30", "13:30", "break"),
        ("13:30", "14:10", "session"),
        ("14:10", "14:50", "break"),
        ("14:50", "15:30", "session"),
        ("15:30", "16:00", "free"),
        ("16:00", "17:00", "session"),
    ]


def test_without_breaks_the_sessions_share_what_is_left_in_round_times():
    day = Usual(time(9), time(11, 12), 40, 0, 0, time(12), 0, time(12), 0)
    assert usual_day(day) == (
        Stretch(time(9), time(9, 45), "session"),
        Stretch(time(9, 45), time(10, 30), "session"),
        Stretch(time(10, 30), time(11, 12), "session"),
    )


def test_what_is_shorter_than_a_session_is_a_break():
    day = replace(USUAL, free_at=time(11, 20), free=30)
    assert [(held.starts, held.ends) for held in usual_day(day) if held.kind == "break" and not held.label] == [
        (time(11), time(11, 20)),
        (time(11, 50), time(12)),
    ]


def test_the_last_day_ends_with_everybody_together():
    assert usual_day(replace(USUAL, free=0), is_last=True)[-1] == Stretch(time(11, 30), time(12), "plenary", "Wrap-up")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ends": time(9)}, "The day ends before it begins."),
        ({"session": 4}, "A session lasts at least 5 minutes."),
        ({"lunch_at": time(9, 15)}, "The lunch would begin before what comes first has ended."),
        ({"free_at": time(11, 50)}, "The free time would end after the day does."),
        ({"lunch_at": time(23, 50)}, "The lunch would end after the day does."),
    ],
)
def test_times_that_contradict_each_other_are_told(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        usual_day(replace(USUAL, **change))


def minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def between(first: int, last: int) -> st.SearchStrategy[time]:
    return st.integers(first * 60, last * 60).map(lambda minute: time(minute // 60, minute % 60))


DAYS = st.builds(
    Usual,
    starts=between(7, 10),
    ends=between(16, 22),
    session=st.integers(SHORTEST, 120),
    pause=st.integers(0, 60),
    together=st.integers(0, 60),
    lunch_at=between(11, 13),
    lunch=st.integers(0, 90),
    free_at=between(14, 16),
    free=st.integers(0, 90),
)


@given(DAYS, st.booleans())
def test_any_usual_day_keeps_its_promises(usual, is_last):
    try:
        made = usual_day(usual, is_last=is_last)
    except ValueError:
        return
    assert all(usual.starts <= held.starts < held.ends <= usual.ends for held in made)
    assert [(one.ends, other.starts) for one, other in pairwise(made) if one.ends != other.starts] == []
    assert (made[0].starts, made[-1].ends) == (usual.starts, usual.ends)
    assert [h for h in made if h.kind == "session" and minutes(h.ends) - minutes(h.starts) < usual.session] == []
    assert [h.starts for h in made if h.kind == "free"] == ([usual.free_at] if usual.free else [])
    beside_a_pause = {at for at, h in enumerate(made) if h.kind == "session"} & {
        at + step for at, h in enumerate(made) if h.kind == "break" and not h.label for step in (-1, 1)
    }
    assert {minutes(made[at].ends) - minutes(made[at].starts) for at in beside_a_pause} <= {usual.session}


def crowd(slots: int, *wants: str, comfort: int | None = None, needed: tuple[int, ...] = ()) -> model.Problem:
    """Topics a, b, …: each word of `wants` has the topics of one person."""
    topics = sorted(set("".join(wants)))
    return model.Problem(
        slots=tuple(model.Slot(n, 1, n * 60, n * 60 + 60) for n in range(slots)),
        rooms=(model.Room("x"), model.Room("y")),
        topics=tuple(model.Topic(t, t.upper(), comfort=comfort, needed=needed if t == "a" else ()) for t in topics),
        people=tuple(model.Person(n) for n in range(len(wants))),
        supports=tuple(model.Support(n, t) for n, want in enumerate(wants) for t in want),
    )


def test_a_lost_wish_names_what_is_beside_it():
    problem = crowd(1, "ab", "ab", "b")
    plan = review(problem, {"a": (0, "x"), "b": (0, "y")})
    found = wishes.lost_wishes(problem, plan)
    assert sum(lost.lost for lost in found) == plan.wanted - plan.value == 2
    assert {(lost.title, other) for lost in found for other, _ in lost.beside} <= {("A", "B"), ("B", "A")}


def test_a_lost_wish_may_have_no_seat_or_no_place():
    problem = crowd(2, "ab", "ab", comfort=1)
    found = wishes.lost_wishes(problem, review(problem, {"a": (0, "x")}))
    assert found == (
        wishes.Lost("b", "B", 2, 0, no_place=2),
        wishes.Lost("a", "A", 2, 1, no_seat=1),
    )


@given(st.lists(st.sets(st.sampled_from("abcd")).map("".join), min_size=1, max_size=6), st.data())
def test_every_unmet_wish_has_one_cause(wants, data):
    problem = crowd(2, *wants, comfort=data.draw(st.sampled_from([None, 1, 2])))
    where = st.tuples(st.sampled_from([0, 1]), st.sampled_from(["x", "y"]))
    assign = {t.id: place for t in problem.topics if (place := data.draw(st.none() | where)) is not None}
    plan = review(problem, assign)
    for lost in wishes.lost_wishes(problem, plan):
        assert lost.lost == sum(count for _, count in lost.beside) + lost.no_seat + lost.no_place
    assert sum(lost.lost for lost in wishes.lost_wishes(problem, plan)) == plan.wanted - plan.value
