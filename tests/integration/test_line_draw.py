"""The lottery: nobody moves before it, it comes at its time, and who only sees an echo is in the list like everybody."""

import pytest
from django.urls import reverse

from midcycle.kernel.refusal import Refusal
from midcycle.registration import actions, queries
from midcycle.registration.actions import LineRule
from midcycle.registration.models import Capacity, Draw, Echo, Seat, SeatMove
from midcycle.registration.rules import draw
from midcycle.registration.rules.line import AFTER_THE_DRAW
from midcycle.registration.tasks import keep_lines
from tests.world import NOW, ada, browser_of, later
from tests.worlds.registration import crowd, figures, opened, registered_again, seated, states

pytestmark = pytest.mark.django_db


def lottery(total=2, people=6):
    """Return a meetup whose lots are drawn in a day."""
    meetup = opened(total)
    crowd(meetup, people)
    rule = LineRule("lottery", draw_at=later(days=1))
    actions.set_line_rule(meetup, rule, by=ada(), now=NOW)
    return meetup


def test_nobody_moves_up_before_the_draw_and_newcomers_wait_beside_a_free_seat():
    meetup = lottery()
    actions.cancel_seat(Seat.objects.get(arrival=1), now=NOW)
    late = seated(meetup, "Late")
    assert (figures(meetup), late.state) == ((1, 1, 5), "waiting")
    assert SeatMove.objects.get(seat=late).reason == "seats are drawn by lot on 11 January 2027"
    with pytest.raises(Refusal, match="It is too early"):
        actions.draw_lots(meetup, now=later(hours=23))


def test_the_lots_are_drawn_at_their_time_once():
    meetup = lottery()
    seed = Capacity.objects.get().seed
    actions.set_capacity(meetup, 4, by=ada(), now=NOW)
    assert (keep_lines(later(hours=23)), keep_lines(later(days=1)), keep_lines(later(days=1))) == (0, 1, 0)
    drawn = Draw.objects.get()
    waited = list(Seat.objects.filter(arrival__gt=2))
    order = draw.drawn(seed, [draw.code_of(seat.token) for seat in waited])
    assert (drawn.seed, drawn.codes, drawn.free) == (seed, sorted(order), 2)
    assert {seat.lot: seat.state for seat in waited} == {1: "held", 2: "held", 3: "waiting", 4: "waiting"}
    assert [draw.code_of(seat.token) for seat in sorted(waited, key=lambda seat: seat.lot)] == order
    first = next(seat for seat in waited if seat.lot == 1)
    reasons = SeatMove.objects.filter(seat=first).order_by("pk").values_list("reason", flat=True)
    assert list(reasons)[-2:] == ["drawn as number 1 of 4", "the lot fell on this seat"]
    with pytest.raises(Refusal, match="The lots are drawn already"):
        actions.draw_lots(meetup, now=later(days=2))


def test_who_comes_after_the_draw_stands_behind_those_who_were_drawn():
    meetup = lottery(total=1, people=3)
    actions.draw_lots(meetup, now=later(days=1))
    late = seated(meetup, "Late", now=later(days=1))
    assert (late.lot, queries.position_of(late)) == (AFTER_THE_DRAW, 3)
    with pytest.raises(Refusal, match="The lots are drawn, and the line has their order") as refused:
        actions.set_line_rule(meetup, LineRule(), by=ada(), now=later(days=1))
    assert refused.value.field == "rule"
    actions.set_line_rule(meetup, LineRule("lottery", offer_hours=12), by=ada(), now=later(days=1))
    kept = Capacity.objects.get()
    assert (kept.offer_hours, kept.draw_at) == (12, later(days=1))


def test_the_seed_stays_when_the_time_is_changed():
    meetup = lottery()
    seed = Capacity.objects.get().seed
    actions.set_line_rule(meetup, LineRule("lottery", draw_at=later(days=2)), by=ada(), now=NOW)
    assert Capacity.objects.get().seed == seed
    with pytest.raises(Refusal, match="The meetup begins before that"):
        actions.set_line_rule(meetup, LineRule("lottery", draw_at=later(days=51)), by=ada(), now=NOW)
    actions.set_line_rule(meetup, LineRule(), by=ada(), now=NOW)
    assert (Capacity.objects.get().seed, Capacity.objects.get().draw_at) == ("", None)


def test_the_list_of_a_draw_does_not_tell_which_addresses_are_known():
    meetup = lottery(total=1, people=4)
    registered_again(meetup, "Guest2")
    echo = Echo.objects.get()
    made = actions.draw_lots(meetup, now=later(days=1))
    assert (len(made.codes), draw.code_of(echo.token) in made.codes) == (4, True)
    echo.refresh_from_db()
    ahead = Seat.objects.filter(state="waiting", lot__lt=echo.lot).count()
    status = queries.seat_status(Echo.objects.select_related("meetup__capacity").get(), now=NOW)
    assert (status.position, status.moves[0].reason) == (ahead + 1, f"drawn as number {echo.lot} of 4")
    page = browser_of().get(reverse("registration:status", args=[meetup.slug, echo.token]))
    assert draw.code_of(echo.token) in page.content.decode()
    assert figures(meetup) == (1, 1, 3)
    assert set(states(meetup).values()) == {"held", "waiting"}
