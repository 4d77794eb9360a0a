"""Quotas: so many seats at most for one kind of people, and who is passed over because of them."""

import pytest

from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.registration import actions
from midcycle.registration.actions import Answers
from midcycle.registration.models import Capacity, Quota, Seat, SeatMove
from midcycle.registration.rules.line import EACH
from tests.world import NOW, ada, later
from tests.worlds.registration import opened, seated, states

pytestmark = pytest.mark.django_db
VENDOR, OPERATOR = Answers(role="vendor"), Answers(role="operator")


def of(organisation, role="operator"):
    return Answers(role=role, organisation=organisation)


def limit(meetup, kind, value, most):
    return actions.set_quota(meetup, kind, value, most, by=ada(), now=NOW)


def quotas(meetup):
    rows = Quota.objects.filter(meetup=meetup).order_by("kind", "value").values_list("value", "held", "most", "copied")
    return {value: (held, most, "copy" if copied else "own") for value, held, most, copied in rows}


def last_reason(seat):
    return SeatMove.objects.filter(seat=seat).order_by("-pk")[0].reason


def test_a_full_quota_keeps_its_kind_out_and_nobody_else():
    meetup = opened(4)
    limit(meetup, "role", "vendor", 1)
    seated(meetup, "Vic", VENDOR)
    vera = seated(meetup, "Vera", VENDOR)
    seated(meetup, "Oda", OPERATOR)
    assert states(meetup) == {"Vic": "held", "Vera": "waiting", "Oda": "held"}
    assert last_reason(vera) == "the one seat for “Vendor, wearing a user's hat” was taken"
    assert quotas(meetup) == {"vendor": (1, 1, "own")}


def test_a_place_in_a_quota_that_frees_goes_to_the_next_of_that_kind():
    meetup = opened(4)
    limit(meetup, "role", "vendor", 1)
    vic, vera = seated(meetup, "Vic", VENDOR), seated(meetup, "Vera", VENDOR)
    actions.change_answers(vic, OPERATOR, name="Vic", now=NOW)
    assert states(meetup) == {"Vic": "held", "Vera": "held"}
    assert last_reason(vera) == "answers were changed, and with them who has a turn"
    with pytest.raises(Refusal, match="This cannot be changed now: the one seat for “Vendor"):
        actions.change_answers(vic, VENDOR, name="Vic", now=NOW)
    assert quotas(meetup) == {"vendor": (1, 1, "own")}


def test_a_seat_passed_on_frees_its_place_in_a_quota():
    meetup = opened(4)
    limit(meetup, "role", "vendor", 1)
    actions.allow_transfers(meetup, allowed=True, by=ada(), now=NOW)
    vic, _ = seated(meetup, "Vic", VENDOR), seated(meetup, "Vera", VENDOR)
    offered = actions.offer_transfer(vic, email="oda@example.org", name="Oda", now=NOW)
    actions.accept_transfer(offered, OPERATOR, name="Oda", now=NOW)
    assert states(meetup) == {"Oda": "held", "Vera": "held"}
    again = actions.offer_transfer(Seat.objects.get(name="Oda"), email="vito@example.org", name="Vito", now=NOW)
    with pytest.raises(Refusal, match="the one seat for “Vendor"):
        actions.accept_transfer(again, VENDOR, name="Vito", now=NOW)
    assert quotas(meetup) == {"vendor": (1, 1, "own")}


def test_raising_a_quota_promotes_as_many_as_it_then_holds():
    meetup = opened(9)
    limit(meetup, "role", "vendor", 1)
    for name in ("Vic", "Vera", "Vito", "Val"):
        seated(meetup, name, VENDOR)
    assert limit(meetup, "role", "vendor", 3) == 2
    assert list(states(meetup).values()) == ["held", "held", "held", "waiting"]
    assert limit(meetup, "role", "vendor", None) == 1
    assert (quotas(meetup), Capacity.objects.get().has_quotas) == ({}, False)


def test_a_quota_below_the_seats_taken_is_refused_with_the_number():
    meetup = opened(9)
    for name in ("Vic", "Vera"):
        seated(meetup, name, of("Acme", "vendor"))
    for kind, value in (("role", "vendor"), ("organisation", EACH), ("organisation", "ACME")):
        with pytest.raises(Refusal, match=r"2 seats for .* are taken already\. Type 2 or more") as refused:
            limit(meetup, kind, value, 1)
        assert refused.value.field == "most"
    with pytest.raises(Refusal, match="Give each organisation one seat at least"):
        limit(meetup, "organisation", EACH, 0)
    with pytest.raises(Refusal, match="this names nobody"):
        limit(meetup, "organisation", "!!!", 3)
    with pytest.raises(Refusal, match="this names nobody"):
        limit(meetup, "role", EACH, 3)
    assert quotas(meetup) == {}


def test_each_organisation_has_its_share_however_it_is_written():
    meetup = opened(9)
    seated(meetup, "Ann", of("Acme"))
    limit(meetup, "organisation", EACH, 2)
    seated(meetup, "Abe", of("ACME"))
    seated(meetup, "Ali", of(" acme. "))
    seated(meetup, "Ben", of("Bolt"))
    seated(meetup, "Nat", of(""))
    assert states(meetup) == {"Ann": "held", "Abe": "held", "Ali": "waiting", "Ben": "held", "Nat": "held"}
    assert quotas(meetup) == {EACH: (0, 2, "own"), "acme": (2, 2, "copy"), "bolt": (1, 2, "copy")}


def test_a_larger_share_for_each_is_also_for_those_who_have_no_seat_now():
    meetup = opened(9)
    limit(meetup, "organisation", EACH, 1)
    ann = seated(meetup, "Ann", of("Acme"))
    actions.cancel_seat(ann, now=NOW)
    limit(meetup, "organisation", EACH, 2)
    for name in ("Abe", "Ali", "Amy"):
        seated(meetup, name, of("Acme"))
    assert states(meetup) == {"Ann": "cancelled", "Abe": "held", "Ali": "held", "Amy": "waiting"}


def test_an_organisation_with_a_quota_of_its_own_keeps_it():
    meetup = opened(9)
    limit(meetup, "organisation", "Acme, Inc.", 3)
    limit(meetup, "organisation", EACH, 1)
    for name in ("Abe", "Ali", "Amy", "Ada2"):
        seated(meetup, name, of("ACME Inc"))
    assert quotas(meetup) == {EACH: (0, 1, "own"), "acmeinc": (3, 3, "own")}
    assert Quota.objects.get(value="acmeinc").name == "Acme, Inc."
    limit(meetup, "organisation", "acmeinc", 4)
    assert (quotas(meetup)["acmeinc"], Quota.objects.get(value="acmeinc").name) == ((4, 4, "own"), "Acme, Inc.")
    with pytest.raises(Refusal, match="4 seats for people of one organisation are taken already"):
        limit(meetup, "organisation", "Acme Inc", None)  # it would fall back to what each has
    limit(meetup, "organisation", EACH, 4)
    limit(meetup, "organisation", "Acme Inc", None)
    assert quotas(meetup) == {EACH: (0, 4, "own"), "acmeinc": (4, 4, "copy")}
    limit(meetup, "organisation", EACH, None)
    assert quotas(meetup) == {}


def test_many_full_quotas_are_no_burden():
    meetup = opened(1)
    limit(meetup, "organisation", EACH, 1)
    full = [Quota(meetup=meetup, kind="organisation", value=f"o{n}", most=1, held=1, copied=True) for n in range(3000)]
    Quota.objects.bulk_create(full)
    first = seated(meetup, "Ann", of("Acme"))
    seated(meetup, "Otto", of("o7"))
    seated(meetup, "Ben", of("Bolt"))
    actions.cancel_seat(first, now=NOW)
    assert states(meetup) == {"Ann": "cancelled", "Otto": "waiting", "Ben": "held"}


def test_raising_for_many_takes_statements_by_quotas_not_by_people(django_assert_max_num_queries):
    meetup = opened(1)
    limit(meetup, "role", "vendor", 500)
    for number in range(40):
        seated(meetup, f"Guest{number}", VENDOR)
    who = ada()
    # Begin, stage, there?, lock; seats, next, quotas; given, counted, quotas and they counted; moves; entry; commit.
    with django_assert_max_num_queries(14 + 39):  # and an entry for each, nothing else
        assert actions.set_capacity(meetup, 40, by=who, now=NOW) == 39
    assert quotas(meetup) == {"vendor": (40, 500, "own")}


def on_site(meetup):
    meetups.move_to_stage(meetup, ada(), "agenda", now=NOW)
    meetups.move_to_stage(meetup, ada(), "on_site", now=NOW)
    meetup.refresh_from_db()


def test_a_late_no_show_finds_a_seat_free_and_the_quota_full():
    meetup = opened(5)
    limit(meetup, "role", "vendor", 1)
    vic = seated(meetup, "Vic", VENDOR)
    on_site(meetup)
    actions.join_queue(meetup, VENDOR, email="vera@example.org", name="Vera", by=ada(), now=NOW)
    actions.mark_no_shows(meetup, by=ada(), now=NOW)
    assert states(meetup) == {"Vic": "no_show", "Vera": "held"}
    with pytest.raises(Refusal, match=r"Their seat was released, and the one seat for “Vendor.*” was taken\. Put them into"):
        actions.check_in(vic, by=ada(), now=later(hours=1))
    actions.join_queue(meetup, VENDOR, email="vic@example.org", name="Vic", by=ada(), now=later(hours=1))
    assert states(meetup) == {"Vic": "waiting", "Vera": "held"}


def test_who_is_forgotten_after_check_in_leaves_their_organisations_quota():
    meetup = opened(5)
    limit(meetup, "organisation", EACH, 1)
    ann, _ = seated(meetup, "Ann", of("Acme")), seated(meetup, "Abe", of("Acme"))
    on_site(meetup)
    actions.check_in(ann, by=ada(), now=NOW)
    actions.erase_seat(ann, now=NOW)
    assert states(meetup) == {"Someone": "checked_in", "Abe": "held"}
    assert quotas(meetup)["acme"] == (1, 1, "copy")
