"""Somebody pays by card on a phone, over the page of the provider and back; a treasurer gives a payment back. All over HTTP."""

from time import monotonic, sleep

import pytest

from midcycle.accounts.access import sign_in_token
from midcycle.invoicing.models import CardPayment, Fee
from midcycle.registration import actions as registration
from tests.browser.axe import faults
from tests.world import ada, later
from tests.worlds.cards import doubled, key_of, standing, trying, with_cards
from tests.worlds.fees import charged, charging, settle

pytestmark = pytest.mark.django_db(transaction=True)
HOME = "/m/spring-meetup/"
SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}


@pytest.fixture(scope="module")
def stripe():
    """Give a double of Stripe."""
    with doubled() as double:
        yield double


@pytest.fixture
def opened(chromium, live_server, settings, stripe):
    """Give a way to open a browser on an instance that takes cards; none of its pages complains."""
    with_cards(settings, public_url=live_server.url, demo=True, **stripe.settings())
    stripe.tell(live_server.url)
    contexts, complaints = [], []

    def open_one(size="phone", *, script=True, heard=complaints):
        context = chromium.new_context(viewport=SIZES[size], base_url=live_server.url, java_script_enabled=script)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: heard.append(said.text) if "Security Policy" in said.text else None)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_somebody_pays_by_card_and_sees_it_when_the_provider_told(opened, stripe, script):
    meetup = charging(takes_cards=True)
    seat, fee = charged(meetup)
    page = opened(script=script)
    page.goto(f"{HOME}seat/{seat.token}/fee/")
    page.get_by_role("button", name="Pay 45.00 EUR by card").click()
    page.wait_for_url(f"{stripe.page}/pay/**")
    page.get_by_role("link", name="Back").click()
    page.get_by_role("button", name="Pay 45.00 EUR by card").click()
    page.get_by_role("button", name="Pay").click()
    page.get_by_text("We will hear from Stripe in a moment").wait_for()
    assert Fee.objects.get(pk=fee.pk).state == "open"
    if script:
        page.get_by_text("Thank you.").and_(page.get_by_text("Paid on")).wait_for()
    else:
        _until(lambda: Fee.objects.get(pk=fee.pk).state == "paid")
        page.get_by_role("link", name="Look again").click()
        page.get_by_text("Paid on").wait_for()
    assert standing(meetup) == {"cards": 4_500, "income_fees": -4_500}


def test_a_form_of_the_page_leads_to_no_other_host(opened):
    seat, _ = charged(charging(takes_cards=True))
    refused = []
    page = opened(heard=refused)
    page.goto(f"{HOME}seat/{seat.token}/fee/")
    page.evaluate("document.forms[document.forms.length - 1].action = 'https://evil.example.org/'")
    page.evaluate("addEventListener('securitypolicyviolation', (event) => { document.title = event.effectiveDirective })")
    page.evaluate("document.forms[document.forms.length - 1].requestSubmit()")
    page.wait_for_function("document.title === 'form-action'")
    assert page.url.endswith(f"{seat.token}/fee/")
    assert "https://evil.example.org/" in refused[0]


def test_a_treasurer_gives_a_payment_back(opened, stripe):
    meetup = charging(takes_cards=True)
    _, fee = charged(meetup)
    stripe.pay(trying(fee))
    _until(lambda: CardPayment.objects.filter(state="settled").exists())
    other = trying(charged(meetup, "Dee")[1])
    stripe.pay(other, amount=100, key=key_of(other))
    _until(lambda: CardPayment.objects.filter(state="kept").exists())
    registration.cancel_seat(fee.seat, now=later(hours=1))
    settle()
    page = opened("desk")
    page.goto(f"/demo/sign-in/{sign_in_token(ada())}/")
    page.goto(f"{HOME}desk/fees/")
    page.get_by_role("heading", name="2 payments by card want a decision").wait_for()
    for name in ("Bo", "Dee"):
        page.get_by_role("button", name=f"back to the card of {name} Example").click()
        page.get_by_text("Stripe is asked.").wait_for()
    _until(lambda: CardPayment.objects.filter(state="returned").count() == 2)
    assert (Fee.objects.get(pk=fee.pk).state, standing(meetup)) == ("refunded", {})


@pytest.mark.parametrize("size", list(SIZES))
def test_axe_finds_nothing_and_nothing_is_wider_than_the_page(opened, stripe, size):
    meetup = charging(takes_cards=True)
    seat, _ = charged(meetup)
    other = trying(charged(meetup, "Dee")[1])
    stripe.pay(other, amount=100)
    _until(CardPayment.objects.exists)
    page = opened(size)
    found = {path: _faults(page, path) for path in (f"{HOME}seat/{seat.token}/fee/", f"{HOME}fees/card/?paid=1")}
    page.goto(f"/demo/sign-in/{sign_in_token(ada())}/")
    found |= {path: _faults(page, path) for path in (f"{HOME}desk/fees/", f"{HOME}desk/fees/terms/", f"{HOME}desk/bank/")}
    assert found == {path: [] for path in found}


def _faults(page, path):
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return faults(page)


def _until(is_so):
    """Wait until something is so that follows by itself, within seconds."""
    ends_at = monotonic() + 20
    while not is_so() and monotonic() < ends_at:
        sleep(0.1)
    assert is_so()
