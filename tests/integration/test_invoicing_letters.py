"""Whoever pays gets the invoice, and reminders, by letters with a link that opens its PDF and nothing else."""

import re

import pytest

from midcycle.invoicing import actions
from midcycle.invoicing.access import invoice_key
from midcycle.kernel.refusal import Refusal
from midcycle.mailing.models import Letter
from tests.world import NOW, ada, browser_of, cy, later, placed
from tests.worlds.invoicing import drafted, issued, treasury
from tests.worlds.mailing import follow

pytestmark = pytest.mark.django_db


def letters():
    return list(Letter.objects.filter(person__email="bills@example.be").order_by("pk"))


def test_an_invoice_is_sent_once_a_day_with_a_link_to_its_pdf():
    invoice = issued(treasury())
    for _ in range(2):
        actions.send(invoice, by=ada(), now=NOW)
    actions.send(invoice, by=ada(), now=later(days=1))
    follow()
    first, second = letters()
    assert first.subject == second.subject == "Invoice MC2027-0001: Spring meetup"
    assert "Operators e. V. for Spring meetup: 5,950.00 EUR, to be paid by 24 January 2027." in first.body
    assert "Reference: RF19 MC20 2700 01" in first.body
    path = re.search(r"/m/spring-meetup/invoices/\S+", first.body)[0]
    assert browser_of().get(path).content.startswith(b"%PDF-1.7")
    assert browser_of(cy()).get(path.replace("spring", "autumn")).status_code == 404


def test_reminders_grow_and_stop_once_it_is_paid():
    invoice = issued(treasury())
    actions.remind(invoice, by=ada(), now=later(days=21))
    actions.remind(invoice, by=ada(), now=later(days=28))
    follow()
    assert [letter.subject for letter in letters()] == [
        "A reminder: invoice MC2027-0001",
        "A second reminder: invoice MC2027-0001",
    ]
    assert "5,950.00 EUR of invoice MC2027-0001 of Operators e. V. for Spring meetup have not reached us." in letters()[0].body
    actions.remind(invoice, by=ada(), now=later(days=35))
    note = actions.credit(invoice, by=ada(), now=NOW)
    actions.issue(note, seen=1, by=ada(), now=NOW)
    follow()
    assert len(letters()) == 2


def test_nothing_is_sent_without_an_address_for_a_draft_or_for_what_is_paid():
    meetup = treasury()
    for invoice in (drafted(meetup), issued(meetup, email="")):
        with pytest.raises(Refusal):
            actions.send(invoice, by=ada(), now=NOW)


def test_the_key_of_an_invoice_opens_that_one_alone():
    invoice = issued(treasury())
    draft = drafted(invoice.meetup)
    placed("Autumn meetup")
    key = invoice_key(invoice)
    for path in (
        f"spring-meetup/invoices/{key}x",
        f"autumn-meetup/invoices/{key}",
        f"spring-meetup/invoices/{invoice_key(draft)}",
    ):
        assert browser_of(ada()).get(f"/m/{path}/invoice.pdf").status_code == 404


def test_an_organiser_sends_and_reminds_by_buttons():
    invoice = issued(treasury())
    client = browser_of(ada())
    page = f"/m/spring-meetup/desk/invoices/{invoice.pk}/"
    assert client.post(f"{page}letters/")["Location"] == page
    client.post(f"{page}reminders/")
    for who in (None, cy()):
        assert browser_of(who).post(f"{page}letters/").status_code == 404
    assert b"Send it by e-mail" in client.get(page).content
