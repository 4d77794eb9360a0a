"""Plain text for mail in lines of a readable length, which mail programs that can join again to fit the screen (RFC 3676)."""

from textwrap import TextWrapper
from typing import Final

WIDTH: Final = 72
_WRAPPER: Final = TextWrapper(WIDTH, break_long_words=False, break_on_hyphens=False, expand_tabs=False)


def flowed(text: str) -> str:
    """Return the text with its long lines broken at spaces, each but the last part ending in one. An address stays whole."""
    return "\n".join(part for line in text.split("\n") for part in _flowed(line.rstrip()))


def unflowed(text: str) -> str:
    """Return what a mail program makes of it."""
    lines = [line.removeprefix(" ") for line in text.split("\n")]
    return "".join(line if line.endswith(" ") else f"{line}\n" for line in lines).removesuffix("\n")


def _flowed(line: str) -> list[str]:
    parts = _WRAPPER.wrap(line) if len(line) > WIDTH else [line]
    return [_stuffed(part) + (" " if number < len(parts) else "") for number, part in enumerate(parts, 1)]


def _stuffed(part: str) -> str:
    """Return a line that begins with nothing that means something else: quoted text, or the start of a letter in an mbox."""
    return f" {part}" if part.startswith((" ", ">", "From ")) else part
