"""Many people at once, each on a connection of their own, as the threads of a web server are."""

import fcntl
import random
import subprocess
import sys
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from threading import Thread

import pytest
from django.db import connection, transaction

from midcycle.kernel.refusal import Refusal
from midcycle.registration import actions
from midcycle.registration.actions import imports
from midcycle.registration.models import Capacity, ImportRun, Seat, SeatMove
from midcycle.registration.rules.files import found_in
from tests.rush import all_at_once
from tests.world import NOW, ada, bo, cy
from tests.worlds.imports import people
from tests.worlds.registration import ANSWERS, crowd, figures, opened, seated

pytestmark = pytest.mark.django_db(transaction=True)


def arrivals(meetup, state):
    return list(Seat.objects.filter(meetup=meetup, state=state).order_by("arrival").values_list("arrival", flat=True))


@pytest.mark.slow
def test_fifty_people_for_three_seats():
    meetup = opened(3)
    assert all_at_once([lambda number=number: seated(meetup, f"Rush{number}") for number in range(50)]) == []
    assert Counter(Seat.objects.filter(meetup=meetup).values_list("state", flat=True)) == {"held": 3, "waiting": 47}
    assert (arrivals(meetup, "held"), arrivals(meetup, "waiting")) == ([1, 2, 3], list(range(4, 51)))
    assert (figures(meetup), Capacity.objects.get(meetup=meetup).arrivals) == ((3, 3, 47), 50)


def test_one_person_pressing_many_times_gets_one_seat():
    meetup = opened(3)
    pressed = [lambda: actions.take_seat(meetup, ANSWERS, email="bo@example.org", name="Bo", now=NOW)] * 12
    assert all_at_once(pressed) == []
    assert (figures(meetup), Capacity.objects.get(meetup=meetup).arrivals) == ((1, 1, 0), 1)


def test_seats_given_back_and_taken_at_once_go_to_those_who_waited():
    meetup = opened(5)
    seats = crowd(meetup, 12)
    back = [lambda seat=seat: actions.cancel_seat(seat, now=NOW) for seat in seats[:5]]
    come = [lambda number=number: seated(meetup, f"Rush{number}") for number in range(15)]
    deeds = back + come
    random.Random(2).shuffle(deeds)
    assert all_at_once(deeds) == []
    assert arrivals(meetup, "held") == [6, 7, 8, 9, 10]
    assert arrivals(meetup, "waiting") == list(range(11, 28))
    assert figures(meetup) == (5, 5, 17)


def test_a_capacity_raised_and_lowered_in_a_rush_is_never_exceeded():
    meetup = opened(2)
    totals = [lambda total=total: actions.set_capacity(meetup, total, by=ada(), now=NOW) for total in (9, 4, 7, 3, 8, 5)]
    come = [lambda number=number: seated(meetup, f"Rush{number}") for number in range(20)]
    deeds = totals + come
    random.Random(3).shuffle(deeds)
    assert {type(error) for error in all_at_once(deeds)} <= {Refusal}
    capacity = Capacity.objects.get(meetup=meetup)
    held, counted, waiting = figures(meetup)
    assert held == counted == capacity.total == 20 - waiting


def test_answers_changed_in_a_rush_take_no_seat_back():
    meetup = opened(3)
    seats = crowd(meetup, 8)
    anew = [lambda seat=seat: actions.change_answers(seat, ANSWERS, name="Anew", now=NOW) for seat in seats[3:]]
    back = [lambda seat=seat: actions.cancel_seat(seat, now=NOW) for seat in seats[:3]]
    deeds = anew + back
    random.Random(4).shuffle(deeds)
    assert all_at_once(deeds) == []
    assert (arrivals(meetup, "held"), arrivals(meetup, "waiting")) == ([4, 5, 6], [7, 8])
    assert Seat.objects.filter(meetup=meetup, name="Anew").count() == 5
    assert figures(meetup) == (3, 3, 2)


def test_a_seat_is_either_cancelled_or_checked_in():
    meetup = opened(8, stage="on_site")
    for seat in crowd(meetup, 8):
        raised = all_at_once(
            [lambda seat=seat: actions.cancel_seat(seat, now=NOW), lambda seat=seat: actions.check_in(seat, by=ada(), now=NOW)]
        )
        assert [type(error) for error in raised] == [Refusal]
        assert SeatMove.objects.filter(seat=seat).count() == 2
    capacity = Capacity.objects.get(meetup=meetup)
    assert capacity.held == Seat.objects.filter(meetup=meetup, state="checked_in").count()


def test_one_file_imported_many_times_while_people_register_brings_nobody_twice():
    meetup = opened(9)
    runs = [imports.look_at(meetup, found_in(people(12)), file_name="", by=who, now=NOW) for who in (ada(), bo(), cy())]
    again = ImportRun.objects.get(pk=runs[0].pk)
    deeds = [lambda run=run: imports.take_over(run, letters=False, by=ada(), now=NOW) for run in (*runs, again)]
    deeds += [lambda number=number: seated(meetup, f"Guest{number}") for number in (3, 7, 11)]
    deeds += [lambda number=number: seated(meetup, f"Rush{number}") for number in range(4)]
    random.Random(5).shuffle(deeds)
    assert [(type(error), "meanwhile" in str(error)) for error in all_at_once(deeds)] == [(Refusal, True)]
    assert Counter(Seat.objects.values_list("state", flat=True)) == {"held": 9, "waiting": 7}
    assert (figures(meetup), Capacity.objects.get().arrivals) == ((9, 9, 7), 16)
    assert all_at_once([lambda run=run: imports.undo(run, by=ada(), now=NOW) for run in runs]) == []
    held, counted, waiting = figures(meetup)
    assert held == counted
    assert waiting == 0
    assert Seat.objects.filter(name__startswith="Rush").count() == 4


@pytest.mark.of_sqlite
def test_writers_stand_in_line_and_whoever_dies_in_it_is_left_out():
    order, line = [], f"{connection.settings_dict['NAME']}-turn"
    with Path(line).open("rb") as somebody, ExitStack() as dying:
        fcntl.flock(somebody, fcntl.LOCK_EX)  # somebody writes
        dying.enter_context(subprocess.Popen([sys.executable, "-c", WAITS, line])).kill()
        writers = [Thread(target=write, args=(number, order)) for number in range(8)]
        for writer in writers:
            writer.start()
            time.sleep(0.05)
        assert order == []
        fcntl.flock(somebody, fcntl.LOCK_UN)
        for writer in writers:
            writer.join()
    assert order == list(range(8))


WAITS = "import fcntl, sys; fcntl.flock(open(sys.argv[1]), fcntl.LOCK_EX)"


def write(number, order):
    with transaction.atomic():
        order.append(number)
    connection.close()
