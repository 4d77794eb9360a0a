"""The reads of a report: the page, the desk, files, and the whole meetup as files."""

from midcycle.report.queries.desk import (
    Desk,
    SectionDesk,
    desk,
    differences,
    known_figures,
    preview_html,
    section_desk,
)
from midcycle.report.queries.facts import Gathered, gathered
from midcycle.report.queries.files import letter_of, markdown_of, paper_of
from midcycle.report.queries.machines import Published, published
from midcycle.report.queries.page import ReportPage, report_page
from midcycle.report.queries.texts import languages, texts

__all__ = [
    "Desk", "Gathered", "Published", "ReportPage", "SectionDesk", "desk", "differences", "gathered", "known_figures",
    "languages", "letter_of", "markdown_of", "paper_of", "preview_html", "published", "report_page", "section_desk", "texts",
]  # fmt: skip
