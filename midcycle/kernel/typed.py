"""Text people typed, without the characters that only cause harm: control characters and stray white space."""

import re
from typing import Final

# C0 and C1 controls. Format characters stay: emoji and right-to-left scripts need them.
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CONTROL_WITHIN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BREAK: Final = re.compile(r"\r\n?|[\u2028\u2029]")


def one_line(text: str) -> str:
    """Return the text on one line: each run of white space and control characters is one space, none at the ends."""
    return " ".join(_CONTROL.sub(" ", text).split())


def lines(text: str) -> str:
    """Return the text with plain line breaks, without other control characters and without white space around it."""
    return _CONTROL_WITHIN.sub("", _BREAK.sub("\n", text)).strip()
