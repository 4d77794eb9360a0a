"""The pages of the treasurer: from an issuer to a file somebody else's program reads, and nothing for strangers."""

import io
from html import unescape

import pytest
from facturx import get_xml_from_pdf

from midcycle.engines.invoices import Line
from midcycle.funding import actions as funding
from midcycle.invoicing import actions
from midcycle.invoicing.models import Invoice, Issuer
from tests.rulebooks import faults
from tests.world import NOW, ada, browser_of, cy, placed
from tests.worlds.invoicing import drafted, issued, treasury

pytestmark = pytest.mark.django_db
DESK = "/m/spring-meetup/desk/invoices/"
ISSUER = {
    "name": "Operators e. V.", "street": "Hafenstraße 1", "postcode": "20457", "city": "Hamburg", "country": "DE",
    "vat_id": "de 136 695 976", "iban": "DE75 5121 0800 1245 1261 99", "begins": "MC", "contact": "Ada", "phone": "+49 40 1234",
    "email": "money@example.org",
}  # fmt: skip
TYPED = {
    "name": "Example & Sons", "country": "BE", "currency": "EUR", "days": "14", "income": "income_underwriters", "count": "1",
    "street": "Rue Haute 7", "postcode": "1000", "city": "Brussels", "email": "bills@example.be", "buyer_reference": "PO 7",
    "line0-text": "Underwriting", "line0-quantity": "1,5", "line0-price": "1.000,50", "line0-category": "S", "line0-rate": "19",
}  # fmt: skip


def test_an_organisation_known_here_is_told_at_the_field():
    treasury()
    placed("Autumn meetup")
    answer = browser_of(ada()).post("/m/autumn-meetup/desk/invoices/issuer/", ISSUER)
    assert (answer.status_code, 'id="id_begins_error"' in answer.content.decode()) == (422, True)
    assert "or let numbers begin otherwise here." in text_of(answer)


def text_of(answer):
    return unescape(answer.content.decode())


def test_a_treasurer_names_the_issuer_writes_issues_and_downloads():
    placed()
    client = browser_of(ada())
    assert "Say who writes them" in text_of(client.get(DESK))
    assert client.get(f"{DESK}new/")["Location"] == f"{DESK}issuer/"
    assert client.post(f"{DESK}issuer/", ISSUER)["Location"] == DESK
    assert (Issuer.objects.get().vat_id, Issuer.objects.get().iban) == ("DE136695976", "DE75512108001245126199")
    draft = client.post(f"{DESK}new/", TYPED)["Location"]
    page = text_of(client.get(draft))
    assert "1,500.75 EUR" in page
    assert "1,785.89 EUR" in page
    assert client.post(f"{draft}issued/", {"version": "1"})["Location"] == draft
    page = text_of(client.get(draft))
    assert "Invoice MC2027-0001" in page or "Invoice MC2026-0001" in page
    assert "DE75 5121 0800 1245 1261 99" in page
    answer = client.get(f"{draft}invoice.pdf")
    assert (answer["Content-Type"], answer["Content-Disposition"][:10]) == ("application/pdf", "attachment")
    _, xml = get_xml_from_pdf(io.BytesIO(answer.content), check_xsd=True)
    assert client.get(f"{draft}factur-x.xml").content == xml
    assert faults(xml) == []
    assert faults(client.get(f"{draft}xrechnung.xml").content, is_xrechnung=True) == []


def test_xrechnung_is_offered_only_when_it_is_whole():
    invoice = issued(treasury(), buyer_reference="")
    client = browser_of(ada())
    page = text_of(client.get(f"{DESK}{invoice.pk}/"))
    assert "the buyer's reference (for German authorities the Leitweg-ID)" in page
    assert "xrechnung.xml" not in page
    assert client.get(f"{DESK}{invoice.pk}/xrechnung.xml").status_code == 404


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("vat_id", "DE136695977", "The check digits of this VAT id are wrong. Compare it digit by digit."),
        ("vat_id", "136695976", "Begin the VAT id with the two letters of its country"),
        ("iban", "DE75512108001245126198", "This is no IBAN"),
        ("bic", "SOGE", "A BIC has 8 or 11 letters and digits"),
        ("country", "XX", "Choose one of the list."),
        ("name", "\u200b\u2800", "Fill this in."),
        ("begins", "a b", "Type letters, digits, - and / only."),
        ("email", "nobody", "Type an address such as name@example.org."),
    ],
)
def test_wrong_numbers_of_the_issuer_are_told_at_the_field(field, text, said):
    placed()
    answer = browser_of(ada()).post(f"{DESK}issuer/", {**ISSUER, field: text})
    assert (answer.status_code, Issuer.objects.count()) == (422, 0)
    assert said in text_of(answer)
    assert f'id="id_{field}_error"' in text_of(answer)


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("line0-price", "ten", "Type an amount such as"),
        ("line0-price", "-5", "A price is not below zero."),
        ("line0-price", "1.005", "4" * 0),
        ("line0-quantity", "0", "Type a quantity above zero."),
        ("line0-quantity", "1e9", "Type a quantity such as 1 or 2.5."),
        ("line0-rate", "101", "Type a rate of 100 or less."),
        ("line0-rate", "٩", "Type a rate such as 19 or 7.7."),
        ("line0-text", "", "Say what is paid for."),
        ("currency", "KWD", "Choose one of the list."),
        ("days", "999", "Type 180 or less."),
        ("vat_id", "BE0403019262", "The check digits of this VAT id are wrong."),
        ("buyer_reference", "04011000-1234512345-07", "The check digits of this Leitweg-ID are wrong."),
    ],
)
def test_wrong_answers_about_an_invoice_are_told_at_the_field(field, text, said):
    treasury()
    answer = browser_of(ada()).post(f"{DESK}new/", {**TYPED, field: text})
    if said:
        assert (answer.status_code, Invoice.objects.count()) == (422, 0)
        assert said in text_of(answer)
        assert "Rue Haute 7" in text_of(answer)
    else:
        assert Invoice.objects.get().net == 150_750


def test_an_invoice_without_a_line_is_refused_and_more_lines_keep_what_was_typed():
    treasury()
    client = browser_of(ada())
    empty = {**TYPED, "line0-text": "", "line0-price": ""}
    assert "An invoice needs a line. Say what is paid for." in text_of(client.post(f"{DESK}new/", empty))
    answer = client.post(f"{DESK}new/", {**TYPED, "more": "1"})
    assert (answer.status_code, Invoice.objects.count()) == (200, 0)
    page = text_of(answer)
    assert 'name="line5-text"' in page
    assert 'value="Underwriting"' in page
    assert "field-error" not in page
    for count in ("", "x", "-1", "9" * 40, "٣"):
        assert client.post(f"{DESK}new/", {**TYPED, "count": count, "more": "1"}).status_code == 200


def test_a_stale_draft_is_told_and_nothing_is_lost():
    draft = drafted(treasury())
    client = browser_of(ada())
    kept = {**TYPED, "version": "1", "note": "first"}
    assert client.post(f"{DESK}{draft.pk}/", kept).status_code == 302
    answer = client.post(f"{DESK}{draft.pk}/", {**kept, "note": "second"})
    assert answer.status_code == 422
    assert "Somebody changed this meanwhile." in text_of(answer)
    assert Invoice.objects.get().note == "first"
    for version in ("", "x", "9" * 30, "1"):
        client.post(f"{DESK}{draft.pk}/issued/", {"version": version})
        assert Invoice.objects.get().state == "draft"


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "{{ 7 }}", "🦉" * 40, "\u202eolleh"])
def test_strange_names_are_text_on_pages_and_in_files(name):
    treasury()
    client = browser_of(ada())
    draft = client.post(f"{DESK}new/", {**TYPED, "name": name, "line0-text": name})["Location"]
    client.post(f"{draft}issued/", {"version": "1"})
    for page in (DESK, draft):
        assert b"<script>alert" not in client.get(page).content
    xml = client.get(f"{draft}factur-x.xml").content
    assert faults(xml) == []
    assert client.get(f"{draft}invoice.pdf").status_code == 200


def test_a_draft_is_thrown_away_and_an_issued_invoice_is_credited_by_buttons():
    meetup = treasury()
    draft, invoice = drafted(meetup), issued(meetup)
    client = browser_of(ada())
    assert client.post(f"{DESK}{draft.pk}/", {"_method": "delete"})["Location"] == DESK
    note = client.post(f"{DESK}{invoice.pk}/credit/")["Location"]
    page = text_of(client.get(note))
    assert ("Example & Sons gets it, in EUR" in page, 'name="currency"' in page) == (True, False)
    lines = {"version": "1", "count": "1", "currency": "JPY", "name": "Somebody else"}
    lines |= {"line0-text": "Underwriting", "line0-price": "100", "line0-category": "S", "line0-rate": "19"}
    assert client.post(note, lines)["Location"] == note
    kept = Invoice.objects.get(kind="credit_note")
    assert (kept.name, kept.currency, kept.gross) == ("Example & Sons", "EUR", 11_900)
    assert "Credit note for MC2027-0001" in text_of(client.get(note))
    assert "Credit note" in text_of(client.get(DESK))


def test_every_page_is_for_the_team_alone():
    meetup = treasury()
    invoice, draft = issued(meetup), drafted(meetup)
    one = f"{DESK}{invoice.pk}/"
    pages = [DESK, f"{DESK}issuer/", f"{DESK}new/", one, f"{one}invoice.pdf", f"{one}factur-x.xml", f"{one}xrechnung.xml"]
    posts = [
        f"{DESK}issuer/",
        f"{DESK}new/",
        f"{DESK}{draft.pk}/",
        f"{DESK}{draft.pk}/issued/",
        f"{one}credit/",
        f"{one}reminders/",
    ]
    for who in (None, cy()):
        client = browser_of(who)
        assert {client.get(page).status_code for page in pages} == {404}
        assert {client.post(page, TYPED).status_code for page in posts} == {404}
    placed("Autumn meetup")
    other = f"/m/autumn-meetup/desk/invoices/{invoice.pk}/"
    assert {browser_of(ada()).get(f"{other}{part}").status_code for part in ("", "invoice.pdf", "factur-x.xml")} == {404}
    assert browser_of(ada()).get(f"{DESK}{draft.pk}/invoice.pdf").status_code == 404
    assert Invoice.objects.count() == 2


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_takes_the_same_queries_for_one_and_for_many(count, django_assert_num_queries):
    meetup = treasury()
    for _ in range(count):
        invoice = issued(meetup)
        drafted(meetup)
    actions.credit(invoice, by=ada(), now=NOW)
    client = browser_of(ada())
    with django_assert_num_queries(8):  # session, person, meetup, organiser, issuer, invoices, pledges, tabs
        client.get(DESK)
    with django_assert_num_queries(10):  # session, person, meetup, organiser, invoice, owed, reminders, entries, notes, tabs
        client.get(f"{DESK}{invoice.pk}/")


def test_from_underwriters_a_way_leads_to_the_invoices():
    meetup = treasury()
    details = funding.Details("Bolt", pledged=100_000, currency="EUR")
    bolt = funding.add_underwriter(meetup, details, state="pledged", by=ada(), now=NOW)
    underwriters = "/m/spring-meetup/desk/underwriters/"
    for page in (underwriters, f"{underwriters}{bolt.pk}/"):
        assert f'href="{DESK}"' in text_of(browser_of(ada()).get(page))


def test_more_lines_of_a_draft_begin_with_the_vat_of_its_last():
    exempt = Line("Coffee", 1_000, 5_000, "E", 0)
    draft = drafted(treasury(), lines=(exempt,), reason="§ 19 UStG")
    page = text_of(browser_of(ada()).get(f"{DESK}{draft.pk}/"))
    assert page.count('<option value="E" selected>') == 3
    assert '<option value="S" selected>' not in page
