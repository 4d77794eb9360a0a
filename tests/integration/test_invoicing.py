"""Invoices get their numbers without a gap, are final once issued, and are taken back by credit notes."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from midcycle.engines.invoices import FACTUR_X, XRECHNUNG, Line, from_data, written
from midcycle.funding import actions as funding
from midcycle.funding.models import Underwriter
from midcycle.funding.rules.letters import DAYS_TO_PAY
from midcycle.invoicing import actions
from midcycle.invoicing.models import Invoice, InvoiceLine, Issuer, NumberRange, Paper, Posting
from midcycle.invoicing.queries import invoices as found
from midcycle.invoicing.queries.money import balances
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from tests.rulebooks import faults
from tests.world import NOW, ada, dee, later, placed
from tests.worlds.invoicing import DETAILS, OPERATORS, UNDERWRITING, drafted, issued, treasury

pytestmark = pytest.mark.django_db


def refused(deed, *args, **kwargs):
    with pytest.raises(Refusal) as refusal:
        deed(*args, **kwargs)
    return refusal.value.message


def test_an_issued_invoice_has_a_number_days_sums_and_a_reference():
    invoice = issued(treasury())
    assert (invoice.number, invoice.year, invoice.count, invoice.state) == ("MC2027-0001", 2027, 1, "issued")
    assert (invoice.issued_on, invoice.due_on) == (date(2027, 1, 10), date(2027, 1, 24))
    assert (invoice.net, invoice.tax, invoice.gross) == (500_000, 95_000, 595_000)
    assert invoice.reference == "RF19MC20270001"
    kinds = Entry.objects.filter(kind__startswith="invoicing.").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["invoicing.issuer_set", "invoicing.drafted", "invoicing.issued"]


def test_the_xml_keeps_to_the_rules_and_says_what_was_issued():
    meetup = treasury()
    document = from_data(issued(meetup).issued)
    assert faults(written(document, FACTUR_X)) == []
    assert faults(written(document, XRECHNUNG), is_xrechnung=True) == []
    assert document.served == (date(2027, 3, 2), date(2027, 3, 3))


def test_numbers_have_no_gap_and_begin_anew_each_year():
    meetup = treasury()
    first = issued(meetup)
    drafted(meetup)
    bad = drafted(meetup, lines=(replace(UNDERWRITING, rate=0),))
    assert refused(actions.issue, bad, seen=1, by=ada(), now=NOW) == "Give a rate to each line with VAT."
    second = issued(meetup)
    draft = drafted(meetup)
    third = actions.issue(draft, seen=1, by=ada(), now=datetime(2028, 1, 1, 0, 30, tzinfo=UTC))
    assert [one.number for one in (first, second, third)] == ["MC2027-0001", "MC2027-0002", "MC2028-0001"]


def test_a_number_that_was_not_used_after_all_is_given_to_the_next():
    meetup = treasury()
    draft = drafted(meetup)
    with transaction.atomic():
        assert actions.issue(draft, seen=1, by=ada(), now=NOW).number == "MC2027-0001"
        transaction.set_rollback(rollback=True)
    assert not NumberRange.objects.exists()
    assert issued(meetup).number == "MC2027-0001"


def test_two_meetups_of_one_issuer_share_its_numbers():
    spring, autumn = treasury(), placed("Autumn meetup")
    issuer = found.issuer_for(spring)
    assert found.issuers_to_adopt(autumn, ada().pk) == [issuer]
    actions.adopt_issuer(autumn, issuer, by=ada(), now=NOW)
    assert [issued(spring).number, issued(autumn).number] == ["MC2027-0001", "MC2027-0002"]
    assert refused(actions.adopt_issuer, autumn, issuer, by=ada(), now=NOW) == "This meetup has an issuer already."


def test_a_stranger_cannot_use_the_numbers_of_others():
    issuer = found.issuer_for(treasury())
    own = meetups.open_idea(dee(), title="Mine", summary="", region="europe", now=NOW)
    assert found.issuers_to_adopt(own, dee().pk) == []
    assert refused(actions.adopt_issuer, own, issuer, by=dee(), now=NOW) == "Choose the issuer of a meetup you organise."


def test_whoever_organises_one_meetup_alone_cannot_change_the_account_of_another():
    spring, autumn = treasury(), placed("Autumn meetup")
    actions.adopt_issuer(autumn, found.issuer_for(spring), by=ada(), now=NOW)
    meetups.add_organiser(autumn, dee(), by=ada(), now=NOW)
    theirs = replace(OPERATORS, iban="DE02120300000000202051")
    told = "Operators e. V. writes the invoices of Spring meetup, too. Ask somebody who organises both."
    assert refused(actions.set_issuer, autumn, theirs, by=dee(), now=NOW) == told
    actions.set_issuer(autumn, theirs, by=ada(), now=NOW)
    Meetup.objects.filter(pk=spring.pk).update(stage="archived")
    actions.set_issuer(autumn, OPERATORS, by=dee(), now=NOW)
    assert found.issuer_for(spring).iban == OPERATORS.iban


def test_an_organisation_that_is_typed_twice_gives_no_number_twice():
    treasury()
    autumn = placed("Autumn meetup")
    told = "This organisation gives numbers that begin so on this server already."
    for same in (OPERATORS, replace(OPERATORS, name="Operators eV"), replace(OPERATORS, city="Bremen")):
        assert refused(actions.set_issuer, autumn, same, by=ada(), now=NOW).startswith(told)
    assert (Issuer.objects.count(), found.issuer_for(autumn)) == (1, None)
    actions.set_issuer(autumn, replace(OPERATORS, prefix="AU"), by=ada(), now=NOW)
    assert refused(actions.set_issuer, autumn, OPERATORS, by=ada(), now=NOW).startswith(told)
    assert (issued(autumn).number, found.issuer_for(autumn).prefix) == ("AU2027-0001", "AU")


def test_what_is_issued_is_never_changed():
    meetup = treasury()
    invoice = issued(meetup)
    before = (invoice.issued, *InvoiceLine.objects.values_list("text", "price"))
    changed = "Somebody changed this meanwhile. Look at it as it is now, and change it again."
    dear = replace(DETAILS, lines=(replace(UNDERWRITING, price=1),))
    assert refused(actions.change, invoice, dear, seen=invoice.version, by=ada(), now=NOW) == changed
    assert refused(actions.issue, invoice, seen=invoice.version, by=ada(), now=NOW) == changed
    assert refused(actions.discard, invoice, by=ada(), now=NOW) == "What is issued stays. Write a credit note instead."
    actions.set_issuer(meetup, replace(OPERATORS, name="Another name"), by=ada(), now=NOW)
    invoice.refresh_from_db()
    assert (invoice.issued, *InvoiceLine.objects.values_list("text", "price")) == before


@pytest.mark.parametrize(
    "change", [{"number": ""}, {"state": "draft"}, {"state": "lost"}, {"kind": "bribe"}, {"issued_on": None}]
)
def test_the_database_keeps_what_is_issued_in_one_piece(change):
    invoice = issued(treasury())
    with pytest.raises(IntegrityError), transaction.atomic():
        Invoice.objects.filter(pk=invoice.pk).update(**change)


def test_two_treasurers_at_one_draft_lose_nothing():
    draft = drafted(treasury())
    actions.change(draft, replace(DETAILS, note="Ada's"), seen=1, by=ada(), now=NOW)
    with pytest.raises(Refusal):
        actions.change(draft, replace(DETAILS, note="Dee's"), seen=1, by=dee(), now=NOW)
    with pytest.raises(Refusal):
        actions.issue(draft, seen=1, by=dee(), now=NOW)
    draft.refresh_from_db()
    assert (draft.note, draft.version, draft.state) == ("Ada's", 2, "draft")


def test_a_credit_note_takes_all_back_and_has_the_next_number():
    meetup = treasury()
    invoice = issued(meetup)
    note = actions.credit(invoice, by=ada(), now=NOW)
    assert actions.credit(invoice, by=ada(), now=NOW) == note
    note = actions.issue(note, seen=1, by=ada(), now=NOW)
    assert (note.kind, note.number, note.gross, note.corrects_id) == ("credit_note", "MC2027-0002", 595_000, invoice.pk)
    assert (note.due_on, note.reference) == (None, "")
    assert faults(written(from_data(note.issued), FACTUR_X)) == []
    assert set(balances(meetup).values()) == {0}
    assert found.owed_on(invoice) == 0
    assert refused(actions.credit, invoice, by=ada(), now=NOW) == "All of this invoice is credited already."
    assert refused(actions.credit, note, by=ada(), now=NOW) == "Only an issued invoice can be taken back."


def test_a_part_is_credited_and_never_more_than_was_invoiced():
    meetup = treasury()
    invoice = issued(meetup)
    part = actions.credit(invoice, by=ada(), now=NOW)
    actions.change(part, replace(DETAILS, lines=(replace(UNDERWRITING, price=200_000),)), seen=1, by=ada(), now=NOW)
    actions.issue(part, seen=2, by=ada(), now=NOW)
    assert found.owed_on(invoice) == 357_000
    rest = actions.credit(invoice, by=ada(), now=NOW)
    too_much = "This would credit more than the invoice says. Lower it."
    assert refused(actions.issue, rest, seen=1, by=ada(), now=NOW) == too_much


@pytest.mark.parametrize("change", [{"currency": "JPY"}, {"name": "Another Ltd"}, {"income": "income_fees"}])
def test_a_credit_note_names_whom_and_what_its_invoice_names(change):
    invoice = issued(treasury())
    note = actions.credit(invoice, by=ada(), now=NOW)
    said = "A credit note names whom and what its invoice names. Change its lines alone."
    assert refused(actions.change, note, replace(DETAILS, **change), seen=1, by=ada(), now=NOW) == said
    note.refresh_from_db()
    assert (note.currency, note.name, note.version) == ("EUR", invoice.name, 1)


def pledging(meetup, name="Bolt", state="pledged"):
    details = funding.Details(name, pledged=300_000, currency="EUR")
    return funding.add_underwriter(meetup, details, state=state, by=ada(), now=NOW)


def test_a_pledge_is_invoiced_once():
    meetup = treasury()
    bolt = pledging(meetup)
    draft = actions.draft_for(bolt, vat=UNDERWRITING, by=ada(), now=NOW)
    assert draft.days == DAYS_TO_PAY  # as the contract letter says
    assert actions.draft_for(bolt, vat=UNDERWRITING, by=ada(), now=NOW) == draft
    invoice = actions.issue(draft, seen=1, by=ada(), now=NOW)
    said = "MC2027-0001 is the invoice over this pledge. Take it back by a credit note first."
    assert refused(actions.draft_for, bolt, vat=UNDERWRITING, by=ada(), now=NOW) == said
    funding.move_underwriter(bolt, "pledged", by=ada(), now=NOW)
    assert found.pledges_to_invoice(meetup) == []
    funding.move_underwriter(bolt, "invoiced", by=ada(), now=NOW)
    actions.issue(actions.credit(invoice, by=ada(), now=NOW), seen=1, by=ada(), now=NOW)
    assert found.pledges_to_invoice(meetup) == [bolt]
    assert actions.draft_for(bolt, vat=UNDERWRITING, by=ada(), now=NOW).state == "draft"


def test_who_is_thanked_before_paying_gets_an_invoice_and_who_was_only_asked_none():
    meetup = treasury()
    thanked, asked = pledging(meetup, "Early", "thanked"), pledging(meetup, "Later", "asked")
    assert found.pledges_to_invoice(meetup) == [thanked]
    assert actions.draft_for(thanked, vat=UNDERWRITING, by=ada(), now=NOW).underwriter == thanked
    said = "Later has not pledged an amount that can be invoiced."
    assert refused(actions.draft_for, asked, vat=UNDERWRITING, by=ada(), now=NOW) == said


def test_an_invoice_over_a_pledge_moves_the_underwriter_on_and_back():
    meetup = treasury()
    details = funding.Details("Bolt", pledged=300_000, currency="EUR", address="Weg 1\n10115 Berlin", country="DE")
    bolt = funding.add_underwriter(meetup, details, state="pledged", by=ada(), now=NOW)
    assert [one.name for one in found.pledges_to_invoice(meetup)] == ["Bolt"]
    draft = actions.draft_for(bolt, vat=Line("", 1_000, 0, "S", 1_900), by=ada(), now=NOW)
    assert (draft.name, draft.street, draft.postcode, draft.city, draft.net) == ("Bolt", "Weg 1", "10115", "Berlin", 300_000)
    assert found.pledges_to_invoice(meetup) == []
    invoice = actions.issue(draft, seen=1, by=ada(), now=NOW)
    assert Underwriter.objects.get(pk=bolt.pk).state == "invoiced"
    note = actions.credit(invoice, by=ada(), now=NOW)
    actions.issue(note, seen=1, by=ada(), now=NOW)
    assert Underwriter.objects.get(pk=bolt.pk).state == "pledged"


def test_nothing_is_written_without_an_issuer_or_on_an_archived_meetup():
    assert refused(drafted, placed()) == "Say first who writes the invoices."
    meetup = treasury("Autumn meetup")
    draft = drafted(meetup)
    for stage in ("agenda", "on_site", "wrap_up", "archived"):
        meetups.move_to_stage(meetup, ada(), stage, now=NOW)
    for deed in (
        lambda: drafted(meetup),
        lambda: actions.issue(draft, seen=1, by=ada(), now=NOW),
        lambda: actions.discard(draft, by=ada(), now=NOW),
        lambda: actions.set_issuer(meetup, OPERATORS, by=ada(), now=NOW),
        lambda: actions.publish_money(meetup, is_public=True, by=ada(), now=NOW),
    ):
        with pytest.raises(Refusal):
            deed()


def test_papers_are_made_once_and_kept():
    invoice = issued(treasury())
    (first,) = actions.keep_papers([invoice])
    (again,) = actions.keep_papers([invoice])
    assert bytes(first.pdf) == bytes(again.pdf)
    assert bytes(first.pdf).startswith(b"%PDF-1.7")
    assert bytes(first.xml) == written(from_data(invoice.issued), FACTUR_X)


def test_a_paper_is_the_same_whatever_language_asks_for_it_first():
    invoice = issued(treasury())
    with translation.override("de"):
        (first,) = actions.keep_papers([invoice])
    Paper.objects.all().delete()
    (again,) = actions.keep_papers([invoice])
    assert bytes(first.pdf) == bytes(again.pdf)


def test_reminders_wait_for_the_day_and_for_each_other():
    invoice = issued(treasury())
    assert refused(actions.remind, invoice, by=ada(), now=NOW) == "Nothing is overdue: no reminder is needed yet."
    assert refused(actions.remind, invoice, by=ada(), now=later(days=15)) == "The next reminder can go out on 31 January."
    assert actions.remind(invoice, by=ada(), now=later(days=21)).level == 1
    assert refused(actions.remind, invoice, by=ada(), now=later(days=27)) == "The next reminder can go out on 7 February."
    assert [actions.remind(invoice, by=ada(), now=later(days=day)).level for day in (28, 35)] == [2, 3]
    assert refused(actions.remind, invoice, by=ada(), now=later(days=90)) == "3 reminders went out. Call them instead."
    assert [entry.facts["level"] for entry in Entry.objects.filter(kind="invoicing.reminded").order_by("pk")] == [1, 2, 3]


def test_nobody_is_reminded_of_what_is_paid_or_has_no_address():
    meetup = treasury()
    quiet = issued(meetup, email="")
    said = "The invoice has no e-mail address to write to. Send it yourself."
    assert refused(actions.remind, quiet, by=ada(), now=later(days=30)) == said
    invoice = issued(meetup)
    note = actions.credit(invoice, by=ada(), now=NOW)
    actions.issue(note, seen=1, by=ada(), now=NOW)
    assert refused(actions.remind, invoice, by=ada(), now=later(days=30)) == "Nothing is owed on this invoice."


@pytest.mark.parametrize("change", [{"amount": 0}, {"gets": "bank", "gives": "bank"}, {"gets": "pocket"}])
def test_the_database_refuses_postings_that_do_not_balance(change):
    issued(treasury())
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.update(**change)
