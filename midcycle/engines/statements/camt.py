"""CAMT.053 (ISO 20022, camt.053.001.02 to .12), and camt.052 and .054, which say the same in the same words.

The XML comes from strangers: no document type is taken and so no entity, nothing is fetched, and elements are counted.
"""

import re
from datetime import date
from typing import Final
from xml.parsers import expat  # documents with a document type are refused, and with them every entity

from midcycle.engines.statements.model import StatementLine
from midcycle.kernel.money import CURRENCIES, MOST
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.kernel.words import gettext, gettext_noop

DAMAGED: Final = gettext_noop("This XML cannot be read. Save the statement anew at the bank, as CAMT.053.")
OTHER: Final = gettext_noop("This XML is no statement of a bank. Choose a file in CAMT.053.")
_MOST_ELEMENTS: Final = 3_000_000
_ROOTS: Final = ("BkToCstmrStmt", "BkToCstmrAcctRpt", "BkToCstmrDbtCdtNtfctn")
_ENTRY: Final = "Ntry"
_DETAIL: Final = "TxDtls"
_LONGEST: Final = 2_000  # characters kept of one text
_DECIMAL: Final = re.compile(
    r"(?P<whole>[0-9]{1,18})(?:\.(?P<part>[0-9]{0,5}))?"
)  # the mark is a point, and groups no thousands

Facts = dict[str, str]


def read(document: bytes) -> list[StatementLine]:
    """Return the booked lines. Raises Refusal."""
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.begin
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(document, True)  # noqa: FBT003 - in one go
    except (expat.ExpatError, LookupError, ValueError):
        raise Refusal(gettext(DAMAGED)) from None
    if not reader.is_statement:
        raise Refusal(gettext(OTHER))
    return reader.lines


class _Reader:
    """Gathers what stands at each path within an entry, and within each detail of a batch."""

    def __init__(self) -> None:
        self.is_statement = False
        self.lines: list[StatementLine] = []
        self._path: list[str] = []
        self._left = _MOST_ELEMENTS
        self._entry: Facts | None = None
        self._details: list[Facts] = []
        self._detail: Facts | None = None
        self._text = ""

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Meet an element."""
        self._left -= 1
        if self._left < 0 or len(self._path) > 60:
            raise Refusal(gettext("There is too much in this file. Ask the bank for a shorter time."))
        local = name.rpartition(":")[2]
        self._path.append(local)
        self._text = ""
        self.is_statement = self.is_statement or local in _ROOTS
        if local == _ENTRY:
            self._entry, self._details, self._detail = {}, [], None
        elif local == _DETAIL and self._entry is not None:
            self._detail = {}
        if "Ccy" in attributes:
            self._keep("Ccy", attributes["Ccy"])

    def text(self, text: str) -> None:
        """Meet text."""
        if len(self._text) < _LONGEST:
            self._text += text

    def end(self, name: str) -> None:
        """Leave an element."""
        local = name.rpartition(":")[2]
        said = self._text.strip()
        if said:
            self._keep("", said)
        self._text = ""
        if local == _DETAIL and self._detail is not None:
            self._details.append(self._detail)
            self._detail = None
        elif local == _ENTRY and self._entry is not None:
            self.lines += _lines_of(self._entry, self._details)
            self._entry = None
        self._path.pop()

    def _keep(self, more: str, said: str) -> None:
        facts, within = (self._detail, _DETAIL) if self._detail is not None else (self._entry, _ENTRY)
        if facts is None:
            return
        start = len(self._path) - self._path[::-1].index(within)
        path = "/".join(self._path[start:] + ([more] if more else []))
        known = facts.get(path)
        facts[path] = f"{known} {said}"[:_LONGEST] if known and path.startswith("RmtInf") else known or said[:_LONGEST]


def _lines_of(entry: Facts, details: list[Facts]) -> list[StatementLine]:
    """Return an entry as a line, or a batch as one line for each of its payments; none for what moved no money."""
    if (entry.get("Sts/Cd") or entry.get("Sts") or "BOOK") != "BOOK":
        return []
    whole = _line(entry, entry, details[0] if len(details) == 1 else {}, 0)
    lines = _parts(entry, details, whole) or [whole]
    return [line for line in lines if line.amount]


def _parts(entry: Facts, details: list[Facts], whole: StatementLine) -> list[StatementLine]:
    """Return the payments of a batch, if their amounts are told in the currency of the account and add up; else none."""
    currencies = {_amount_in(detail)[1] for detail in details}
    if len(details) < 2 or currencies != {whole.currency}:
        return []
    parts = [_line(entry, detail, detail, at) for at, detail in enumerate(details, start=1)]
    return parts if sum(part.amount for part in parts) == whole.amount else []


def _line(entry: Facts, amounts: Facts, detail: Facts, at: int) -> StatementLine:
    text, currency = _amount_in(amounts)
    if currency not in CURRENCIES:
        raise Refusal(gettext("“%(currency)s” is no currency that is known here.") % {"currency": currency[:10]})
    amount = _minor(text, currency)
    direction = detail.get("CdtDbtInd") or entry.get("CdtDbtInd", "")
    if direction not in {"CRDT", "DBIT"}:
        raise Refusal(gettext(DAMAGED))
    is_in = direction == "CRDT"
    side = "Dbtr" if is_in else "Cdtr"
    party = detail.get(f"RltdPties/{side}/Nm") or detail.get(f"RltdPties/{side}/Pty/Nm") or ""
    said = [value for path, value in detail.items() if path.startswith("RmtInf/")] or [entry.get("AddtlNtryInf", "")]
    end_to_end = detail.get("Refs/EndToEndId", "")
    words = " ".join([*said, *([end_to_end] if end_to_end not in {"", "NOTPROVIDED"} else [])])
    key = detail.get("Refs/AcctSvcrRef") or entry.get("AcctSvcrRef") or entry.get("NtryRef", "")
    return StatementLine(
        day=_day(entry),
        amount=amount if is_in else -amount,
        currency=currency,
        party=one_line(party)[:160],
        text=one_line(words)[:500],
        key=f"{key}/{at}" if key else "",
    )


def _amount_in(facts: Facts) -> tuple[str, str]:
    for path in ("Amt", "AmtDtls/TxAmt/Amt"):
        if path in facts:
            return facts[path], facts.get(f"{path}/Ccy", "")
    return "", ""


def _minor(text: str, currency: str) -> int:
    """Return a decimal of XML as minor units: `1.000` is one, not a thousand. Raises Refusal."""
    found = _DECIMAL.fullmatch(text)
    part = (found["part"] or "").rstrip("0") if found else ""
    if not found or len(part) > CURRENCIES[currency]:
        raise Refusal(gettext(DAMAGED))
    amount = int(found["whole"] + part.ljust(CURRENCIES[currency], "0"))
    if amount > MOST:
        raise Refusal(gettext(DAMAGED))
    return amount


def _day(entry: Facts) -> date:
    for path in ("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm"):
        if path in entry:
            return date.fromisoformat(entry[path][:10])
    raise Refusal(gettext(DAMAGED))


def _refuse(*_: object) -> None:
    raise Refusal(gettext(DAMAGED))
