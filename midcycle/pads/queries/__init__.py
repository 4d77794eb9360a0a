"""The reads of pads: all of a meetup on one page, one to read, and files to take away."""

from midcycle.pads.queries.exports import FORMS, Written, archive_of, everything, written
from midcycle.pads.queries.history import HistoryPage, history_of, stored
from midcycle.pads.queries.page import PadsPage, Tag, naming_of, pads_page
from midcycle.pads.queries.texts import LONGEST_LAID_OUT, PadText, html_of, pads_of, read_pad, text_of_pad

__all__ = [
    "FORMS", "LONGEST_LAID_OUT", "HistoryPage", "PadText", "PadsPage", "Tag", "Written", "archive_of", "everything",
    "history_of", "html_of", "naming_of", "pads_of", "pads_page", "read_pad", "stored", "text_of_pad", "written",
]  # fmt: skip
