"""Text people typed, without the characters that only cause harm: controls, reversals and stray white space. And quoted."""

import re
import unicodedata
from typing import Final

# C0 and C1 controls become spaces. Other format characters stay: emoji and right-to-left scripts need them.
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CONTROL_WITHIN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# Embeddings, overrides and isolates of the bidirectional algorithm: left open, they turn round what stands beside.
_REVERSAL: Final = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_FILLERS: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800")  # letters by their class, and blank
_SINGLE: Final = str.maketrans({"“": "\u2018", "”": "\u2019", '"': "'"})
_BREAK: Final = re.compile(r"\r\n?|[\u2028\u2029]")

# What makes mail programs turn words into links: a colon with slashes or right before a word, a dot right before a word.
_COLON: Final = re.compile(r":(?:[/\\]+|(?=[^\W\d]|\+))")
_DOT: Final = re.compile(r"[.\u3002\uff0e\uff61][\u00ad\u200b-\u200d\u2060\ufeff]*(?=[^\W\d])")


def one_line(text: str) -> str:
    """Return the text on one line: each run of white space and controls is one space, none at the ends."""
    return " ".join(_REVERSAL.sub("", _CONTROL.sub(" ", text)).split())


def has_ink(text: str) -> bool:
    """Say whether anything of a text can be seen: a letter, digit, sign or picture, and not only fillers and blanks."""
    return any(unicodedata.category(char)[0] in "LNPS" and char not in _FILLERS for char in text)


def without_marks(text: str) -> str:
    """Return the text to be put into double quotation marks: those within it become single ones."""
    return text.translate(_SINGLE)


def lines(text: str) -> str:
    """Return the text with plain line breaks, without other controls and without white space around it."""
    return _REVERSAL.sub("", _CONTROL_WITHIN.sub("", _BREAK.sub("\n", text))).strip()


def inert(text: str, longest: int = 60) -> str:
    """Return words a stranger typed so that no mail program makes a link of them, on one line and not too long.

    Whoever registers somebody else by a name such as `Win at evil.example/x` would write to them in our name.
    """
    line = _DOT.sub(". ", _COLON.sub(" ", one_line(text)))
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
