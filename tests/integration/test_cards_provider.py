"""Going to the page of the provider, and asking it: real HTTP with a double of Stripe that can be slow, down, or odd."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs

import pytest
from django.db import connection
from django.utils import timezone

from midcycle.invoicing import actions
from midcycle.invoicing.actions import Ways
from midcycle.invoicing.models import CardPayment, CardTry, Fee, FeeTerms, LedgerEntry
from midcycle.invoicing.payments import UnansweredError
from midcycle.kernel.refusal import Refusal
from midcycle.registration import actions as registration
from tests.world import NOW, ada, browser_of, later
from tests.worlds.cards import KEY, came, doubled, heeded, paying, standing, trying, went_back, with_cards
from tests.worlds.fees import charged, charging, paid, settle

pytestmark = pytest.mark.django_db
HOME = "/m/spring-meetup/"
DESK = f"{HOME}desk/fees/"
WAYS = Ways("https://meet.example.org/paid", "https://meet.example.org/back")
SESSIONS = "/v1/checkout/sessions"


@pytest.fixture(scope="module")
def stripe():
    """Give a double of Stripe."""
    with doubled() as double:
        yield double


@pytest.fixture(autouse=True)
def _cards(settings, stripe):
    stripe.be("")
    with_cards(settings, public_url="https://meet.example.org", **stripe.settings())


def fee_of_bo() -> Fee:
    return charged(charging(takes_cards=True))[1]


def own(fee: Fee) -> str:
    return f"{HOME}seat/{fee.seat.token}/fee/"


def text_of(answer) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def asked(stripe, path=SESSIONS):
    return [one for one in stripe.asked() if one["path"] == path]


def test_the_button_leads_to_the_page_of_the_provider_and_nowhere_else(stripe):
    fee = fee_of_bo()
    client = browser_of()
    page = client.get(own(fee))
    for sentence in ("Pay 45.00 EUR by card", "neither your name nor your address", "This is a test: no money moves"):
        assert sentence in text_of(page)
    assert f"form-action 'self' {stripe.page};" in page.headers["Content-Security-Policy"]
    part = client.get(own(fee), headers={"HX-Request": "true"})
    assert ("<form" in text_of(part).split("Pay another fee")[0], f'href="{own(fee)}"' in text_of(part)) == (False, True)
    for other in (client.get(f"{HOME}seat/{fee.seat.token}/"), part):
        assert "form-action 'self';" in other.headers["Content-Security-Policy"]
    onward = client.post(f"{own(fee)}card/")
    assert (onward.status_code, onward.headers["Location"].startswith(f"{stripe.page}/pay/cs_test_")) == (303, True)
    assert onward.headers["Referrer-Policy"] == "same-origin"
    assert Fee.objects.get().state == "open"


def test_the_provider_learns_the_amount_and_what_it_is_for_and_nothing_of_the_person(stripe):
    fee = fee_of_bo()
    before = len(stripe.asked())
    browser_of().post(f"{own(fee)}card/")
    (question,) = stripe.asked()[before:]
    said = {name: value for name, (value,) in parse_qs(question["body"]).items()}
    tried = CardTry.objects.get()
    assert said == {
        "mode": "payment",
        "payment_method_types[0]": "card",
        "line_items[0][quantity]": "1",
        "line_items[0][price_data][currency]": "eur",
        "line_items[0][price_data][unit_amount]": "4500",
        "line_items[0][price_data][product_data][name]": "Attendance of Spring meetup",
        "client_reference_id": fee.reference,
        "metadata[fee]": tried.key,
        "payment_intent_data[metadata][fee]": tried.key,
        "payment_intent_data[description]": fee.reference,
        "adaptive_pricing[enabled]": "false",
        "expires_at": str(int(tried.ends_at.timestamp())),
        "success_url": "https://meet.example.org/m/spring-meetup/fees/card/?paid=1",
        "cancel_url": "https://meet.example.org/m/spring-meetup/fees/card/",
    }
    assert (question["key"], question["Authorization"]) == (f"checkout-{tried.key}", f"Bearer {KEY}")


def test_within_the_hour_it_is_the_same_page_and_for_another_amount_another(stripe):
    fee = fee_of_bo()
    client, before = browser_of(), len(asked(stripe))
    first, second = (client.post(f"{own(fee)}card/").headers["Location"] for _ in range(2))
    assert (first == second, len(asked(stripe)) - before) == (True, 1)
    client.post(own(fee), {"kind": "reduced"})
    third = client.post(f"{own(fee)}card/").headers["Location"]
    assert (third == first, CardTry.objects.count()) == (False, 2)
    CardTry.objects.update(began_at=timezone.now() - timedelta(minutes=51))
    assert client.post(f"{own(fee)}card/").headers["Location"] not in {first, third}


def test_coming_back_leads_to_the_seat_in_the_same_browser_only():
    fee = fee_of_bo()
    client = browser_of()
    client.post(f"{own(fee)}card/")
    cookie = client.cookies["paying-for"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (f"{HOME}fees/card/", True, "Lax")
    back = client.get(f"{HOME}fees/card/?paid=1")
    assert back.headers["Location"].startswith(f"{own(fee)}?card=")
    waiting = client.get(back.headers["Location"])
    assert "We will hear from Stripe in a moment" in text_of(waiting)
    assert "Pay 45.00 EUR by card" not in text_of(waiting)
    assert client.get(back.headers["Location"], headers={"HX-Request": "true"}).status_code == 204
    assert (Fee.objects.get().state, CardPayment.objects.count()) == ("open", 0)
    assert client.get(f"{HOME}fees/card/").headers["Location"] == own(fee)
    stranger = browser_of()
    assert "We will hear of your payment in a moment" in text_of(stranger.get(f"{HOME}fees/card/?paid=1"))
    assert "Nothing was paid here" in text_of(stranger.get(f"{HOME}fees/card/"))
    stranger.cookies["paying-for"] = f"{fee.seat.token}:forged"
    assert "Nothing was paid here" in text_of(stranger.get(f"{HOME}fees/card/"))
    late = client.get(f"{own(fee)}?card={int(timezone.now().timestamp()) - 400}")
    assert "We have not heard from Stripe yet" in text_of(late)
    for odd in ("", "x", "-1", "9" * 40, "\u0661", str(int(timezone.now().timestamp()) + 9_999)):
        assert client.get(own(fee), {"card": odd}).status_code == 200


@pytest.mark.parametrize("mood", ["down", "conflict", "redirect", "garbage", "list", "long", "elsewhere", "userinfo", "script"])
def test_when_the_provider_is_down_or_odd_nobody_is_led_anywhere(stripe, mood):
    fee = fee_of_bo()
    client = browser_of()
    stripe.be(mood)
    onward = client.post(f"{own(fee)}card/", headers={"Referer": f"http://testserver{own(fee)}"})
    assert onward.headers["Location"] == f"http://testserver{own(fee)}"
    assert "Paying by card does not work at this moment." in text_of(client.get(own(fee)))
    stripe.be("")
    assert client.post(f"{own(fee)}card/").status_code == 303
    assert Fee.objects.get().state == "open"


def test_after_no_answer_the_same_is_asked_again_and_after_a_no_something_else(stripe):
    fee = fee_of_bo()
    for mood in ("slow", "trickle"):
        stripe.be(mood)
        with pytest.raises(Refusal, match="does not work at this moment"):
            actions.pay_by_card(fee, stripe.provider(within=0.4), ways=WAYS, now=timezone.now())
    nowhere = stripe.provider(api="http://127.0.0.1:9")
    with pytest.raises(Refusal, match="does not work at this moment"):
        actions.pay_by_card(fee, nowhere, ways=WAYS, now=timezone.now())
    assert CardTry.objects.count() == 1
    stripe.be("down")
    with pytest.raises(Refusal):
        actions.pay_by_card(fee, stripe.provider(), ways=WAYS, now=timezone.now())
    stripe.be("")
    assert actions.pay_by_card(fee, stripe.provider(), ways=WAYS, now=timezone.now()).startswith(stripe.page)
    assert [tried.is_over for tried in CardTry.objects.order_by("pk")] == [True, False]


def test_few_wait_for_the_provider_at_once(stripe):
    stripe.be("slow")
    provider = stripe.provider(within=1.5)
    with ThreadPoolExecutor(3) as pool:
        asking = [pool.submit(provider.taken_for, "pi_1") for _ in range(3)]
        told = sorted(str(one.exception()) for one in asking)
    assert [isinstance(one.exception(), UnansweredError) for one in asking] == [True] * 3
    assert told[-1] == "many ask at once"


def test_what_is_not_open_or_not_for_cards_is_not_paid_by_card(stripe, settings):
    fee = fee_of_bo()
    meetup = fee.meetup
    FeeTerms.objects.update(takes_cards=False)
    assert "by card" not in text_of(browser_of().get(own(fee)))
    with pytest.raises(Refusal, match="cannot be paid by card"):
        actions.pay_by_card(fee, stripe.provider(), ways=WAYS, now=timezone.now())
    FeeTerms.objects.update(takes_cards=True)
    Fee.objects.update(currency="ISK")
    with pytest.raises(Refusal, match="cannot be paid by card"):
        actions.pay_by_card(fee, stripe.provider(), ways=WAYS, now=timezone.now())
    Fee.objects.update(currency="EUR")
    paid(meetup, fee)
    with pytest.raises(Refusal, match="nothing to pay any more"):
        actions.pay_by_card(fee, stripe.provider(), ways=WAYS, now=timezone.now())
    with_cards(settings, stripe_webhook_secret=None)
    for path in (f"{own(fee)}card/", f"{DESK}cards/1/back/"):
        assert browser_of(ada()).post(path).status_code == 404
    assert browser_of().get(f"{HOME}fees/card/").status_code == 404


def test_without_keys_nothing_is_said_of_cards(settings):
    fee = fee_of_bo()
    with_cards(settings, stripe_secret_key=None, stripe_webhook_secret=None)
    client = browser_of(ada())
    for path in (own(fee), DESK, f"{DESK}terms/", f"{HOME}desk/bank/", f"{HOME}fees/"):
        page = client.get(path)
        assert ("card" in text_of(page).lower().replace("cardinal", ""), page.status_code) == (False, 200)
        assert "form-action 'self';" in page.headers["Content-Security-Policy"]


def test_who_typed_a_known_address_pays_nothing_by_card():
    meetup = charging(takes_cards=True)
    fee = charged(meetup)[1]
    fee.seat.__class__.objects.update(proven=False)
    assert browser_of().post(f"{own(fee)}card/").status_code == 404
    assert browser_of().post(f"{HOME}seat/{'x' * 32}/fee/card/").status_code == 404
    assert CardTry.objects.count() == 0


def test_the_team_says_that_cards_are_taken():
    meetup = charging()
    client = browser_of(ada())
    sent = {
        "is_on": "on", "currency": "EUR", "standard": "45", "category": "E", "version": "1", "takes_cards": "on",
        "pay_by": str(timezone.now().date() + timedelta(days=60)),
    }  # fmt: skip
    assert "Cards are taken, too" in text_of(client.get(f"{DESK}terms/"))
    odd = client.post(f"{DESK}terms/", {**sent, "currency": "ISK"})
    assert (odd.status_code, "Cards cannot be charged in this currency here." in text_of(odd)) == (422, True)
    assert client.post(f"{DESK}terms/", sent).status_code == 302
    assert FeeTerms.objects.get(meetup=meetup).takes_cards is True


def test_a_payment_is_given_back_from_the_desk(stripe):
    meetup, fee = paying()
    number = stripe.pay(fee, amount=100)
    heeded(came(fee, amount=100, number=number))
    client = browser_of(ada())
    payment = CardPayment.objects.get()
    for _ in range(2):
        client.post(f"{DESK}cards/{payment.pk}/back/")
    assert len({one["key"] for one in asked(stripe, "/v1/refunds") if number in one["body"]}) == 1
    assert "Stripe was asked on" in text_of(client.get(DESK))
    heeded(went_back(fee, 100, amount=100, number=number))
    assert (CardPayment.objects.get().state, standing(meetup)) == ("returned", {})
    with pytest.raises(Refusal, match="given back already"):
        actions.give_back_by_card(payment, stripe.provider(), by=ada(), now=NOW)


def test_what_pays_for_a_seat_somebody_has_is_not_given_back_from_the_desk(stripe):
    _, fee = paying()
    number = stripe.pay(fee)
    heeded(came(fee, number=number))
    payment = CardPayment.objects.get()
    with pytest.raises(Refusal, match="Cancel the seat first"):
        actions.give_back_by_card(payment, stripe.provider(), by=ada(), now=NOW)
    registration.cancel_seat(fee.seat, now=later(hours=1))
    settle()
    stripe.be("down")
    with pytest.raises(Refusal, match="Stripe did not do it"):
        actions.give_back_by_card(payment, stripe.provider(), by=ada(), now=NOW)
    assert CardPayment.objects.get().asked_back_at is None
    stripe.be("")
    actions.give_back_by_card(payment, stripe.provider(), by=ada(), now=later(hours=2))
    assert CardPayment.objects.get().asked_back_at == later(hours=2)


def test_what_the_provider_took_is_a_cost(stripe):
    meetup, fee = paying()
    heeded(came(fee, number=stripe.pay(fee)))
    at = timezone.now()
    stripe.be("slow")
    assert actions.ask_what_was_taken(stripe.provider(within=0.3), now=at) == 0
    stripe.be("")
    assert actions.ask_what_was_taken(stripe.provider(), now=at) == 0
    for minutes in (10, 20):
        actions.ask_what_was_taken(stripe.provider(), now=at + timedelta(minutes=minutes))
    assert standing(meetup) == {"cards": 4_500 - 92, "cost_bank": 92, "income_fees": -4_500}
    assert (CardPayment.objects.get().taken, LedgerEntry.objects.filter(deed="card_cost").count()) == (92, 1)


def test_what_the_provider_does_not_know_is_asked_eight_times(stripe):
    _, fee = paying()
    heeded(came(fee, number="pi_unknown"))
    at = timezone.now()
    for days in range(20):
        actions.ask_what_was_taken(stripe.provider(), now=at + timedelta(days=days))
    payment = CardPayment.objects.get()
    assert (payment.times_asked, payment.ask_at, payment.taken) == (8, None, None)


def test_the_list_of_payments_asks_as_much_for_many_as_for_one(django_assert_num_queries):
    meetup, fee = paying(seats=9)
    heeded(came(fee, amount=1))
    client = browser_of(ada())
    client.get(DESK)
    with django_assert_num_queries(10):
        client.get(DESK)
    for index, name in enumerate(("Dee", "Cy", "Eve")):
        heeded(came(trying(charged(meetup, name)[1]), amount=1, number=f"pi_of_{index}"))
    with django_assert_num_queries(10):
        client.get(DESK)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_lead_to_one_page():
    fee = fee_of_bo()

    def press(_):
        try:
            return browser_of().post(f"{own(fee)}card/").headers["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        pages = set(pool.map(press, range(2)))
    assert (len(pages), CardTry.objects.count()) == (1, 1)
