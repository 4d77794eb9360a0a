"""The reads of pads: all of a meetup on one page, one to read, and files to take away."""

from midcycle.pads.queries.exports import FORMS, Written, archive_of, everything, written
from midcycle.pads.queries.history import HistoryPage, history_of, with_history
from midcycle.pads.queries.page import PadsPage, Tag, naming_of, pads_page
from midcycle.pads.queries.texts import (
    LONGEST_LAID_OUT,
    PadText,
    html_of,
    latest_after,
    listed_pads,
    newer_than,
    pads_of,
    published_of,
    read_pad,
    text_of_pad,
)
from midcycle.pads.queries.weaves import head_of, stored, weave_of
from midcycle.pads.queries.words import PadAuthor, PadWords, words_for
from midcycle.pads.queries.writers import (
    PartOfPad,
    guests_of,
    is_open,
    names_brought_in,
    names_in_pads,
    note_taker_of,
    pads_with,
    parts_of,
    setup_of,
    who_writes_in,
    writer_in_pads,
    wrote_in,
)

__all__ = [
    "FORMS", "LONGEST_LAID_OUT", "HistoryPage", "PadAuthor", "PadText", "PadWords", "PadsPage", "PartOfPad", "Tag",
    "Written", "archive_of", "everything", "guests_of", "head_of", "history_of", "html_of", "is_open", "latest_after",
    "listed_pads", "names_brought_in", "names_in_pads", "naming_of", "newer_than", "note_taker_of", "pads_of", "pads_page",
    "pads_with", "parts_of", "published_of", "read_pad", "setup_of", "stored", "text_of_pad", "weave_of", "who_writes_in",
    "with_history", "words_for", "writer_in_pads", "written", "wrote_in",
]  # fmt: skip
