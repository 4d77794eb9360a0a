"""Statements of banks are read in their versions and dialects, safely, and lines find their invoices."""

from datetime import date

import pytest

from midcycle.engines.statements import Columns, Due, StatementLine, marked, read, suggested
from midcycle.kernel.refusal import Refusal

ENTRY = """<Ntry><NtryRef>1</NtryRef><Amt Ccy="EUR">5950.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>{status}
<BookgDt><Dt>2027-01-20</Dt></BookgDt><AcctSvcrRef>BANK-1</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId>
</Refs><RltdPties><Dbtr>{debtor}</Dbtr></RltdPties><RmtInf><Ustrd>Invoice MC2027-0001</Ustrd><Strd><CdtrRefInf>
<Ref>RF19MC20270001</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls></Ntry>"""
OLD = ENTRY.format(status="<Sts>BOOK</Sts>", debtor="<Nm>Example &amp; Sons</Nm>")
NEW = ENTRY.format(status="<Sts><Cd>BOOK</Cd></Sts>", debtor="<Pty><Nm>Example &amp; Sons</Nm></Pty>")
PENDING = ENTRY.format(status="<Sts>PDNG</Sts>", debtor="<Nm>X</Nm>")


def camt(entries: str, version: str = "02", encoding: str = "utf-8") -> bytes:
    return (
        f'<?xml version="1.0" encoding="{encoding}"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}">'
        f"<BkToCstmrStmt><GrpHdr/><Stmt><Bal><Amt Ccy='EUR'>1.00</Amt></Bal>{entries}</Stmt></BkToCstmrStmt></Document>"
    ).encode(encoding)


PAID = StatementLine(date(2027, 1, 20), 595_000, "EUR", "Example & Sons", "Invoice MC2027-0001 RF19MC20270001", "BANK-1/0")


@pytest.mark.parametrize(
    ("version", "entry"), [("02", OLD), ("03", OLD), ("04", OLD), ("06", OLD), ("08", NEW), ("10", NEW), ("12", NEW)]
)
def test_camt_is_read_in_its_versions(version, entry):
    assert read(camt(entry, version), currency="EUR") == [PAID]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_camt_is_read_in_its_letters(encoding):
    (line,) = read(camt(OLD.replace("Example", "Zoë"), encoding=encoding), currency="EUR")
    assert line.party == "Zoë & Sons"


def test_prefixes_are_no_matter_and_what_is_not_booked_is_left_out():
    prefixed = (
        camt(OLD).replace(b"<", b"<ns:").replace(b"<ns:/", b"</ns:").replace(b"<ns:?", b"<?").replace(b"xmlns=", b"xmlns:ns=")
    )
    assert read(prefixed, currency="EUR") == [PAID]
    assert read(camt(PENDING + OLD), currency="EUR") == [PAID]


def test_a_batch_is_one_line_for_each_payment_when_they_add_up():
    part = "<TxDtls><AmtDtls><TxAmt><Amt Ccy='EUR'>{0}</Amt></TxAmt></AmtDtls><RmtInf><Ustrd>part {0}</Ustrd></RmtInf></TxDtls>"
    head = "<Ntry><Amt Ccy='EUR'>{0}</Amt><CdtDbtInd>DBIT</CdtDbtInd><BookgDt><DtTm>2027-01-20T10:00:00</DtTm></BookgDt>"
    batch = head + "<NtryDtls>" + part.format("1.00") + part.format("2.50") + "</NtryDtls></Ntry>"
    assert [line.amount for line in read(camt(batch.format("3.50")), currency="EUR")] == [-100, -250]
    assert [line.amount for line in read(camt(batch.format("9.00")), currency="EUR")] == [-900]


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    b"<Document><BkToCstmrStmt>&b;</BkToCstmrStmt></Document>"
)


@pytest.mark.parametrize(
    "document",
    [
        b"", b" \n", b"<", BOMB, BOMB.replace(b'"aaaa"', b'SYSTEM "file:///etc/passwd"'), b"<html/>", camt(""), camt(PENDING),
        b"PK\x03\x04camt", camt(OLD.replace("2027-01-20", "9999-12-31")), b"date;amount\n0001-01-01;1",
        camt(OLD)[:300], camt(OLD.replace("5950.00", "1e9")), camt(OLD.replace("EUR", "XXX")), camt(OLD.replace("CRDT", "?")),
        camt(OLD.replace("2027-01-20", "2027-13-20")), camt(OLD.replace("5950.00", "-1")), camt("<a>" * 100),
        b'<?xml version="1.0" encoding="klingon"?><a/>', b"a,b\n1,2", b"%PDF-1.7 \x00\x01", b"\xff\xfe\x00",
        b"date;amount\nx;1", b"date;amount\n2027-01-01;ten", b"date;amount;currency\n2027-01-01;1;???",
        b"date;amount\n2027-02-30;1", b'date;amount\n"',
    ],
)  # fmt: skip
def test_what_is_no_statement_is_refused_with_a_sentence(document):
    with pytest.raises(Refusal) as refusal:
        read(document, currency="EUR")
    assert refusal.value.message.endswith(".")


def test_what_is_too_large_is_refused():
    with pytest.raises(Refusal, match="50 MB"):
        read(b"<" + b" " * 50 * 1024 * 1024, currency="EUR")
    rows = b"date;amount\n" + b"2027-01-01;1\n" * 20_001
    with pytest.raises(Refusal, match="20,000"):
        read(rows, currency="EUR")


SPARKASSE = (
    '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Beguenstigter/Zahlungspflichtiger";'
    '"Betrag";"Waehrung"\n"DE1";"20.01.27";"20.01.27";"GUTSCHRIFT";"MC2027-0001";"Müller GmbH";"5.950,00";"EUR"\n'
)
DKB = (
    '"Girokonto";"DE1"\n"Kontostand vom 20.01.2027:";"5.950,00 €"\n""\n"Buchungsdatum";"Wertstellung";"Status";'
    '"Zahlungspflichtige*r";"Zahlungsempfänger*in";"Verwendungszweck";"Betrag (€)"\n'
    '"20.01.27";"20.01.27";"Gebucht";"Müller GmbH";"Operators";"MC2027-0001";"5.950,00"\n'
)
WISE = (
    "ID,Status,Direction,Created on,Source name,Source amount (after fees),Source currency,Reference\n"
    "T-1,COMPLETED,IN,2027-01-20 10:00:00,Müller GmbH,5950.00,EUR,MC2027-0001\n"
)
ING = (
    '"Datum","Naam / Omschrijving","Rekening","Tegenrekening","Code","Af Bij","Bedrag (EUR)",'
    '"MutatieSoort","Mededelingen"\n'
    '"20270120","Müller GmbH","NL1","NL2","OV","Bij","5950,00","Overschrijving","MC2027-0001"\n'
)
DIALECTS = {
    "Sparkasse": (SPARKASSE, "cp1252"),
    "DKB": (DKB, "utf-8-sig"),
    "Wise": (WISE, "utf-8"),
    "ING": (ING, "utf-8-sig"),
    "two columns": ("Date\tDescription\tPaid out\tPaid in\n20/01/2027\tMC2027-0001\t\t5,950.00\n", "utf-16"),
    "signs behind": ("Datum;Text;Betrag\n20.01.2027;MC2027-0001;5.950,00+\n", "utf-8"),
}


@pytest.mark.parametrize("name", DIALECTS)
def test_the_csv_of_banks_is_read(name):
    text, encoding = DIALECTS[name]
    (line,) = read(text.encode(encoding), currency="EUR")
    assert (line.day, line.amount, line.currency, line.text) == (date(2027, 1, 20), 595_000, "EUR", "MC2027-0001")
    assert line.party in {"Müller GmbH", ""}


def test_money_that_goes_is_below_zero():
    dutch = ING.replace('"Bij"', '"Af"').encode()
    assert read(dutch, currency="EUR")[0].amount == -595_000
    out = b"Date;Text;Paid out;Paid in\n2027-01-20;Hall;100.00;\n2027-01-20;Hall;;\n"
    assert [line.amount for line in read(out, currency="EUR")] == [-10_000]
    assert read(b"Datum;Text;Betrag\n20.01.2027;Hall;100,00-\n", currency="EUR")[0].amount == -10_000


def test_columns_with_other_names_are_named_by_people():
    odd = b"Wann;Wieviel;Wer\n20.01.2027;12,50;Bo\n"
    with pytest.raises(Refusal) as refusal:
        read(odd, currency="CHF")
    assert refusal.value.message == "Name the columns with the day and with the amount. Found: Wann, Wieviel, Wer."
    (line,) = read(odd, currency="CHF", columns=Columns("wann", "Wieviel", "Wer"))
    assert line == StatementLine(date(2027, 1, 20), 1_250, "CHF", "Bo")


def test_a_line_that_comes_again_has_its_mark_and_twins_have_two():
    one = StatementLine(date(2027, 1, 20), 100, "EUR", "Bo", "fee")
    first, second = (mark for mark, _ in marked([one, one]))
    assert first != second
    assert [mark for mark, _ in marked([one, one, PAID])][:2] == [first, second]


INVOICE = Due(1, "MC2027-0001", "RF19MC20270001", "Example & Sons", 595_000, "EUR")
OTHER = Due(2, "MC2027-0002", "RF72MC20270002", "Bolt", 595_000, "EUR")


def why(**changes):
    said = {"party": "", "text": "", "amount": 1, "currency": "EUR"} | changes
    line = StatementLine(date(2027, 1, 20), said["amount"], said["currency"], said["party"], said["text"])
    return [(one.due.pk, one.why) for one in suggested(line, [OTHER, INVOICE])]


def test_suggestions_say_why_the_surest_first():
    assert why(text="RF19 MC20 2700 01", amount=595_000) == [
        (1, "the reference is the same, the amount is the same"),
        (2, "the amount is the same"),
    ]
    assert why(text="for mc2027-0001") == [(1, "the number is in the text, it pays a part")]
    assert why(party="EXAMPLE AND SONS", amount=595_000)[0] == (1, "the amount is the same, the name is alike")
    assert why(text="MC2027-00011", amount=5) == []
    assert why(amount=595_000, currency="CHF") == []
    assert why(amount=-595_000) == []


@pytest.mark.parametrize(
    ("written", "minor"), [("1.000", 100), ("1234.5", 123_450), ("12.34000", 1_234), ("7.", 700), ("000.10", 10)]
)
def test_a_point_in_camt_is_before_decimals_and_never_between_thousands(written, minor):
    (line,) = read(camt(OLD.replace("5950.00", written)), currency="EUR")
    assert line.amount == minor


@pytest.mark.parametrize("written", ["1,000", "1.234.567", "1.005", "", ".", "1 000", "٣", "9" * 17])
def test_no_other_amount_is_taken_from_camt(written):
    with pytest.raises(Refusal):
        read(camt(OLD.replace("5950.00", written)), currency="EUR")


def test_entries_that_move_no_money_are_left_out():
    assert read(camt(OLD.replace("5950.00", "0.00") + OLD), currency="EUR") == [PAID]


@pytest.mark.parametrize("foreign", ['<Amt Ccy="XYZ">3.00</Amt>', '<Amt Ccy="JPY">300.00</Amt>', '<Amt Ccy="JPY">3.55</Amt>'])
@pytest.mark.parametrize("count", [1, 2])
def test_what_a_payment_was_abroad_is_no_matter(foreign, count):
    detail = f"<TxDtls><AmtDtls><TxAmt>{foreign}</TxAmt></AmtDtls></TxDtls>"
    entry = OLD[: OLD.index("<TxDtls>")] + detail * count + "</NtryDtls></Ntry>"
    assert [line.amount for line in read(camt(entry), currency="EUR")] == [595_000]


@pytest.mark.parametrize(
    ("amounts", "currency", "minor"),
    [
        (["1.500", "12,50"], "EUR", [150_000, 1_250]),
        (["1.500", "12.5"], "EUR", [150, 1_250]),
        (["1,500", "-12.50"], "EUR", [150_000, -1_250]),
        (["1.500,00-", "1.000"], "EUR", [-150_000, 100_000]),
        (["1500.000000", "2.100000"], "EUR", [150_000, 210]),
        (["1.234.567", "1 500,00 EUR"], "EUR", [123_456_700, 150_000]),
        (["1,500", "200"], "JPY", [1_500, 200]),
    ],
)
def test_a_file_shows_which_mark_is_before_decimals(amounts, currency, minor):
    rows = "".join(f"2027-01-20;{amount}\n" for amount in amounts)
    assert [line.amount for line in read(f"date;amount\n{rows}".encode(), currency=currency)] == minor


@pytest.mark.parametrize("amounts", [["1.500"], ["-1,000", "7"], ["1.500", "2,50", "2.50"]])
def test_thousands_are_never_guessed(amounts):
    rows = "".join(f"2027-01-20;{amount}\n" for amount in amounts)
    with pytest.raises(Refusal, match=r"may be thousands or decimals\. Ask the bank for CAMT\.053\."):
        read(f"date;amount\n{rows}".encode(), currency="EUR")


@pytest.mark.parametrize(
    ("days", "read_as"),
    [
        (["03/04/2027", "01/13/2027"], [date(2027, 3, 4), date(2027, 1, 13)]),
        (["03/04/2027", "13/01/2027"], [date(2027, 4, 3), date(2027, 1, 13)]),
        (["03/04/27"], [date(2027, 4, 3)]),
    ],
)
def test_a_file_shows_whether_the_month_comes_first(days, read_as):
    rows = "".join(f"{day};1.00\n" for day in days)
    assert [line.day for line in read(f"date;amount\n{rows}".encode(), currency="USD")] == read_as


def test_days_that_cannot_all_be_read_in_one_order_are_refused():
    with pytest.raises(Refusal, match="“01/13/2027” is no day"):
        read(b"date;amount\n13/01/2027;1\n01/13/2027;1\n", currency="USD")
