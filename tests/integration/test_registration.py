"""Seats are taken, given back, promoted and checked in, and never more of them than there are."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from midcycle.accounts.models import Person
from midcycle.journal.models import Entry
from midcycle.journal.queries import entries_of
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.registration import actions, queries
from midcycle.registration.access import Sender, place_for
from midcycle.registration.actions import Answers, Registered
from midcycle.registration.models import Capacity, Echo, Seat, SeatMove
from tests.world import NOW, ada, bo, cy, later, placed
from tests.worlds.registration import ANSWERS, crowd, figures, opened, seated, states

pytestmark = pytest.mark.django_db
CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


def moves_of(seat):
    return list(SeatMove.objects.filter(seat=seat).order_by("pk").values_list("was", "becomes", "reason"))


def kinds_of(meetup):
    return [entry.kind for entry in entries_of(meetup.pk) if entry.kind.startswith("registration.")]


def register(meetup, person, **given):
    said = {"email": person.email, "name": person.name, "now": NOW, **given}
    return actions.register(meetup, ANSWERS, **said)


def test_seats_are_given_in_order_until_there_are_none():
    meetup = opened(2)
    crowd(meetup, 4)
    assert states(meetup) == {"Guest1": "held", "Guest2": "held", "Guest3": "waiting", "Guest4": "waiting"}
    assert [queries.position_of(seat) for seat in Seat.objects.order_by("arrival")] == [None, None, 1, 2]
    assert queries.seat_summary(meetup) == queries.SeatSummary(2, 2, 0, 2, 0, 0, is_open=True, announced=2)


def test_everybody_in_line_has_a_place_counted_from_the_nearer_end():
    meetup = opened(2)
    seats = crowd(meetup, 12)
    for number in (0, 4, 9):  # one had a seat, which goes to the third; two leave the line, early and late in it
        actions.cancel_seat(seats[number], now=NOW)
    waiting = [seat for seat in Seat.objects.order_by("arrival") if seat.state == "waiting"]
    assert [queries.position_of(seat) for seat in waiting] == list(range(1, 8))
    through_the_link = [place_for(meetup.slug, seat.token) for seat in waiting]
    assert [seat.place_in_line for seat in through_the_link] == list(range(1, 8))
    assert place_for(meetup.slug, seats[1].token).place_in_line is None


def test_each_state_has_a_reason_and_an_entry():
    meetup = opened(1)
    first, second = crowd(meetup, 2)
    assert moves_of(first) == [("", "held", "a seat was free")]
    assert moves_of(second) == [("", "waiting", "the one seat was taken")]
    assert kinds_of(meetup) == ["registration.opened", "registration.seat_taken", "registration.seat_waiting"]
    entry = Entry.objects.get(kind="registration.seat_waiting")
    assert entry.facts == {"seat": second.pk, "move": SeatMove.objects.get(seat=second).pk}
    assert entry.actor == second.person_id


def test_a_seat_given_back_goes_to_the_first_in_line_at_once():
    meetup = opened(1)
    first, second, third = crowd(meetup, 3)
    actions.cancel_seat(first, now=later(hours=1))
    assert states(meetup) == {"Guest1": "cancelled", "Guest2": "held", "Guest3": "waiting"}
    assert moves_of(second)[-1] == ("waiting", "held", "a seat was given back")
    assert SeatMove.objects.filter(seat=second).order_by("-pk")[0].at == later(hours=1)
    assert queries.position_of(Seat.objects.get(pk=third.pk)) == 1
    assert kinds_of(meetup)[-2:] == ["registration.seat_cancelled", "registration.seat_promoted"]


def test_cancelling_twice_changes_nothing_more():
    meetup = opened(1)
    first, _ = crowd(meetup, 2)
    actions.cancel_seat(first, now=NOW)
    actions.cancel_seat(first, now=later(hours=1))
    assert figures(meetup) == (1, 1, 0)
    assert len(moves_of(first)) == 2


def test_somebody_who_leaves_the_waitlist_frees_no_seat():
    meetup = opened(1)
    _, second, third = crowd(meetup, 3)
    actions.leave_waitlist(second, now=NOW)
    assert states(meetup) == {"Guest1": "held", "Guest2": "cancelled", "Guest3": "waiting"}
    assert moves_of(second)[-1] == ("waiting", "cancelled", "left the waitlist")
    assert queries.position_of(Seat.objects.get(pk=third.pk)) == 1


def test_who_was_promoted_meanwhile_does_not_lose_the_seat_by_leaving_the_waitlist():
    meetup = opened(1)
    first, second = crowd(meetup, 2)
    actions.cancel_seat(first, now=NOW)
    with pytest.raises(Refusal, match="You are not in the waitlist any more"):
        actions.leave_waitlist(second, now=NOW)
    assert states(meetup)["Guest2"] == "held"


def test_more_seats_promote_exactly_as_many_as_fit_in_order():
    meetup = opened(1)
    seats = crowd(meetup, 5)
    assert actions.set_capacity(meetup, 3, by=ada(), now=NOW) == 2
    assert list(states(meetup).values()) == ["held", "held", "held", "waiting", "waiting"]
    assert moves_of(seats[2])[-1] == ("waiting", "held", "capacity was raised from 1 to 3")
    assert actions.set_capacity(meetup, 10, by=ada(), now=NOW) == 2
    assert figures(meetup) == (5, 5, 0)


def test_capacity_does_not_go_below_the_seats_held():
    meetup = opened(3)
    crowd(meetup, 2)
    with pytest.raises(Refusal, match="2 seats are taken already") as refused:
        actions.set_capacity(meetup, 1, by=ada(), now=NOW)
    assert refused.value.field == "total"
    assert queries.seat_summary(meetup).total == 3
    assert actions.set_capacity(meetup, 2, by=ada(), now=NOW) == 0
    assert queries.seat_summary(meetup).free == 0


def test_the_number_announced_is_the_first_one():
    meetup = opened(100)
    actions.set_capacity(meetup, 120, by=ada(), now=NOW)
    actions.open_registration(meetup, total=130, by=ada(), now=NOW)
    summary = queries.seat_summary(meetup)
    assert (summary.total, summary.announced) == (130, 100)


def test_a_capacity_set_before_opening_is_not_announced_yet():
    meetup = placed()
    assert not queries.seat_summary(meetup)
    actions.set_capacity(meetup, 5, by=ada(), now=NOW)
    summary = queries.seat_summary(meetup)
    assert (bool(summary), summary.is_open, summary.announced) == (True, False, None)


def test_closed_registration_takes_nobody_and_leaves_nothing():
    meetup = opened(2)
    actions.close_registration(meetup, by=ada(), now=NOW)
    people = Person.objects.count()
    with pytest.raises(Refusal, match="Registration is not open"):
        seated(meetup, "Late")
    assert (Seat.objects.count(), Person.objects.count()) == (0, people)


def test_registration_that_was_never_opened_takes_nobody():
    with pytest.raises(Refusal, match="Registration was never opened"):
        seated(placed(), "Early")


def test_the_waitlist_moves_up_after_closing_too():
    meetup = opened(1)
    first, _ = crowd(meetup, 2)
    actions.close_registration(meetup, by=ada(), now=NOW)
    actions.cancel_seat(first, now=NOW)
    assert states(meetup) == {"Guest1": "cancelled", "Guest2": "held"}


def test_one_seat_for_each_person_whatever_the_case_of_the_address():
    meetup = opened(3)
    seat = seated(meetup, "Bo")
    again = actions.register(meetup, Answers(role="vendor"), email="BO@Example.org", name="Mallory", now=NOW)
    assert again == Registered(seat, fresh=False, echo=Echo.objects.get())
    kept = Seat.objects.get(pk=seat.pk)
    assert (kept.name, kept.role, kept.state) == ("Bo Example", "operator", "held")
    assert figures(meetup) == (1, 1, 0)
    assert kinds_of(meetup)[-1] == "registration.link_asked"
    assert Entry.objects.get(kind="registration.link_asked").facts == {"seat": seat.pk}


def test_who_is_signed_in_is_led_to_their_seat_without_a_letter():
    meetup = opened(3)
    seat = register(meetup, bo()).seat
    assert register(meetup, bo(), sender=Sender(bo())) == Registered(seat, fresh=False)
    assert register(meetup, bo(), sender=Sender(cy())).echo is not None
    assert kinds_of(meetup).count("registration.link_asked") == 1


def test_who_comes_back_keeps_the_row_but_not_the_place_in_line():
    meetup = opened(1)
    seat, _ = crowd(meetup, 2)
    actions.cancel_seat(seat, now=NOW)
    back = actions.take_seat(meetup, Answers(role="vendor"), email="guest1@example.org", name="G. One", now=later(days=1))
    assert (back.seat.pk, back.fresh) == (seat.pk, True)
    kept = Seat.objects.get(pk=seat.pk)
    assert (kept.token, kept.token == seat.token) == (back.seat.token, False)  # an old link opens nothing any more
    assert (kept.arrival, kept.state, kept.name, kept.role, kept.registered_at) == (
        3, "waiting", "G. One", "vendor", later(days=1),
    )  # fmt: skip
    assert moves_of(seat)[1:] == [
        ("held", "cancelled", "a seat was given back"),
        ("cancelled", "waiting", "the one seat was taken"),
    ]


def test_who_comes_back_signed_in_is_led_to_the_seat():
    meetup = opened(1)
    actions.cancel_seat(register(meetup, bo()).seat, now=NOW)
    assert register(meetup, bo(), sender=Sender(bo())).echo is None


def test_check_in_and_undo():
    meetup = opened(1, stage="on_site")
    seat = seated(meetup, "Bo")
    actions.check_in(seat, by=ada(), now=NOW)
    actions.check_in(seat, by=ada(), now=NOW)
    assert (states(meetup), figures(meetup)) == ({"Bo": "checked_in"}, (1, 1, 0))
    assert kinds_of(meetup).count("registration.checked_in") == 1
    actions.undo_check_in(seat, by=ada(), now=NOW)
    assert moves_of(seat)[1:] == [
        ("held", "checked_in", "checked in at the door"),
        ("checked_in", "held", "the check-in was undone"),
    ]
    with pytest.raises(Refusal, match="This person is not checked in"):
        actions.undo_check_in(seat, by=ada(), now=NOW)


def test_nobody_is_checked_in_before_the_meetup_is_on_site():
    meetup = opened(2, stage="agenda")
    seat = seated(meetup, "Bo")
    for deed in (lambda: actions.check_in(seat, by=ada(), now=NOW), lambda: walk(meetup, "Wally")):
        with pytest.raises(Refusal, match="Move the meetup on to “on site” first: the button is on the desk"):
            deed()
    assert (states(meetup), figures(meetup)) == ({"Bo": "held"}, (1, 1, 0))
    meetups.move_to_stage(meetup, ada(), "on_site", now=NOW)
    actions.check_in(seat, by=ada(), now=NOW)
    assert states(meetup) == {"Bo": "checked_in"}


def test_who_was_forgotten_at_the_door_is_checked_in_afterwards():
    meetup = opened(1, stage="on_site")
    seat = seated(meetup, "Bo")
    meetups.move_to_stage(meetup, ada(), "wrap_up", now=NOW)
    actions.mark_no_shows(meetup, by=ada(), now=NOW)
    actions.check_in(seat, by=ada(), now=NOW)
    assert states(meetup) == {"Bo": "checked_in"}


def test_nobody_without_a_seat_is_checked_in():
    meetup = opened(1, stage="on_site")
    first, second = crowd(meetup, 2)
    with pytest.raises(Refusal, match="they are in the waitlist"):
        actions.check_in(second, by=ada(), now=NOW)
    actions.cancel_seat(first, now=NOW)
    with pytest.raises(Refusal, match="This seat was given back"):
        actions.check_in(first, by=ada(), now=NOW)


def test_who_is_checked_in_cannot_cancel():
    meetup = opened(1, stage="on_site")
    seat = seated(meetup, "Bo")
    actions.check_in(seat, by=ada(), now=NOW)
    with pytest.raises(Refusal, match="What is checked in cannot become cancelled"):
        actions.cancel_seat(seat, now=NOW)
    assert figures(meetup) == (1, 1, 0)


def test_no_shows_are_those_nobody_checked_in():
    meetup = opened(2, stage="on_site")
    came, _, _ = crowd(meetup, 3)
    actions.check_in(came, by=ada(), now=NOW)
    assert actions.mark_no_shows(meetup, by=ada(), now=NOW) == 1
    assert states(meetup) == {"Guest1": "checked_in", "Guest2": "no_show", "Guest3": "waiting"}
    assert (queries.people_count(meetup), queries.attended(meetup), figures(meetup)) == (1, 1, (1, 1, 1))
    late = Seat.objects.get(name="Guest2 Example")
    actions.check_in(late, by=ada(), now=NOW)
    assert moves_of(late)[1:] == [("held", "no_show", "did not come"), ("no_show", "checked_in", "checked in at the door")]


def test_no_shows_are_not_marked_before_the_meetup():
    with pytest.raises(Refusal, match="People can still come"):
        actions.mark_no_shows(opened(1), by=ada(), now=NOW)


def walk(meetup, name):
    return actions.walk_in(meetup, Answers(), email=f"{name.lower()}@example.org", name=name, by=ada(), now=NOW)


def test_a_walk_in_gets_a_free_seat_even_after_closing():
    meetup = opened(1, stage="on_site")
    actions.close_registration(meetup, by=ada(), now=NOW)
    seat = walk(meetup, "Wally")
    assert [move[1] for move in moves_of(seat)] == ["held", "checked_in"]
    assert (states(meetup), figures(meetup)) == ({"Wally": "checked_in"}, (1, 1, 0))


def test_a_walk_in_who_has_a_seat_is_checked_in_on_it():
    meetup = opened(1, stage="on_site")
    seat = seated(meetup, "Bo")
    assert walk(meetup, "Bo").pk == seat.pk
    assert (states(meetup), figures(meetup)) == ({"Bo": "checked_in"}, (1, 1, 0))


def test_a_walk_in_does_not_overtake_a_full_house():
    meetup = opened(1, stage="on_site")
    crowd(meetup, 2)
    for name in ("Wally", "Guest2"):
        with pytest.raises(Refusal, match="All 1 seats are taken"):
            walk(meetup, name)
    assert (states(meetup), figures(meetup)) == ({"Guest1": "held", "Guest2": "waiting"}, (1, 1, 1))


def test_over_is_over():
    meetup = opened(3, stage="on_site")
    seated(meetup, "Bo")
    meetups.move_to_stage(meetup, ada(), "wrap_up", now=NOW)
    with pytest.raises(Refusal, match="This meetup is over"):
        seated(meetup, "Late")


def test_the_database_itself_refuses_one_seat_too_many():
    meetup = opened(1)
    seated(meetup, "Bo")
    with pytest.raises(IntegrityError, match="no_more_seats_held_than_there_are"), transaction.atomic():
        Capacity.objects.filter(meetup=meetup).update(held=2)


def test_what_people_type_is_kept_on_one_line_and_short():
    meetup = opened(1)
    answers = Answers(role="r" * 99, sector="a\x00b\r\nc", group="🦊" * 99)
    seat = actions.take_seat(meetup, answers, email="bo@example.org", name="Bo\r\nBcc: all", now=NOW).seat
    kept = Seat.objects.get(pk=seat.pk)
    assert (kept.name, kept.role, kept.sector, kept.group) == ("Bo Bcc: all", "r" * 30, "a b c", "🦊" * 80)


def statements(deed):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        deed()
    sql = [query["sql"] for query in captured.captured_queries]
    return len(sql), len([text for text in sql if not text.startswith(CONTROL)])


def test_a_registration_takes_few_statements():
    meetup = opened(2)
    known = bo()
    # Newcomer: know; lock, count; seat, move, tell. And begin, commit.
    assert statements(lambda: seated(meetup, "New")) == (8, 6)
    assert statements(lambda: register(meetup, known)) == (10, 8)
    assert statements(lambda: seated(meetup, "Waits")) == (8, 6)
    assert statements(lambda: register(meetup, known)) == (9, 7)


steps = st.lists(
    st.one_of(
        st.tuples(st.just("take"), st.integers(1, 8)),
        st.tuples(st.just("cancel"), st.integers(1, 8)),
        st.tuples(st.just("check in"), st.integers(1, 8)),
        st.tuples(st.just("undo"), st.integers(1, 8)),
        st.tuples(st.just("walk in"), st.integers(1, 8)),
        st.tuples(st.just("seats"), st.integers(0, 6)),
    ),
    max_size=30,
)


def do(meetup, step, number):
    email = f"guest{number}@example.org"
    seat = Seat.objects.filter(meetup=meetup, person__email=email).first()
    if step == "take":
        seated(meetup, f"Guest{number}")
    elif step == "walk in":
        walk(meetup, f"Guest{number}")
    elif step == "seats":
        actions.set_capacity(meetup, number, by=ada(), now=NOW)
    elif seat is not None:
        deeds = {
            "cancel": lambda: actions.cancel_seat(seat, now=NOW),
            "check in": lambda: actions.check_in(seat, by=ada(), now=NOW),
            "undo": lambda: actions.undo_check_in(seat, by=ada(), now=NOW),
        }
        deeds[step]()


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_whatever_people_do_seats_add_up_and_nobody_waits_beside_a_free_one(done):
    meetup = opened(2, stage="on_site")
    for step, number in done:
        try:
            do(meetup, step, number)
        except Refusal:
            continue
        finally:
            capacity = Capacity.objects.get(meetup=meetup)
            held, counted, waiting = figures(meetup)
            assert held == counted <= capacity.total
            assert waiting == 0 or held == capacity.total
            for seat in Seat.objects.filter(meetup=meetup):
                assert SeatMove.objects.filter(seat=seat).order_by("-pk")[0].becomes == seat.state
