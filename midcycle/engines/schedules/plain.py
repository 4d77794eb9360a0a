"""Text that cannot break a file: no control characters, no halves of surrogate pairs."""

import unicodedata

_NEVER = frozenset({"Cc", "Cs"})


def line(text: str) -> str:
    """Return the text on one line, its white space (line breaks too) as single spaces."""
    return " ".join(_clean(text, keep="\t\n\r\x0b\x0c\x1c\x1d\x1e\x85").split())


def lines(text: str) -> str:
    """Return text of several lines with line feeds as the only breaks; tabs stay."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _clean(unified, keep="\n\t").strip("\n")


def _clean(text: str, *, keep: str) -> str:
    return "".join(mark for mark in text if mark in keep or unicodedata.category(mark) not in _NEVER)


def for_xml(text: str) -> str:
    """Return text of marks that XML 1.0 can hold (section 2.2): it has no way to write U+FFFE and U+FFFF."""
    return text.replace("\ufffe", "").replace("\uffff", "")
