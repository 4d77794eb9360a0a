"""Two at once: neither a bid nor the neutrality of a call is lost."""

import pytest

from midcycle.bidding import actions
from midcycle.bidding.models import Bid, Editor, Member
from midcycle.bidding.rules import section_of
from midcycle.kernel.refusal import Refusal
from tests.rush import all_at_once
from tests.world import ada, bo, person
from tests.worlds.bidding import TODAY, begun, opened_call

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_save_the_same_section_at_once_one_is_shown_both():
    bid, by, food = begun(opened_call()), bo(), section_of("food")

    def save(text):
        return lambda: actions.save_section(bid, food, {"evening": text}, seen=1, by=by, now=TODAY)

    raised = all_at_once([save("The pub"), save("A boat"), save("A walk")])
    assert [type(error) for error in raised] == [actions.ChangedMeanwhile] * 2
    assert Bid.objects.get().versions["food"] == 2


def test_two_who_save_different_sections_at_once_both_are_kept():
    bid, by = begun(opened_call()), bo()
    saves = [("food", {"evening": "The pub"}), ("safety", {"insurance": "Yes"}), ("travel", {"station": "Central"})]
    deeds = [
        lambda key=key, said=said: actions.save_section(bid, section_of(key), said, seen=1, by=by, now=TODAY)
        for key, said in saves
    ]
    assert all_at_once(deeds) == []
    answers = Bid.objects.get().answers
    assert (answers["evening"], answers["insurance"], answers["station"]) == ("The pub", "Yes", "Central")


def test_nobody_becomes_judge_and_bidder_at_once():
    call, gil, organiser = opened_call(), person("Gil"), ada()
    raised = all_at_once(
        [
            lambda: actions.open_bid(call, by=gil, now=TODAY),
            lambda: actions.name_member(call, gil.email, why="Known.", by=organiser, now=TODAY),
        ]
    )
    assert [type(error) for error in raised] == [Refusal]
    assert Editor.objects.filter(person=gil).exists() != Member.objects.filter(person=gil).exists()
