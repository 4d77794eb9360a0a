"""The deeds of pads: opening them, taking notes over, naming and bringing back versions, and forgetting who wrote."""

from midcycle.pads.actions.opening import MOST_PADS, NOBODY, name_pads, open_pad, open_pads, path_of, rename, take_over
from midcycle.pads.actions.versions import forget_writer, name_version, restore

__all__ = [
    "MOST_PADS", "NOBODY", "forget_writer", "name_pads", "name_version", "open_pad", "open_pads", "path_of", "rename",
    "restore", "take_over",
]  # fmt: skip
