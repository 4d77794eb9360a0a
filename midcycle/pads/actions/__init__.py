"""The deeds of pads: opening, taking notes over, locking, naming versions and bringing them back, forgetting who wrote."""

from midcycle.pads.actions.opening import MOST_PADS, NOBODY, name_pads, open_pad, open_pads, path_of, rename, take_over
from midcycle.pads.actions.versions import forget_writer, lock, name_version, restore, unlock

__all__ = [
    "MOST_PADS", "NOBODY", "forget_writer", "lock", "name_pads", "name_version", "open_pad", "open_pads", "path_of", "rename",
    "restore", "take_over", "unlock",
]  # fmt: skip
