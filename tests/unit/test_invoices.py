"""Invoices are what EN 16931, Factur-X and XRechnung say they are, whatever stands in their names."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from midcycle.engines.invoices import (
    CREDIT_NOTE,
    FACTUR_X,
    INVOICE,
    XRECHNUNG,
    Invoice,
    Line,
    Party,
    Payee,
    Share,
    as_data,
    fault_in_taxes,
    from_data,
    is_routing_id,
    line_total,
    missing_for_xrechnung,
    sums_of,
    transfer_code,
    written,
)
from midcycle.kernel.banking import reference_for
from tests.rulebooks import faults

SELLER = Party(
    "Operators e. V.", "Hafenstraße 1", "20457", "Hamburg", "DE", "DE136695976", contact="Ada", phone="+49 40 123456",
    email="money@example.org",
)  # fmt: skip
BUYER = Party("Example & Sons", "Rue Haute 7", "1000", "Brussels", "BE", vat_id="BE0776091951", email="bills@example.be")
UNDERWRITING = Line("Underwriting of the meetup", 1_000, 500_000, "S", 1_900)
PLAIN = Invoice(
    INVOICE, "MC2027-0001", date(2027, 1, 10), date(2027, 1, 24), "EUR", SELLER, BUYER, (UNDERWRITING,),
    payee=Payee("DE75512108001245126199", "SOGEDEFFXXX", reference_for("MC2027-0001")),
    buyer_reference="04011000-12345-03", served=(date(2027, 3, 2), date(2027, 3, 3)),
)  # fmt: skip
SMALL = replace(SELLER, vat_id="", tax_number="17/123/12345")
KINDS = {
    "two rates": replace(PLAIN, lines=(UNDERWRITING, Line("Lunch", 1_500, 333, "S", 700), Line("Badges", 3, 1, "S", 700))),
    "reverse charge": replace(PLAIN, lines=(Line("Underwriting", 1_000, 500_000, "AE"),)),
    "small business": replace(PLAIN, seller=SMALL, reason="Exempt under § 19 UStG", lines=(Line("A part", 1_000, 9, "E"),)),
    "zero rate": replace(PLAIN, lines=(Line("Underwriting", 1_000, 500_000, "Z"),)),
    "not subject": replace(
        PLAIN,
        seller=replace(SELLER, vat_id="", register="VR 12345"),
        buyer=replace(BUYER, vat_id=""),
        lines=(Line("A grant", 1_000, 500_000, "O"),),
    ),
    "credit note": replace(PLAIN, kind=CREDIT_NOTE, due_on=None, corrects=("MC2027-0001", date(2027, 1, 10))),
    "yen": replace(PLAIN, currency="JPY"),
    "nothing to pay": replace(PLAIN, lines=(Line("A gift", 1_000, 0, "S", 1_900),)),
}
HOSTILE = [
    "<script>&amp;]]>", "\x00\x08\x1b\ufffe\uffff a", "\u202eolleh\u202c אבג", "🦉" * 40, "x" * 1_000, "\ud800 half",
    '"\'' * 9, "a\tb\nc",
]  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_keeps_to_en_16931_and_xrechnung(name):
    invoice = KINDS[name]
    assert faults(written(invoice, FACTUR_X)) == []
    assert faults(written(invoice, XRECHNUNG), is_xrechnung=True) == []
    assert missing_for_xrechnung(invoice) == []


@pytest.mark.parametrize("name", HOSTILE)
def test_strange_names_do_no_harm(name):
    party = Party(
        name, name, name, name, "FR", contact=name, phone="+33 1 234567", email="a@example.org", vat_id="FR40303265045"
    )
    invoice = replace(PLAIN, buyer=party, note=name, lines=(replace(UNDERWRITING, text=name),), buyer_reference=name)
    assert faults(written(invoice, FACTUR_X)) == []
    assert faults(written(invoice, XRECHNUNG), is_xrechnung=True) == []


def test_the_rules_find_what_is_wrong():
    assert faults(written(PLAIN, FACTUR_X).replace(b"5950.00", b"5951.00")) != []
    assert faults(written(replace(PLAIN, buyer_reference=""), XRECHNUNG), is_xrechnung=True) != []


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"buyer_reference": ""}, "the buyer's reference (for German authorities the Leitweg-ID)"),
        ({"buyer": replace(BUYER, email="")}, "an e-mail address of the buyer"),
        ({"seller": replace(SELLER, phone="")}, "a phone number of the issuer"),
        ({"payee": Payee()}, "an IBAN of the issuer"),
    ],
)
def test_what_xrechnung_lacks_is_named_and_the_rules_agree(change, missing):
    invoice = replace(PLAIN, **change)
    assert missing_for_xrechnung(invoice) == [missing]
    assert faults(written(invoice, XRECHNUNG), is_xrechnung=True) != []
    assert faults(written(invoice, FACTUR_X)) == []


def test_vat_is_rounded_once_per_rate():
    lines = [Line("a", 1_000, 10, "S", 1_900)] * 3 + [Line("b", 500, 25, "S", 700)]
    assert line_total(lines[3]) == 13
    assert sums_of(lines).shares == (Share("S", 700, 13, 1), Share("S", 1_900, 30, 6))
    assert (sums_of(lines).net, sums_of(lines).tax, sums_of(lines).gross) == (43, 7, 50)


LINES = st.lists(
    st.builds(Line, st.text(max_size=5), st.integers(1, 10**6), st.integers(0, 10**9), st.just("S"), st.integers(1, 10_000)),
    min_size=1,
    max_size=6,
)


@given(LINES)
@example([Line("", 1, 1, "S", 1)])
def test_sums_add_up(lines):
    sums = sums_of(lines)
    assert sums.net == sum(line_total(line) for line in lines)
    assert sums.gross == sums.net + sums.tax
    assert all(abs(10_000 * share.tax - share.basis * share.rate) <= 5_000 for share in sums.shares)


@pytest.mark.parametrize("name", KINDS)
def test_a_snapshot_gives_the_same_invoice(name):
    assert from_data(as_data(KINDS[name])) == KINDS[name]


@pytest.mark.parametrize(
    ("lines", "seller", "reason", "said"),
    [
        ([UNDERWRITING], SELLER, "", None),
        ([replace(UNDERWRITING, rate=0)], SELLER, "", "Give a rate to each line with VAT."),
        ([replace(UNDERWRITING, category="Z")], SELLER, "", "Only lines with VAT have a rate. Set others to 0."),
        ([UNDERWRITING, Line("a", 1, 1, "O")], SELLER, "", "What is not subject to VAT stands on an invoice of its own."),
        ([Line("a", 1, 1, "E")], SELLER, "", "Say why no VAT is charged, for instance the law on small businesses."),
        ([Line("a", 1, 1, "E")], SMALL, "§ 19 UStG", None),
        ([Line("a", 1, 1, "AE")], SMALL, "", "For a reverse charge, give the VAT id of whoever issues the invoice."),
        (
            [UNDERWRITING],
            replace(SMALL, tax_number=""),
            "",
            "Give the VAT id or the tax number of whoever issues the invoice.",
        ),
    ],
)
def test_what_is_wrong_with_vat_is_told(lines, seller, reason, said):
    assert fault_in_taxes(lines, seller, BUYER, reason) == said


def test_a_reverse_charge_needs_the_vat_id_of_the_buyer():
    said = fault_in_taxes([Line("a", 1, 1, "AE")], SELLER, replace(BUYER, vat_id=""), "")
    assert said == "For a reverse charge, give the VAT id of the buyer."


def test_the_code_for_a_transfer_is_what_epc069_12_says():
    code = transfer_code("Operators e. V.", "DE75512108001245126199", "SOGEDEFFXXX", 595_000, "RF19MC20270001")
    assert code == "BCD\n002\n1\nSCT\nSOGEDEFFXXX\nOperators e. V.\nDE75512108001245126199\nEUR5950.00\n\nRF19MC20270001"
    assert transfer_code("x", "", "", 1, "RF19MC20270001") is None
    assert transfer_code("x", "DE75512108001245126199", "", 0, "RF19MC20270001") is None
    assert transfer_code("x", "DE75512108001245126199", "", 1, "RF20MC20270001") is None
    long = transfer_code("🦉" * 200, "DE75512108001245126199", "", 1, "RF19MC20270001")
    assert long is not None
    assert len(long.encode()) <= 331


def test_routing_ids_have_check_digits():
    assert is_routing_id("04011000-1234512345-06")
    assert not is_routing_id("04011000-1234512345-07")
    assert not is_routing_id("04011000")
