"""Reads tables people hand in (CSV, XLSX, ODS) and writes tables they take away, with no cell a program takes for a formula."""

from midcycle.engines.tables.formulas import guarded, unguarded
from midcycle.engines.tables.model import Table
from midcycle.engines.tables.read import read, read_pasted
from midcycle.engines.tables.write import KINDS, write

__all__ = ["KINDS", "Table", "guarded", "read", "read_pasted", "unguarded", "write"]
