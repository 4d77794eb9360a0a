"""Whoever holds a seat owes a fee where the team asks one. A seat never depends on it, and money is in the ledger once."""

from dataclasses import replace
from datetime import date

import pytest

from midcycle.invoicing import actions
from midcycle.invoicing.actions import Buyer
from midcycle.invoicing.models import Fee, Invoice, LedgerEntry
from midcycle.invoicing.queries.bank import bank_desk
from midcycle.invoicing.queries.invoices import owed_on
from midcycle.invoicing.queries.money import balances, money_report, movements
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.registration import actions as registration
from midcycle.registration.models import Seat
from tests.world import NOW, ada, later
from tests.worlds.fees import TERMS, charged, charging, lines, paid, set_fees, settle
from tests.worlds.invoicing import OPERATORS, treasury
from tests.worlds.registration import opened, seated

pytestmark = pytest.mark.django_db
BUYER = Buyer("Bo Example", "DE", "Invented Street 1", "12345", "Nowhere")


def state_of(fee):
    return Fee.objects.get(pk=fee.pk).state


def standing(meetup):
    """Return what each account has, those with nothing left out."""
    return {account: amount for (account, _), amount in balances(meetup).items() if amount}


def test_a_seat_that_is_held_owes_one_fee_however_often_it_is_told():
    meetup = charging(seats=1)
    seat, fee = charged(meetup)
    assert (fee.amount, fee.currency, fee.due_on, fee.kind) == (4_500, "EUR", date(2027, 2, 1), "standard")
    waiting = seated(meetup, "Cy")
    settle()
    for _ in range(2):
        actions.settle_fee(seat.pk, meetup.pk, became_held_at=NOW, now=NOW)
    assert Fee.objects.count() == 1
    registration.cancel_seat(Seat.objects.get(pk=seat.pk), now=NOW)
    settle()
    assert (state_of(fee), Fee.objects.get(seat=waiting).state) == ("lapsed", "open")


def test_nothing_is_asked_where_fees_are_off_or_of_who_came_before():
    meetup = opened()
    seated(meetup, "Bo")
    settle()
    assert Fee.objects.count() == 0
    actions.set_issuer(meetup, replace(OPERATORS, reason="Small business"), by=ada(), now=NOW)
    set_fees(meetup, now=later(hours=1))
    settle()
    seat = Seat.objects.get()
    assert actions.settle_fee(seat.pk, meetup.pk, became_held_at=NOW, now=later(hours=2)) is None
    assert (actions.ask_holders(meetup, by=ada(), now=NOW), actions.ask_holders(meetup, by=ada(), now=NOW)) == (1, 0)
    set_fees(meetup, is_on=False)
    with pytest.raises(Refusal):
        actions.ask_holders(meetup, by=ada(), now=NOW)


def test_a_change_of_the_fee_touches_nobody_who_has_one():
    meetup = charging()
    _, fee = charged(meetup)
    set_fees(meetup, standard=9_000, reduced=8_000, may_be_free=False)
    actions.choose_fee(fee, "reduced", now=NOW)
    assert Fee.objects.get(pk=fee.pk).amount == 2_000
    actions.choose_fee(fee, "free", now=NOW)
    assert state_of(fee) == "waived"
    actions.choose_fee(fee, "standard", now=NOW)
    assert (state_of(fee), Fee.objects.get(pk=fee.pk).amount) == ("open", 4_500)
    _, other = charged(meetup, "Dee")
    assert other.amount == 9_000
    for kind in ("free", "half"):
        with pytest.raises(Refusal):
            actions.choose_fee(other, kind, now=NOW)


def test_a_payment_is_suggested_by_reference_and_by_name_and_booked_once():
    meetup = charging()
    _, fee = charged(meetup)
    _, other = charged(meetup, "Dee")
    first, second, third = lines(
        meetup,
        f"20.01.2027;Somebody;thanks {fee.reference[:4]} {fee.reference[4:]};45,00",
        "20.01.2027;Dee Example;the meetup;45,00",
        "20.01.2027;Stranger;the meetup;45,00",
    )
    assert [one.why for one in bank_desk(meetup).waiting[0].fees] == ["the reference is the same, the amount is the same"]
    offered = {one.line.pk: [suggestion.due.pk for suggestion in one.fees] for one in bank_desk(meetup).waiting}
    assert (offered[first.pk], offered[third.pk]) == ([fee.pk], [])
    assert other.pk in offered[second.pk]
    actions.book_fee(first, fee, by=ada(), now=NOW)
    assert (state_of(fee), standing(meetup)) == ("paid", {"bank": 4_500, "income_fees": -4_500})
    for line, again in ((first, fee), (second, fee)):
        with pytest.raises(Refusal):
            actions.book_fee(line, again, by=ada(), now=NOW)
    actions.unbook_line(first, by=ada(), now=NOW)
    assert (state_of(fee), standing(meetup)) == ("open", {})
    actions.book_fee(first, fee, by=ada(), now=NOW)
    (report,) = money_report(meetup)
    assert [(figure.account, figure.amount) for figure in report.income] == [("income_fees", 4_500)]
    assert {movement.text for movement in movements(meetup, "income_fees", "EUR")} == {""}


def test_another_amount_or_currency_or_meetup_is_refused():
    meetup, elsewhere = charging(), charging("Autumn meetup")
    _, fee = charged(meetup)
    _, foreign = charged(elsewhere, "Dee")
    less, back = lines(meetup, f"20.01.2027;Bo;{fee.reference};40,00", f"20.01.2027;Bo;{fee.reference};-45,00")
    for line, wrong in ((less, fee), (back, fee), (less, foreign)):
        with pytest.raises(Refusal):
            actions.book_fee(line, wrong, by=ada(), now=NOW)
    assert (standing(meetup), state_of(fee), less.is_done) == ({}, "open", False)


def test_a_paid_seat_that_is_given_back_is_paid_back():
    meetup = charging()
    seat, fee = charged(meetup)
    line = paid(meetup, fee)
    registration.cancel_seat(Seat.objects.get(pk=seat.pk), now=NOW)
    settle()
    assert state_of(fee) == "due_back"
    (back,) = lines(meetup, f"25.01.2027;Bo Example;back {fee.reference};-45,00")
    assert [one.due.pk for one in bank_desk(meetup).waiting[0].fees] == [fee.pk]
    actions.book_fee(back, fee, by=ada(), now=NOW)
    assert (state_of(fee), standing(meetup)) == ("refunded", {})
    with pytest.raises(Refusal):
        actions.unbook_line(line, by=ada(), now=NOW)
    actions.unbook_line(back, by=ada(), now=NOW)
    assert (state_of(fee), standing(meetup)) == ("due_back", {"bank": 4_500, "income_fees": -4_500})


def test_who_comes_back_before_the_money_went_back_has_paid():
    meetup = charging()
    seat, fee = charged(meetup)
    paid(meetup, fee)
    registration.cancel_seat(Seat.objects.get(pk=seat.pk), now=NOW)
    settle()
    seated(meetup, "Bo", now=later(hours=1))
    settle()
    assert [one.state for one in Fee.objects.all()] == ["paid"]


def test_an_invoice_before_the_payment_is_settled_by_it_and_taken_back_with_the_seat():
    meetup = charging(category="E")
    seat, fee = charged(meetup)
    invoice = actions.write_receipt(fee, BUYER, now=NOW)
    assert (invoice.reference, invoice.gross, invoice.income) == (fee.reference, 4_500, "income_fees")
    with pytest.raises(Refusal):
        actions.write_receipt(fee, BUYER, now=NOW)
    with pytest.raises(Refusal):
        actions.choose_fee(fee, "reduced", now=NOW)
    line = paid(meetup, fee)
    assert (owed_on(invoice), standing(meetup)) == (0, {"bank": 4_500, "income_fees": -4_500})
    actions.unbook_line(line, by=ada(), now=NOW)
    assert (owed_on(invoice), state_of(fee)) == (4_500, "open")
    registration.cancel_seat(Seat.objects.get(pk=seat.pk), now=NOW)
    settle()
    assert (state_of(fee), owed_on(invoice), standing(meetup)) == ("lapsed", 0, {})
    assert [one.kind for one in Invoice.objects.order_by("pk")] == ["invoice", "credit_note"]


def test_a_receipt_after_the_payment_counts_the_money_once_with_its_vat():
    meetup = treasury()
    registration.open_registration(meetup, total=3, by=ada(), now=NOW)
    with pytest.raises(Refusal, match=r"Take 44\.99 EUR or 45\.01 EUR"):
        set_fees(meetup, category="S", rate=1_900, standard=4_500)
    set_fees(meetup, category="S", rate=1_900, standard=5_950, reduced=None)
    _, fee = charged(meetup)
    line = paid(meetup, fee, "59,50")
    booked = {"bank": 5_950, "income_fees": -5_000, "vat": -950}
    assert standing(meetup) == booked
    invoice = actions.write_receipt(fee, BUYER, now=NOW)
    assert (standing(meetup), owed_on(invoice)) == (booked, 0)
    assert invoice.issued["note"] == "Paid on 20 January 2027: nothing is left to pay."
    assert invoice.issued["payee"]["iban"] == ""
    actions.unbook_line(line, by=ada(), now=NOW)
    assert (state_of(fee), owed_on(invoice)) == ("open", 5_950)
    paid_again = actions.book_fee(line, fee, by=ada(), now=NOW)
    assert (paid_again.deed, owed_on(invoice), standing(meetup)) == ("paid", 0, booked)


def test_paying_back_what_has_an_invoice_writes_the_credit_note():
    meetup = charging()
    seat, fee = charged(meetup)
    invoice = actions.write_receipt(fee, BUYER, now=NOW)
    paid(meetup, fee)
    registration.cancel_seat(Seat.objects.get(pk=seat.pk), now=NOW)
    settle()
    (back,) = lines(meetup, f"25.01.2027;Bo Example;{fee.reference};-45,00")
    actions.book_fee(back, fee, by=ada(), now=NOW)
    assert (state_of(fee), owed_on(invoice), standing(meetup)) == ("refunded", 0, {})
    actions.unbook_line(back, by=ada(), now=NOW)
    actions.book_fee(back, fee, by=ada(), now=NOW)
    assert (Invoice.objects.filter(kind="credit_note").count(), standing(meetup)) == (1, {})


def test_waiving_asks_nothing_more_and_takes_an_invoice_back():
    meetup = charging()
    seat, fee = charged(meetup)
    invoice = actions.write_receipt(fee, BUYER, now=NOW)
    actions.waive_fee(fee, reason="speaks on both days", by=ada(), now=NOW)
    assert (state_of(fee), owed_on(invoice), Seat.objects.get(pk=seat.pk).state) == ("waived", 0, "held")
    for deed in (
        lambda: actions.waive_fee(fee, reason="", by=ada(), now=NOW),
        lambda: actions.choose_fee(fee, "standard", now=NOW),
    ):
        with pytest.raises(Refusal):
            deed()


def test_who_is_forgotten_owes_nothing_and_leaves_no_name():
    meetup = charging()
    seat, _ = charged(meetup)
    other, kept = charged(meetup, "Dee")
    paid(meetup, kept)
    for one in (seat, other):
        registration.erase_seat(Seat.objects.get(pk=one.pk), now=NOW)
    settle()
    assert [(one.state, one.seat) for one in Fee.objects.order_by("pk")] == [("lapsed", None), ("due_back", None)]
    assert [one.text for one in LedgerEntry.objects.all()] == [""]


def test_who_was_there_and_is_forgotten_is_asked_for_nothing_more():
    meetup = charging()
    seat, fee = charged(meetup)
    other, kept = charged(meetup, "Dee")
    paid(meetup, kept)
    for stage in ("agenda", "on_site"):
        meetups.move_to_stage(meetup, ada(), stage, now=NOW)
    for one in (seat, other):
        registration.check_in(Seat.objects.get(pk=one.pk), by=ada(), now=NOW)
        settle()
        registration.erase_seat(Seat.objects.get(pk=one.pk), now=NOW)
    settle()
    assert (state_of(fee), state_of(kept)) == ("lapsed", "paid")


def test_fees_need_an_account_and_the_version_that_was_seen():
    meetup = treasury(iban="")
    for changes in ({}, {"category": "S", "rate": 700, "standard": 5_350, "reduced": None}):
        with pytest.raises(Refusal, match="Say its IBAN first"):
            set_fees(meetup, **changes)
    with pytest.raises(Refusal, match="Say first who writes"):
        set_fees(opened(title="Autumn meetup"))
    charged_for = charging("Winter meetup")
    with pytest.raises(Refusal, match="Somebody changed this meanwhile"):
        actions.set_fees(charged_for, TERMS, seen=0, by=ada(), now=NOW)


def test_in_an_archived_meetup_fees_stay_as_they_are():
    meetup = charging()
    _, fee = charged(meetup)
    for stage in ("agenda", "on_site", "wrap_up", "archived"):
        meetups.move_to_stage(meetup, ada(), stage, now=NOW)
    registration.erase_seat(Seat.objects.get(), now=NOW)
    settle()
    with pytest.raises(Refusal):
        actions.waive_fee(fee, reason="", by=ada(), now=NOW)
    assert state_of(fee) == "open"
