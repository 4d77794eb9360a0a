"""Reads tables people hand in (CSV, XLSX, ODS) and writes tables they take away, with no cell a program takes for a formula."""

from midcycle.engines.tables.formulas import guarded, unguarded
from midcycle.engines.tables.model import Sheet, Table
from midcycle.engines.tables.read import read, read_pasted, read_sheets
from midcycle.engines.tables.text import ENCODINGS, WESTERN, is_unicode
from midcycle.engines.tables.write import KINDS, write

__all__ = [
    "ENCODINGS", "KINDS", "WESTERN", "Sheet", "Table", "guarded", "is_unicode", "read", "read_pasted", "read_sheets",
    "unguarded", "write",
]  # fmt: skip
