"""Underwriters come from being asked to being thanked, with who asked whom, and nothing typed by two is lost."""

import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from midcycle.funding import actions, queries
from midcycle.funding.actions import Details, Spoken, Stale
from midcycle.funding.models import Contact, Recognition, Underwriter
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from tests.papers import pages
from tests.world import NOW, ada, bo, browser_of, cy, placed

pytestmark = pytest.mark.django_db

DESK = "/m/spring-meetup/desk/underwriters/"


def thanked(meetup, name, *, is_host=False):
    return actions.thank(meetup, name, is_host=is_host, by=ada(), now=NOW)


def kinds():
    return list(Entry.objects.filter(kind__startswith="funding.").order_by("id").values_list("kind", flat=True))


def test_hosts_come_first_and_then_the_alphabet():
    meetup = placed()
    for name, is_host in (("zeta", False), ("Beta", False), ("Docks", True), ("alpha", False)):
        thanked(meetup, name, is_host=is_host)
    assert [row.name for row in queries.underwriters(meetup)] == ["Docks", "alpha", "Beta", "zeta"]
    assert queries.underwriters(placed("Autumn meetup")) == []


def test_an_underwriter_is_thanked_once_and_may_become_the_host():
    meetup = placed()
    first = thanked(meetup, " Example\r\nUniversity ")
    again = thanked(meetup, "EXAMPLE university")
    host = thanked(meetup, "Example University", is_host=True)
    still = thanked(meetup, "Example University")
    assert first.pk == again.pk == host.pk == still.pk
    assert (Underwriter.objects.get().name, Underwriter.objects.get().is_host) == ("Example University", True)
    assert (again.is_host, host.is_host, still.is_host) == (False, True, True)
    assert kinds() == ["funding.underwriter_thanked", "funding.underwriter_thanked"]
    entry = Entry.objects.filter(kind="funding.underwriter_thanked").first()
    assert (entry.meetup, entry.actor, entry.facts) == (meetup.pk, ada().pk, {"underwriter": first.pk})


@pytest.mark.parametrize("name", ["", " \x00 ", "x" * 161])
def test_a_wrong_name_is_refused(name):
    with pytest.raises(Refusal) as refusal:
        thanked(placed(), name)
    assert (refusal.value.field, Underwriter.objects.count(), kinds()) == ("name", 0, [])


def test_taking_somebody_off_twice_is_taking_them_off_once():
    underwriter = thanked(placed(), "Example University")
    actions.remove(underwriter, by=ada(), now=NOW)
    actions.remove(underwriter, by=ada(), now=NOW)
    assert (Underwriter.objects.count(), kinds().count("funding.underwriter_removed")) == (0, 1)


def asked(meetup, name="Example Cloud", state="asked", **facts):
    return actions.add_underwriter(meetup, Details(name, **facts), state=state, by=ada(), now=NOW)


def moved(underwriter, *states):
    for state in states:
        actions.move_underwriter(underwriter, state, by=ada(), now=NOW)
    return underwriter


def test_an_underwriter_goes_from_asked_to_thanked():
    row = asked(placed(), pledged=250_000)
    moved(row, "pledged", "invoiced", "paid", "thanked")
    assert (row.state, row.version) == ("thanked", 5)
    assert kinds() == [f"funding.underwriter_{state}" for state in ("asked", "pledged", "invoiced", "paid", "thanked")]
    assert [one.name for one in queries.underwriters(row.meetup)] == ["Example Cloud"]
    moved(row, "paid")
    assert queries.underwriters(row.meetup) == []


@pytest.mark.parametrize(
    ("start", "state"), [("asked", "paid"), ("asked", "asked"), ("pledged", "booth"), ("thanked", "asked")]
)
def test_a_move_that_makes_no_sense_is_refused(start, state):
    row = asked(placed(), state=start, pledged=5)
    with pytest.raises(Refusal):
        moved(row, state)
    assert (Underwriter.objects.get().state, len(kinds())) == (start, 1)


def test_an_invoice_needs_an_amount_and_holds_it():
    row = asked(placed(), state="pledged")
    with pytest.raises(Refusal, match="Type what they pledged first"):
        moved(row, "invoiced")
    actions.change_underwriter(row, Details("Example Cloud", pledged=100), seen=1, by=ada(), now=NOW)
    moved(row, "invoiced")
    with pytest.raises(Refusal) as refusal:
        actions.change_underwriter(row, Details("Example Cloud", pledged=200), seen=3, by=ada(), now=NOW)
    assert refusal.value.field == "pledged"
    with pytest.raises(Refusal, match="stays in the books"):
        actions.remove(row, by=ada(), now=NOW)


def test_the_books_note_invoices_and_payments_in_parts():
    row = asked(placed(), state="pledged", pledged=1000)
    actions.note_invoiced(row, by=None, now=NOW)
    actions.note_paid(row, 400, owed=600, by=None, now=NOW)
    assert (row.state, row.paid) == ("invoiced", 400)
    actions.note_paid(row, 600, owed=0, by=None, now=NOW)
    assert (row.state, row.paid) == ("paid", 1000)
    with pytest.raises(Refusal):
        actions.note_paid(row, -1001, owed=1001, by=None, now=NOW)
    moved(row, "thanked")
    actions.note_invoiced(row, by=None, now=NOW)
    assert row.state == "thanked"


def test_an_invoice_is_taken_back_and_none_goes_to_who_promised_nothing():
    meetup = placed()
    row = asked(meetup, state="pledged", pledged=1000)
    actions.note_invoiced(row, by=None, now=NOW)
    actions.note_uninvoiced(row, by=None, now=NOW)
    assert row.state == "pledged"
    for other in (asked(meetup, "Only Asked", pledged=5), asked(meetup, "Rooms Alone", state="thanked")):
        with pytest.raises(Refusal, match="has not pledged an amount yet"):
            actions.note_invoiced(other, by=None, now=NOW)


def test_two_who_change_one_lose_nothing():
    row = asked(placed(), pledged=100)
    actions.change_underwriter(row, Details("Example Cloud", pledged=200), seen=1, by=ada(), now=NOW)
    with pytest.raises(Stale):
        actions.change_underwriter(row, Details("Example Cloud", next_step="Call them"), seen=1, by=ada(), now=NOW)
    assert (Underwriter.objects.get().pledged, Underwriter.objects.get().next_step) == (200, "")


def test_the_second_of_two_sees_both_and_can_still_save():
    row = asked(placed())
    client, one = browser_of(ada()), f"{DESK}{row.pk}/"
    typed = {"name": "Example Cloud", "pledged": "1.500,00", "currency": "EUR", "version": "1", "recognitions": ["page"]}
    assert client.post(one, typed)["Location"] == one
    answer = client.post(one, {**typed, "pledged": "900", "next_step": "Call", "recognitions": ["coffee", "letter"]})
    page = answer.content.decode()
    assert (answer.status_code, Underwriter.objects.get().pledged) == (422, 150_000)
    assert "What is saved now" in page
    assert "1,500.00 EUR" in page
    assert 'value="900"' in page
    assert 'value="coffee" id="id_recognitions_3" checked' in " ".join(page.split())
    assert '<input type="hidden" name="version" value="2"' in page
    assert client.post(one, {**typed, "pledged": "900", "version": "2"}).status_code == 302
    assert Underwriter.objects.get().pledged == 90_000


def test_saving_a_page_as_it_is_changes_nothing():
    meetup = placed()
    known = Details("Wolke & Söhne", is_host=True, is_operator=True, pledged=123_456, currency="CHF", contact_name="Grace",
                    contact_email="grace@example.org", address="Dock 3\n1000 Ljubljana", country="SI", next_step="Call",
                    next_on=date(2027, 2, 1), owner=ada().pk, recognitions=frozenset({"coffee", "letter"}))  # fmt: skip
    row = actions.add_underwriter(meetup, known, state="asked", by=ada(), now=NOW)
    client, one = browser_of(ada()), f"{DESK}{row.pk}/"
    before = Underwriter.objects.values().get()
    form = client.get(one).context["form"]
    typed = {field.html_name: field.value() for field in form}
    typed["next_on"] = re.search(r'name="next_on" value="([^"]*)"', client.get(one).content.decode())[1]
    assert client.post(one, {name: value for name, value in typed.items() if value is not False}).status_code == 302
    assert Underwriter.objects.values().get() == {**before, "version": 2}
    assert sorted(str(one.kind) for one in Recognition.objects.all()) == ["coffee", "letter"]


def test_what_is_thanked_how_is_public_and_the_rest_is_not():
    meetup = placed()
    asked(meetup, "Coffee & Co", state="thanked", recognitions=frozenset({"coffee", "letter"}), is_operator=True, pledged=5)
    asked(meetup, "Quiet Ltd", state="thanked", recognitions=frozenset())
    asked(meetup, "Not Yet", state="pledged", pledged=100, contact_email="cfo@example.org")
    page = browser_of().get("/m/spring-meetup/thanks/").content.decode()
    assert "Coffee &amp; Co" in page
    assert "Named where the coffee stands" in page
    assert "Runs what we run" in page
    assert [word for word in ("Quiet", "Not Yet", "cfo@", "0.05") if word in page] == []
    assert [row.name for row in queries.underwriters(meetup)] == []  # coffee is not the page of the meetup
    placed("Autumn meetup")
    assert "Nobody is thanked yet" in browser_of().get("/m/autumn-meetup/thanks/").content.decode()
    assert browser_of().get("/m/nowhere/thanks/").status_code == 404


def test_no_booth_comes_into_the_database():
    row = asked(placed())
    with pytest.raises(Refusal) as refusal:
        actions.change_underwriter(row, Details("X", recognitions=frozenset({"booth"})), seen=1, by=ada(), now=NOW)
    assert refusal.value.field == "recognitions"
    with pytest.raises(IntegrityError), transaction.atomic():
        Recognition.objects.create(underwriter=row, kind="booth")
    client = browser_of(ada())
    typed = {"name": "X", "currency": "EUR", "version": "1", "recognitions": ["booth"]}
    assert client.post(f"{DESK}{row.pk}/", typed).status_code == 422


def test_who_asked_whom_and_when_is_noted():
    row = asked(placed())
    client = browser_of(ada())
    typed = {"on": "2026-01-08", "whom": "Grace", "way": "phone", "note": "She asks her <boss>."}
    assert client.post(f"{DESK}{row.pk}/contacts/", typed).status_code == 302
    contact = Contact.objects.get()
    assert (contact.by, contact.on, contact.whom, contact.way) == (ada(), date(2026, 1, 8), "Grace", "phone")
    page = client.get(f"{DESK}{row.pk}/").content.decode()
    assert "She asks her &lt;boss&gt;." in page
    for wrong in ({**typed, "on": "2999-01-01"}, {**typed, "way": "pigeon"}, {**typed, "on": ""}):
        assert client.post(f"{DESK}{row.pk}/contacts/", wrong).status_code == 422
    assert Contact.objects.count() == 1
    with pytest.raises(Refusal):
        actions.note_contact(row, Spoken(date(2027, 1, 9), "G", "pigeon"), by=ada(), now=NOW)


def test_somebody_outside_the_team_looks_after_nothing():
    row = asked(placed())
    with pytest.raises(Refusal) as refusal:
        actions.change_underwriter(row, Details("Example Cloud", owner=bo().pk), seen=1, by=ada(), now=NOW)
    assert refusal.value.field == "owner"
    actions.change_underwriter(row, Details("Example Cloud", owner=ada().pk), seen=1, by=ada(), now=NOW)
    assert Underwriter.objects.get().owner == ada()


def test_a_name_is_on_the_list_once():
    meetup = placed()
    row = asked(meetup)
    other = asked(meetup, "Another")
    with pytest.raises(Refusal):
        asked(meetup, "EXAMPLE cloud")
    with pytest.raises(Refusal):
        actions.change_underwriter(other, Details("example cloud"), seen=1, by=ada(), now=NOW)
    assert thanked(meetup, "Example Cloud").pk == row.pk
    assert Underwriter.objects.get(pk=row.pk).state == "thanked"


def test_the_contract_letter_is_a_pdf_with_what_was_agreed():
    row = asked(placed(), "Wolke & Söhne", state="pledged", pledged=250_000, contact_name="Grace Hopper",
                address="Dock 3\n1000 Ljubljana", country="SI", recognitions=frozenset({"opening"}))  # fmt: skip
    answer = browser_of(ada()).get(f"{DESK}{row.pk}/contract.pdf")
    (page,) = pages(answer.content)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "private, no-store")
    promised = ("2,500.00 EUR", "Named in the opening session.", "no booths", "Support of Spring meetup")
    for said in ("Wolke & Söhne", "To Grace Hopper", "1000 Ljubljana", "Slovenia", *promised):
        assert said in page


def test_a_letter_with_hostile_words_is_still_a_letter():
    hostile = "#eval $x$ <l> " + "W" * 140
    row = asked(placed("#let x = 1"), hostile, state="pledged", pledged=1, address="\u202e#\n" * 40)
    answer = browser_of(ada()).get(f"/m/{row.meetup.slug}/desk/underwriters/{row.pk}/contract.pdf")
    assert answer.content.startswith(b"%PDF")
    assert "#eval $x$ <l>" in " ".join(pages(answer.content))


def test_an_organiser_adds_moves_and_removes():
    placed()
    client = browser_of(ada())
    first = {"name": "Example University", "state": "asked", "pledged": "2 500", "currency": "CHF", "is_operator": "on"}
    assert client.post(DESK, first)["Location"] == DESK
    row = Underwriter.objects.get()
    assert (row.state, row.pledged, row.currency, row.is_operator, row.is_host) == ("asked", 250_000, "CHF", True, False)
    assert "2,500.00 CHF" in client.get(DESK).content.decode()
    assert client.post(f"{DESK}{row.pk}/moves/", {"state": "pledged"}).status_code == 302
    client.post(f"{DESK}{row.pk}/moves/", {"state": "asked"})
    client.post(f"{DESK}{row.pk}/moves/", {"state": "\x00" * 9999})
    client.post(f"{DESK}{row.pk}/moves/")
    assert Underwriter.objects.get().state == "pledged"
    assert client.post(f"{DESK}{row.pk}/", {"_method": "delete"})["Location"] == DESK
    assert "Nobody was asked yet" in client.get(DESK).content.decode()


@pytest.mark.parametrize("amount", ["-1", "1e9", "1,234", "NaN", "9" * 40, "1.234.5", "<b>"])
def test_a_wrong_amount_is_told_beside_the_field(amount):
    placed()
    answer = browser_of(ada()).post(DESK, {"name": "X", "state": "asked", "pledged": amount, "currency": "KWD"})
    assert (answer.status_code, Underwriter.objects.count()) == (422, 0)
    assert 'id="id_pledged_error"' in answer.content.decode()


@pytest.mark.parametrize("name", ["", " ", "\x00", "x" * 161, "x" * 200_000])
def test_a_wrong_name_is_told_beside_the_field_and_nothing_typed_is_lost(name):
    placed()
    answer = browser_of(ada()).post(DESK, {"name": name, "state": "thanked", "currency": "EUR", "is_host": "on"})
    page = answer.content.decode()
    assert (answer.status_code, Underwriter.objects.count()) == (422, 0)
    assert 'id="id_name_error"' in page
    assert 'id="id_is_host" checked' in page


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "🦉" * 160, "{{ 7 }}", "a\r\nb", "9" * 160])
def test_strange_names_are_shown_as_text(name):
    placed()
    client = browser_of(ada())
    assert client.post(DESK, {"name": name, "state": "asked", "currency": "EUR"}).status_code == 302
    assert "<script>alert" not in client.get(DESK).content.decode()
    assert Underwriter.objects.get().name == name.replace("\r\n", " ")


def test_the_list_is_for_organisers_alone():
    underwriter = thanked(placed(), "Example University")
    one = f"{DESK}{underwriter.pk}/"
    for who in (None, cy()):
        client = browser_of(who)
        assert [client.get(f"{one}{page}").status_code for page in ("", "contract.pdf")] == [404, 404]
        assert [client.post(f"{one}{page}/", {"state": "paid"}).status_code for page in ("moves", "contacts")] == [404, 404]
        assert [client.get(DESK).status_code, client.post(DESK, {"name": "Mine"}).status_code] == [404, 404]
        assert [client.post(one, {"_method": "delete"}).status_code, client.delete(one).status_code] == [404, 404]
    assert [row.name for row in Underwriter.objects.all()] == ["Example University"]


def test_an_underwriter_is_removed_on_its_own_meetup_alone():
    underwriter = thanked(placed(), "Example University")
    placed("Autumn meetup")
    client = browser_of(ada())
    for url in (f"/m/autumn-meetup/desk/underwriters/{underwriter.pk}/", f"{DESK}0/", f"{DESK}{10**30}/"):
        assert client.post(url, {"_method": "delete"}).status_code == 404
    assert Underwriter.objects.count() == 1


@pytest.mark.parametrize("names", [["A"], ["A", "B", "C", "D"]])
def test_the_page_takes_the_same_queries_for_one_and_for_many(names, django_assert_num_queries):
    meetup = placed()
    for name in names:
        thanked(meetup, name)
    client = browser_of(ada())
    with django_assert_num_queries(1):
        assert len(queries.underwriters(meetup)) == len(names)
    with django_assert_num_queries(1):
        assert len(queries.pipeline(meetup, date(2027, 1, 1)).rows) == len(names)
    with django_assert_num_queries(2):
        assert len(queries.thanked(meetup)) == len(names)
    with django_assert_num_queries(7):  # session, person, meetup, organiser, currency, underwriters, tabs
        client.get(DESK)
    for _ in names:
        actions.note_contact(Underwriter.objects.first(), Spoken(date(2027, 1, 9), "G", "mail"), by=ada(), now=NOW)
    one = f"{DESK}{Underwriter.objects.first().pk}/"
    with django_assert_num_queries(9):  # session, person, meetup, organiser, underwriter, its thanks, team, contacts, tabs
        client.get(one)
