"""A report as files: Markdown, PDF, and a letter in plain text."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from midcycle.engines.documents import AccountWords, Block, Entry, Grid, Occasion, Run, account
from midcycle.kernel.typed import lines
from midcycle.kernel.words import day_in_words
from midcycle.meetups.models import Meetup
from midcycle.report.queries.drawing import Table
from midcycle.report.queries.page import ReportPage, SectionShown, report_page
from midcycle.report.queries.texts import spoken_in
from midcycle.report.rules import escaped, plain, printed

_WITHIN: Final = re.compile(r"\]\((<?)/(?!/)")
_LONGEST_LETTER: Final = 6_000  # characters; the rest is behind the link


def markdown_of(page: ReportPage) -> str:
    """Return a report as one text of Markdown, with a table for each chart."""
    with translation.override(spoken_in(page.language)):
        parts = [f"# {escaped(page.meetup.told_title)}", _facts_in_one(page), _notice(page.meetup)]
    for section in page.sections:
        parts += [_in_full(section.markdown), *(_table(table) for table in _tables(section)), _pictures(section)]
    origins = [f"- **{escaped(origin.title)}**: {escaped(origin.text)}" for origin in page.origins]
    with translation.override(spoken_in(page.language)):
        parts += [f"## {gettext('Where the figures come from')}", "\n".join(origins)] if origins else []
        parts += [f"## {gettext('From the sources')}", *_from_sources(page)] if page.told or page.sources else []
    return "\n\n".join(part for part in parts if part) + "\n"


def paper_of(page: ReportPage) -> bytes:
    """Return a report as PDF. Raises NotPrinted."""
    meetup = page.meetup
    with translation.override(spoken_in(page.language)):
        day = day_in_words(page.published_at) if page.published_at else ""
        published = gettext("published %(day)s") % {"day": day} if day else ""
        facts = (meetup.when, meetup.where, meetup.venue, published, meetup.told_notice)
        words = AccountWords(gettext("Report"), facts, gettext("Page"))
        return account(Occasion(meetup.told_title, language=page.language), list(_parts(page)), words=words).pdf


def letter_of(meetup: Meetup, language: str = "") -> tuple[str, str]:
    """Return subject and text of a letter with a published report in plain text: its beginning where it is long, and the link.

    Braces are left out: in a letter they stand for what is filled in for each.
    """
    page = report_page(meetup, language)
    text = "\n\n".join(plain(_in_full(section.markdown)) for section in page.sections if section.markdown)
    text = lines(text.replace("{", "(").replace("}", ")"))
    name = "report:report" if page.is_first else "report:report_in"
    address = reverse(name, args=[meetup.slug] if page.is_first else [meetup.slug, page.language])
    link = f"{settings.MIDCYCLE.public_url_used}{address}"
    with translation.override(spoken_in(page.language)):
        if len(text) > _LONGEST_LETTER:
            begun = text[:_LONGEST_LETTER].rsplit("\n\n", 1)[0]
            text = f"{begun}\n\n{gettext('The rest is on the page.')}"
        opening = gettext("Hello {name},\n\nthe report of {meetup} is there, with all charts and tables:")
        return gettext("The report of {meetup}"), f"{opening}\n{link}\n\n{text}"


def _in_full(markdown: str) -> str:
    """Return a text with the links to this site in full: away from it they lead nowhere otherwise."""
    return _WITHIN.sub(rf"](\g<1>{settings.MIDCYCLE.public_url_used}/", markdown)


def _notice(meetup: Meetup) -> str:
    return f"> {escaped(meetup.told_notice)}" if meetup.told_notice else ""


def _facts_in_one(page: ReportPage) -> str:
    meetup = page.meetup
    return " · ".join(escaped(fact) for fact in (meetup.when, meetup.where, meetup.venue) if fact)


def _from_sources(page: ReportPage) -> Iterator[str]:
    """Yield what others told of the meetup, and where they did."""
    yield gettext("Told by others about this meetup, kept as they told it.")
    rows = [f"- {escaped(name)}: {escaped(text)}" for name, text in _hearsay(page)]
    yield "\n".join(rows)


def _hearsay(page: ReportPage) -> Iterator[tuple[str, str]]:
    """Yield each fact of others in words, and each source with where it is."""
    for told in page.told:
        yield told.name, "; ".join(f"{path}: {value}" if path else value for path, value in told.facts)
    yield from ((source.key, source.where) for source in page.sources)


def _pictures(section: SectionShown) -> str:
    site = settings.MIDCYCLE.public_url_used
    return "\n".join(f"- [{escaped(one.caption)}]({site}{one.large}), {escaped(one.credit)}" for one in section.pictures)


def _tables(section: SectionShown) -> Iterable[Table]:
    yield from (chart.table for chart in section.charts)
    yield from section.tables


def _table(table: Table) -> str:
    head = f"| {' | '.join(escaped(column) for column in table.columns)} |\n|{' --- |' * len(table.columns)}"
    rows = [f"| {' | '.join(escaped(cell.text) for cell in row)} |" for row in table.rows]
    return "\n".join([f"*{escaped(table.caption)}*\n", head, *rows])


def _parts(page: ReportPage) -> Iterator[Block | Grid]:
    for section in page.sections:
        yield from printed(_in_full(section.markdown))
        yield from (_grid(table) for table in _tables(section))
    if page.origins:
        yield Block("heading", (Run(gettext("Where the figures come from")),), 2)
    for origin in page.origins:
        yield Block("item", (Run(f"{origin.title}: ", is_strong=True), Run(origin.text)), mark="•")
    if page.told or page.sources:
        yield Block("heading", (Run(gettext("From the sources")),), 2)
        yield Block("paragraph", (Run(gettext("Told by others about this meetup, kept as they told it.")),))
    for name, text in _hearsay(page):
        href = text if text.startswith(("https://", "http://")) and " " not in text else ""
        yield Block("item", (Run(f"{name}: ", is_strong=True), Run(text, href=href)), mark="•")


def _grid(table: Table) -> Grid:
    rows = tuple(tuple(Entry(cell.text, cell.is_number, cell.share) for cell in row) for row in table.rows)
    return Grid(table.caption, table.columns, rows)
