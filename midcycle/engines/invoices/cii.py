"""Writes an invoice as Cross Industry Invoice (UN/CEFACT D22B), as Factur-X and XRechnung use it for EN 16931.

The numbers in comments are those of the business terms of EN 16931-1.
"""

import re
from datetime import date
from typing import Final
from xml.etree import ElementTree as ET  # writes only, never reads

from midcycle.engines.invoices.model import CREDIT_NOTE, Invoice, Line, Party
from midcycle.engines.invoices.sums import Sums, line_total, sums_of
from midcycle.engines.invoices.taxes import OUTSIDE, REASON_CODES, reason_for
from midcycle.kernel.money import amount_in_digits

FACTUR_X: Final = "urn:cen.eu:en16931:2017"
XRECHNUNG: Final = "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"
_PROCESS: Final = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"

_RSM: Final = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
_RAM: Final = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
_UDT: Final = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"
_QDT: Final = "urn:un:unece:uncefact:data:standard:QualifiedDataType:100"
_SPACES: Final = {"xmlns:rsm": _RSM, "xmlns:ram": _RAM, "xmlns:udt": _UDT, "xmlns:qdt": _QDT}
_NO_XML: Final = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SEPA: Final = "58"
_TRANSFER: Final = "30"


def written(invoice: Invoice, profile: str) -> bytes:
    """Return the invoice as XML in UTF-8; `profile` is FACTUR_X or XRECHNUNG."""
    root = ET.Element("rsm:CrossIndustryInvoice", _SPACES)
    context = _in(root, "rsm:ExchangedDocumentContext")
    if profile == XRECHNUNG:
        _say(_in(context, "ram:BusinessProcessSpecifiedDocumentContextParameter"), "ram:ID", _PROCESS)  # BT-23
    _say(_in(context, "ram:GuidelineSpecifiedDocumentContextParameter"), "ram:ID", profile)  # BT-24
    _head(root, invoice)
    deal = _in(root, "rsm:SupplyChainTradeTransaction")
    for number, line in enumerate(invoice.lines, start=1):
        _line(deal, number, line, invoice.currency)
    _agreement(deal, invoice)
    event = _in(_in(deal, "ram:ApplicableHeaderTradeDelivery"), "ram:ActualDeliverySupplyChainEvent")
    _day(_in(event, "ram:OccurrenceDateTime"), invoice.served[1] if invoice.served else invoice.issued_on)  # BT-72
    _settlement(deal, invoice, sums_of(invoice.lines))
    xml: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return xml


def _head(root: ET.Element, invoice: Invoice) -> None:
    head = _in(root, "rsm:ExchangedDocument")
    _say(head, "ram:ID", invoice.number)  # BT-1
    _say(head, "ram:TypeCode", "381" if invoice.kind == CREDIT_NOTE else "380")  # BT-3
    _day(_in(head, "ram:IssueDateTime"), invoice.issued_on)  # BT-2
    if invoice.note:
        _say(_in(head, "ram:IncludedNote"), "ram:Content", invoice.note)  # BT-22


def _line(deal: ET.Element, number: int, line: Line, currency: str) -> None:
    item = _in(deal, "ram:IncludedSupplyChainTradeLineItem")
    _say(_in(item, "ram:AssociatedDocumentLineDocument"), "ram:LineID", str(number))  # BT-126
    _say(_in(item, "ram:SpecifiedTradeProduct"), "ram:Name", line.text)  # BT-153
    price = _in(_in(item, "ram:SpecifiedLineTradeAgreement"), "ram:NetPriceProductTradePrice")
    _say(price, "ram:ChargeAmount", amount_in_digits(line.price, currency))  # BT-146
    delivery = _in(item, "ram:SpecifiedLineTradeDelivery")
    whole, part = divmod(line.quantity, 1_000)
    _say(delivery, "ram:BilledQuantity", f"{whole}.{part:03d}".rstrip("0").rstrip("."), unitCode="C62")  # BT-129, BT-130
    settled = _in(item, "ram:SpecifiedLineTradeSettlement")
    tax = _in(settled, "ram:ApplicableTradeTax")
    _say(tax, "ram:TypeCode", "VAT")
    _say(tax, "ram:CategoryCode", line.category)  # BT-151
    if line.category != OUTSIDE:
        _say(tax, "ram:RateApplicablePercent", _rate(line.rate))  # BT-152
    total = _in(settled, "ram:SpecifiedTradeSettlementLineMonetarySummation")
    _say(total, "ram:LineTotalAmount", amount_in_digits(line_total(line), currency))  # BT-131


def _agreement(deal: ET.Element, invoice: Invoice) -> None:
    agreed = _in(deal, "ram:ApplicableHeaderTradeAgreement")
    _say(agreed, "ram:BuyerReference", invoice.buyer_reference)  # BT-10
    _party(_in(agreed, "ram:SellerTradeParty"), invoice.seller, is_seller=True)  # BG-4
    _party(_in(agreed, "ram:BuyerTradeParty"), invoice.buyer, is_seller=False)  # BG-7


def _party(into: ET.Element, party: Party, *, is_seller: bool) -> None:
    if is_seller and not (party.vat_id or party.register):  # BR-CO-26 wants one of three
        _say(into, "ram:ID", party.tax_number or party.name)  # BT-29
    _say(into, "ram:Name", party.name)  # BT-27, BT-44
    if party.register:
        _say(_in(into, "ram:SpecifiedLegalOrganization"), "ram:ID", party.register)  # BT-30, BT-47
    if party.contact or party.phone:
        _contact(_in(into, "ram:DefinedTradeContact"), party)  # BG-6, BG-9
    place = _in(into, "ram:PostalTradeAddress")
    _say(place, "ram:PostcodeCode", party.postcode)
    _say(place, "ram:LineOne", party.street)
    _say(place, "ram:CityName", party.city)
    _say(place, "ram:CountryID", party.country)
    if party.email:
        _say(_in(into, "ram:URIUniversalCommunication"), "ram:URIID", party.email, schemeID="EM")  # BT-34, BT-49
    for number, scheme in ((party.vat_id, "VA"), (party.tax_number, "FC")):  # BT-31, BT-48; BT-32
        if number and (is_seller or scheme == "VA"):
            _say(_in(into, "ram:SpecifiedTaxRegistration"), "ram:ID", number, schemeID=scheme)


def _contact(into: ET.Element, party: Party) -> None:
    _say(into, "ram:PersonName", party.contact)
    if party.phone:
        _say(_in(into, "ram:TelephoneUniversalCommunication"), "ram:CompleteNumber", party.phone)
    if party.email:
        _say(_in(into, "ram:EmailURIUniversalCommunication"), "ram:URIID", party.email)


def _settlement(deal: ET.Element, invoice: Invoice, sums: Sums) -> None:
    settled = _in(deal, "ram:ApplicableHeaderTradeSettlement")
    _say(settled, "ram:PaymentReference", invoice.payee.reference)  # BT-83
    _say(settled, "ram:InvoiceCurrencyCode", invoice.currency)  # BT-5
    if invoice.payee.iban:
        means = _in(settled, "ram:SpecifiedTradeSettlementPaymentMeans")  # BG-16
        _say(means, "ram:TypeCode", _SEPA if invoice.currency == "EUR" else _TRANSFER)
        _say(_in(means, "ram:PayeePartyCreditorFinancialAccount"), "ram:IBANID", invoice.payee.iban)
        if invoice.payee.bic:
            _say(_in(means, "ram:PayeeSpecifiedCreditorFinancialInstitution"), "ram:BICID", invoice.payee.bic)
    _taxes(settled, invoice, sums)
    if invoice.served:
        period = _in(settled, "ram:BillingSpecifiedPeriod")  # BG-14
        _day(_in(period, "ram:StartDateTime"), invoice.served[0])
        _day(_in(period, "ram:EndDateTime"), invoice.served[1])
    terms = _in(settled, "ram:SpecifiedTradePaymentTerms")
    if invoice.due_on:
        _day(_in(terms, "ram:DueDateDateTime"), invoice.due_on)  # BT-9
    else:
        _say(terms, "ram:Description", "Nothing is to be paid.")  # BT-20
    _totals(settled, invoice.currency, sums)
    if invoice.corrects:
        earlier = _in(settled, "ram:InvoiceReferencedDocument")  # BG-3
        _say(earlier, "ram:IssuerAssignedID", invoice.corrects[0])
        moment = _in(earlier, "ram:FormattedIssueDateTime")
        _say(moment, "qdt:DateTimeString", f"{invoice.corrects[1]:%Y%m%d}", format="102")


def _taxes(settled: ET.Element, invoice: Invoice, sums: Sums) -> None:
    for share in sums.shares:  # BG-23
        tax = _in(settled, "ram:ApplicableTradeTax")
        _say(tax, "ram:CalculatedAmount", amount_in_digits(share.tax, invoice.currency))
        _say(tax, "ram:TypeCode", "VAT")
        _say(tax, "ram:ExemptionReason", reason_for(share.category, invoice.reason))
        _say(tax, "ram:BasisAmount", amount_in_digits(share.basis, invoice.currency))
        _say(tax, "ram:CategoryCode", share.category)
        _say(tax, "ram:ExemptionReasonCode", REASON_CODES.get(share.category, ""))
        _say(tax, "ram:RateApplicablePercent", _rate(share.rate))


def _totals(settled: ET.Element, currency: str, sums: Sums) -> None:
    totals = _in(settled, "ram:SpecifiedTradeSettlementHeaderMonetarySummation")
    _say(totals, "ram:LineTotalAmount", amount_in_digits(sums.net, currency))  # BT-106
    _say(totals, "ram:TaxBasisTotalAmount", amount_in_digits(sums.net, currency))  # BT-109
    _say(totals, "ram:TaxTotalAmount", amount_in_digits(sums.tax, currency), currencyID=currency)  # BT-110
    _say(totals, "ram:GrandTotalAmount", amount_in_digits(sums.gross, currency))  # BT-112
    _say(totals, "ram:DuePayableAmount", amount_in_digits(sums.gross, currency))  # BT-115


def _in(parent: ET.Element, name: str) -> ET.Element:
    return ET.SubElement(parent, name)


def _say(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    """Add an element with a text; none for a text that is blank, which EN 16931 forbids."""
    clean = _NO_XML.sub("", text).strip()
    if clean:
        ET.SubElement(parent, name, attributes).text = clean


def _day(parent: ET.Element, day: date) -> None:
    _say(parent, "udt:DateTimeString", f"{day:%Y%m%d}", format="102")


def _rate(hundredths: int) -> str:
    whole, part = divmod(hundredths, 100)
    return f"{whole}.{part:02d}"
