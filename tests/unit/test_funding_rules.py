"""Underwriters: names that can be printed, moves that make sense, and no booth whatever is asked for."""

import pytest

from midcycle.funding.rules import underwriting as rules
from midcycle.funding.rules.letters import contract
from midcycle.funding.rules.underwriting import fault_in


def test_a_name_is_asked_for_and_has_a_limit():
    assert fault_in("Example University") is None
    assert fault_in("x" * 160) is None
    assert fault_in("") == "Type the name as it should be thanked."
    assert fault_in("x" * 161) == "Shorten the name to 160 characters."


def test_every_state_can_be_reached_and_left():
    reached = set(rules.FIRST_STATES).union(*rules.MOVES.values())
    assert reached == set(rules.MOVES) == set(rules.STATES)
    assert all(rules.MOVES[state] for state in rules.STATES)
    assert set(rules.STATES) > rules.COUNTED


def test_every_move_has_a_button_of_its_own():
    for was, following in rules.MOVES.items():
        labels = [rules.deed(was, becomes) for becomes in following]
        assert len(set(labels)) == len(labels)
    assert rules.deed("invoiced", "pledged") == "The invoice was taken back"


def test_there_is_no_booth():
    assert rules.fault_in_thanks({"page", "coffee"}) is None
    assert rules.fault_in_thanks({"page", "booth"}) == "Choose from the list: there are no other ways to thank."
    words = " ".join((*rules.RECOGNITIONS, *rules.RECOGNITIONS.values())).lower()
    assert [word for word in ("booth", "stand ", "table", "logo", "banner", "talk", "slot", "keynote") if word in words] == []


@pytest.mark.parametrize(
    ("amount", "currency", "field"),
    [(0, "EUR", None), (rules.LARGEST, "JPY", None), (-1, "EUR", "pledged"), (rules.LARGEST + 1, "EUR", "pledged"),
     (1, "XXX", "currency"), (1, "", "currency")],
)  # fmt: skip
def test_a_pledge_is_an_amount_in_a_currency(amount, currency, field):
    fault = rules.fault_in_pledge(amount, currency)
    assert (fault[0] if fault else None) == field


def test_paid_is_what_is_paid_in_full():
    assert rules.state_when_paid("pledged", paid=99, owed=1) == "pledged"
    assert rules.state_when_paid("invoiced", paid=100, owed=19) == "invoiced"
    assert rules.state_when_paid("invoiced", paid=119, owed=0) == "paid"
    assert rules.state_when_paid("paid", paid=0, owed=119) == "invoiced"
    assert rules.state_when_paid("paid", paid=0, owed=0) == "pledged"
    assert rules.state_when_paid("thanked", paid=0, owed=119) == "thanked"


def test_a_contract_says_what_is_given_how_it_is_thanked_and_that_there_are_no_booths():
    said = contract(
        occasion="Spring Mid-Cycle (Lisbon)",
        underwriter="Example Cloud",
        amount="2,500.00 EUR",
        is_host=False,
        thanks=("Named in the report",),
    )
    words = " ".join(sentence for _, sentences, _ in said.parts for sentence in sentences)
    assert said.subject == "Support of Spring Mid-Cycle (Lisbon)"
    assert "Example Cloud pays 2,500.00 EUR, within 30 days of the invoice." in words
    assert "Named in the report." in words
    assert "There are no stands, no booths and no advertising, for anybody." in words
    quiet = contract(occasion="Spring", underwriter="A", amount="", is_host=True, thanks=())
    words = " ".join(sentence for _, sentences, _ in quiet.parts for sentence in sentences)
    assert "A is the host" in words
    assert "Not by name, as you wished." in words
