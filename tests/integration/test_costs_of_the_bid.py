"""What the chosen host says it costs becomes lines of the balance, without typing it twice."""

from dataclasses import replace

import pytest

from midcycle.bidding.models import Bid
from midcycle.bidding.models import CostLine as BidLine
from midcycle.funding import actions as funding
from midcycle.funding.models import CostLine
from tests.world import NOW, ada, bo, browser_of, cy, person
from tests.worlds.bidding import compared, decided
from tests.worlds.funding import FRANCS, TERMS

pytestmark = pytest.mark.django_db


def door(call) -> str:
    return f"{call.meetup.path}desk/budget/bid/"


def facts() -> list[tuple[str, str, str, str, int, str]]:
    rows = CostLine.objects.order_by("pk")
    return list(rows.values_list("title", "basis", "payer", "currency", "amount", "certainty"))


def two_lines(bid: Bid, currency: str = "EUR") -> None:
    """Leave the bid with rooms the host covers and lunch for each person."""
    BidLine.objects.filter(bid=bid).delete()
    BidLine.objects.create(bid=bid, label="Rooms", amount=400_000, by_host=True)
    BidLine.objects.create(bid=bid, label="Lunch", amount=1_850, per_person=True)
    Bid.objects.filter(pk=bid.pk).update(currency=currency)


def test_the_costs_of_the_chosen_bid_become_lines_once():
    call, porto, _ = decided()
    two_lines(porto)
    client = browser_of(ada())
    page = client.get(door(call)).content.decode()
    assert ("Rooms" in page, "18.50 EUR each" in page, "the host" in page) == (True, True, True)
    assert f'href="{door(call)}"' in client.get(f"{call.meetup.path}desk/hosts/").content.decode()
    done = client.post(door(call), follow=True).content.decode()
    assert "2 lines taken over from the bid." in done
    both = [("Rooms", "fixed", "host", "EUR", 400_000, "quote"), ("Lunch", "per_head", "community", "EUR", 1_850, "quote")]
    assert facts() == both
    assert set(CostLine.objects.values_list("source", flat=True)) == {f"Bid: {porto.title}"}
    CostLine.objects.filter(title="Lunch").update(amount=2_000, certainty="actual")
    assert "Every line was there already." in client.post(door(call), follow=True).content.decode()
    assert facts() == [both[0], ("Lunch", "per_head", "community", "EUR", 2_000, "actual")]


def test_a_bid_in_another_currency_needs_a_rate_first():
    call, porto, _ = decided()
    two_lines(porto, "CHF")
    client = browser_of(ada())
    told = client.post(door(call), follow=True).content.decode()
    assert "The bid is in CHF, the budget in EUR. Set a rate for CHF beside the cost lines" in told
    assert facts() == []
    funding.set_budget(call.meetup, replace(TERMS, rooms=3), seen=1, by=ada(), now=NOW)
    funding.set_rate(call.meetup, FRANCS, by=ada(), now=NOW)
    client.post(door(call))
    assert [currency for *_, currency, _, _ in facts()] == ["CHF", "CHF"]


def test_before_a_bid_is_chosen_there_is_nothing_to_take_over():
    call, _, _ = compared()
    client = browser_of(ada())
    assert "No bid is chosen yet" in client.get(door(call)).content.decode()
    assert "No bid is chosen yet." in client.post(door(call), follow=True).content.decode()
    assert facts() == []


def test_only_the_team_takes_costs_over():
    call, porto, _ = decided()
    two_lines(porto)
    for who in (None, bo(), cy(), person("Dee")):
        client = browser_of(who)
        assert (client.get(door(call)).status_code, client.post(door(call)).status_code) == (404, 404)
    assert facts() == []


def test_a_bid_says_no_more_than_it_is_asked(django_assert_num_queries):
    call, porto, _ = decided()
    client = browser_of(ada())
    client.get(door(call))  # the tabs are remembered from here on
    with django_assert_num_queries(7):
        client.get(door(call))
    two_lines(porto)
    BidLine.objects.bulk_create(BidLine(bid=porto, label=f"Line {number}", amount=1) for number in range(20))
    with django_assert_num_queries(7):
        client.get(door(call))
