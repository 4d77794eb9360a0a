"""Names and first text of pads, who may write when, what is found in them and what is brought in. Pure."""

from midcycle.pads.rules.chips import chipped, marked, voices, with_votes
from midcycle.pads.rules.findings import LONGEST_ASKED, Action, action_lines, actions_in, excerpt, tags_in
from midcycle.pads.rules.incoming import BROUGHT_IN, Incoming, pads_in
from midcycle.pads.rules.naming import (
    COLOURS,
    LONGEST_NAME,
    LONGEST_NAMING,
    USUAL_NAMING,
    Subject,
    first_text,
    is_a_name,
    pad_name,
    why_not_this_name,
    why_not_this_naming,
)
from midcycle.pads.rules.writing import (
    GUEST,
    LONGEST_GUEST,
    MARK_OF_GUESTS,
    MODERATING,
    TAKEN,
    TENDING,
    WRITABLE_STAGES,
    is_over,
    may_write_in,
    name_of_writer,
    who_writes,
)

__all__ = [
    "BROUGHT_IN", "COLOURS", "GUEST", "LONGEST_ASKED", "LONGEST_GUEST", "LONGEST_NAME", "LONGEST_NAMING", "MARK_OF_GUESTS",
    "MODERATING", "TAKEN", "TENDING", "USUAL_NAMING", "WRITABLE_STAGES", "Action", "Incoming", "Subject", "action_lines",
    "actions_in", "chipped", "excerpt", "first_text", "is_a_name", "is_over", "marked", "may_write_in", "name_of_writer",
    "pad_name", "pads_in", "tags_in", "voices", "who_writes", "why_not_this_name", "why_not_this_naming", "with_votes",
]  # fmt: skip
