"""Reads what banks say happened on an account: CAMT.053 of ISO 20022 in its versions, and the CSV of many banks."""

from midcycle.engines.statements.csvs import Columns
from midcycle.engines.statements.model import MOST_BYTES, MOST_LINES, StatementLine, marked
from midcycle.engines.statements.read import read
from midcycle.engines.statements.suggest import Due, Suggestion, suggested, words_of

__all__ = [
    "MOST_BYTES", "MOST_LINES", "Columns", "Due", "StatementLine", "Suggestion", "marked", "read", "suggested", "words_of",
]  # fmt: skip
