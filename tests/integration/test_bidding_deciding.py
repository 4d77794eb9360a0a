"""Interests, points and the decision: who may, and what follows."""

from datetime import timedelta

import pytest
from django.db import transaction

from midcycle.bidding import actions, queries
from midcycle.bidding.models import Editor, HostCall, Score
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup
from tests.world import ada, dee, person
from tests.worlds.bidding import (
    EARLIEST,
    TODAY,
    at,
    compared,
    decided,
    declared,
    handed_in,
    opened_call,
    prepared,
    scored,
)

pytestmark = pytest.mark.django_db


def refused(deed, *args, **named) -> str:
    """Return the sentence a deed is refused with."""
    with pytest.raises(Refusal) as refusal, transaction.atomic():
        deed(*args, **named)
    return refusal.value.message


def kinds():
    return list(Entry.objects.filter(kind__startswith="bidding.").order_by("id").values_list("kind", flat=True))


def test_scores_wait_for_interests_and_skip_who_is_linked():
    call, porto, graz = compared()
    member = call.members.get(person=dee())
    assert refused(scored, call, "Dee", porto, 5, 5) == "Declare your interests first."
    assert refused(actions.declare, member, " ", [], now=TODAY).startswith("Say your interests")
    declared(call, "Dee")
    scored(call, "Dee", porto, 5, 5)
    declared(call, "Dee", porto)
    assert Score.objects.count() == 0
    assert refused(scored, call, "Dee", porto, 5, 5) == "You are linked with this bid, and do not score it."
    scored(call, "Dee", graz, 2, 3)
    scored(call, "Dee", graz, 4, 3)
    assert sorted(Score.objects.values_list("points", flat=True)) == [3, 4]


@pytest.mark.parametrize("points", [(6, 0), (-1, 0)])
def test_points_run_from_0_to_5(points):
    call, porto, _ = compared()
    declared(call, "Dee")
    assert refused(scored, call, "Dee", porto, *points) == "Give 0 to 5 points on each criterion."


def test_nobody_scores_before_the_deadline():
    call = opened_call()
    handed_in(call)
    assert refused(declared, call, "Dee").startswith("This call is open until its deadline.")


def test_the_result_can_be_computed_again():
    call, porto, graz = compared()
    for who in ("Dee", "Fay"):
        declared(call, who, *([graz] if who == "Fay" else []))
    scored(call, "Dee", porto, 5, 4)
    scored(call, "Fay", porto, 4, 4)
    scored(call, "Dee", graz, 5, 5)
    found = queries.outcome(call)
    assert [(row.title, row.total, row.means) for row in found.rows] == [
        ("Graz, Example Grid", "5.00", (("Rooms", "5.00"), ("Costs", "5.00"))),
        ("Porto, Example University", "4.30", (("Rooms", "4.50"), ("Costs", "4.00"))),
    ]
    assert found.silent == ()


def test_choosing_a_bid_settles_place_and_days():
    call, porto, _ = decided()
    meetup = Meetup.objects.get()
    assert (meetup.city, meetup.country, meetup.venue, meetup.timezone) == ("Porto", "PT", "Rua do Exemplo 1", "Europe/Lisbon")
    assert (meetup.starts_on, meetup.ends_on) == (EARLIEST, EARLIEST + timedelta(days=1))
    assert (call.state, call.chosen, call.reasons_html) == ("decided", porto, "<p>The rooms.</p>\n")
    assert kinds()[-1] == "bidding.decided"
    member = call.members.get(person=dee())
    again = refused(actions.decide, call, member, actions.Decision(porto.pk, 0, "Again"), now=TODAY)
    assert again == "This call is decided: nothing of it changes any more."


def test_a_decision_needs_reasons_points_and_somebody_who_is_not_linked():
    call, porto, graz = compared()
    declared(call, "Dee", graz)
    member = call.members.get(person=dee())

    def told(*said):
        return refused(actions.decide, call, member, actions.Decision(*said), now=TODAY)

    assert told(porto.pk, 0, " ") == "Say why: the reasons are published."
    assert told(porto.pk, 0, "x").startswith("Nobody has scored this bid yet.")
    assert told(graz.pk, 0, "x").startswith("You are linked with this bid.")
    assert told(porto.pk, 1, "x") == "Choose days that this bid offers."
    assert told(0, 0, "x") == "Choose one of the bids."
    scored(call, "Dee", porto, 2, 1)
    actions.decide(call, member, actions.Decision(None, 0, "Too dear, both."), now=TODAY)
    assert (HostCall.objects.get().chosen, Meetup.objects.get().city) == (None, "")


def test_an_organiser_who_bids_decides_nothing():
    call = prepared()
    actions.name_member(call, ada().email, why="Organises.", by=ada(), now=TODAY)
    call = actions.open_call(call, by=ada(), now=at(days=-40))
    assert refused(actions.open_bid, call, by=ada(), now=TODAY).startswith("Who decides on the bids")
    actions.remove_member(call, call.members.get(person=ada()).pk, by=ada(), now=TODAY)
    bid = actions.open_bid(call, by=ada(), now=TODAY)
    assert refused(actions.name_member, call, ada().email, why="x", by=ada(), now=TODAY).startswith("This person writes a bid")
    assert Editor.objects.get(bid=bid).person == ada()
    number = call.members.first().pk
    assert refused(actions.remove_member, call, number, by=ada(), now=TODAY).startswith("The group of an open call")


def test_one_of_three_decides_nothing_alone():
    call, porto, graz = compared()
    ida = person("Ida")
    call.members.create(person=ida, why="Known.", named_by=ada(), named_at=TODAY)
    declared(call, "Dee")
    for bid in (porto, graz):
        scored(call, "Dee", bid, 5, 5)
    member, choice = call.members.get(person=dee()), actions.Decision(porto.pk, 0, "x")
    assert refused(actions.decide, call, member, choice, now=TODAY).startswith("Only 1 of 3 in the group have scored.")
    declared(call, "Ida", porto, graz)
    actions.decide(call, member, choice, now=TODAY)
    assert queries.outcome(call).silent == ("Fay Example",)
