"""Whatever people do, in whatever order: the real deeds and a plain list of people agree on every seat."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.registration import actions
from midcycle.registration.actions import Answers, LineRule
from midcycle.registration.models import Capacity, Quota, Seat, SeatMove
from midcycle.registration.queries.turn import gives, in_turn
from midcycle.registration.rules.draw import code_of
from midcycle.registration.rules.line import EACH, Claim, counted_as, organisation_key
from midcycle.registration.tasks import keep_lines
from tests.world import NOW, ada
from tests.worlds.line import MIDNIGHT, TAKES, Line
from tests.worlds.registration import opened

names = st.sampled_from([f"Guest{number}" for number in range(1, 7)])
# Few kinds of people, so that they meet the same limits.
answers = st.builds(
    Answers,
    role=st.sampled_from(["operator", "vendor"]),
    organisation=st.sampled_from(["", "Acme", "ACME!", "Bolt"]),
    region=st.just("europe"),
    first_time=st.sampled_from([True, None]),
)
kinds = st.sampled_from([("role", "vendor"), ("organisation", EACH), ("organisation", "Acme"), ("first_time", "yes")])
line_rules = st.sampled_from(
    [
        LineRule(),
        LineRule(offer_hours=12),
        LineRule("groups", ("operators", "first_timers")),
        LineRule("groups", ("host_region",), offer_hours=48),
    ]
)


def claim_of(said):
    return Claim(said.role, said.sector, organisation_key(said.organisation), said.region, said.first_time)


class Kept:
    """What the database holds now."""

    def __init__(self, meetup):
        self.capacity = Capacity.objects.select_related("meetup").get(meetup=meetup)
        self.seats = list(Seat.objects.filter(meetup=meetup))
        self.taking = [counted_as(seat.claim) for seat in self.seats if seat.state in TAKES]
        self.quotas = {(quota.kind, quota.value): quota for quota in Quota.objects.filter(meetup=meetup)}
        self.moves = SeatMove.objects.filter(seat__meetup=meetup).order_by("pk").values_list("seat", "was", "becomes")


def everybody_stands_where_the_list_says(kept, line):
    told = {one.arrival: (one.state, one.rank, one.lot) for one in line.people.values()}
    assert {seat.arrival: (seat.state, seat.rank, seat.lot) for seat in kept.seats} == told


def counters_count(kept, line):
    capacity, states = kept.capacity, Counter(seat.state for seat in kept.seats)
    assert capacity.held == len(kept.taking) <= capacity.total <= (capacity.room or capacity.total)
    counted = states["waiting"], states["offered"], states["checked_in"], line.arrivals
    assert (capacity.waiting, capacity.offered, capacity.checked_in, capacity.arrivals) == counted


def quotas_count(kept, line):
    assert set(line.quotas) == {pair for pair, quota in kept.quotas.items() if not quota.copied}
    for (kind, value), quota in kept.quotas.items():
        assert quota.most == line.most(kind, value)
        assert quota.held == sum(values.get(kind) == value for values in kept.taking) <= quota.most
    for organisation in {values.get("organisation") for values in kept.taking} - {None}:
        assert ("organisation", EACH) not in kept.quotas or ("organisation", organisation) in kept.quotas


def nobody_waits_for_whom_there_is_a_seat(kept, line):
    assert line.next() is None
    if gives(kept.capacity) and kept.capacity.held < kept.capacity.total:
        assert not in_turn(kept.capacity, now=line.now).exists()


def each_history_is_unbroken(kept):
    last = {seat.pk: "" for seat in kept.seats}
    for seat, was, becomes in kept.moves:
        assert was == last[seat]
        last[seat] = becomes
    assert last == {seat.pk: seat.state for seat in kept.seats}


class Seats(RuleBasedStateMachine):
    """Does each deed twice: for real, and on the list."""

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.meetup = opened(2, stage="agenda")
        self.line = Line(NOW)

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def seat(self, name):
        return Seat.objects.get(meetup=self.meetup, person__email=f"{name.lower()}@example.org")

    def both(self, is_allowed, deed):
        """Do it for real; it is refused exactly when the list says so."""
        refused = ""
        try:
            deed()
        except Refusal as refusal:
            refused = refusal.message
        assert (refused == "") is is_allowed, refused

    @initialize(
        total=st.integers(1, 4),
        said=st.lists(answers, min_size=3, max_size=6),
        limits=st.lists(st.tuples(kinds, st.integers(1, 2)), max_size=4),
        is_on_site=st.booleans(),
    )
    def begin(self, total, said, limits, is_on_site):
        self.seats(total)
        for number, each in enumerate(said, start=1):
            self.register(f"Guest{number}", each)
            for kind, most in limits[number - 1 : number]:
                self.limit(kind, most)
        if is_on_site:
            self.open_the_doors()

    @rule(name=names, said=answers)
    def register(self, name, said):
        who = {"email": f"{name.lower()}@example.org", "name": name, "now": self.line.now}
        self.both(self.line.register(name, claim_of(said)), lambda: actions.take_seat(self.meetup, said, **who))

    @precondition(lambda self: self.line.people)
    @rule(data=st.data())
    def cancel(self, data):
        name, seat = self.somebody(data)
        self.both(self.line.cancel(name), lambda: actions.cancel_seat(seat, now=self.line.now))

    @precondition(lambda self: self.line.people)
    @rule(data=st.data())
    def erase(self, data):
        name, seat = self.somebody(data)
        self.both(self.line.erase(name), lambda: actions.erase_seat(seat, now=self.line.now))

    @precondition(lambda self: self.line.people)
    @rule(data=st.data(), said=answers)
    def change(self, data, said):
        name, seat = self.somebody(data)
        change = lambda: actions.change_answers(seat, said, name=name, now=self.line.now)  # noqa: E731
        self.both(self.line.change(name, claim_of(said)), change)

    @precondition(lambda self: self.line.people)
    @rule(data=st.data(), to=names, said=answers)
    def pass_on(self, data, to, said):
        name, seat = self.somebody(data)
        try:
            offered = actions.offer_transfer(seat, email=f"{to.lower()}@example.org", name=to, now=self.line.now)
        except Refusal:
            return  # asked too often today, or nothing to pass on
        accept = lambda: actions.accept_transfer(offered, said, name=to, now=self.line.now)  # noqa: E731
        self.both(self.line.pass_on(name, to, claim_of(said)), accept)

    @rule(total=st.integers(0, 5))
    def seats(self, total):
        self.both(self.line.set_total(total), lambda: actions.set_capacity(self.meetup, total, by=ada(), now=self.line.now))

    @rule(total=st.integers(1, 6), room=st.sampled_from([None, 3, 5]))
    def plan(self, total, room):
        said = {"total": total, "planned": None, "room": room, "by": ada(), "now": self.line.now}
        self.both(self.line.plan(total, room), lambda: actions.plan_seats(self.meetup, **said))

    @rule(kind=kinds, most=st.sampled_from([None, 0, 1, 1, 2, 3]))
    def limit(self, kind, most):
        limit = lambda: actions.set_quota(self.meetup, *kind, most, by=ada(), now=self.line.now)  # noqa: E731
        self.both(self.line.set_quota(*kind, most), limit)

    @rule(wanted=line_rules)
    def publish(self, wanted):
        publish = lambda: actions.set_line_rule(self.meetup, wanted, by=ada(), now=self.line.now)  # noqa: E731
        self.both(self.line.set_rule(wanted.rule, wanted.groups, wanted.draw_at, wanted.offer_hours), publish)

    @rule(hours=st.sampled_from([-1, 5, 30, 2000]), offer_hours=st.sampled_from([0, 24]))
    def publish_a_lottery(self, hours, offer_hours):
        self.publish(LineRule("lottery", (), self.line.now + timedelta(hours=hours), offer_hours))

    @precondition(lambda self: self.line.people)
    @rule(data=st.data(), days=st.sampled_from([0, 3, 60]))
    def notice(self, data, days):
        name, seat = self.somebody(data)
        self.both(self.line.set_notice(name, days), lambda: actions.set_notice(seat, days, now=self.line.now))

    @precondition(lambda self: self.line.people)
    @rule(data=st.data())
    def accept(self, data):
        name, seat = self.somebody(data)
        self.both(self.line.accept(name), lambda: actions.accept_offer(seat, now=self.line.now))

    @rule(hours=st.sampled_from([1, 13, 25, 24 * 20]))
    def wait(self, hours):
        codes = {seat.arrival: code_of(seat.token) for seat in Seat.objects.filter(meetup=self.meetup)}
        seed = Capacity.objects.get(meetup=self.meetup).seed
        until = min(self.line.now + timedelta(hours=hours), MIDNIGHT + timedelta(hours=30))
        self.line.pass_time(until, lambda name: codes[self.line.people[name].arrival], seed)
        keep_lines(until)

    @precondition(lambda self: not self.line.is_on_site)
    @rule()
    def open_the_doors(self):
        self.line.is_on_site = True
        meetups.move_to_stage(self.meetup, ada(), "on_site", now=self.line.now)

    @rule(hours=st.sampled_from([None, 2, 30]))
    def state_a_minute(self, hours):
        at = None if hours is None else self.line.now + timedelta(hours=hours)
        self.line.release_at = at
        actions.set_release(self.meetup, at, by=ada(), now=self.line.now)

    @precondition(lambda self: self.line.people)
    @rule(data=st.data(), comes=st.booleans())
    def check_in(self, data, comes):
        name, seat = self.somebody(data)
        deed = actions.check_in if comes else actions.undo_check_in
        is_allowed = self.line.check_in(name) if comes else self.line.undo_check_in(name)
        self.both(is_allowed, lambda: deed(seat, by=ada(), now=self.line.now))

    @precondition(lambda self: self.line.is_on_site)
    @rule(name=names, said=answers, joins=st.booleans())
    def come_to_the_door(self, name, said, joins):
        deed = actions.join_queue if joins else actions.walk_in
        who = {"email": f"{name.lower()}@example.org", "name": name, "by": ada(), "now": self.line.now}
        is_allowed = self.line.come_to_the_door(name, claim_of(said), joins_queue=joins)
        self.both(is_allowed, lambda: deed(self.meetup, said, **who))

    @precondition(lambda self: self.line.is_on_site)
    @rule()
    def release(self):
        self.both(self.line.release(), lambda: actions.mark_no_shows(self.meetup, by=ada(), now=self.line.now))

    @invariant()
    def promises_are_kept(self):
        kept = Kept(self.meetup)
        everybody_stands_where_the_list_says(kept, self.line)
        counters_count(kept, self.line)
        quotas_count(kept, self.line)
        nobody_waits_for_whom_there_is_a_seat(kept, self.line)
        each_history_is_unbroken(kept)

    def somebody(self, data):
        """Draw somebody who is known by name, and their seat."""
        known = sorted(name for name in self.line.people if name.startswith("Guest"))
        name = data.draw(st.sampled_from(known or ["Guest1"]))
        if name not in self.line.people:
            self.register(name, Answers(role="operator"))
        return name, self.seat(name)


@pytest.mark.slow
@pytest.mark.django_db
def test_whatever_people_do_the_line_keeps_its_promises():
    how = settings(
        max_examples=60, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck), print_blob=False
    )
    run_state_machine_as_test(Seats, settings=how)
