"""Every file of an archive by its path: pages, the style sheet, and what other software reads."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from midcycle.agenda import queries as agenda
from midcycle.engines import tables
from midcycle.meetups.models import Meetup
from midcycle.outcomes.rules import DONE
from midcycle.report import rules
from midcycle.report.models import DataPoints
from midcycle.report.queries.archive.pages import Archive, Page, archive_for, pages, rendered
from midcycle.report.queries.archive.relinking import Places, relinked
from midcycle.report.queries.facts import gathered
from midcycle.report.queries.files import markdown_of, paper_of
from midcycle.report.queries.page import ReportPage
from midcycle.report.queries.points import document_text
from midcycle.report.queries.texts import spoken_in

FORMAT: Final = "midcycle-meetup/1"
_SCHEDULES: Final = {
    "ics": ("schedule.ics", gettext_noop("Calendar (iCalendar)")),
    "json": ("schedule.json", gettext_noop("Schedule (JSON)")),
    "xml": ("schedule.xml", gettext_noop("Schedule (XML)")),
    "csv": ("schedule.csv", gettext_noop("Schedule (CSV)")),
}


def archive_of(meetup: Meetup) -> dict[str, bytes | Path]:
    """Return every file by its path, the same for the same facts: its bytes, or where a picture lies. Raises NotPrinted."""
    archive = archive_for(meetup, gathered(meetup))
    listed = list(pages(archive))
    archive.places = Places(settings.MIDCYCLE.public_url_used, _places(listed))
    archive.reports = tuple(_relinked(archive, page) for page in archive.reports)
    with translation.override(spoken_in(archive.language)):
        listed = list(pages(archive))
        data = {name: (body, words) for name, body, words in _data(archive)}
        nav = tuple((page.file, page.title) for page in listed if "/" not in page.file)
        files = tuple((name, words) for name, (_, words) in data.items() if words)
        made = {page.file: rendered(archive, page, _named(nav), files) for page in listed}
    notes = {f"{archive.pad_files[text.pad.name]}.md": text.text.encode() for text in archive.texts}
    bodies = {name: body for name, (body, _) in data.items()}
    pictures = {name: path for _, files in archive.pictures for name, path in files.items()}
    return {**made, **bodies, **notes, **pictures, "style.css": _style()}


def _named(nav: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return the pages in the navigation: the first is called so, and other languages of the report are reached from it."""
    shown = [(file, words) for file, words in nav if not file.startswith(("report-", "photos-"))]
    return (("index.html", gettext("Overview")), *shown[1:])


def _places(listed: Sequence[Page]) -> dict[str, str]:
    """Return which path of the site is which file; the first page that shows a path is it."""
    found: dict[str, str] = {}
    for page in listed:
        found.setdefault(page.source, page.file)
    return found


def _relinked(archive: Archive, page: ReportPage) -> ReportPage:
    """Return a report whose texts lead to files where there are any."""
    anchors = {f"from-{origin.key}" for origin in page.origins} | {section.key for section in page.sections}
    file = "report.html" if page.is_first else f"report-{page.language}.html"
    source = next(path for path, found in archive.places.files.items() if found == file)
    changed = page.with_html(lambda html: relinked(html, archive.places, file=file, source=source, anchors=anchors))
    return changed.with_pictures(tuple(picture for picture, _ in archive.pictures))


def _data(archive: Archive) -> Iterator[tuple[str, bytes, str]]:
    """Yield name, content and title of each file for other software."""
    meetup = archive.meetup
    for page in archive.reports:
        name = "report" if page.is_first else f"report-{page.language}"
        yield f"{name}.pdf", paper_of(page), gettext("Report (PDF, %(language)s)") % {"language": page.language_name}
        yield (
            f"{name}.md",
            markdown_of(page).encode(),
            gettext("Report (Markdown, %(language)s)") % {"language": page.language_name},
        )
    for form, (name, words) in _SCHEDULES.items() if archive.release else ():
        body = agenda.written(meetup, archive.release.id, form) if archive.release else None
        if body is not None:
            yield name, body, gettext(words)
    if archive.topics:
        rows = [
            (row.topic.title, row.format_name, str(row.supports), row.proposed_by, " ".join(row.topic.tags))
            for row in archive.topics
        ]
        yield "topics.csv", _csv(("Title", "Format", "Support", "Proposed by", "Tags"), rows), gettext("Topics (CSV)")
    if archive.found.actions:
        done = [
            (one.what, one.owner, str(one.due_on or ""), "yes" if one.state == DONE else "no", one.pad_name)
            for one in archive.found.actions
        ]
        yield "actions.csv", _csv(("What", "Who", "By when", "Done", "Pad"), done), gettext("Actions (CSV)")
    points = DataPoints.objects.filter(meetup=meetup, is_public=True).select_related("meetup__series").first()
    if points is not None:
        yield "data-points.json", document_text(points), gettext("Data points (JSON)")
    yield "meetup.json", _json(archive), gettext("Everything above for programs (JSON)")


def _csv(columns: tuple[str, ...], rows: Sequence[Sequence[str]]) -> bytes:
    return tables.write("csv", tables.Table.of(columns, rows))


def _json(archive: Archive) -> bytes:
    """Return the facts everybody can read; figures and data points once the report is published."""
    meetup, is_reported = archive.meetup, bool(archive.reports)
    told = {
        "format": FORMAT,
        "slug": meetup.slug,
        "title": meetup.title,
        "stage": meetup.stage,
        "starts_on": meetup.starts_on.isoformat() if meetup.starts_on else None,
        "ends_on": meetup.ends_on.isoformat() if meetup.ends_on else None,
        "timezone": meetup.timezone,
        "city": meetup.city,
        "country": meetup.country,
        "venue": meetup.venue,
        "series": meetup.series.slug if meetup.series else None,
        "figures": {one.key: one.value for one in rules.figures(archive.found.path)} if is_reported else {},
        "data_points": [
            {"key": point.key, "part": point.part, "whole": point.whole, "method": point.method}
            for point in (archive.found.points if is_reported else ())
        ],
        "topics": [{"title": row.topic.title, "support": row.supports} for row in archive.topics],
        "sessions": [
            {"title": one.released.title, "format": one.released.format, "when": one.when, "room": one.room}
            for one in archive.sessions
        ],
        "pictures": [
            {"file": picture.small, "caption": picture.caption, "credit": picture.credit, "licence": picture.licence}
            for picture, _ in archive.pictures
        ],
        "pads": [text.pad.name for text in archive.texts],
        "actions": [
            {"what": one.what, "who": one.owner, "by": str(one.due_on or ""), "done": one.state == DONE}
            for one in archive.found.actions
        ],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _style() -> bytes:
    """Return the style sheet of the site, which loads nothing itself."""
    built = Path(settings.ASSET_MANIFEST)
    names: dict[str, str] = json.loads(built.read_text(encoding="utf-8"))
    return (built.parent.parent / names["app.css"]).read_bytes()
