"""A topic of the next edition, made of what an earlier one left open. Pure."""

from typing import Final

_LONGEST_TITLE: Final = 160
_SIGNS: Final = str.maketrans({char: f"\\{char}" for char in "\\`*_[]<>#|!~"})


def topic_of(what: str, meetup: str, path: str, pad: str) -> tuple[str, str]:
    """Return title and details; the details say where it comes from, with a link, and in full what the title cuts off."""
    title = what if len(what) <= _LONGEST_TITLE else f"{what[: _LONGEST_TITLE - 1].rstrip()}…"
    whole = f"{what.translate(_SIGNS)}\n\n" if title != what else ""
    notes = f", from the notes of “{pad.translate(_SIGNS)}”" if pad else ""
    return title, f"{whole}Left open at [{meetup.translate(_SIGNS)}]({path}){notes}."
