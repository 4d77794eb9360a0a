"""Rooms and slots: added, changed, removed, and usual days made at once."""

import re
from datetime import time

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from midcycle.agenda import actions, queries
from midcycle.agenda.models import Placement, Room, Session, Slot
from midcycle.agenda.rules import values
from midcycle.agenda.rules.usual import Usual
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from tests.world import NOW, ada, browser_of, cy, idea, placed
from tests.worlds.agenda import at, hall, held, loft, planned, room, session, slot

pytestmark = pytest.mark.django_db

USUAL = Usual(time(9), time(13), 40, 20, 30, time(10, 30), 30, time(11, 40), 20)


def test_a_room_and_a_slot_are_added():
    meetup = placed()
    made = actions.add_room(meetup, "  Main\r\nhall ", capacity=120, note="Fishbowl", by=ada(), now=NOW)
    assert (made.name, made.capacity, made.note, made.position) == ("Main hall", 120, "Fishbowl", 0)
    held_at = actions.add_slot(meetup, day=2, starts=time(9), ends=time(10), kind="plenary", label="Opening", by=ada(), now=NOW)
    assert (held_at.day, held_at.kind, held_at.label, str(held_at)) == (2, "plenary", "Opening", "day 2 09:00")
    told = Entry.objects.filter(kind__startswith="agenda.").order_by("id").values_list("kind", "facts")
    assert list(told) == [("agenda.room_added", {"id": made.pk}), ("agenda.slot_added", {"id": held_at.pk})]
    entry = Entry.objects.get(kind="agenda.room_added")
    assert (entry.at, entry.meetup, entry.actor) == (NOW, meetup.pk, ada().pk)


@pytest.mark.parametrize(
    ("name", "capacity", "field"), [("\x00 \r\n", None, "name"), ("Loft", 0, "capacity"), ("Loft", 10**9, "capacity")]
)
def test_a_room_needs_a_name_and_a_sensible_size(name, capacity, field):
    with pytest.raises(Refusal) as refused:
        actions.add_room(placed(), name, capacity=capacity, by=ada(), now=NOW)
    assert refused.value.field == field
    assert Room.objects.count() == 0


def test_a_name_is_taken_once_in_a_meetup():
    meetup = placed()
    one, _ = room(meetup, "Loft"), room(placed("Another"), "Loft")
    other = room(meetup, "Attic")
    with pytest.raises(Refusal, match="There is a room Loft already"):
        room(meetup, "Loft")
    with pytest.raises(Refusal, match="There is a room Loft already"):
        actions.change_room(other, values.Room(0, "Loft"), by=ada(), now=NOW)
    actions.change_room(one, values.Room(0, "Loft", 12, "Up"), by=ada(), now=NOW)
    assert Room.objects.get(pk=one.pk).capacity == 12


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (values.Slot(0, 1, time(10), time(9)), "ends"),
        (values.Slot(0, 1, None, time(9)), "ends"),
        (values.Slot(0, 0, time(9), None), "day"),
        (values.Slot(0, 61, time(9), None), "day"),
        (values.Slot(0, 1, time(9), None, "party"), "kind"),
    ],
)
def test_a_slot_that_cannot_be_is_refused(facts, field):
    held_at = slot(placed())
    with pytest.raises(Refusal) as refused:
        actions.change_slot(held_at, facts, by=ada(), now=NOW)
    assert refused.value.field == field


@pytest.mark.parametrize("wrong", [{"kind": "party"}, {"ends": time(8)}, {"day": 0}])
def test_the_database_keeps_slots_possible(wrong):
    facts = {"meetup": placed(), "day": 1, "starts": time(9), "ends": time(10), "kind": "session", **wrong}
    with pytest.raises(IntegrityError), transaction.atomic():
        Slot.objects.create(**facts)


def test_removing_a_room_or_a_slot_takes_places_away_not_sessions():
    meetup = planned()
    held(meetup, "One")
    held(meetup, "Two", where=loft(meetup))
    held(meetup, "Three", starts="10:30", where=loft(meetup))
    actions.remove_room(hall(meetup), by=ada(), now=NOW)
    actions.remove_slot(at(meetup, "10:30"), by=ada(), now=NOW)
    (left,) = Placement.objects.all()
    assert (left.session.title, left.slot, left.room) == ("Two", at(meetup, "09:30"), loft(meetup))
    assert Session.objects.filter(meetup=meetup).count() == 3


def test_usual_days_are_made_for_days_without_slots():
    meetup = placed()
    slot(meetup, "08:00", "08:30", day=1)
    assert actions.fill_days(meetup, USUAL, by=ada(), now=NOW) == 7
    assert list(Slot.objects.filter(day=2).order_by("starts").values_list("kind", "label")) == [
        ("plenary", "Opening"),
        ("session", ""),
        ("break", "Lunch"),
        ("session", ""),
        ("free", ""),
        ("break", ""),
        ("plenary", "Wrap-up"),
    ]
    assert Slot.objects.filter(day=1).count() == 1
    with pytest.raises(Refusal, match="Every day has slots already"):
        actions.fill_days(meetup, USUAL, by=ada(), now=NOW)


def test_times_that_contradict_each_other_make_no_slots():
    meetup = placed()
    with pytest.raises(Refusal, match=r"The day ends before it begins\. Change one of the times\."):
        actions.fill_days(meetup, Usual(time(9), time(8), 40, 20, 0, time(12), 0, time(13), 0), by=ada(), now=NOW)
    assert Slot.objects.count() == 0


def test_odd_slots_are_told_beside_them_and_kept():
    meetup = placed()  # two days
    for day, starts, ends in ((1, 9, 10), (1, 10, 11), (1, 9, 12), (3, 9, 10)):
        actions.add_slot(meetup, day=day, starts=time(starts), ends=time(ends), by=ada(), now=NOW)
    told = [(line.starts, line.ends, line.trouble) for day in queries.planning(meetup).days for line in day.slots]
    assert told == [
        ("09:00", "10:00", ""),
        ("09:00", "12:00", "Overlaps with 09:00 to 10:00."),
        ("10:00", "11:00", "Overlaps with 09:00 to 12:00."),
        ("09:00", "10:00", "Day 3 is after the last day of the meetup."),
    ]
    page = browser_of(ada()).get("/m/spring-meetup/desk/rooms/").content.decode()
    assert page.count("Overlaps with") == 2


def test_no_day_is_too_late_while_none_is_settled():
    meetup = idea()
    actions.add_slot(meetup, day=3, starts=time(9), ends=None, by=ada(), now=NOW)
    assert [line.trouble for day in queries.planning(meetup).days for line in day.slots] == [""]


def test_a_session_added_by_hand_is_placed_from_its_own_page():
    meetup, ada_there = planned(), browser_of(ada())
    made = session(meetup, "Wrap-up")
    place = reverse("agenda:place", args=[meetup.slug, made.pk])
    desk = reverse("agenda:session_desk", args=[meetup.slug, made.pk])
    link = rf'href="{place}"\s*>([^<]*)<'
    assert re.findall(link, ada_there.get(desk).content.decode()) == ["Place it"]
    actions.place(made, at(meetup, "09:30"), hall(meetup), by=ada(), now=NOW)
    assert re.findall(link, ada_there.get(desk).content.decode()) == ["Move it"]


def test_an_empty_cell_leads_to_the_sessions_without_a_place(django_assert_num_queries):
    meetup, ada_there = planned(), browser_of(ada())
    held(meetup, "Placed")
    board = reverse("agenda:board", args=[meetup.slug])
    assert ada_there.get(board).content.decode().count("Put a session here") == 0  # nothing waits for a place
    made = session(meetup, "“Ceph”")
    shown = " ".join(ada_there.get(board).content.decode().split())
    cells = re.findall(r'href="(\S*/places/\S*)" >Put a session here<span class="visually-hidden">: ([^<]*)</span>', shown)
    assert [words for _, words in cells] == [
        "Tuesday 2 March, 09:30, Loft",
        "Tuesday 2 March, 10:30, Hall",
        "Tuesday 2 March, 10:30, Loft",
        "Wednesday 3 March, 09:30, Hall",
        "Wednesday 3 March, 09:30, Loft",
    ]
    with django_assert_num_queries(9):
        one = ada_there.get(cells[0][0]).content.decode()
    assert re.findall(r'aria-label="(Put [^"]*)"', one) == ["Put “\u2018Ceph\u2019” here"]
    session(meetup, "Logs")
    with django_assert_num_queries(9):
        ada_there.get(cells[0][0])
    (place,) = set(re.findall(r'name="place" value="([^"]*)"', one))
    ada_there.post(reverse("agenda:place", args=[meetup.slug, made.pk]), {"place": place})
    assert Placement.objects.filter(session=made, slot=at(meetup, "09:30"), room=loft(meetup), pinned=True).count() == 1


def test_a_place_in_a_break_or_in_another_meetup_is_not_found():
    meetup, other, ada_there = planned(), planned(), browser_of(ada())
    for slot_there, room_there in (
        (at(meetup, "10:10"), hall(meetup)),
        (at(other, "09:30"), hall(meetup)),
        (at(meetup, "09:30"), hall(other)),
    ):
        page = reverse("agenda:open_place", args=[meetup.slug, slot_there.pk, room_there.pk])
        assert ada_there.get(page).status_code == 404
    page = reverse("agenda:open_place", args=[meetup.slug, at(meetup, "09:30").pk, hall(meetup).pk])
    for stranger in (None, cy()):
        assert browser_of(stranger).get(page).status_code == 404
    assert "Every session has a place" in ada_there.get(page).content.decode()
