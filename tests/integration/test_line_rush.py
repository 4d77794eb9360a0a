"""Many at once in a line with a rule: offers, quotas, draws and releases, each on a connection of its own."""

import random

import pytest

from midcycle.kernel.refusal import Refusal
from midcycle.registration import actions
from midcycle.registration.actions import Answers, Colleague, LineRule
from midcycle.registration.models import Capacity, Draw, Quota, Seat, SeatMove
from midcycle.registration.rules.line import EACH
from midcycle.registration.tasks import keep_lines
from tests.rush import all_at_once
from tests.world import NOW, ada, later
from tests.worlds.registration import crowd, figures, opened, seated

pytestmark = pytest.mark.django_db(transaction=True)
FIRMS = ("Acme", "Bolt", "Core")


def counters_are_right(meetup):
    capacity = Capacity.objects.get(meetup=meetup)
    states = list(Seat.objects.filter(meetup=meetup).values_list("state", flat=True))
    counted = (states.count("offered"), states.count("waiting"), states.count("checked_in"))
    assert (capacity.offered, capacity.waiting, capacity.checked_in) == counted
    held, taken, _ = figures(meetup)
    assert held == taken <= capacity.total
    for quota in Quota.objects.filter(meetup=meetup, kind="organisation").exclude(value=EACH):
        of_them = Seat.objects.filter(meetup=meetup, organisation_key=quota.value, state__in=("held", "offered", "checked_in"))
        assert quota.held == of_them.count() <= quota.most
    return capacity


def test_each_organisation_keeps_to_its_share_in_a_rush():
    meetup = opened(20)
    actions.set_quota(meetup, "organisation", EACH, 3, by=ada(), now=NOW)
    come = [
        lambda number=number: seated(meetup, f"Rush{number}", Answers(role="operator", organisation=FIRMS[number % 3]))
        for number in range(24)
    ]
    assert all_at_once(come) == []
    assert counters_are_right(meetup).held == 9
    assert Quota.objects.filter(meetup=meetup).count() == 4


def test_quotas_changed_while_seats_are_given_back_leave_nobody_waiting_for_a_free_seat():
    meetup = opened(6)
    actions.set_quota(meetup, "organisation", EACH, 2, by=ada(), now=NOW)
    seats = [seated(meetup, f"Guest{n}", Answers(role="operator", organisation=FIRMS[n % 3])) for n in range(15)]
    back = [lambda seat=seat: actions.cancel_seat(seat, now=NOW) for seat in seats[:6]]
    limits = [lambda most=most: actions.set_quota(meetup, "organisation", EACH, most, by=ada(), now=NOW) for most in (3, 2, 4)]
    deeds = back + limits
    random.Random(5).shuffle(deeds)
    assert {type(error) for error in all_at_once(deeds)} <= {Refusal}
    capacity = counters_are_right(meetup)
    most = Quota.objects.get(meetup=meetup, value=EACH).most
    assert capacity.held == min(6, 3 * most, 9)


def test_offers_accepted_lapsed_and_given_back_at_once_are_neither_lost_nor_doubled():
    meetup = opened(1)
    crowd(meetup, 16)
    actions.set_line_rule(meetup, LineRule(offer_hours=5), by=ada(), now=NOW)
    actions.set_capacity(meetup, 6, by=ada(), now=NOW)
    offered = list(Seat.objects.filter(meetup=meetup, state="offered").order_by("arrival"))
    deeds = [lambda seat=seat: actions.accept_offer(seat, now=later(hours=4)) for seat in offered[:3]]
    deeds += [lambda seat=seat: actions.accept_offer(seat, now=later(hours=5)) for seat in offered[2:]]
    deeds += [lambda: keep_lines(later(hours=5))] * 3
    deeds += [lambda: actions.cancel_seat(offered[0], now=later(hours=4))]
    random.Random(6).shuffle(deeds)
    assert {type(error) for error in all_at_once(deeds)} <= {Refusal}
    assert counters_are_right(meetup).held == 6
    for seat in Seat.objects.filter(meetup=meetup):
        moves = list(SeatMove.objects.filter(seat=seat).order_by("pk"))
        assert [move.was for move in moves[1:]] == [move.becomes for move in moves[:-1]]
        assert moves[-1].becomes == seat.state


def test_a_capacity_raised_and_lowered_while_offers_stand_promotes_as_many_as_fit():
    meetup = opened(2)
    crowd(meetup, 20)
    actions.set_line_rule(meetup, LineRule(offer_hours=5), by=ada(), now=NOW)
    totals = [lambda total=total: actions.set_capacity(meetup, total, by=ada(), now=NOW) for total in (9, 4, 12, 3, 8)]
    back = [lambda seat=seat: actions.cancel_seat(seat, now=NOW) for seat in Seat.objects.filter(meetup=meetup)[:8]]
    deeds = totals + back
    random.Random(7).shuffle(deeds)
    assert {type(error) for error in all_at_once(deeds)} <= {Refusal}
    capacity = counters_are_right(meetup)
    assert capacity.held == min(capacity.total, 12)


def test_lots_are_drawn_once_by_however_many_workers():
    meetup = opened(2)
    crowd(meetup, 9)
    actions.set_line_rule(meetup, LineRule("lottery", draw_at=later(hours=1)), by=ada(), now=NOW)
    actions.set_capacity(meetup, 5, by=ada(), now=NOW)
    late = [lambda number=number: seated(meetup, f"Late{number}", now=later(hours=1)) for number in range(4)]
    assert all_at_once([lambda: keep_lines(later(hours=1))] * 4 + late) == []
    drawn = Draw.objects.get()
    capacity = counters_are_right(meetup)
    assert (capacity.held, capacity.waiting, drawn.free) == (5, 8, 3)
    in_draw = Seat.objects.filter(meetup=meetup, lot__lte=len(drawn.codes), lot__gt=0).order_by("lot")
    assert [seat.lot for seat in in_draw] == list(range(1, len(drawn.codes) + 1))
    assert [seat.state for seat in in_draw[:3]] == ["held"] * 3


def test_seats_are_released_once_while_people_still_come():
    meetup = opened(6, stage="on_site")
    seats = crowd(meetup, 6)
    for seat in seats[:2]:
        actions.check_in(seat, by=ada(), now=NOW)
    for number in range(5):
        actions.join_queue(meetup, Answers(), email=f"q{number}@example.org", name=f"Q{number}", by=ada(), now=NOW)
    actions.set_release(meetup, later(hours=1), by=ada(), now=NOW)
    come = [lambda seat=seat: actions.check_in(seat, by=ada(), now=later(hours=1)) for seat in seats[2:]]
    deeds = [lambda: keep_lines(later(hours=1))] * 3 + come
    random.Random(8).shuffle(deeds)
    assert {type(error) for error in all_at_once(deeds)} <= {Refusal}
    assert counters_are_right(meetup).held == 6
    released = SeatMove.objects.filter(seat__meetup=meetup, becomes="no_show")
    assert len({move.seat_id for move in released}) == released.count()


def test_who_is_forgotten_while_they_register_colleagues_does_not_wait_for_themselves():
    meetup = opened(100)
    for number in range(8):
        seat = seated(meetup, f"Holder{number}")
        colleagues = [Colleague(f"C{number}", f"a{number}@example.org"), Colleague(f"D{number}", f"z{number}@example.org")]
        done = all_at_once(
            [
                lambda seat=seat: actions.erase_seat(seat, now=NOW),
                lambda seat=seat, colleagues=colleagues: actions.register_colleagues(seat, colleagues, now=NOW),
            ]
        )
        assert [each for each in done if isinstance(each, Exception) and not isinstance(each, Refusal)] == []
    counters_are_right(meetup)
