"""Names and first text of pads, who may write when, what is found in them and what is brought in. Pure."""

from midcycle.pads.rules.findings import LONGEST_ASKED, Action, actions_in, excerpt, tags_in
from midcycle.pads.rules.incoming import Incoming, pads_in
from midcycle.pads.rules.naming import (
    COLOURS,
    LONGEST_NAME,
    LONGEST_NAMING,
    TENDING,
    USUAL_NAMING,
    WRITABLE_STAGES,
    first_text,
    is_a_name,
    may_write_in,
    pad_name,
    why_not_this_name,
    why_not_this_naming,
)

__all__ = [
    "COLOURS", "LONGEST_ASKED", "LONGEST_NAME", "LONGEST_NAMING", "TENDING", "USUAL_NAMING", "WRITABLE_STAGES", "Action",
    "Incoming", "actions_in", "excerpt", "first_text", "is_a_name", "may_write_in", "pad_name", "pads_in", "tags_in",
    "why_not_this_name", "why_not_this_naming",
]  # fmt: skip
