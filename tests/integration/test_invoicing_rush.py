"""Fifty invoices issued at once get fifty numbers without a gap."""

import pytest

from midcycle.invoicing import actions
from midcycle.invoicing.models import Invoice
from midcycle.invoicing.queries.money import balances
from midcycle.kernel.refusal import Refusal
from tests.rush import all_at_once
from tests.world import NOW, ada
from tests.worlds.invoicing import drafted, treasury

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 50


def test_fifty_at_once_get_fifty_numbers_without_a_gap():
    meetup, by = treasury(), ada()
    drafts = [drafted(meetup) for _ in range(MANY)]
    assert all_at_once([lambda one=one: actions.issue(one, seen=1, by=by, now=NOW) for one in drafts]) == []
    assert sorted(Invoice.objects.values_list("count", flat=True)) == list(range(1, MANY + 1))
    assert balances(meetup)["receivable", "EUR"] == MANY * 595_000


def test_one_draft_issued_by_ten_at_once_is_issued_once():
    meetup, by = treasury(), ada()
    draft = drafted(meetup)
    raised = all_at_once([lambda: actions.issue(draft, seen=1, by=by, now=NOW)] * 10)
    assert [type(error) for error in raised] == [Refusal] * 9
    assert (Invoice.objects.get().count, balances(meetup)["receivable", "EUR"]) == (1, 595_000)
