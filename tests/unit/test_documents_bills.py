"""Invoices on paper are PDF/A-3 with the same invoice as XML in them, whatever people are called."""

import io
from datetime import date

import pikepdf
import pytest
from facturx import get_xml_from_pdf
from lxml import etree
from pikepdf import pdfa

from midcycle.engines.documents import Bill, BillLine, Said, bills
from midcycle.engines.tickets import qr_modules
from tests.papers import actions, pages, told

XML = (
    b'<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"'
    b' xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100">'
    b"<ram:Name>\xd7\x90 &amp; \xf0\x9f\xa6\x89</ram:Name></rsm:CrossIndustryInvoice>"
)
HOSTILE = ("#eval $x$ \\ *b* @a <l>", "W" * 250, "محمد אבג 🦉", "\u202e𐤀\x00", "")
# What the checker does not know, and PDF/A-3 allows. It holds files against level B, of which level A is a superset
# (ISO 19005-3, 5); it does not read extension schemas (6.6.2.3.2), by which the words of Factur-X, PDF/UA and typst are
# described; a bookmark may name its place by a reference (ISO 32000-1, 12.3.3); a CIDSet may be there (6.2.11.4.2).
ALLOWED = (
    "XMP namespace ", "XMP property ", "the content of structured XMP property xmpMM:History", "pdfaid:conformance is 'A'",
    "/CIDSet on a CIDFontType2 subset is not checked",
)  # fmt: skip


def bill(name: str = "Example & Sons", lines: int = 1) -> Bill:
    return Bill(
        "Invoice MC2027-0001",
        date(2027, 1, 10),
        ("Operators e. V.", "Hamburg"),
        (name, "Brussels"),
        (Said("Date", "10 January 2027"),),
        tuple(BillLine(f"{name} {number}", "1", "5,000.00 EUR", "19 %", "5,000.00 EUR") for number in range(lines)),
        (Said("To pay", "5,950.00 EUR", is_strong=True),),
        ("Thank you.",),
        (Said("IBAN", "DE75 5121 0800 1245 1261 99"),),
        qr_modules("BCD"),
        XML,
    )


def findings(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found = pdfa.check(document, "3b").findings
    return [
        f"{finding.rule}: {finding.message}"
        for finding in found
        if not finding.message.startswith(ALLOWED) and finding.rule != "pikepdf:schema-OutlineItem"
    ]


def test_an_invoice_says_all_and_carries_itself_as_xml():
    (pdf,) = bills([bill()])
    (page,) = pages(pdf)
    assert page == (
        "Example & Sons Brussels Operators e. V. Hamburg Invoice MC2027-0001 Date 10 January 2027 What Quantity Price VAT Sum "
        "Example & Sons 0 1 5,000.00 EUR 19 % 5,000.00 EUR To pay 5,950.00 EUR Thank you. How to pay "
        "IBAN DE75 5121 0800 1245 1261 99 Invoice MC2027-0001 Page 1 / 1"
    )
    assert get_xml_from_pdf(pdf, check_xsd=False) == ("factur-x.xml", XML)
    assert findings(pdf) == []


@pytest.mark.parametrize("name", HOSTILE)
def test_strange_names_make_no_lesser_pdf(name):
    (pdf,) = bills([bill(name, 50)])
    assert findings(pdf) == []
    assert actions(pdf) == []
    assert told(pdf)[2]


def test_several_are_set_at_once_and_each_is_what_it_is_alone():
    first, second = bill("A"), bill("B", 3)
    assert bills([first, second]) == [*bills([first]), *bills([second])]
    assert bills([]) == []


def test_the_metadata_tell_of_factur_x_and_describe_its_words():
    (pdf,) = bills([bill()])
    with pikepdf.open(io.BytesIO(pdf)) as document:
        stream = document.Root.Metadata
        assert "/Filter" not in stream
        metadata = etree.fromstring(bytes(stream.read_bytes()))
        attached = document.Root.AF[0]
        assert (str(attached.AFRelationship), str(attached.UF)) == ("/Alternative", "factur-x.xml")
    fx = "{urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#}"
    facts = {node.tag.removeprefix(fx): node.text for node in metadata.iter() if str(node.tag).startswith(fx)}
    assert facts == {
        "DocumentType": "INVOICE", "DocumentFileName": "factur-x.xml", "Version": "1.0", "ConformanceLevel": "EN 16931"
    }  # fmt: skip
    schema = "{http://www.aiim.org/pdfa/ns/schema#}prefix"
    assert sorted(node.text for node in metadata.iter(schema)) == ["fx", "pdf", "pdfuaid", "xmpMM"]
    part = "{http://www.aiim.org/pdfa/ns/id/}"
    assert [metadata.find(f".//{part}{name}").text for name in ("part", "conformance")] == ["3", "A"]
