"""Lines of the bank are taken once, booked by a yes, and undone by a reversal. The money report is made of the ledger."""

import json
from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from midcycle.engines.tickets import qr_svg
from midcycle.funding import actions as funding
from midcycle.funding.models import Underwriter
from midcycle.invoicing import actions
from midcycle.invoicing.actions import Noted, Statement
from midcycle.invoicing.models import BankLine, LedgerEntry
from midcycle.invoicing.queries import invoices as found
from midcycle.invoicing.queries.bank import bank_desk
from midcycle.invoicing.queries.drafts import as_written
from midcycle.invoicing.queries.money import balances, money_report
from midcycle.invoicing.rules.wording import payment_code
from midcycle.kernel.refusal import Refusal
from tests.world import NOW, ada, browser_of, cy
from tests.worlds.invoicing import UNDERWRITING, issued, treasury

pytestmark = pytest.mark.django_db
HOME = "/m/spring-meetup/"
BANK = f"{HOME}desk/bank/"
LEDGER = f"{HOME}desk/ledger/"
ROWS = "Datum;Name;Verwendungszweck;Betrag\n"
PAID = "20.01.2027;Example & Sons;RF19MC20270001;5.950,00\n"
HALL = "21.01.2027;The Dockyard;Deposit;-1.000,00\n"


def taken(meetup, rows):
    return actions.take_statement(meetup, Statement("jan.csv", (ROWS + rows).encode()), by=ada(), now=NOW)


def booked(line, invoice=None, account="", text=""):
    return actions.book_line(line, invoice=invoice, account=account, text=text, by=ada(), now=NOW)


def text_of(answer):
    return unescape(answer.content.decode())


def test_a_statement_that_comes_again_brings_only_what_is_new():
    meetup = treasury()
    assert (taken(meetup, PAID).fresh, taken(meetup, PAID + HALL).fresh, taken(meetup, PAID + HALL).fresh) == (1, 1, 0)
    assert BankLine.objects.count() == 2


def test_a_payment_settles_an_invoice_and_undoing_it_opens_it_again():
    meetup = treasury()
    bolt = funding.add_underwriter(
        meetup, funding.Details("Bolt", pledged=500_000, currency="EUR"), state="pledged", by=ada(), now=NOW
    )
    draft = actions.draft_for(bolt, vat=UNDERWRITING, by=ada(), now=NOW)
    invoice = actions.issue(draft, seen=1, by=ada(), now=NOW)
    taken(meetup, PAID)
    (waiting,) = bank_desk(meetup).waiting
    assert [one.due.pk for one in waiting.suggestions] == [invoice.pk]
    booked(waiting.line, invoice)
    assert (found.owed_on(invoice), Underwriter.objects.get(pk=bolt.pk).state) == (0, "paid")
    assert found.invoices(meetup, now=NOW)[0].standing == "settled"
    with pytest.raises(Refusal):
        booked(waiting.line, invoice)
    actions.unbook_line(waiting.line, by=ada(), now=NOW)
    assert (found.owed_on(invoice), Underwriter.objects.get(pk=bolt.pk).paid) == (595_000, 0)
    assert Underwriter.objects.get(pk=bolt.pk).state == "invoiced"
    assert [entry.deed for entry in LedgerEntry.objects.order_by("pk")] == ["issued", "paid", "reversed"]
    with pytest.raises(Refusal):
        actions.unbook_line(waiting.line, by=ada(), now=NOW)
    booked(waiting.line, invoice)
    actions.unbook_line(waiting.line, by=ada(), now=NOW)
    assert found.owed_on(invoice) == 595_000


def test_who_pays_without_the_vat_has_not_paid_and_who_is_paid_back_has_pledged_again():
    meetup = treasury()
    bolt = funding.add_underwriter(
        meetup, funding.Details("Bolt", pledged=500_000, currency="EUR"), state="pledged", by=ada(), now=NOW
    )
    invoice = actions.issue(actions.draft_for(bolt, vat=UNDERWRITING, by=ada(), now=NOW), seen=1, by=ada(), now=NOW)
    taken(meetup, "20.01.2027;Bolt;a;5.000,00\n21.01.2027;Bolt;b;950,00\n22.01.2027;Bolt;c;-5.950,00\n")
    net, vat, back = BankLine.objects.order_by("day")
    states = []
    for line in (net, vat):
        booked(line, invoice)
        states.append(Underwriter.objects.get(pk=bolt.pk).state)
    actions.issue(actions.credit(invoice, by=ada(), now=NOW), seen=1, by=ada(), now=NOW)
    booked(back, invoice)
    assert [*states, Underwriter.objects.get(pk=bolt.pk).state] == ["invoiced", "paid", "pledged"]
    assert set(balances(meetup).values()) == {0}


def test_what_is_paid_in_part_is_asked_for_in_part():
    meetup = treasury()
    invoice = issued(meetup)
    taken(meetup, PAID.replace("5.950,00", "5.000,00"))
    booked(BankLine.objects.get(), invoice)
    whole, rest = transfer(invoice), transfer(invoice, found.owed_on(invoice))
    assert ("EUR5950.00" in whole, "EUR950.00" in rest) == (True, True)
    assert found.invoice_page(invoice, now=NOW).code == qr_svg(rest, "A code for a SEPA transfer")


def transfer(invoice, owed=None):
    return payment_code(as_written(invoice), owed)


def test_lines_are_booked_where_they_fit():
    meetup = treasury()
    invoice = issued(meetup)
    taken(meetup, PAID + HALL)
    came, went = BankLine.objects.order_by("day")
    for deed in (
        lambda: booked(came, account="cost_venue"),
        lambda: booked(went, account="income_fees"),
        lambda: booked(went, account="bank"),
        lambda: booked(came, issued(meetup, currency="CHF")),
        lambda: booked(came, issued(treasury("Autumn meetup"))),
    ):
        with pytest.raises(Refusal):
            deed()
    assert booked(went, account="cost_venue", text="Deposit for the hall").deed == "cost"
    booked(came, invoice)
    with pytest.raises(Refusal):
        actions.set_line_aside(came, by=ada(), now=NOW)
    assert balances(meetup) | {("receivable", "CHF"): 0, ("income_underwriters", "CHF"): 0, ("vat", "CHF"): 0} == {
        ("bank", "EUR"): 495_000,
        ("receivable", "EUR"): 0,
        ("income_underwriters", "EUR"): -500_000,
        ("vat", "EUR"): -95_000,
        ("cost_venue", "EUR"): 100_000,
        ("receivable", "CHF"): 0,
        ("income_underwriters", "CHF"): 0,
        ("vat", "CHF"): 0,
    }


def test_what_was_noted_by_hand_is_taken_back_once():
    meetup = treasury()
    entry = actions.note_money(meetup, Noted("cost_catering", 5_000, "EUR", date(2027, 1, 5), "Lunch"), by=ada(), now=NOW)
    actions.reverse(entry, by=ada(), now=NOW)
    assert set(balances(meetup).values()) == {0}
    with pytest.raises(Refusal):
        actions.reverse(entry, by=ada(), now=NOW)
    issued(meetup)
    with pytest.raises(Refusal):
        actions.reverse(LedgerEntry.objects.get(deed="issued"), by=ada(), now=NOW)


def test_a_treasurer_brings_in_a_statement_and_says_yes():
    meetup = treasury()
    invoice = issued(meetup)
    client = browser_of(ada())
    assert "No line waits" in text_of(client.get(BANK))
    sent = {"file": SimpleUploadedFile("jan.csv", (ROWS + PAID + HALL).encode("cp1252")), "currency": "EUR"}
    assert client.post(BANK, sent)["Location"] == BANK
    page = text_of(client.get(BANK))
    assert "because the reference is the same, the amount is the same, the name is alike" in page
    came, went = BankLine.objects.order_by("day")
    assert client.post(f"{BANK}{came.pk}/", {"invoice": invoice.pk})["Location"] == BANK
    client.post(f"{BANK}{went.pk}/", {"account": "cost_venue", "text": "Deposit"})
    assert {line.is_done for line in BankLine.objects.all()} == {True}
    client.post(f"{BANK}{went.pk}/", {"deed": "undo"})
    client.post(f"{BANK}{went.pk}/", {"deed": "aside"})
    assert BankLine.objects.get(pk=went.pk).is_set_aside
    assert "Let it wait again" in text_of(client.get(BANK))
    client.post(f"{BANK}{went.pk}/", {"deed": "back"})
    assert not BankLine.objects.get(pk=went.pk).is_set_aside
    assert "Let it wait again" not in text_of(client.get(BANK))
    client.post(f"{BANK}{went.pk}/", {"deed": "back"})
    for wrong in ({}, {"invoice": "x"}, {"invoice": "9" * 30}, {"account": "vat"}):
        client.post(f"{BANK}{went.pk}/", wrong)
    assert not BankLine.objects.get(pk=went.pk).is_done


def test_a_file_that_cannot_be_read_is_told_at_the_field():
    treasury()
    client = browser_of(ada())
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><Document><BkToCstmrStmt>&b;</BkToCstmrStmt></Document>'
    for content, field, said in (
        (bomb, "file", "This XML cannot be read."),
        (b"Wann;Wieviel\n1;2\n", "day", "Name the columns with the day and with the amount. Found: Wann, Wieviel."),
    ):
        answer = client.post(BANK, {"file": SimpleUploadedFile("x.xml", content), "currency": "EUR"})
        assert answer.status_code == 422
        assert said in text_of(answer)
        assert f'id="id_{field}_error"' in text_of(answer)
    assert client.post(BANK, {"currency": "EUR"}).status_code == 422
    assert BankLine.objects.count() == 0


def test_costs_are_noted_and_wrong_ones_told():
    treasury()
    client = browser_of(ada())
    good = {"account": "cost_catering", "amount": "120,50", "currency": "EUR", "day": "2026-01-05", "text": "Lunch"}
    assert client.post(LEDGER, good)["Location"] == LEDGER
    assert "120.50 EUR from Bank account to Food and drink" in text_of(client.get(LEDGER))
    days = [("day", wrong) for wrong in ("2027-02-30", "9999-12-31", "0001-01-01")]
    for field, wrong in (("amount", "0"), ("amount", "x"), ("amount", "-1"), *days, ("account", "bank")):
        assert client.post(LEDGER, {**good, field: wrong}).status_code == 422
    entry = LedgerEntry.objects.get()
    client.post(f"{LEDGER}{entry.pk}/", {"_method": "delete"})
    assert "Taken back" in text_of(client.get(LEDGER))
    assert money_report(entry.meetup)[0].left.amount == 0


def test_the_money_report_is_the_teams_until_it_is_published():
    meetup = treasury()
    issued(meetup)
    pages = [f"{HOME}money/", f"{HOME}money.csv", f"{HOME}money.json", f"{HOME}money/EUR/income_underwriters/"]
    for who in (None, cy()):
        assert {browser_of(who).get(page).status_code for page in pages} == {404}
    client = browser_of(ada())
    assert "Only the team reads this." in text_of(client.get(pages[0]))
    client.post(f"{LEDGER}published/", {"public": "yes"})
    assert {browser_of().get(page).status_code for page in pages} == {200}
    client.post(f"{LEDGER}published/", {"public": "no"})
    assert browser_of().get(pages[0]).status_code == 404


def test_the_report_has_figures_by_kind_and_no_names_of_private_persons():
    meetup = treasury()
    issued(meetup, name="Bo Private", income="income_fees")
    details = funding.Details("Bolt", pledged=100_000, currency="EUR")
    bolt = funding.add_underwriter(meetup, details, state="pledged", by=ada(), now=NOW)
    actions.issue(actions.draft_for(bolt, vat=UNDERWRITING, by=ada(), now=NOW), seen=1, by=ada(), now=NOW)
    actions.note_money(meetup, Noted("cost_venue", 90_000, "EUR", date(2027, 1, 5), "Hall"), by=ada(), now=NOW)
    actions.note_money(meetup, Noted("cost_travel", 7, "JPY", date(2027, 1, 5), "=1+1"), by=ada(), now=NOW)
    actions.publish_money(meetup, is_public=True, by=ada(), now=NOW)
    client = browser_of()
    assert client.get(f"{HOME}money.csv").content.decode().splitlines() == [
        "account,name,amount,currency",
        "income_underwriters,Underwriters,1000.00,EUR",
        "income_fees,Fees,5000.00,EUR",
        "cost_venue,Venue,900.00,EUR",
        "bank,Bank account,-900.00,EUR",
        "receivable,Invoices not paid yet,7140.00,EUR",
        "vat,VAT for the tax office,1140.00,EUR",
        "cost_travel,Travel fund,7,JPY",
        "bank,Bank account,-7,JPY",
    ]
    told = json.loads(client.get(f"{HOME}money.json").content)["currencies"][0]
    assert told["left"] == {"account": "left", "name": "Left", "amount": "5100.00", "minor_units": 510_000}
    shown = "".join(
        text_of(client.get(f"{HOME}money/{part}"))
        for part in ("", "EUR/income_fees/", "EUR/income_underwriters/", "EUR/receivable/", "EUR/bank/")
    )
    assert "Bo Private" not in shown
    for odd in ("EUR/pocket/", "XXX/bank/", "eur/bank/"):
        assert client.get(f"{HOME}money/{odd}").status_code == 404


def test_the_report_names_whom_everybody_sees_thanked_and_nobody_else():
    meetup = treasury()
    for name, ways in (("Bolt", funding.Details("x").recognitions), ("Quiet Ltd", frozenset())):
        details = funding.Details(name, pledged=100_000, currency="EUR", recognitions=ways)
        payer = funding.add_underwriter(meetup, details, state="pledged", by=ada(), now=NOW)
        actions.issue(actions.draft_for(payer, vat=UNDERWRITING, by=ada(), now=NOW), seen=1, by=ada(), now=NOW)
    actions.publish_money(meetup, is_public=True, by=ada(), now=NOW)
    entries = f"{HOME}money/EUR/income_underwriters/"
    shown = text_of(browser_of().get(entries))
    assert ("Bolt" in shown, "Quiet Ltd" in shown) == (False, False)
    for payer in Underwriter.objects.all():
        funding.move_underwriter(payer, "thanked", by=ada(), now=NOW)
    shown = text_of(browser_of().get(entries))
    assert ("Bolt" in shown, "Quiet Ltd" in shown) == (True, False)
    assert "Quiet Ltd" in text_of(browser_of(ada()).get(LEDGER))


def test_machines_read_the_report_once_it_is_published():
    meetup = treasury()
    issued(meetup)
    money, fees = "/api/v1/meetups/spring-meetup/money", "/api/v1/meetups/spring-meetup/money/EUR/income_underwriters"
    assert {browser_of(ada()).get(page).status_code for page in (money, fees)} == {404}
    actions.publish_money(meetup, is_public=True, by=ada(), now=NOW)
    (euro,) = json.loads(browser_of().get(money).content)
    assert (euro["currency"], euro["left"]["amount"]) == ("EUR", 500_000)
    assert json.loads(browser_of().get(fees).content) == [
        {"day": "2027-01-10", "what": "Invoice issued", "text": "MC2027-0001", "amount": "5000.00"}
    ]
    assert browser_of().get(fees.replace("income_underwriters", "pocket")).status_code == 404
    assert b"Where the money goes" not in browser_of().get(f"{HOME}").content
    funding.thank(meetup, "Bolt", is_host=False, by=ada(), now=NOW)
    assert b"Where the money goes" in browser_of().get(f"{HOME}").content


def test_bank_and_ledger_are_for_the_team_alone():
    meetup = treasury()
    taken(meetup, PAID)
    entry = actions.note_money(meetup, Noted("cost_bank", 5, "EUR", date(2027, 1, 5)), by=ada(), now=NOW)
    line = BankLine.objects.get()
    treasury("Autumn meetup")
    foreign = [f"/m/autumn-meetup/desk/bank/{line.pk}/", f"/m/autumn-meetup/desk/ledger/{entry.pk}/"]
    posts = [BANK, LEDGER, f"{BANK}{line.pk}/", f"{LEDGER}{entry.pk}/", f"{LEDGER}published/"]
    for who in (None, cy()):
        client = browser_of(who)
        assert {client.get(page).status_code for page in (BANK, LEDGER)} == {404}
        assert {client.post(page, {"_method": "delete"}).status_code for page in posts} == {404}
    assert {browser_of(ada()).post(page, {"_method": "delete", "deed": "aside"}).status_code for page in foreign} == {404}
    assert browser_of(ada()).post(f"{LEDGER}{entry.pk}/").status_code == 404


@pytest.mark.parametrize("count", [1, 5])
def test_the_pages_take_the_same_queries_for_one_and_for_many(count, django_assert_num_queries):
    meetup = treasury()
    for number in range(count):
        invoice = issued(meetup)
        taken(meetup, f"20.01.2027;Bo;fee {number};5,00\n2{number}.02.2027;Example;{invoice.number};5.950,00\n")
        booked(BankLine.objects.get(text=invoice.number), invoice)
        actions.note_money(meetup, Noted("cost_bank", 5, "EUR", date(2027, 1, 5)), by=ada(), now=NOW)
    client = browser_of(ada())
    with django_assert_num_queries(
        15
    ):  # 4 for who, invoices, fees, count, waiting, booked, entries, postings, aside, files, cards, tabs
        client.get(BANK)
    with django_assert_num_queries(10):  # 4 for who, 2 sums, entries, postings, published, tabs
        client.get(LEDGER)
    with django_assert_num_queries(8):  # meetup, published, session, person, organiser, 2 sums, tabs
        client.get(f"{HOME}money/")
