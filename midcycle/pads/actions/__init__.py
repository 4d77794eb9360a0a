"""The deeds of pads: opening, taking notes over, who writes, naming versions and bringing them back, forgetting who wrote."""

from midcycle.pads.actions.incoming import MOST_PADS, NOBODY, take_name_away, take_over
from midcycle.pads.actions.opening import name_pads, open_pad, open_pads, path_of, rename
from midcycle.pads.actions.versions import forget_writer, name_version, publish, raise_rights, restore
from midcycle.pads.actions.writers import (
    MOST_GUESTS,
    end_part,
    forget_guest,
    let_guest_in,
    lock,
    put_out,
    say_who_writes,
    take_part,
    unlock,
)

__all__ = [
    "MOST_GUESTS", "MOST_PADS", "NOBODY", "end_part", "forget_guest", "forget_writer", "let_guest_in", "lock", "name_pads",
    "name_version", "open_pad", "open_pads", "path_of", "publish", "put_out", "raise_rights", "rename", "restore",
    "say_who_writes", "take_name_away", "take_over", "take_part", "unlock",
]  # fmt: skip
