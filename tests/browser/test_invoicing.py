"""A treasurer writes, issues and books on a phone, with the script and without; axe finds nothing wrong with the pages."""

import pytest

from midcycle.accounts.access import sign_in_token
from midcycle.invoicing import actions
from midcycle.invoicing.actions import Statement
from midcycle.invoicing.models import Invoice
from tests.browser.axe import faults
from tests.world import NOW, ada
from tests.worlds.invoicing import issued, treasury

pytestmark = pytest.mark.django_db(transaction=True)
DESK = "/m/spring-meetup/desk/"
PHONE = {"width": 360, "height": 740}


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def page(request, chromium, live_server, settings):
    """Give a phone on which Ada is signed in, with the script of the pages and without."""
    settings.MIDCYCLE = settings.MIDCYCLE.model_copy(update={"demo": True})
    context = chromium.new_context(viewport=PHONE, base_url=live_server.url, java_script_enabled=request.param)
    page = context.new_page()
    page.goto(f"/demo/sign-in/{sign_in_token(ada())}/")
    yield page
    context.close()


def test_an_invoice_is_written_and_issued_and_its_payment_booked(page, tmp_path):
    treasury()
    page.goto(f"{DESK}invoices/")
    page.get_by_role("link", name="Write an invoice").click()
    page.get_by_label("Name of the organisation").fill("Example & Sons")
    page.get_by_label("Country").select_option("BE")
    line = page.get_by_role("group", name="Line 1")
    line.get_by_label("What").fill("Underwriting")
    line.get_by_label("Price of one").fill("1.000,00")
    line.get_by_label("Rate in %").fill("19")
    line.get_by_label("Rate in %").press("Enter")
    page.get_by_role("button", name="Issue it").click()
    page.get_by_text("It is final").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF", exact=True).click()
    assert download.value.path().read_bytes().startswith(b"%PDF-1.7")
    statement = tmp_path / "bank.csv"
    statement.write_text(f"Datum;Name;Verwendungszweck;Betrag\n20.01.2027;Example;{Invoice.objects.get().reference};1.190,00\n")
    page.goto(f"{DESK}bank/")
    page.get_by_label("Statement").set_input_files(statement)
    page.get_by_role("button", name="Bring it in").click()
    page.get_by_role("button", name="Yes, it pays this").click()
    page.get_by_text("Booked.").wait_for()
    page.goto(f"{DESK}invoices/")
    page.get_by_text("Settled").wait_for()


@pytest.mark.parametrize("page", [True], indirect=True)
def test_axe_finds_nothing_and_nothing_is_wider_than_a_phone(page):
    meetup = treasury()
    invoice = issued(meetup)
    note = actions.credit(invoice, by=ada(), now=NOW)
    rows = b"Datum;Name;Verwendungszweck;Betrag\n20.01.2027;Example;RF19MC20270001;5.950,00\n21.01.2027;Hall;x;-9,00\n"
    actions.take_statement(meetup, Statement("bank.csv", rows), by=ada(), now=NOW)
    paths = (
        "invoices/",
        "invoices/issuer/",
        "invoices/new/",
        f"invoices/{note.pk}/",
        f"invoices/{invoice.pk}/",
        "bank/",
        "ledger/",
    )
    found = {}
    for path in (*(f"{DESK}{path}" for path in paths), "/m/spring-meetup/money/", "/m/spring-meetup/money/EUR/vat/"):
        page.goto(path)
        found[path] = (faults(page), page.evaluate("document.documentElement.scrollWidth"))
    assert {path: what for path, what in found.items() if what != ([], PHONE["width"])} == {}
