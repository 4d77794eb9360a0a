"""Somebody reads on a phone what a seat costs and how to pay, with the script and without; axe finds nothing wrong."""

import pytest

from midcycle.accounts.access import sign_in_token
from midcycle.invoicing.models import Fee, Invoice
from tests.browser.axe import faults
from tests.world import ada
from tests.worlds.fees import charged, charging, lines

pytestmark = pytest.mark.django_db(transaction=True)
HOME = "/m/spring-meetup/"
PHONE = {"width": 360, "height": 740}


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def page(request, chromium, live_server, settings):
    """Give a phone on which nobody is signed in, with the script of the pages and without."""
    settings.MIDCYCLE = settings.MIDCYCLE.model_copy(update={"demo": True})
    context = chromium.new_context(viewport=PHONE, base_url=live_server.url, java_script_enabled=request.param)
    yield context.new_page()
    context.close()


def test_somebody_pays_less_and_writes_their_invoice(page):
    seat, fee = charged(charging())
    page.goto(f"{HOME}seat/{seat.token}/")
    page.get_by_role("link", name="What you pay for your seat").or_(page.get_by_text("Please transfer it by")).wait_for()
    page.goto(f"{HOME}seat/{seat.token}/fee/")
    page.get_by_text("Pay another fee").click()
    page.get_by_label("Reduced, 20.00 EUR").check()
    page.get_by_role("button", name="This is what I pay").click()
    page.get_by_text("20.00 EUR").first.wait_for()
    page.get_by_role("link", name="I need an invoice").click()
    page.get_by_label("Country").select_option("DE")
    page.get_by_role("button", name="Write the invoice").click()
    page.get_by_role("link", name="(PDF)").wait_for()
    assert (Fee.objects.get(pk=fee.pk).amount, Invoice.objects.get().gross) == (2_000, 2_000)


@pytest.mark.parametrize("page", [True], indirect=True)
def test_a_treasurer_says_yes_to_a_fee_and_axe_finds_nothing(page):
    meetup = charging()
    seat, fee = charged(meetup)
    lines(meetup, f"20.01.2027;Bo Example;{fee.reference};45,00")
    pages = [f"{HOME}seat/{seat.token}/fee/", f"{HOME}seat/{seat.token}/fee/invoice/", f"{HOME}fees/"]
    found = {path: _faults(page, path) for path in pages}
    page.goto(f"/demo/sign-in/{sign_in_token(ada())}/")
    page.goto(f"{HOME}desk/bank/")
    page.get_by_role("button", name="Yes, it pays this").click()
    page.goto(f"{HOME}desk/fees/")
    page.get_by_text("1: 45.00 EUR").wait_for()
    desk = [f"{HOME}desk/fees/", f"{HOME}desk/fees/terms/", f"{HOME}desk/bank/"]
    found |= {path: _faults(page, path) for path in desk}
    assert found == {path: [] for path in found}


def _faults(page, path):
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return faults(page)
