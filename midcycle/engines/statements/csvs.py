"""The CSV of banks: each has its own columns, marks and letters. They are told by the words of their first row."""

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from midcycle.engines.statements.model import StatementLine
from midcycle.kernel.money import CURRENCIES, NotAnAmountError, parse_amount
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.kernel.words import gettext, pgettext

_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "day": (
        "buchungstag", "buchungsdatum", "booking date", "bookingdate", "date", "datum", "fecha", "data", "transaction date",
        "completed date", "created on", "valuta", "wertstellung", "date de comptabilisation", "date operation", "dato",
        "bogføringsdato",
    ),
    "amount": (
        "betrag", "amount", "betrag (eur)", "betrag (€)", "amount (eur)", "importe", "montant",
        "importo", "bedrag", "bedrag (eur)",
        "valor", "umsatz", "source amount (after fees)", "beløb", "kwota",
    ),
    "in": (
        "haben", "credit", "gutschrift", "paid in", "money in", "crédit", "abono", "credito",
    ),
    "out": (
        "soll", "debit", "belastung", "paid out", "money out", "débit", "cargo", "debito",
    ),
    "currency": (
        "währung", "waehrung", "currency", "devise", "moneda", "valuta code", "munt", "waluta", "source currency",
    ),
    "party": (
        "beguenstigter/zahlungspflichtiger", "begünstigter/zahlungspflichtiger", "name zahlungsbeteiligter",
        "zahlungspflichtige*r", "auftraggeber/empfänger", "auftraggeber / begünstigter", "payee", "payer", "partner name",
        "name", "naam / omschrijving", "counterparty", "libellé", "source name", "naam tegenpartij", "beneficiario",
        "empfänger", "zahlungsempfänger*in",
    ),
    "text": (
        "verwendungszweck", "payment reference", "reference", "description", "purpose", "mededelingen", "concepto",
        "details", "buchungstext", "communication", "omschrijving", "text", "causale", "descrição", "tytuł",
    ),
    "key": (
        "transaction id", "id", "transactionid", "kundenreferenz (end-to-end)", "bankreferenz", "uuid", "referenz der bank",
    ),
    "sign": (
        "af bij", "debit/credit", "soll/haben", "s/h",
    ),
}  # fmt: skip
_MINUS: Final = frozenset({"af", "debit", "s", "soll", "d", "dbit", "out"})
_DAYS: Final = (
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?:[T ].*)?"),
    re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4}|\d{2})(?:[T ].*)?"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"),
)
_MONEY: Final = frozenset({"amount", "in", "out"})
_MONTHS: Final = 12
_MOST_CELL: Final = 100_000
_LETTERS: Final = re.compile(r"[A-Za-z€$£ ]+")
_LAST_MARK: Final = re.compile(r"[0-9]([.,])(?:[0-9]{1,2}|[0-9]{4,})[+-]?\Z")
_EITHER: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of columns somebody chose; blank for those that are told by their words."""

    day: str = ""
    amount: str = ""
    party: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a file writes: the currency where a row names none, the mark before decimals (blank: not shown), and days."""

    currency: str
    mark: str
    is_month_first: bool


def read(document: bytes, currency: str, columns: Columns) -> list[StatementLine]:
    """Return the lines. Raises Refusal that names the columns found when those needed are not among them."""
    rows = _rows(_decoded(document))
    chosen = {
        name: value for name, value in ((key, getattr(columns, key)) for key in ("day", "amount", "party", "text")) if value
    }
    start, places = _places(rows, chosen)
    money = [at for name, at in places.items() if name in _MONEY]
    body = rows[start + 1 :]
    mark = _decimal_mark([row[at] for row in body for at in money if at < len(row)])
    day = places["day"]
    manner = _Manner(currency, mark, _is_month_first([row[day] for row in body if day < len(row)]))
    lines = []
    for number, row in enumerate(body, start=start + 2):
        line = _line(row, places, manner, number)
        if line is not None:
            lines.append(line)
    return lines


def _decoded(document: bytes) -> str:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if document.startswith(mark):
            return document.decode(encoding, errors="replace")
    try:
        return document.decode()
    except UnicodeDecodeError:
        return document.decode("cp1252", errors="replace")


def _rows(text: str) -> list[list[str]]:
    if "\x00" in text:
        raise Refusal(gettext("This is no CSV file. Ask the bank for CAMT.053 or CSV."))
    head = "\n".join(text.splitlines()[:30])
    mark = max((";", "\t", ","), key=head.count)
    csv.field_size_limit(_MOST_CELL)
    try:
        return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark)]
    except csv.Error:
        raise Refusal(gettext("This CSV cannot be read. Save it anew at the bank.")) from None


def _places(rows: Sequence[Sequence[str]], chosen: Mapping[str, str]) -> tuple[int, dict[str, int]]:
    """Return the row of names and where each column is."""
    widest: Sequence[str] = ()
    for number, row in enumerate(rows[:40]):
        names = [cell.casefold().strip('"* ') for cell in row]
        places = {key: at for key, words in _WORDS.items() if (at := _first(names, words)) is not None}
        places |= {key: names.index(name.casefold()) for key, name in chosen.items() if name.casefold() in names}
        if "day" in places and ("amount" in places or {"in", "out"} <= set(places)):
            return number, places
        widest = row if len([cell for cell in row if cell]) > len([cell for cell in widest if cell]) else widest
    found = ", ".join(cell[:30] for cell in widest[:12] if cell)
    said = gettext("Name the columns with the day and with the amount. Found: %(found)s.")
    raise Refusal(said % {"found": found or pgettext("no columns", "none")}, field="day")


def _first(names: Sequence[str], words: Sequence[str]) -> int | None:
    return next((names.index(word) for word in words if word in names), None)


def _decimal_mark(amounts: Sequence[str]) -> str:
    """Return the mark before decimals that those amounts show which can be read in one way; blank without one of them."""
    found = {last[1] for text in amounts if (last := _LAST_MARK.search(_LETTERS.sub("", text)[-12:]))}
    return found.pop() if len(found) == 1 else ""


def _line(row: Sequence[str], places: Mapping[str, int], manner: _Manner, number: int) -> StatementLine | None:
    def cell(name: str) -> str:
        at = places.get(name)
        return row[at] if at is not None and at < len(row) else ""

    if not cell("day"):
        return None
    used = (cell("currency") or manner.currency).upper()
    if used not in CURRENCIES:
        said = gettext("Row %(number)s: “%(currency)s” is no currency that is known here.")
        raise Refusal(said % {"number": number, "currency": used[:10]})
    day, amount = _day_of(cell("day"), manner), _amount(cell, used, manner.mark, number)
    if day is None:
        said = gettext("Row %(number)s: “%(day)s” is no day.")
        raise Refusal(said % {"number": number, "day": cell("day")[:30]})
    if not amount:
        return None
    return StatementLine(
        day, amount, used, one_line(cell("party"))[:160], one_line(cell("text"))[:500], one_line(cell("key"))[:120]
    )


def _amount(cell: Callable[[str], str], currency: str, mark: str, number: int) -> int:
    try:
        if cell("amount"):
            amount = _parsed(cell("amount"), currency, mark)
            return -abs(amount) if cell("sign").casefold() in _MINUS else amount
        came = _parsed(cell("in"), currency, mark) if cell("in") else 0
        went = _parsed(cell("out"), currency, mark) if cell("out") else 0
    except NotAnAmountError as wrong:
        raise Refusal(gettext("Row %(number)s: %(wrong)s") % {"number": number, "wrong": wrong}) from None
    return abs(came) - abs(went)


def _parsed(text: str, currency: str, mark: str) -> int:
    """Return an amount, also with a currency or a sign behind it, and with more zeros than the currency has decimals.

    `mark` is the one before decimals, if the file shows it. Where it does not, `1.500` is refused: it may be either.
    """
    plain = _LETTERS.sub("", text)
    if plain.endswith(("-", "+")):
        plain = plain[-1] + plain[:-1]
    digits = CURRENCIES[currency]
    if mark and plain.count(mark) == 1:
        whole, _, part = plain.partition(mark)
        kept = part[:digits] + part[digits:].rstrip("0")
        if len(kept) > digits:
            raise NotAnAmountError(f"“{text[:30]}” has more decimals than {currency}. Ask the bank for CAMT.053.")
        return parse_amount(f"{whole}{mark}{kept}" if kept else whole, currency)
    if not mark and digits and _EITHER.fullmatch(plain):
        raise NotAnAmountError(f"“{text[:30]}” may be thousands or decimals. Ask the bank for CAMT.053.")
    return parse_amount(plain, currency)


def _is_month_first(days: Sequence[str]) -> bool:
    """Say whether a file writes days as in the United States, which shows once a second number is larger than 12."""
    found = [match for text in days if (match := _DAYS[1].fullmatch(text))]
    return any(int(match["month"]) > _MONTHS for match in found) and all(int(match["day"]) <= _MONTHS for match in found)


def _day_of(text: str, manner: _Manner) -> date | None:
    for form in _DAYS:
        found = form.fullmatch(text)
        if found:
            swapped = manner.is_month_first and form is _DAYS[1]
            month, day = (found["day"], found["month"]) if swapped else (found["month"], found["day"])
            year = found["year"] if len(found["year"]) > len("27") else f"20{found['year']}"
            try:
                return date(int(year), int(month), int(day))
            except ValueError:
                return None
    return None
