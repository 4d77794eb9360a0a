"""What was done on phones becomes what is so: once, in order of arrival, and never twice for one person."""

import uuid
from datetime import timedelta

import pytest

from midcycle.onsite import actions
from midcycle.onsite.models import DoorEvent
from midcycle.registration import actions as registration
from midcycle.registration.models import Capacity, Seat, SeatMove
from tests.world import NOW, ada, later
from tests.worlds.onsite import FORGOTTEN, Phone, device, milliseconds, on_site
from tests.worlds.registration import crowd, seated, states

pytestmark = pytest.mark.django_db


def phones(meetup):
    return Phone(device(meetup, "Dee's phone")), Phone(device(meetup, "Flo's phone"))


def arrivals(seat):
    return SeatMove.objects.filter(seat=seat, becomes="checked_in").count()


def test_a_check_in_is_done_once_and_told_when_it_was():
    meetup = on_site()
    seat = seated(meetup, "Bo")
    dee, _ = phones(meetup)
    assert dee.send(dee.check_in(seat)) == [("done", "Bo Example is checked in.")]
    assert (states(meetup), Capacity.objects.get().checked_in) == ({"Bo": "checked_in"}, 1)
    event = DoorEvent.objects.get()
    assert (event.seat, event.move.becomes, event.kind, event.outcome) == (seat, "checked_in", "check_in", "done")


def test_the_same_deed_sent_again_is_answered_as_the_first_time():
    meetup = on_site()
    seat = seated(meetup, "Bo")
    dee, flo = phones(meetup)
    deed = dee.check_in(seat)
    first, again = dee.send(deed), dee.send(deed)
    registration.undo_check_in(Seat.objects.get(), by=ada(), now=NOW)
    assert first == again == dee.send(deed) == [("done", "Bo Example is checked in.")]
    assert (arrivals(seat), states(meetup), DoorEvent.objects.count()) == (1, {"Bo": "held"}, 1)
    assert flo.send(deed) == [("conflict", "Another phone has sent a deed with this number. Do it again.")]


def test_two_phones_without_network_check_one_person_in_once():
    meetup = on_site()
    seat = seated(meetup, "Bo")
    dee, flo = phones(meetup)
    two_past_nine = later(days=51, hours=-2, minutes=-58)
    at_dee = dee.check_in(seat, at=milliseconds(two_past_nine))
    at_flo = flo.check_in(seat, at=milliseconds(later(days=51)))
    now = milliseconds(later(days=51))
    assert dee.send(at_dee, sent_at=now)[0][0] == "done"
    DoorEvent.objects.update(told_at=two_past_nine)
    assert flo.send(at_flo, sent_at=now) == [("already", "Bo Example is checked in already, on “Dee's phone” at 09:02.")]
    assert arrivals(seat) == 1


def test_somebody_checked_in_at_the_desk_is_here_already():
    meetup = on_site()
    seat = seated(meetup, "Bo")
    dee, _ = phones(meetup)
    registration.check_in(seat, by=ada(), now=NOW)
    assert dee.send(dee.check_in(seat)) == [("already", "Bo Example is checked in already, at the desk at 12:00.")]


def test_one_message_may_hold_the_same_person_twice():
    meetup = on_site()
    seat = seated(meetup, "Bo")
    dee, _ = phones(meetup)
    assert [outcome for outcome, _ in dee.send(dee.check_in(seat), dee.check_in(seat))] == ["done", "already"]
    assert arrivals(seat) == 1


def test_an_undo_takes_back_what_it_names():
    meetup = on_site()
    seat = seated(meetup, "Bo")
    dee, _ = phones(meetup)
    deed = dee.check_in(seat)
    undo = dee.deed("undo", seat, of=deed["id"])
    assert [outcome for outcome, _ in dee.send(deed, undo)] == ["done", "done"]
    assert states(meetup) == {"Bo": "held"}
    assert dee.send(dee.deed("undo", seat, of=deed["id"])) == [("already", "Bo Example is not checked in.")]


def test_an_undo_by_the_move_on_the_list_takes_back_a_check_in_of_the_desk():
    meetup = on_site()
    seat = seated(meetup, "Bo")
    dee, _ = phones(meetup)
    registration.check_in(seat, by=ada(), now=NOW)
    (row,) = dee.list().json()["rows"]
    assert dee.send(dee.deed("undo", seat, move=row["move"]))[0][0] == "done"
    registration.check_in(Seat.objects.get(), by=ada(), now=NOW)
    stays = ("already", "Bo Example stays checked in: they were checked in at the desk at 12:00.")
    assert dee.send(dee.deed("undo", seat, move=row["move"])) == [stays]
    assert states(meetup) == {"Bo": "checked_in"}


def test_somebody_two_phones_checked_in_stays_when_one_of_them_takes_it_back():
    meetup = on_site()
    seat = seated(meetup, "Bo")
    dee, flo = phones(meetup)
    at_dee, at_flo = dee.check_in(seat), flo.check_in(seat)
    dee.send(at_dee)
    flo.send(at_flo)
    for phone, deed, other in ((dee, at_dee, "Flo's"), (flo, at_flo, "Dee's")):
        ((outcome, told),) = phone.send(phone.deed("undo", seat, of=deed["id"]))
        stays = f"Bo Example stays checked in: they were checked in on “{other} phone”"
        assert (outcome, told.rpartition(" at ")[0]) == ("already", stays)
    assert states(meetup) == {"Bo": "checked_in"}
    assert dee.send(dee.deed("undo", seat, of=at_dee["id"]))[0][0] == "done"
    assert states(meetup) == {"Bo": "held"}


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        (lambda seat: registration.cancel_seat(seat, now=NOW), "This seat was given back. Add the person as a walk-in."),
        (lambda seat: Seat.objects.filter(pk=seat.pk).update(code="0" * 20), "No seat has this ticket any more."),
    ],
)
def test_what_changed_meanwhile_is_for_somebody_to_look_at(before, sentence):
    meetup = on_site()
    seat = seated(meetup, "Bo")
    dee, _ = phones(meetup)
    before(seat)
    ((outcome, told),) = dee.send(dee.check_in(seat))
    assert (outcome, told.startswith(sentence)) == ("conflict", True)
    assert arrivals(seat) == 0


def test_a_ticket_of_another_meetup_checks_nobody_in():
    other = seated(on_site(title="Other meetup"), "Bo")
    dee, _ = phones(on_site())
    assert [outcome for outcome, _ in dee.send(dee.check_in(other), dee.deed("undo", other), dee.deed("queue", other))] == [
        "conflict"
    ] * 3
    assert arrivals(other) == 0


def test_somebody_whose_seat_was_released_gets_a_free_one_or_waits():
    meetup = on_site(2)
    bo, flo = seated(meetup, "Bo"), seated(meetup, "Flo")
    dee, _ = phones(meetup)
    registration.mark_no_shows(meetup, by=ada(), now=NOW)
    assert dee.send(dee.check_in(bo))[0][0] == "done"
    dee.send(dee.walk_in("Zoe"))
    ((outcome, told),) = dee.send(dee.check_in(flo))
    assert (outcome, told.startswith("Their seat was released")) == ("conflict", True)
    assert dee.send(dee.deed("queue", flo)) == [("done", "Flo Example is in the queue.")]
    assert states(meetup) == {"Bo": "checked_in", "Flo": "waiting", "Zoe": "checked_in"}


def test_a_seat_that_is_offered_is_taken_by_being_there():
    meetup = on_site()
    seat = seated(meetup, "Bo")
    Seat.objects.update(state="offered", offer_until=later(hours=1))
    Capacity.objects.update(offered=1)
    dee, _ = phones(meetup)
    assert dee.send(dee.check_in(seat)) == [("done", "Bo Example is checked in.")]
    assert (states(meetup), Capacity.objects.get().offered) == ({"Bo": "checked_in"}, 0)


def test_a_walk_in_gets_a_free_seat_once():
    meetup = on_site(1)
    dee, flo = phones(meetup)
    assert dee.send(dee.walk_in("Zoe", role="operator", organisation="ACME")) == [("done", "Zoe Example is checked in.")]
    seat = Seat.objects.get()
    assert (seat.name, seat.organisation, seat.role, seat.state) == ("Zoe Example", "ACME", "operator", "checked_in")
    ((outcome, told),) = flo.send(flo.walk_in("Zoe"))
    assert (outcome, told.startswith("Zoe Example is checked in already, on “Dee's phone”")) == ("already", True)
    assert states(meetup) == {"Zoe": "checked_in"}


def test_a_walk_in_with_the_address_of_somebody_who_has_a_seat_is_that_seat():
    meetup = on_site(1)
    seat = seated(meetup, "Bo")
    dee, _ = phones(meetup)
    walk_in = dee.walk_in("Bo") | {"name": "Robert", "email": " BO@Example.org "}
    assert dee.send(walk_in) == [("done", "This address had a seat already, as Bo Example. It is checked in.")]
    assert (Seat.objects.get(), states(meetup)) == (seat, {"Bo": "checked_in"})


def test_a_walk_in_let_in_on_the_last_seat_by_two_phones_is_told():
    meetup = on_site(1)
    dee, flo = phones(meetup)
    dee.send(dee.walk_in("Zoe"))
    ((outcome, told),) = flo.send(flo.walk_in("Yan"))
    begins = told.startswith("No seat was free when this arrived: Yan Example is in the queue, not checked in.")
    assert (outcome, begins) == ("conflict", True)
    assert states(meetup) == {"Zoe": "checked_in", "Yan": "waiting"}
    assert DoorEvent.objects.get(outcome="conflict").told == {}  # it is on the seat


def test_those_in_the_queue_get_what_is_released_and_are_called():
    meetup = on_site(2)
    crowd(meetup, 2)
    dee, flo = phones(meetup)
    dee.list()
    flo.list()
    assert dee.send(dee.walk_in("Zoe", "queue")) == [("done", "Zoe Example is in the queue.")]
    registration.mark_no_shows(meetup, by=None, now=later(minutes=5))
    for phone in (dee, flo):
        told = phone.post({"cursor": phone.cursor, "sent_at": 0, "events": []}).json()
        assert {row["name"].split()[0]: (row["state"], row["call"]) for row in told["rows"]} == {
            "Guest1": ("no_show", False),
            "Guest2": ("no_show", False),
            "Zoe": ("held", True),
        }
        assert told["figures"]["released_at"] == milliseconds(later(minutes=5))


def test_the_queue_lets_in_who_has_a_seat_after_all():
    meetup = on_site(2)
    dee, _ = phones(meetup)
    assert dee.send(dee.walk_in("Zoe", "queue")) == [("done", "There is a seat for Zoe Example: checked in. Call them in.")]
    assert dee.send(dee.walk_in("Zoe", "queue"))[0][0] == "already"


@pytest.mark.parametrize(
    ("odd", "sentence"),
    [
        ({"name": " \u202e\x07 "}, "Type a name, and do it again."),
        ({"email": "nobody"}, "Type an address such as name@example.org."),
        ({"email": ""}, ""),
        ({"email": '" "@example.org'}, ""),
    ],
)
def test_a_walk_in_nobody_can_be_written_to_is_for_somebody_to_look_at(odd, sentence):
    meetup = on_site()
    dee, _ = phones(meetup)
    ((outcome, told),) = dee.send(dee.walk_in("Zoe") | odd)
    assert (outcome, sentence in told, states(meetup)) == ("conflict", True, {})


def test_before_the_meetup_is_on_site_nothing_is_done():
    meetup = on_site()
    seat = seated(meetup, "Bo")
    dee, _ = phones(meetup)
    type(meetup).objects.update(stage="agenda")
    answers = dee.send(dee.check_in(seat), dee.walk_in("Zoe"), dee.walk_in("Yan", "queue"))
    assert {(outcome, told.split(".")[0]) for outcome, told in answers} == {("conflict", "The door is not open yet")}
    assert states(meetup) == {"Bo": "held"}


def test_looking_at_a_deed_settles_it_for_the_desk_and_forgets_what_was_typed():
    meetup = on_site(1)
    dee, flo = phones(meetup)
    walk_in = flo.walk_in("Yan") | {"email": "yan at work"}
    flo.send(walk_in)
    assert DoorEvent.objects.get().told == {"name": "Yan Example", "email": "yan at work"}
    asked = {"cursor": 0, "sent_at": 0, "events": []}
    assert (flo.post(asked).json()["open"], dee.post(asked).json()["open"]) == ([walk_in["id"]], [])
    assert flo.send(flo.deed("settle", of=walk_in["id"])) == [("done", "Noted.")]
    event = DoorEvent.objects.get(pk=walk_in["id"])
    assert (flo.post(asked).json()["open"], event.told, event.settled_at is not None) == ([], {}, True)
    assert flo.send(flo.deed("settle", of=str(uuid.uuid4())))[0][0] == "already"


def test_a_phone_whose_clock_is_wrong_tells_the_right_time():
    meetup = on_site()
    seats = crowd(meetup, 3)
    dee = Phone(device(meetup, now=later(days=-400)))
    hour = 3_600_000
    ages = {4 * hour: 1, 9 * hour: 0, 0: 5}
    deeds = [dee.check_in(seat, at=at) for seat, at in zip(seats, ages, strict=True)]
    dee.post({"cursor": 0, "sent_at": 5 * hour, "events": deeds})
    told = DoorEvent.objects.order_by("count").values_list("told_at", "at")
    assert [round((at - told_at).total_seconds() / 3600) for told_at, at in told] == list(ages.values())
    dee.post({"cursor": 0, "sent_at": 2**53 - 1, "events": [dee.check_in(seats[0], at=0)]})
    assert DoorEvent.objects.latest("count").told_at == dee.of.made_at


def test_names_are_kept_on_the_seat_alone():
    meetup = on_site(1)
    dee, flo = phones(meetup)
    walk_in = dee.walk_in("Zoe")
    assert dee.send(walk_in) == [("done", "Zoe Example is checked in.")]
    flo.send(flo.walk_in("Zoe"))
    kept = " ".join(DoorEvent.objects.values_list("sentence", flat=True))
    assert "Zoe" not in kept
    Seat.objects.update(name="Renamed")
    assert dee.send(walk_in) == [("done", "Renamed is checked in.")]


def test_what_nobody_looked_at_is_forgotten_when_phones_forget_their_lists():
    meetup = on_site(1)
    dee, _ = phones(meetup)
    dee.send(dee.walk_in("Yan") | {"email": "yan at work"})
    DoorEvent.objects.update(told_at=FORGOTTEN - timedelta(days=3))
    assert actions.forget_typed(now=FORGOTTEN - timedelta(seconds=1)) == 0
    assert actions.forget_typed(now=FORGOTTEN) == 1
    event = DoorEvent.objects.get(outcome="conflict")
    assert (event.told, event.settled_at, actions.forget_typed(now=FORGOTTEN)) == ({}, FORGOTTEN, 0)
