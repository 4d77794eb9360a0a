"""What the provider of card payments tells: believed when it is signed, heeded once, in any order, to the last cent."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations

import pytest
from django.db import connection
from django.utils import translation

from midcycle.invoicing import actions
from midcycle.invoicing.actions import Buyer
from midcycle.invoicing.models import CardEvent, CardPayment, CardTry, Fee, Invoice, LedgerEntry
from midcycle.invoicing.rules.cards import Told
from midcycle.journal.models import Entry
from midcycle.meetups.models import Meetup
from midcycle.registration import actions as registration
from tests.world import NOW, ada, browser_of, cy, later
from tests.worlds.cards import (
    EVENTS,
    came,
    event,
    heeded,
    key_of,
    paying,
    signed,
    standing,
    tell,
    trying,
    went_back,
    with_cards,
)
from tests.worlds.fees import charged, lines, paid, settle

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cards(settings):
    with_cards(settings)


def again(fee: Fee) -> Fee:
    return Fee.objects.get(pk=fee.pk)


def test_a_payment_by_card_pays_the_fee_and_stands_with_the_provider():
    meetup, fee = paying()
    heeded(came(fee))
    payment = CardPayment.objects.get()
    assert (again(fee).state, payment.state, payment.returned) == ("paid", "settled", 0)
    assert standing(meetup) == {"cards": 4_500, "income_fees": -4_500}
    entry = Entry.objects.get(kind="invoicing.fee_paid")
    assert (entry.facts["payment"], entry.actor) == (payment.pk, None)
    assert CardTry.objects.get().is_over


def test_a_payment_settles_the_invoice_that_was_written_before_it():
    meetup, fee = paying()
    actions.write_receipt(fee, Buyer("Bo Example", "DE"), now=NOW)
    heeded(came(fee))
    assert standing(meetup) == {"cards": 4_500, "income_fees": -4_500}
    heeded(went_back(fee, 4_500))
    assert again(fee).state == "open"
    assert standing(meetup) == {"receivable": 4_500, "income_fees": -4_500}


@pytest.mark.parametrize(
    "header",
    [
        "",
        "t=,v1=",
        "v1=" + "0" * 64,
        "t={now},v1=" + "0" * 64,
        "t={now},v0={right}",
        "t={now}",
        "t={now},t={now},v1={right}",
        "t=-{now},v1={right}",
        "t=٣,v1={right}",
        "t={now},v1={right}é",
        "t={now},v1=" + "{RIGHT}",
        "," * 10_000,
        "x=1," * 30 + "t={now},v1={right}",
    ],
)
def test_what_is_not_signed_is_refused(header):
    _, fee = paying()
    body = came(fee)
    moment, right = (part.partition("=")[2] for part in signed(body).split(","))
    sent = header.replace("{now}", moment).replace("{right}", right).replace("{RIGHT}", right.upper())
    assert tell(body, sent).status_code == 400
    assert (again(fee).state, CardEvent.objects.count()) == ("open", 0)


def test_what_is_signed_by_somebody_else_or_too_long_ago_is_refused():
    _, fee = paying()
    body, now = came(fee), time.time()
    for header in (
        signed(body, secret="whsec_another"),
        signed(body, at=now - 301),
        signed(body, at=now + 330),
        signed(body + b" "),
    ):
        assert tell(body, header).status_code == 400
    assert (again(fee).state, CardEvent.objects.count()) == ("open", 0)
    assert tell(body, signed(body, at=now - 290)).status_code == 200


def test_while_a_secret_is_renewed_one_signature_of_two_is_enough():
    _, fee = paying()
    body = came(fee)
    heeded_header = signed(body).replace(",", f",v1={'0' * 64},v0=x,")
    assert tell(body, heeded_header).content == b"Heeded.\n"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"payment_intent.succeeded"',
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"type": "payment_intent.succeeded"}',
        b'{"type": "payment_intent.succeeded", "data": []}',
        b'{"type": "charge.refunded", "data": {"object": {"payment_intent": {"id": 1}}}}',
    ],
)
def test_what_is_signed_and_still_no_event_is_refused(body):
    assert tell(body).status_code == 400


@pytest.mark.parametrize(
    "changes",
    [
        {"amount_received": -1},
        {"amount_received": 45.0},
        {"amount_received": True},
        {"amount_received": "4500"},
        {"amount_received": 2**60},
        {"amount_received": 0},
        {"currency": "EUR!"},
        {"currency": None},
        {"id": "pi 1"},
        {"id": ["pi_1"]},
        {"id": "x" * 300},
    ],
)
def test_events_with_odd_values_are_refused(changes):
    _, fee = paying()
    assert tell(came(fee, **changes)).status_code == 400
    assert CardPayment.objects.count() == 0


def test_a_body_larger_than_any_event_is_not_read():
    body = event("payment_intent.succeeded", {"filler": "x" * 300_000})
    assert tell(body).status_code == 413


def test_what_is_about_something_else_is_heard_and_left():
    _, fee = paying()
    others = [
        event("customer.created", {"id": "cus_1"}),
        event("payment_intent.succeeded", {"id": "pi_9", "amount": 4_500, "currency": "eur", "metadata": {}}),
        came(fee, metadata={"fee": "a key of another server"}),
        came(fee, metadata={"fee": "x" * 5_000}),
        came(fee, metadata=["fee"]),
        came(fee, currency="xxx"),
        event("charge.refunded", {"id": "ch_9", "payment_intent": None, "amount": 1, "amount_refunded": 1, "currency": "eur"}),
    ]
    assert [(tell(body).status_code, tell(body).content) for body in others] == [(200, b"Not ours.\n")] * len(others)
    assert (again(fee).state, CardEvent.objects.count(), LedgerEntry.objects.count()) == ("open", 0, 0)


def test_without_keys_nobody_is_heard(settings):
    with_cards(settings, stripe_secret_key=None)
    assert tell(b"{}").status_code == 404
    assert browser_of().get(EVENTS).status_code == 405


@pytest.mark.parametrize(
    ("amount", "currency", "why"),
    [
        (4_499, "eur", "The fee is 45.00 EUR, this is 44.99 EUR."),
        (9_000, "eur", "The fee is 45.00 EUR, this is 90.00 EUR."),
        (4_500, "usd", "The fee is 45.00 EUR, this is 45.00 USD."),
        (4_500, "jpy", "The fee is 45.00 EUR, this is 4,500 JPY."),
    ],
)
def test_another_amount_or_currency_is_kept_to_be_given_back(amount, currency, why):
    meetup, fee = paying()
    heeded(came(fee, amount=amount, currency=currency))
    payment = CardPayment.objects.get()
    assert (again(fee).state, payment.state, payment.reason) == ("open", "kept", why)
    assert standing(meetup) == {"cards": amount, "held": -amount}
    assert why in browser_of(ada()).get("/m/spring-meetup/desk/fees/").content.decode()
    assert "1 to decide" in browser_of(ada()).get("/m/spring-meetup/desk/").content.decode()
    heeded(went_back(fee, amount, amount=amount, currency=currency))
    assert (CardPayment.objects.get().state, standing(meetup)) == ("returned", {})
    assert why not in browser_of(ada()).get("/m/spring-meetup/desk/fees/").content.decode()


def test_why_a_payment_is_kept_is_kept_in_english_whatever_is_spoken():
    _, fee = paying()
    with translation.override("de"):
        actions.heed(Told("evt_1", "came", "pi_1", key_of(fee), 4_499, 0, "EUR", NOW), now=NOW)
    assert CardPayment.objects.get().reason == "The fee is 45.00 EUR, this is 44.99 EUR."


def test_what_comes_for_a_fee_that_is_not_open_is_kept():
    meetup, fee = paying()
    paid(meetup, fee)
    heeded(came(fee))
    assert CardPayment.objects.get().reason == "The fee was not open any more: paid."
    assert standing(meetup) == {"bank": 4_500, "income_fees": -4_500, "cards": 4_500, "held": -4_500}
    other = trying(charged(meetup, "Dee")[1])
    actions.waive_fee(other, reason="", by=ada(), now=NOW)
    heeded(came(other, number="pi_2"))
    assert (again(other).state, CardPayment.objects.get(number="pi_2").reason) == (
        "waived",
        "The fee was not open any more: waived.",
    )


def test_two_payments_of_one_fee_pay_it_once():
    meetup, fee = paying()
    heeded(came(fee), came(fee, number="pi_2"))
    assert [payment.state for payment in CardPayment.objects.order_by("pk")] == ["settled", "kept"]
    heeded(went_back(fee, 4_500, number="pi_2"))
    assert (again(fee).state, standing(meetup)) == ("paid", {"cards": 4_500, "income_fees": -4_500})


def test_the_same_event_and_another_of_the_same_payment_do_nothing_more():
    _, fee = paying()
    body = came(fee)
    heeded(body, body, came(fee))
    assert (CardPayment.objects.count(), CardEvent.objects.count(), LedgerEntry.objects.count()) == (1, 2, 1)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_in_whatever_order_events_come_the_books_end_alike(order):
    meetup, fee = paying()
    bodies = [came(fee), went_back(fee, 1_000), went_back(fee, 4_500)]
    for index in order:
        heeded(bodies[index], bodies[index])
    payment = CardPayment.objects.get()
    assert (payment.state, payment.returned, again(fee).state, standing(meetup)) == ("returned", 4_500, "open", {})


def test_a_part_that_went_back_waits_for_a_person():
    meetup, fee = paying()
    heeded(came(fee), went_back(fee, 1_000))
    assert again(fee).state == "paid"
    assert standing(meetup) == {"cards": 3_500, "held": 1_000, "income_fees": -4_500}
    page = browser_of(ada()).get("/m/spring-meetup/desk/fees/").content.decode()
    assert "10.00 EUR of it went back already." in page
    assert "Give it back" not in page


def test_who_gives_the_seat_back_gets_the_money_back_on_the_card():
    meetup, fee = paying()
    heeded(came(fee))
    actions.write_receipt(again(fee), Buyer("Bo Example", "DE"), now=NOW)
    registration.cancel_seat(fee.seat, now=later(hours=1))
    settle()
    assert again(fee).state == "due_back"
    assert "The seat was given back." in browser_of(ada()).get("/m/spring-meetup/desk/fees/").content.decode()
    heeded(went_back(fee, 4_500))
    assert (again(fee).state, standing(meetup)) == ("refunded", {})
    assert Invoice.objects.filter(kind="credit_note", state="issued").count() == 1


def test_what_was_paid_back_by_bank_already_is_shown_when_it_goes_back_again():
    meetup, fee = paying()
    heeded(came(fee))
    registration.cancel_seat(fee.seat, now=later(hours=1))
    settle()
    paid(meetup, fee, "-45,00")
    assert again(fee).state == "refunded"
    heeded(went_back(fee, 4_500))
    assert (again(fee).state, standing(meetup)) == ("refunded", {"bank": -4_500, "held": 4_500})


def test_after_a_meetup_is_archived_money_is_noted_and_the_books_stay():
    meetup, fee = paying()
    other = trying(charged(meetup, "Dee")[1])
    heeded(came(fee))
    Meetup.objects.filter(pk=meetup.pk).update(stage="archived")
    heeded(came(other, number="pi_2"), went_back(fee, 4_500))
    assert [(one.state, one.reason[:13]) for one in CardPayment.objects.order_by("pk")] == [
        ("returned", "It came after"),
        ("kept", "It came after"),
    ]
    assert standing(meetup) == {"cards": 4_500, "income_fees": -4_500}


def test_strangers_give_nothing_back():
    _, fee = paying()
    heeded(came(fee, amount=1))
    payment = CardPayment.objects.get()
    for stranger in (browser_of(), browser_of(cy())):
        assert stranger.post(f"/m/spring-meetup/desk/fees/cards/{payment.pk}/back/").status_code == 404
    assert browser_of(ada()).post("/m/spring-meetup/desk/fees/cards/999/back/").status_code == 404


def test_what_a_provider_paid_out_is_booked_from_the_bank():
    meetup, fee = paying()
    heeded(came(fee))
    client = browser_of(ada())
    (line,) = lines(meetup, "25.01.2027;STRIPE;Payout;43,57")
    assert "Paid out by the provider" in client.get("/m/spring-meetup/desk/bank/").content.decode()
    client.post(f"/m/spring-meetup/desk/bank/{line.pk}/", {"account": "cards"})
    assert standing(meetup) == {"bank": 4_357, "cards": 143, "income_fees": -4_500}
    client.post(f"/m/spring-meetup/desk/bank/{line.pk}/", {"deed": "undo"})
    assert standing(meetup) == {"cards": 4_500, "income_fees": -4_500}


@pytest.mark.django_db(transaction=True)
def test_two_events_at_once_book_one_payment():
    meetup, fee = paying()
    body = came(fee)
    bodies = [body, body, came(fee), came(fee), went_back(fee, 1_000), came(fee, number="pi_2")]

    def send(one):
        try:
            return tell(one).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(bodies)) as pool:
        statuses = list(pool.map(send, bodies))
    assert statuses == [200] * len(bodies)
    kept, settled = (CardPayment.objects.get(state=state) for state in ("kept", "settled"))
    assert (again(fee).state, {kept.number, settled.number}) == ("paid", {"pi_1", "pi_2"})
    assert standing(meetup)["cards"] == 8_000
    assert json.loads(body)["id"] in CardEvent.objects.values_list("name", flat=True)
