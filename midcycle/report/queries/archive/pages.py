"""The pages of an archive: what each shows, and where the site shows the same to everybody."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext

from midcycle.agenda import queries as agenda
from midcycle.agenda.models import Session
from midcycle.engines.folder import file_names
from midcycle.feedback import queries as feedback
from midcycle.funding.queries import thanked
from midcycle.meetups.models import Meetup
from midcycle.pads import queries as pads
from midcycle.registration.rules.languages import direction_of
from midcycle.report.models import Report
from midcycle.report.queries.archive.relinking import Places, relinked
from midcycle.report.queries.facts import Gathered
from midcycle.report.queries.learned import PictureShown, picture_files, picture_shown
from midcycle.report.queries.page import ReportPage, report_page
from midcycle.report.queries.texts import spoken_in
from midcycle.topics import queries as topics
from midcycle.topics.models import Comment
from midcycle.topics.queries import TopicRow

HEAVIEST: Final = 150_000  # bytes of a page with its style sheet
ON_A_PAGE: Final = 48  # pictures
_MOST_TAGS: Final = 60
_PADS_OF_A_TAG: Final = 4
_MOST_ACTIONS: Final = 250  # on their page; the table for programs has all of them
_LONGEST_NOTES: Final = 80_000  # bytes of the HTML of notes; those that are longer are cut, and the whole is beside them
_STAR: Final = re.compile(r"<!--(?!notes )[^>]*-->")
_AS_TYPED: Final = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
_SPACE: Final = re.compile(r"\s*\n\s*")  # a template's indentation is half of what would lie on the disk
_NOTES: Final = re.compile(r"<!--notes (\d+)-->")
_PAD_FILE: Final = re.compile(r'(?<=href=")((?:\.\./)?pads/)([\w-]+)(?=\.(?:html|md)")')
_AGENDA_LINK: Final = re.compile(r'href="[^"]*/agenda/(\d+)/"')


@dataclass(frozen=True)
class Page:
    """A file, the path where the site shows the same, its template and what it shows."""

    file: str
    source: str
    title: str
    template: str
    shows: Mapping[str, Any]
    language: str = ""


@dataclass
class Archive:
    """What is known while the files of a meetup are made. `languages` are those its report was published in."""

    meetup: Meetup
    found: Gathered
    reports: tuple[ReportPage, ...]
    topics: tuple[TopicRow, ...]
    sessions: tuple[agenda.SessionPage, ...]
    release: agenda.Newest | None
    texts: tuple[pads.PadText, ...]
    results: feedback.Results
    pictures: tuple[tuple[PictureShown, Mapping[str, Path]], ...]
    places: Places = field(default_factory=lambda: Places("", {}))

    @cached_property
    def pad_files(self) -> Mapping[str, str]:
        """The path of the file of each pad, by its name and without an ending."""
        return {name: f"pads/{file}" for name, file in file_names(text.pad.name for text in self.texts).items()}

    @property
    def language(self) -> str:
        """The language of the words around: that of the report."""
        return self.reports[0].language if self.reports else "en"


def archive_for(meetup: Meetup, found: Gathered) -> Archive:
    """Return what the pages of a meetup are made of. Queries grow with its sessions and pads."""
    released = agenda.released_agenda(meetup)
    kept = {session.pk: session for session in Session.objects.filter(meetup=meetup).select_related("topic", "meetup")}
    shown = (agenda.session_page(kept[one.id], released) for one in released.sessions if one.id in kept) if released else ()
    return Archive(
        meetup=meetup,
        found=found,
        reports=tuple(_reports(meetup)),
        topics=topics.topic_list(meetup, None),
        sessions=tuple(page for page in shown if page is not None),
        release=agenda.newest_release(meetup),
        texts=tuple(pads.read_pad(pad) for pad in pads.pads_of(meetup).select_related("meetup")),
        results=feedback.results(meetup, public=True),
        pictures=_pictures(meetup, found),
    )


def pages(archive: Archive) -> Iterator[Page]:
    """Yield every page that has something to show, the first first."""
    meetup, slug = archive.meetup, archive.meetup.slug
    thanks = thanked(meetup)
    yield Page("index.html", meetup.path, meetup.title, "index", {"thanked": thanks, "figures": _figures(archive)})
    for page in archive.reports:
        yield _report(page)
    if archive.release:
        shows = {"release": archive.release, "page": _agenda_html(archive)}
        yield Page("agenda.html", reverse("agenda:agenda", args=[slug]), gettext("Agenda"), "agenda", shows)
    if archive.topics:
        yield Page("topics.html", reverse("topics:topics", args=[slug]), gettext("Topics"), "topics", {"rows": archive.topics})
    if archive.texts:
        yield Page("pads.html", reverse("pads:pads", args=[slug]), gettext("Pads"), "pads", {"lines": pads.pads_page(meetup)})
    if archive.found.actions:
        shows = {
            "actions": archive.found.actions[:_MOST_ACTIONS],
            "has_more": len(archive.found.actions) > _MOST_ACTIONS,
            "tags": _tags(archive),
        }
        yield Page("actions.html", reverse("outcomes:outcomes", args=[slug]), gettext("Actions"), "actions", shows)
    if archive.results.is_closed:
        shows = {"results": archive.results, "lessons": archive.found.learned.lessons}
        yield Page("survey.html", reverse("feedback:results", args=[slug]), gettext("What people said"), "survey", shows)
    yield from _gallery(archive)
    if archive.found.money:
        yield Page(
            "money.html", reverse("invoicing:money", args=[slug]), gettext("Money"), "money", {"reports": archive.found.money}
        )
    yield from _single_pages(archive)


def rendered(archive: Archive, page: Page, nav: tuple[tuple[str, str], ...], files: tuple[tuple[str, str], ...]) -> bytes:
    """Return a page as HTML; the links people wrote lead to files where there are any."""
    root = "../" * page.file.count("/")
    language = page.language or archive.language
    shows = {key: _prose(archive, page, value) if key.endswith("_html") else value for key, value in page.shows.items()}
    context = {
        **shows,
        "in_files": True,
        "meetup": archive.meetup,
        "summary_html": _prose(archive, page, archive.meetup.summary_html),
        "title": page.title,
        "root": root,
        "nav": [(f"{root}{file}", words, file == page.file) for file, words in nav],
        "files": files,
        "language": language,
        "direction": direction_of(language),
        "nav_language": archive.language,
        "address": archive.places.address(page.source),
        "instance_name": settings.MIDCYCLE.instance_name,
    }
    with translation.override(spoken_in(language)):
        html = render_to_string(f"report/archive/{page.template}.html", context)
    parts = _AS_TYPED.split(_PAD_FILE.sub(lambda found: f"{root}{archive.pad_files.get(found[2], found[0])}", html))
    return "".join(part if at % 2 else _SPACE.sub("\n", part) for at, part in enumerate(parts)).encode()


def weight_of(file: str, files: Mapping[str, bytes | Path]) -> int:
    """Return how many bytes a page takes with its style sheet."""
    return sum(len(body) for name in (file, "style.css") if isinstance(body := files[name], bytes))


def _reports(meetup: Meetup) -> Iterator[ReportPage]:
    """Yield the report in each of its languages, once it is published."""
    if Report.objects.filter(meetup=meetup, published_at__isnull=False).exists():
        first = report_page(meetup)
        yield first
        yield from (report_page(meetup, code) for code, _ in first.others)


def _tags(archive: Archive) -> list[tuple[str, tuple[tuple[str, str], ...], int]]:
    """Return tags with a few of their pads, and in how many more they stand."""
    rows = archive.found.tags[:_MOST_TAGS]
    return [(tag.word, tag.pads[:_PADS_OF_A_TAG], max(0, len(tag.pads) - _PADS_OF_A_TAG)) for tag in rows]


def _pictures(meetup: Meetup, found: Gathered) -> tuple[tuple[PictureShown, Mapping[str, Path]], ...]:
    """Return the published pictures as they lie in the folder, with their files; without those whose files are gone."""
    shown = ((picture_shown(meetup, one), picture_files(one)) for one in found.learned.pictures)
    return tuple((_in_folder(picture, files), files) for picture, files in shown if files)


def _in_folder(picture: PictureShown, files: Mapping[str, Path]) -> PictureShown:
    small, large, _ = files
    return replace(picture, small=small, large=large)


def _gallery(archive: Archive) -> Iterator[Page]:
    """Yield the pictures on pages of a few, so that none is heavy; the first stands in the navigation."""
    shown = [picture for picture, _ in archive.pictures]
    pages_of = -(-len(shown) // ON_A_PAGE)
    source = reverse("photos:gallery", args=[archive.meetup.slug])
    for number in range(pages_of):
        file = "photos.html" if not number else f"photos-{number + 1}.html"
        steps = {"number": number + 1, "last": pages_of, "after": f"photos-{number + 2}.html" if number + 1 < pages_of else ""}
        before = "" if not number else "photos.html" if number == 1 else f"photos-{number}.html"
        shows = {"pictures": shown[number * ON_A_PAGE : (number + 1) * ON_A_PAGE], "before": before, **steps}
        yield Page(file, source if not number else f"{source}?page={number + 1}", gettext("Photos"), "photos", shows)


def _report(page: ReportPage) -> Page:
    slug, shows = page.meetup.slug, {"page": page}
    with translation.override(page.spoken):
        title = gettext("Report")
    if page.is_first:
        return Page("report.html", reverse("report:report", args=[slug]), title, "report", shows, page.language)
    source = reverse("report:report_in", args=[slug, page.language])
    return Page(f"report-{page.language}.html", source, title, "report", shows, page.language)


def _figures(archive: Archive) -> tuple[object, ...]:
    """Return the numbers of the report for the first page, once it is published."""
    return archive.reports[0].figures if archive.reports else ()


def _single_pages(archive: Archive) -> Iterator[Page]:
    """Yield the page of each session, topic and pad."""
    slug = archive.meetup.slug
    names = {text.pad.session_id: text.pad.name for text in archive.texts if text.pad.session_id}
    listed = {row.topic.pk for row in archive.topics}
    there = {one.session.pk for one in archive.sessions}
    for one in archive.sessions:
        source = reverse("agenda:session", args=[slug, one.session.pk])
        shows = {
            "page": one,
            "pad": names.get(one.session.pk, ""),
            "abstract_html": one.session.abstract_html,
            "topic": one.session.topic_id if one.session.topic_id in listed else None,
        }
        yield Page(f"sessions/{one.session.pk}.html", source, one.released.title, "session", shows)
    comments = _comments(archive.meetup)
    for row in archive.topics:
        source = reverse("topics:topic", args=[slug, row.topic.pk])
        file = f"topics/{row.topic.pk}.html"
        said = [(one, relinked(one.html, archive.places, file=file, source=source)) for one in comments.get(row.topic.pk, [])]
        shows = {"row": row, "details_html": row.topic.details_html, "comments": said}
        yield Page(file, source, row.topic.title, "topic", shows)
    for text in archive.texts:
        html = text.html if len(text.html.encode()) <= _LONGEST_NOTES else _cut(text.text)
        session = f"../sessions/{text.pad.session_id}.html" if text.pad.session_id in there else ""
        shows = {"text": text, "notes_html": html, "is_cut": html != text.html, "session_file": session}
        source = reverse("pads:pad", args=[slug, text.pad.name])
        yield Page(f"{archive.pad_files[text.pad.name]}.html", source, text.pad.title, "pad", shows)


def _cut(text: str) -> str:
    return format_html("<pre>{}</pre>", text.encode()[: _LONGEST_NOTES // 2].decode(errors="ignore"))


def _comments(meetup: Meetup) -> dict[int, list[Comment]]:
    found: dict[int, list[Comment]] = {}
    listed = Comment.objects.filter(topic__meetup=meetup, topic__withdrawn_at=None, hidden_at=None)
    for comment in listed.select_related("person").order_by("at", "pk"):
        found.setdefault(comment.topic_id, []).append(comment)
    return found


def _agenda_html(archive: Archive) -> str:
    """Return the released grid, which leads to files, and each session to its notes."""
    names = {text.pad.session_id: text.pad.name for text in archive.texts if text.pad.session_id}
    there = {one.session.pk for one in archive.sessions}

    def notes(found: re.Match[str]) -> str:
        name = names.get(int(found[1]))
        return format_html('<p class="session-links"><a href="pads/{}.html">{}</a></p>', name, gettext("Pad")) if name else ""

    def link(found: re.Match[str]) -> str:
        return f'href="sessions/{found[1]}.html"' if int(found[1]) in there else ""

    page = agenda.page_of(archive.meetup.slug, archive.release) if archive.release else ""
    return _AGENDA_LINK.sub(link, _STAR.sub("", _NOTES.sub(notes, page)))


def _prose(archive: Archive, page: Page, html: str) -> str:
    return relinked(html, archive.places, file=page.file, source=page.source)
