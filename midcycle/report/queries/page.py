"""A report as a page: its sections with their charts and tables, and where every figure comes from."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext

from midcycle.meetups.models import Meetup
from midcycle.pads.queries import html_of
from midcycle.registration.rules.languages import LANGUAGES, direction_of
from midcycle.report import rules
from midcycle.report.models import DataPoints, Report, Source
from midcycle.report.queries.drawing import Chart, Table, charts_of, tables_of
from midcycle.report.queries.facts import Gathered, gathered
from midcycle.report.queries.learned import SHOWN, PictureShown, picture_shown
from midcycle.report.queries.texts import Text, languages, spoken_in, texts
from midcycle.report.rules import Figure, Told


@dataclass(frozen=True)
class SectionShown:
    """A section: its text as HTML and as Markdown with all figures filled in, its charts and its tables.

    `is_other`: it was not written in the language of the page, and stands in its own `language`.
    """

    key: str
    language: str
    direction: str
    html: str
    markdown: str
    is_other: bool
    charts: tuple[Chart, ...]
    tables: tuple[Table, ...]
    pictures: tuple[PictureShown, ...] = ()


@dataclass(frozen=True)
class Origin:
    """Where a figure comes from, and its anchor."""

    key: str
    title: str
    text: str


@dataclass(frozen=True)
class ReportPage:
    """A report in one language, with the others it is there in. `notes` are names and titles of the pads of no session."""

    meetup: Meetup
    language: str
    language_name: str
    direction: str
    others: tuple[tuple[str, str], ...]
    is_first: bool
    published_at: datetime | None
    figures: tuple[Figure, ...]
    sections: tuple[SectionShown, ...]
    notes: tuple[tuple[str, str], ...]
    origins: tuple[Origin, ...]
    told: tuple[Told, ...]
    sources: tuple[Source, ...]
    counted_pictures: int = 0
    has_points: bool = False

    @property
    def spoken(self) -> str:
        """The language of all that nobody wrote: that of the report, if the interface speaks it, else English."""
        return spoken_in(self.language)

    @property
    def spoken_direction(self) -> str:
        """In which direction that is read."""
        return direction_of(self.spoken)

    @property
    def has_other(self) -> bool:
        """Whether a part of it stands in another language."""
        return any(section.is_other for section in self.sections)

    def with_html(self, change: Callable[[str], str]) -> "ReportPage":
        """Return the same with the HTML of every text changed."""
        return replace(self, sections=tuple(replace(one, html=change(one.html)) for one in self.sections))

    def with_pictures(self, pictures: Sequence[PictureShown]) -> "ReportPage":
        """Return the same with these pictures, as many as are shown, in place of its own."""
        few = tuple(pictures[:SHOWN])
        return replace(self, sections=tuple(replace(one, pictures=few) if one.pictures else one for one in self.sections))


def report_page(meetup: Meetup, language: str = "") -> ReportPage:
    """Return the whole report, published or not; the gate decides who may see it. What nobody wrote is the draft."""
    own = languages(meetup)
    language = language if language in own else own[0]
    with translation.override(spoken_in(language)):
        return _report_page(meetup, language, own)


def _report_page(meetup: Meetup, language: str, own: Sequence[str]) -> ReportPage:
    """Return the report in the language that is active as well, as far as the interface speaks it."""
    found = gathered(meetup)
    report = Report.objects.filter(meetup=meetup).first()
    return ReportPage(
        meetup=meetup,
        language=language,
        language_name=LANGUAGES[language],
        direction=direction_of(language),
        others=tuple((code, LANGUAGES[code]) for code in own if code != language),
        is_first=language == own[0],
        published_at=report.published_at if report else None,
        figures=rules.figures(found.path),
        sections=sections_of(found, texts(meetup, language, found.drafts, own)),
        notes=tuple((pad.name, pad.title) for pad in found.notes),
        origins=tuple(_origins(found)),
        told=rules.told_in_words(rules.worth_reading(found.told, said=("id", *_said(found)))),
        sources=tuple(Source.objects.filter(meetup=meetup).order_by("key")),
        counted_pictures=len(found.learned.pictures),
        has_points=DataPoints.objects.filter(meetup=meetup, is_public=True).exists(),
    )


def sections_of(found: Gathered, said: Iterable[Text]) -> tuple[SectionShown, ...]:
    """Return the sections that say something or have figures; one the team emptied is left out."""
    shown = (_section(found, text) for text in said if text.text or not text.is_own)
    return tuple(one for one in shown if one.html or one.charts or one.tables or one.pictures)


def text_html(text: str, found: Gathered) -> str:
    """Return the text of a section as clean HTML with its figures filled in."""
    return rules.in_html(html_of(rules.marked(text)), found.values)


def _section(found: Gathered, text: Text) -> SectionShown:
    drawings, grids = charts_of(text.key, found), tables_of(text.key, found)
    said = text.text or (f"## {gettext(rules.SECTIONS[text.key])}" if drawings or grids else "")
    shown = found.learned.pictures[:SHOWN] if text.key == "photos" else ()
    return SectionShown(
        key=text.key,
        language=text.language,
        direction=direction_of(text.language),
        html=text_html(said, found),
        markdown=rules.in_markdown(said, found.values),
        is_other=text.is_other,
        charts=drawings,
        tables=grids,
        pictures=tuple(picture_shown(found.meetup, one) for one in shown),
    )


def _said(found: Gathered) -> Iterable[str]:
    """Yield the paths of told facts that the sections say in sentences."""
    told = found.facts.told
    yield from ("size.estimated_demand",) if told.demand is not None else ()
    yield from ("attendee_sectors",) if told.sectors else ()
    yield from ("attendee_regions",) if told.regions else ()


def _origins(found: Gathered) -> Iterable[Origin]:
    """Yield where each figure comes from, those on top of the page first."""
    yield from (Origin(one.key, f"{one.value} {one.label}", one.origin) for one in rules.figures(found.path))
    if any((found.who.roles, found.who.sectors, found.who.regions)):
        yield Origin("who", gettext("Role, sector, region"), _from_registration())
    if found.learned.heard:
        yield Origin("heard", gettext("How people heard"), _how_heard())
    told = gettext(rules.AS_TOLD) if found.path.is_told else ""
    yield from (Origin(point.key, f"{point.percent} {gettext(point.label)}", told or point.origin) for point in found.points)
    if found.facts.count("sessions") or found.facts.count("pads"):
        where = told or gettext("The newest release of the agenda, and its pads.")
        yield Origin("talked", gettext("Sessions, rooms, moderators and notes"), where)
    if found.actions:
        where = gettext("Lines in the notes, and what became of them. Who agreed to be named is, and nobody else.")
        yield Origin("actions", gettext("Actions"), where)
    if found.learned.pictures:
        yield Origin("pictures", gettext("Pictures"), gettext("The gallery, as it is shown to everybody now."))
    if found.money:
        where = gettext("The ledger, of which the public money report shows every entry.")
        yield Origin("money", gettext("Income and costs"), where)


def _from_registration() -> str:
    return gettext(
        "What people said about themselves when they registered. Fewer than five of a kind are never shown; they are counted "
        "among others."
    )


def _how_heard() -> str:
    return gettext(
        "Registrations, counted once: the link somebody came by and what they answered. Who was on a list is compared without "
        "handing over an address, and told only if five people or more are on each side."
    )
