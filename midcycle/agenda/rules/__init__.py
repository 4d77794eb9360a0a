"""Formats, kinds of slots and parts in a session. Pure."""

from typing import Final

from midcycle.topics.rules import FORMATS, Format

__all__ = ["FORMATS", "PARTS", "SLOT_KINDS", "Format"]

SLOT_KINDS: Final = ("session", "break", "plenary", "free")
PARTS: Final = ("lead", "shadow", "note_taker", "publisher", "in_demand")
