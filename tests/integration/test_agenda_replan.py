"""On the day something happens: what stands wrong is told, three ways to go on are worked out, and one is put on the board."""

from datetime import UTC, datetime

import pytest

from midcycle.agenda import actions
from midcycle.agenda.models import Placement
from midcycle.agenda.queries.replanning import changed, options
from midcycle.agenda.rules.bounds import Bounds
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.topics import actions as topics
from tests.world import NOW, ada, bo, dee, person
from tests.worlds.agenda import at, hall, loft, planned, room, session, slot
from tests.worlds.replan import called, choose, moves, on_site, page, put, where, worked_out
from tests.worlds.topics import proposed, supported

pytestmark = pytest.mark.django_db

RUNNING = datetime(2027, 3, 2, 9, 45, tzinfo=UTC)  # in Lisbon the sessions of 09:30 are under way


def test_a_lead_is_away_and_only_their_session_moves():
    meetup = on_site()
    actions.be_away(meetup, dee(), [at(meetup, "09:30").pk], by=ada(), now=NOW)
    assert "Dee Example is needed in Ceph but is not there at Tue 09:30." in page(meetup)
    found = worked_out(meetup)
    assert found["none"].attended == 5
    assert options(meetup, NOW).upset == ("Dee Example is needed in Ceph but is not there at Tue 09:30.",)
    for kind in ("few", "best"):
        option = found[kind]
        assert list(moves(option)) == ["Ceph"]
        assert (option.attended, option.change, option.forced, option.least_share) == (9, 4, 1, 100)
        assert option.proof == "proven: none of its kind is better"
    before = where()
    assert choose(meetup) == 1
    now = where()
    assert now["Ceph"][0] != before["Ceph"][0]
    assert {**now, "Ceph": None} == {**before, "Ceph": None}
    assert changed(meetup, NOW).troubles == ()


def test_what_was_chosen_is_one_move_that_is_undone_with_its_pins():
    meetup = on_site()
    before = where()
    actions.pin(called("Ceph"), pinned=True, by=ada(), now=NOW)
    actions.be_away(meetup, dee(), [at(meetup, "09:30").pk], by=ada(), now=NOW)
    worked_out(meetup)
    assert options(meetup, NOW).let_go == ("Ceph",)
    assert "Pinned where it cannot stay, so it is free to move: Ceph. Other pins hold." in page(meetup)
    choose(meetup)
    assert not Placement.objects.get(session=called("Ceph")).pinned
    assert Entry.objects.order_by("-pk").first().kind == "agenda.replanned"
    assert actions.undo(meetup, by=ada(), now=NOW) == "Undone: moved 1 session after a change on the day."
    assert where() == before
    assert Placement.objects.get(session=called("Ceph")).pinned


def test_what_has_begun_stays_and_takes_nothing_in():
    meetup = on_site()
    actions.shut_room(hall(meetup), [at(meetup, "09:30").pk, at(meetup, "10:30").pk], by=ada(), now=NOW)
    found = worked_out(meetup, RUNNING)
    assert moves(found["few"]) == {"Upgrades": "from Hall to Loft, Tue 10:30"}
    assert (found["none"].attended, found["few"].attended) == (0, 2)
    choose(meetup, now=RUNNING)
    assert where()["Ceph"] == (at(meetup, "09:30"), hall(meetup))
    assert changed(meetup, RUNNING).begun == 2


def test_a_session_added_on_the_day_gets_a_place_to_come():
    meetup = on_site()
    bof = session(meetup, "Birds", format="birds_of_a_feather")
    actions.pick(bof, bo(), wanted=True, now=NOW)
    assert "Birds has no place." in page(meetup)
    found = worked_out(meetup, RUNNING)
    assert found["none"].left_out == ("Birds",)
    assert list(moves(found["few"])) == ["Birds"]
    assert found["few"].change == 1
    choose(meetup, now=RUNNING)
    assert where()["Birds"][0] in {at(meetup, "10:30"), at(meetup, "09:30", 2)}


def test_a_session_that_outgrows_its_room_moves_only_where_that_wins_enough():
    meetup = on_site()
    for number in range(11):
        actions.pick(called("Cells"), person(f"Fan{number}"), wanted=True, now=NOW)
    assert "Cells outgrows Loft: 4 more people could come than its 10 seats take." in page(meetup)
    assert worked_out(meetup)["few"].change == 4
    for number in range(3):
        actions.pick(called("Cells"), person(f"Fan{number}"), wanted=False, now=NOW)
    found = worked_out(meetup)
    assert (found["few"].change, moves(found["few"]), found["best"].change) == (0, {}, 1)
    with pytest.raises(Refusal, match="It moves nothing"):
        choose(meetup)


def test_people_who_took_a_session_out_of_their_agenda_want_it_no_more():
    meetup = on_site()
    assert worked_out(meetup)["none"].attended == 9
    actions.pick(called("Ceph"), person("Ceph1"), wanted=False, now=NOW)
    assert worked_out(meetup)["none"].attended == 8


def test_a_room_is_shut_and_pins_elsewhere_hold():
    meetup = on_site()
    actions.pin(called("Cells"), pinned=True, by=ada(), now=NOW)
    actions.shut_room(hall(meetup), [at(meetup, "09:30").pk], by=ada(), now=NOW)
    found = worked_out(meetup)
    assert list(moves(found["few"])) == ["Ceph"]
    choose(meetup)
    assert where()["Cells"] == (at(meetup, "09:30"), loft(meetup))
    assert Placement.objects.get(session=called("Cells")).pinned


def test_of_two_in_one_room_the_one_that_fewer_want_goes():
    meetup = on_site()
    put(called("Cells"), at(meetup, "09:30"), hall(meetup))
    found = worked_out(meetup)
    assert moves(found["few"]) == {"Cells": "from Hall to Loft, Tue 09:30"}


def test_a_plenary_keeps_its_time_and_gets_a_room_that_is_open():
    meetup = on_site()
    put(session(meetup, "Opening", for_all=True, format="plenary"), at(meetup, "09:00"), hall(meetup))
    actions.shut_room(hall(meetup), [at(meetup, "09:00").pk], by=ada(), now=NOW)
    assert moves(worked_out(meetup)["few"]) == {"Opening": "from Hall to Loft, Tue 09:00"}
    choose(meetup)
    assert changed(meetup, NOW).troubles == ()


def test_a_plenary_whose_lead_is_away_stays_and_it_is_told():
    meetup = on_site()
    put(session(meetup, "Opening", dee(), for_all=True, format="plenary"), at(meetup, "09:00"), hall(meetup))
    actions.be_away(meetup, dee(), [at(meetup, "09:00").pk], by=ada(), now=NOW)
    assert moves(worked_out(meetup)["few"]) == {}
    assert [trouble.sentence for trouble in changed(meetup, NOW).troubles] == [
        "Dee Example is needed in Opening but is not there at Tue 09:00."
    ]


def test_when_not_all_fit_that_must_one_is_left_out_and_told():
    meetup = on_site()
    for title, starts, day in (("Mail", "10:30", 1), ("Net", "09:30", 2), ("Ops", "09:30", 2)):
        actions.bind_session(session(meetup, title), Bounds(must=True), by=ada(), now=NOW)
        put(called(title), at(meetup, starts, day), loft(meetup) if title != "Ops" else hall(meetup))
    actions.bind_session(called("Ceph"), Bounds(must=True), by=ada(), now=NOW)
    for name in ("Cells", "Upgrades"):
        actions.bind_session(called(name), Bounds(must=True), by=ada(), now=NOW)
    actions.shut_room(hall(meetup), [at(meetup, "09:30").pk], by=ada(), now=NOW)
    found = worked_out(meetup)
    assert found["few"].left_out == ("Ceph",)
    assert moves(found["few"]) == {"Ceph": "loses its place, Tue 09:30, Hall"}
    assert choose(meetup) == 1
    assert "Ceph" not in where()


def test_a_session_whose_topic_was_withdrawn_stays_where_it_is():
    meetup = on_site()
    topics.withdraw(called("Cells").topic, person("Cells0"), now=NOW)
    actions.be_away(meetup, dee(), [at(meetup, "09:30").pk], by=ada(), now=NOW)
    assert list(moves(worked_out(meetup)["few"])) == ["Ceph"]
    choose(meetup)
    assert where()["Cells"] == (at(meetup, "09:30"), loft(meetup))


def test_a_session_of_two_slots_moves_whole_and_one_that_is_running_blocks_what_it_takes():
    meetup = on_site()
    for starts, ends in (("10:10", "10:50"), ("10:50", "11:30")):
        slot(meetup, starts, ends, day=2)
    room(meetup, "Mill", 30)
    long = session(meetup, "Workshop", dee())
    actions.bind_session(long, Bounds(length=2), by=ada(), now=NOW)
    put(long, at(meetup, "09:30", 2), loft(meetup))
    now = datetime(2027, 3, 3, 9, 45, tzinfo=UTC)
    late = put(session(meetup, "Late"), at(meetup, "10:10", 2), hall(meetup))
    actions.shut_room(hall(meetup), [at(meetup, "10:10", 2).pk], by=ada(), now=NOW)
    assert moves(worked_out(meetup, now)["few"]) == {"Late": "from Hall to Mill, Wed 10:10"}
    actions.be_away(meetup, dee(), [at(meetup, "09:30", 2).pk], by=ada(), now=NOW)
    found = worked_out(meetup)
    assert moves(found["few"])["Workshop"].startswith("from Wed 09:30, Loft to Wed 10:10, ")
    choose(meetup)
    assert where()["Workshop"][0] == at(meetup, "10:10", 2)
    assert late.title in where()


def test_a_session_in_free_time_or_without_a_time_stays():
    meetup = on_site()
    unrecorded = slot(meetup, None, None)
    put(session(meetup, "Stroll"), at(meetup, "11:10"), loft(meetup))
    put(session(meetup, "Sometime"), unrecorded, loft(meetup))
    actions.be_away(meetup, dee(), [at(meetup, "09:30").pk], by=ada(), now=NOW)
    before = where()
    assert list(moves(worked_out(meetup)["best"])) == ["Ceph"]
    choose(meetup, "best")
    assert {**where(), "Ceph": None} == {**before, "Ceph": None}


def test_few_moves_are_few_even_where_many_would_win_something():
    meetup = planned("on_site")
    for hour in range(11, 15):
        slot(meetup, f"{hour}:00", f"{hour}:40", day=2)
    times = [
        at(meetup, "09:30"),
        at(meetup, "10:30"),
        *(at(meetup, t, 2) for t in ("09:30", "11:00", "12:00", "13:00", "14:00")),
    ]
    for number, when in enumerate(times):
        for name, room_of in (("A", hall), ("B", loft)):
            fans = [f"Fan{number}{n}" for n in range(5)]
            topic = supported(proposed(meetup, f"{name}{number}", by=person(fans[0])), *fans[1:])
            put(session(meetup, f"{name}{number}", topic=topic), when, room_of(meetup))
    found = worked_out(meetup)
    assert (found["none"].attended, found["best"].attended) == (35, 70)
    assert len(found["best"].moved) == 7
    assert len(found["few"].moved) <= 5
