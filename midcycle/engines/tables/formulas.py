"""Cells of CSV that no spreadsheet takes for a formula (OWASP, "CSV Injection").

A program that opens CSV takes a cell for a formula when it begins with one of `= + - @`, or with a wide form of them, perhaps
after white space, invisible characters or quotation marks. Programs set to split at semicolons, tabs or bars may find such a
beginning within a cell of ours, too. So an apostrophe goes before each of these beginnings, and reading takes it away again.
"""

import re
from typing import Final

_SPLITS: Final = r";\t\r\n|"
# What shows nothing: soft hyphen, joiners, direction marks, byte order mark. And white space within a line.
_UNSEEN: Final = r" \"'\x0b\x0c\x1c-\x1f\x85\xa0\xad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
# The signs OWASP names, their wide and small forms, and the minus of mathematics.
_SIGN: Final = r"[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212]"
_FIRST: Final = rf"(?=[{_UNSEEN}{_SPLITS}]*{_SIGN}|'*[\t\r\n])"
_LATER: Final = rf"(?=[{_UNSEEN}]*{_SIGN})"
_TO_GUARD: Final = re.compile(rf"^{_FIRST}|(?<=[{_SPLITS}]){_LATER}")
_GUARD: Final = re.compile(rf"^'{_FIRST}|(?<=[{_SPLITS}])'{_LATER}")


def guarded(text: str) -> str:
    """Return the text as a cell that is shown as text, wherever it is opened."""
    return _TO_GUARD.sub("'", text)


def unguarded(text: str) -> str:
    """Return the text that was guarded; others stay as they are."""
    return _GUARD.sub("", text)
