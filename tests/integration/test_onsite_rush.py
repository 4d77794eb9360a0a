"""Phones that send at once, each on a connection of its own, as the threads of a web server are."""

from collections import Counter

import pytest

from midcycle.onsite.models import DoorEvent
from midcycle.registration import actions as registration
from midcycle.registration.models import Capacity, Seat, SeatMove
from tests.rush import all_at_once
from tests.world import NOW
from tests.worlds.onsite import Phone, device, on_site
from tests.worlds.registration import crowd, figures, seated

pytestmark = pytest.mark.django_db(transaction=True)


def gathered(*sendings):
    """Send everything at once; return how often each outcome was answered."""
    answers = []
    assert all_at_once([lambda send=send: answers.extend(send()) for send in sendings]) == []
    return Counter(outcome for outcome, _ in answers)


def test_the_same_deed_by_eight_connections_is_done_once():
    meetup = on_site()
    seat = seated(meetup, "Bo")
    phone = Phone(device(meetup))
    deed = phone.check_in(seat)
    assert gathered(*[lambda: phone.send(deed)] * 8) == {"done": 8}
    assert (DoorEvent.objects.count(), SeatMove.objects.filter(becomes="checked_in").count()) == (1, 1)
    assert Capacity.objects.get().checked_in == 1


def test_the_same_walk_in_by_eight_connections_takes_one_seat():
    meetup = on_site(5)
    phone = Phone(device(meetup))
    deed = phone.walk_in("Zoe")
    assert gathered(*[lambda: phone.send(deed)] * 8) == {"done": 8}
    assert (figures(meetup), Capacity.objects.get().arrivals) == ((1, 1, 0), 1)


def test_ten_phones_check_the_same_twenty_people_in_once_each():
    meetup = on_site(20)
    seats = crowd(meetup, 20)
    phones = [Phone(device(meetup, f"Phone {number}")) for number in range(10)]
    batches = [[phone.check_in(seat) for seat in seats] for phone in phones]
    sendings = [lambda phone=phone, batch=batch: phone.send(*batch) for phone, batch in zip(phones, batches, strict=True)]
    assert gathered(*sendings) == {"done": 20, "already": 180}
    moves = Counter(SeatMove.objects.filter(becomes="checked_in").values_list("seat", flat=True))
    assert set(moves.values()) == {1}
    assert DoorEvent.objects.filter(move__isnull=False).count() == 20


def test_walk_ins_of_many_phones_take_no_more_seats_than_there_are():
    meetup = on_site(4)
    phones = [Phone(device(meetup, f"Phone {number}")) for number in range(6)]
    deeds = [(phone, phone.walk_in(f"Zoe{number}{turn}")) for number, phone in enumerate(phones) for turn in range(2)]
    assert gathered(*[lambda phone=phone, deed=deed: phone.send(deed) for phone, deed in deeds]) == {"done": 4, "conflict": 8}
    assert figures(meetup) == (4, 4, 8)


def test_a_seat_given_back_while_phones_check_it_in_is_the_one_or_the_other():
    meetup = on_site(6)
    phone = Phone(device(meetup))
    for seat in crowd(meetup, 6):
        deed = phone.check_in(seat)
        all_at_once([lambda seat=seat: registration.cancel_seat(seat, now=NOW), lambda deed=deed: phone.send(deed)])
        state = Seat.objects.get(pk=seat.pk).state
        outcome = DoorEvent.objects.get(pk=deed["id"]).outcome
        assert (state, outcome) in {("checked_in", "done"), ("cancelled", "conflict")}


def test_news_miss_nothing_while_others_send():
    meetup = on_site(30)
    seats = crowd(meetup, 30)
    reader = Phone(device(meetup))
    reader.list()
    heard = []

    def read():
        for _ in range(12):
            told = reader.post({"cursor": reader.cursor, "sent_at": 0, "events": []}).json()
            reader.cursor = told["cursor"]
            heard.extend(row["id"] for row in told["rows"] if row["state"] == "checked_in")

    writers = [Phone(device(meetup)) for _ in range(3)]
    parts = [(phone, seats[number::3]) for number, phone in enumerate(writers)]
    sendings = [lambda phone=phone, part=part: [phone.send(phone.check_in(seat)) for seat in part] for phone, part in parts]
    assert all_at_once([read, *sendings]) == []
    read()
    assert set(heard) == {seat.pk for seat in seats}
