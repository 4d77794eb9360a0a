"""Offers, notice, groups, and what happens in lines by itself at its time."""

from datetime import timedelta

import pytest

from midcycle.accounts.models import Person
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.registration import actions, queries
from midcycle.registration.actions import Answers, LineRule
from midcycle.registration.models import Capacity, Seat, SeatMove
from midcycle.registration.tasks import keep_lines
from midcycle.site.worker import work_once
from tests.world import FIRST_DAY, NOW, ada, later
from tests.worlds.registration import crowd, opened, seated, states

pytestmark = pytest.mark.django_db


def rule(meetup, **said):
    return actions.set_line_rule(meetup, LineRule(**said), by=ada(), now=NOW)


def moves_of(seat):
    return list(SeatMove.objects.filter(seat=seat).order_by("pk").values_list("becomes", "reason"))


def again(seat):
    return Seat.objects.get(pk=seat.pk)


def in_order(meetup):
    waiting = Seat.objects.filter(meetup=meetup, state="waiting").order_by("rank", "lot", "arrival")
    return [name.split()[0] for name in waiting.values_list("name", flat=True)]


def test_a_free_seat_is_offered_and_goes_on_when_nobody_takes_it():
    meetup = opened(1)
    first, second, third = crowd(meetup, 3)
    rule(meetup, offer_hours=24)
    actions.cancel_seat(first, now=NOW)
    assert states(meetup) == {"Guest1": "cancelled", "Guest2": "offered", "Guest3": "waiting"}
    assert again(second).offer_until == later(hours=24)
    assert keep_lines(later(hours=23)) == 0
    assert keep_lines(later(hours=24)) == 1
    assert states(meetup) == {"Guest1": "cancelled", "Guest2": "cancelled", "Guest3": "offered"}
    assert again(third).offer_until == later(hours=48)
    assert moves_of(third)[-1] == ("offered", "an offer was not accepted in time")
    actions.accept_offer(third, now=later(hours=47))
    actions.accept_offer(third, now=later(hours=47))
    assert states(meetup)["Guest3"] == "held"
    assert keep_lines(later(days=9)) == 0


def test_an_offer_too_old_lapses_when_it_is_accepted():
    meetup = opened(1)
    first, second, _ = crowd(meetup, 3)
    rule(meetup, offer_hours=1)
    actions.cancel_seat(first, now=NOW)
    actions.accept_offer(second, now=later(hours=1))
    assert (second.state, states(meetup)) == (
        "cancelled", {"Guest1": "cancelled", "Guest2": "cancelled", "Guest3": "offered"},
    )  # fmt: skip
    with pytest.raises(Refusal, match="No seat is offered to you now"):
        actions.accept_offer(second, now=later(hours=1))


def test_lapsing_promotes_exactly_as_many_as_lapsed():
    meetup = opened(1)
    crowd(meetup, 8)
    rule(meetup, offer_hours=10)
    actions.set_capacity(meetup, 4, by=ada(), now=NOW)
    assert keep_lines(later(hours=10)) == 1
    assert list(states(meetup).values()) == ["held", "cancelled", "cancelled", "cancelled", *["offered"] * 3, "waiting"]
    capacity = Capacity.objects.get()
    assert (capacity.held, capacity.offered, capacity.waiting) == (4, 3, 1)


def test_who_is_offered_a_seat_and_stands_at_the_door_is_let_in():
    meetup = opened(1)
    first, second = crowd(meetup, 2)
    rule(meetup, offer_hours=24)
    actions.cancel_seat(first, now=NOW)
    meetups.move_to_stage(meetup, ada(), "agenda", now=NOW)
    meetups.move_to_stage(meetup, ada(), "on_site", now=NOW)
    actions.check_in(second, by=ada(), now=NOW)
    assert moves_of(second)[-2:] == [("held", "came while the seat was offered"), ("checked_in", "checked in at the door")]
    assert set(SeatMove.objects.filter(seat=second).values_list("by__name", flat=True)) == {None, "Ada Example"}


def test_groups_are_served_in_their_order():
    meetup = opened(1)
    holder = seated(meetup, "Hal")
    seated(meetup, "Vic", Answers(role="vendor"))
    seated(meetup, "Una", Answers(role="vendor", first_time=True))
    seated(meetup, "Ole", Answers(role="operator"))
    rule(meetup, rule="groups", groups=("operators", "first_timers"))
    order = list(Seat.objects.filter(meetup=meetup, state="waiting").order_by("rank", "lot", "arrival"))
    assert [seat.name.split()[0] for seat in order] == ["Ole", "Una", "Vic"]
    seated(meetup, "Oda", Answers(role="expects_to_operate"))
    actions.cancel_seat(holder, now=NOW)
    actions.set_capacity(meetup, 3, by=ada(), now=NOW)
    assert states(meetup) == {"Hal": "cancelled", "Vic": "waiting", "Una": "held", "Ole": "held", "Oda": "held"}


def test_everybody_who_waits_reads_that_the_rule_changed_and_who_changed_it():
    meetup = opened(1)
    _, second = crowd(meetup, 2)
    rule(meetup, rule="groups", groups=("first_timers",))
    move = SeatMove.objects.filter(seat=second).order_by("-pk")[0]
    assert (move.was, move.becomes, move.reason, move.by) == (
        "waiting", "waiting", "the rule of the waitlist is now: groups, one after the other", ada(),
    )  # fmt: skip
    rule(meetup, rule="groups", groups=("first_timers",), offer_hours=5)
    assert SeatMove.objects.filter(seat=second).count() == 2  # the order is the same


def test_the_line_follows_the_meetup_to_another_region():
    meetup = opened(1)
    seated(meetup, "Bo")
    for name, region in (("Eve", "europe"), ("Asa", "asia"), ("Ash", "asia"), ("Nil", "")):
        seated(meetup, name, Answers(region=region))
    actions.set_line_rule(meetup, LineRule("groups", ("host_region",)), by=ada(), now=NOW)
    assert in_order(meetup) == ["Eve", "Asa", "Ash", "Nil"]
    place = meetups.Place("asia", "Tokyo", "JP", "Dock", FIRST_DAY, FIRST_DAY, "", "Asia/Tokyo")
    meetups.set_place(meetup, ada(), place, now=NOW)
    assert in_order(meetup) == ["Eve", "Asa", "Ash", "Nil"]
    work_once()
    assert in_order(meetup) == ["Asa", "Ash", "Eve", "Nil"]
    notes = SeatMove.objects.filter(reason__startswith="the meetup is in Asia now").order_by("pk")
    assert [(note.seat.name.split()[0], note.becomes, note.by) for note in notes] == [
        (name, "waiting", ada()) for name in ("Eve", "Asa", "Ash")
    ]
    assert actions.follow_region(Meetup.objects.get(pk=meetup.pk), by=None, now=NOW) == 0
    assert Entry.objects.filter(kind="registration.line_ranked").count() == 1


def test_a_meetup_that_moves_leaves_lines_alone_that_do_not_go_by_region(django_assert_num_queries):
    meetup = opened(1)
    crowd(meetup, 3)
    with django_assert_num_queries(3):  # one look, between savepoints
        assert actions.follow_region(meetup, by=None, now=NOW) == 0
    actions.set_line_rule(meetup, LineRule("groups", ("operators",)), by=ada(), now=NOW)
    assert actions.follow_region(meetup, by=None, now=NOW) == 0


def test_who_needs_more_notice_than_there_is_keeps_the_place_and_is_passed_over():
    meetup = opened(1)
    first, second, third = crowd(meetup, 3)
    actions.set_notice(second, 10, now=NOW)
    five_days_before = later(days=46)
    actions.cancel_seat(first, now=five_days_before)
    assert states(meetup) == {"Guest1": "cancelled", "Guest2": "waiting", "Guest3": "held"}
    assert queries.position_of(again(second)) == 1
    actions.cancel_seat(third, now=five_days_before)
    assert states(meetup)["Guest2"] == "waiting"
    actions.set_notice(again(second), 4, now=five_days_before)
    assert states(meetup)["Guest2"] == "held"
    assert moves_of(second)[-2:] == [("waiting", "4 days of notice are needed"), ("held", "less notice is needed")]


def test_the_organisers_give_a_place_back_with_a_reason_the_person_reads():
    meetup = opened(1)
    first, second = crowd(meetup, 2)
    actions.cancel_for(first, " registered\ntwice ", by=ada(), now=NOW)
    assert states(meetup) == {"Guest1": "cancelled", "Guest2": "held"}
    assert moves_of(first)[-1] == ("cancelled", "the organisers gave this place back: registered twice")
    entry = Entry.objects.get(kind="registration.seat_taken_back")
    assert (entry.actor, "twice" in str(entry.facts)) == (ada().pk, False)
    actions.cancel_for(first, "again", by=ada(), now=NOW)
    assert len(moves_of(first)) == 2
    with pytest.raises(Refusal, match="Say why") as refused:
        actions.cancel_for(second, " \n", by=ada(), now=NOW)
    assert refused.value.field == "why"
    actions.cancel_for(second, "x" * 500, by=ada(), now=NOW)
    assert len(moves_of(second)[-1][1]) <= 200


def test_nothing_due_costs_one_statement_however_many_meetups_there_are(django_assert_num_queries):
    for number in range(3):
        meetup = opened(1, f"Meetup {number}")
        first, _ = crowd(meetup, 2)
        rule(meetup, offer_hours=24)
        actions.cancel_seat(first, now=NOW)
        actions.set_release(meetup, later(days=60), by=ada(), now=NOW)
    with django_assert_num_queries(1):
        assert keep_lines(later(hours=1)) == 0


def ready(total, *, door=True):
    """Return a meetup on site whose seats are released in an hour, with the seats of two people."""
    meetup = opened(total, stage="on_site")
    seats = crowd(meetup, 2)
    actions.set_release(meetup, later(hours=1), by=ada(), now=NOW)
    if door:
        actions.check_in(seats[0], by=ada(), now=NOW)
    return meetup


def test_seats_are_released_at_their_minute_once():
    meetup = ready(2)
    actions.join_queue(meetup, Answers(), email="quentin@example.org", name="Quentin", by=ada(), now=NOW)
    assert (keep_lines(later(minutes=59)), keep_lines(later(hours=1)), keep_lines(later(hours=2))) == (0, 1, 0)
    assert states(meetup) == {"Guest1": "checked_in", "Guest2": "no_show", "Quentin": "held"}
    assert Entry.objects.filter(kind="registration.no_shows_marked").count() == 1
    assert Entry.objects.get(kind="registration.no_shows_marked").actor is None


@pytest.mark.parametrize("stage", ["agenda", "on_site"])
def test_nobody_loses_a_seat_at_a_door_nobody_kept(stage):
    meetup = ready(2, door=False) if stage == "on_site" else opened(2, stage="agenda")
    if stage == "agenda":
        crowd(meetup, 2)
        actions.set_release(meetup, later(hours=1), by=ada(), now=NOW)
    assert (keep_lines(later(hours=1)), keep_lines(later(hours=1))) == (1, 0)
    assert states(meetup) == {"Guest1": "held", "Guest2": "held"}
    assert Capacity.objects.get().release_at is None
    assert Entry.objects.filter(kind="registration.release_missed").count() == 1


def test_what_is_over_is_left_alone():
    meetup = ready(2)
    meetups.move_to_stage(meetup, ada(), "wrap_up", now=NOW)
    assert keep_lines(later(hours=1)) == 0
    meetups.move_to_stage(meetup, ada(), "archived", now=NOW)
    assert keep_lines(later(days=100)) == 0
    assert states(meetup) == {"Guest1": "checked_in", "Guest2": "held"}


def test_no_more_seats_than_the_room_takes():
    meetup = opened(10)
    plan = {"by": ada(), "now": NOW}
    actions.plan_seats(meetup, total=12, planned=10, room=12, **plan)
    with pytest.raises(Refusal, match=r"The room takes 12\. Type 12 or less, or change what the room takes") as refused:
        actions.set_capacity(meetup, 13, **plan)
    assert refused.value.field == "total"
    with pytest.raises(Refusal, match="The room takes 11") as refused:
        actions.plan_seats(meetup, total=12, planned=10, room=11, **plan)
    with pytest.raises(Refusal, match="No more people can be wanted") as refused:
        actions.plan_seats(meetup, total=12, planned=13, room=12, **plan)
    assert refused.value.field == "planned"
    actions.plan_seats(meetup, total=20, planned=None, room=20, **plan)  # more seats, and the larger room for them
    actions.plan_seats(meetup, total=5, planned=None, room=5, **plan)
    assert (Capacity.objects.get().total, Capacity.objects.get().room) == (5, 5)


def test_what_is_told_of_an_edition_elsewhere():
    meetup = opened(10)
    told = actions.tell_share(meetup, "Milan", seats=100, came=68, by=ada(), now=NOW)
    with pytest.raises(Refusal, match="Only 100 had a seat") as refused:
        actions.tell_share(meetup, "Milan", seats=100, came=101, by=ada(), now=NOW)
    assert refused.value.field == "came"
    actions.forget_share(told, by=ada(), now=NOW)
    kinds = Entry.objects.filter(kind__startswith="registration.share").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["registration.share_told", "registration.share_forgotten"]


def test_who_did_it_is_forgotten_with_the_person():
    meetup = opened(1)
    (first,) = crowd(meetup, 1)
    gone = Person.objects.create(email="gone@example.org", name="Gone", since=NOW)
    actions.cancel_for(first, "twice", by=gone, now=NOW + timedelta(hours=1))
    gone.delete()
    assert SeatMove.objects.get(seat=first, becomes="cancelled").by is None
