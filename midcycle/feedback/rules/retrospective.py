"""What went well, what went wrong, which process failed: each with why, and who sees to it. Pure."""

from collections.abc import Mapping
from typing import Final

from midcycle.kernel.typed import has_ink
from midcycle.kernel.words import gettext, gettext_noop

KINDS: Final[Mapping[str, str]] = {
    "well": gettext_noop("Went well"),
    "wrong": gettext_noop("Went wrong"),
    "process": gettext_noop("A process that failed"),
}
LONGEST: Final[Mapping[str, int]] = {"text": 300, "why": 600, "owner_name": 80, "outcome": 300}
MOST: Final = 200


def fault_in_lesson(kind: str, told: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the field of a lesson that is wrong and what to do about it; None when all is well."""
    if kind not in KINDS:
        return "kind", gettext("Choose one of: %(choices)s.") % {"choices": ", ".join(gettext(name) for name in KINDS.values())}
    if not has_ink(told.get("text", "")):
        return "text", gettext("Say what it is; a few words are enough.")
    long = next((name for name, text in told.items() if len(text) > LONGEST[name]), None)
    return (long, gettext("Shorten this to %(most)s characters.") % {"most": LONGEST[long]}) if long else None


WRAP_UP_TITLE: Final = "Wrap-up: how was it?"
WRAP_UP: Final = """# Wrap-up: how was it?

Anybody may write here, in the room and afterwards. No names needed. +1 what others wrote instead of writing it again.

## Went well, and why

-

## Went wrong, and why

-

## Which process failed, and why

-

## Free time and hallway: too little, about right, too much?

-

## Next time

- Where and when should it be? Who could host?
- What should be on the agenda?

## Asked by show of hands

Who is on the list? Who is here for the first time? Who would come again?
The numbers go on the page of results.

## Actions

- [ ] What, who, by when ##action
"""
