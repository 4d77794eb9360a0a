"""Many treasurers at once: numbers have no gap, nothing is written, taken or booked twice."""

from functools import partial

import pytest

from midcycle.funding import actions as funding
from midcycle.invoicing import actions
from midcycle.invoicing.actions import Statement
from midcycle.invoicing.models import BankFile, BankLine, Invoice
from midcycle.invoicing.queries.money import balances
from midcycle.kernel.refusal import Refusal
from tests.rush import all_at_once
from tests.world import NOW, ada
from tests.worlds.invoicing import UNDERWRITING, drafted, treasury

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


def test_a_pledge_invoiced_by_ten_at_once_has_one_draft():
    meetup, by = treasury(), ada()
    details = funding.Details("Bolt", pledged=300_000, currency="EUR")
    bolt = funding.add_underwriter(meetup, details, state="pledged", by=by, now=NOW)
    deed = partial(actions.draft_for, bolt, vat=UNDERWRITING, by=by, now=NOW)
    assert all_at_once([deed] * 10) == []
    assert Invoice.objects.count() == 1


def test_a_statement_brought_in_by_ten_at_once_and_booked_by_ten_is_taken_once():
    meetup, by = treasury(), ada()
    statement = Statement("jan.csv", b"date;amount\n20.01.2027;-5,00\n21.01.2027;-6,00\n")
    assert all_at_once([partial(actions.take_statement, meetup, statement, by=by, now=NOW)] * 10) == []
    assert sorted(BankFile.objects.values_list("fresh", flat=True)) == [*[0] * 9, 2]
    line = BankLine.objects.earliest("day")
    book = partial(actions.book_line, line, invoice=None, account="cost_bank", text="", by=by, now=NOW)
    assert [type(error) for error in all_at_once([book] * 10)] == [Refusal] * 9
    undo = partial(actions.unbook_line, line, by=by, now=NOW)
    assert [type(error) for error in all_at_once([undo] * 10)] == [Refusal] * 9
    assert set(balances(meetup).values()) == {0}
