"""A report as a page: its sections with their charts and tables, and where every figure comes from."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.safestring import SafeString

from midcycle.engines import charts
from midcycle.feedback.rules import OWN, DataPoint
from midcycle.kernel.folding import Group
from midcycle.meetups.models import Meetup
from midcycle.pads.queries import html_of
from midcycle.registration.rules.languages import LANGUAGES, direction_of
from midcycle.report import rules
from midcycle.report.models import Report, Source, ToldFact
from midcycle.report.queries.facts import AgendaDay, Gathered, gathered
from midcycle.report.queries.texts import Text, languages, texts
from midcycle.report.rules import Figure, Told
from midcycle.web.drawing import drawn

MOST_ACTIONS = 60  # in a report; those that are to do come first


@dataclass(frozen=True)
class Cell:
    """What stands in a table. `pad` is the name of the notes it leads to; `share` of a whole is drawn on paper, 0 to 1."""

    text: str
    pad: str = ""
    is_number: bool = False
    share: float | None = None


@dataclass(frozen=True)
class Table:
    """Rows below named columns; the first cell of a row names it."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def titled_rows(self) -> list[list[tuple[str, Cell]]]:
        """Each row as pairs of column and cell."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Chart:
    """A drawing, what it shows, the anchor of where its figures come from, and the same figures as a table."""

    title: str
    svg: SafeString
    source: str
    table: Table
    anchor: str = ""


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

    @property
    def has_other(self) -> bool:
        """Whether a part of it stands in another language."""
        return any(section.is_other for section in self.sections)

    def with_html(self, change: Callable[[str], str]) -> "ReportPage":
        """Return the same with the HTML of every text changed."""
        return replace(self, sections=tuple(replace(one, html=change(one.html)) for one in self.sections))


def report_page(meetup: Meetup, language: str = "") -> ReportPage:
    """Return the whole report, published or not; the gate decides who may see it. What nobody wrote is the draft."""
    own = languages(meetup)
    language = language if language in own else own[0]
    found = gathered(meetup)
    report = Report.objects.filter(meetup=meetup).first()
    told = ToldFact.objects.filter(meetup=meetup).order_by("pk").values_list("path", "value")
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
        told=rules.told_in_words(told),
        sources=tuple(Source.objects.filter(meetup=meetup).order_by("key")),
    )


def sections_of(found: Gathered, said: Iterable[Text]) -> tuple[SectionShown, ...]:
    """Return the sections that say something or have figures; one the team emptied is left out."""
    shown = (_section(found, text) for text in said if text.text or not text.is_own)
    return tuple(one for one in shown if one.html or one.charts or one.tables)


def text_html(text: str, found: Gathered) -> str:
    """Return the text of a section as clean HTML with its figures filled in."""
    return rules.in_html(html_of(rules.marked(text)), found.values)


def _section(found: Gathered, text: Text) -> SectionShown:
    drawings, tables = _charts(text.key, found), _tables(text.key, found)
    said = text.text or (f"## {rules.SECTIONS[text.key]}" if drawings or tables else "")
    return SectionShown(
        key=text.key,
        language=text.language,
        direction=direction_of(text.language),
        html=text_html(said, found),
        markdown=rules.in_markdown(said, found.values),
        is_other=text.is_other,
        charts=drawings,
        tables=tables,
    )


def _charts(key: str, found: Gathered) -> tuple[Chart, ...]:
    if key == "came_about":
        return _path_chart(rules.figures(found.path))
    if key == "who":
        who = found.who
        kinds = (("What they do", who.roles), ("Their sector", who.sectors), ("Where they came from", who.regions))
        return tuple(_group_chart(title, groups) for title, groups in kinds if groups)
    return tuple(_share_chart(point) for point in found.points) if key == "learned" else ()


def _tables(key: str, found: Gathered) -> tuple[Table, ...]:
    makers = {"talked": _sessions, "learned": _hands, "actions": _actions, "money": _money}
    return makers[key](found) if key in makers else ()


def _path_chart(figures: Sequence[Figure]) -> tuple[Chart, ...]:
    steps = [figure for figure in reversed(figures) if figure.key != "seats"]
    if len(steps) < 2:
        return ()
    title = "From interest to the door"
    bars = [(step.label.capitalize(), step.value) for step in steps]
    return (_bars(title, bars, source="came", of="Step", most=max(value for _, value in bars)),)


def _group_chart(title: str, groups: Sequence[Group]) -> Chart:
    rows = [(group.label, group.count) for group in groups]
    return _bars(title, rows, source="who", of="Group", most=sum(count for _, count in rows))


def _bars(title: str, rows: Sequence[tuple[str, int]], *, source: str, of: str, most: int) -> Chart:
    svg = charts.bars([charts.Bar(label, count) for label, count in rows], title=title)
    cells = tuple(
        (Cell(label), Cell(str(count), is_number=True, share=count / most if most else None)) for label, count in rows
    )
    return Chart(title, drawn(svg), source, Table(title, (of, "People"), cells))


def _share_chart(point: DataPoint) -> Chart:
    title = f"{point.label[:1].upper()}{point.label[1:]}"
    svg = charts.share(point.part, point.whole, title=title, description=point.of_whom)
    share = point.part / point.whole if point.whole else None
    row = (Cell(point.percent, share=share), Cell(str(point.part), is_number=True), Cell(str(point.whole), is_number=True))
    return Chart(title, drawn(svg), point.key, Table(title, ("Share", "Said so", "Of"), (row,)), anchor=point.key)


def _sessions(found: Gathered) -> tuple[Table, ...]:
    return tuple(_day(day) for day in found.days)


def _day(day: AgendaDay) -> Table:
    if not day.is_released:
        rows = tuple((Cell(row.title, row.pad), Cell(row.format)) for row in day.sessions)
        return Table(day.name, ("Session", "Format"), rows)
    placed = tuple((Cell(row.title, row.pad), Cell(row.when), Cell(row.room), Cell(row.format)) for row in day.sessions)
    return Table(day.name, ("Session", "Time", "Room", "Format"), placed)


def _hands(found: Gathered) -> tuple[Table, ...]:
    """Return hands on questions of this meetup alone; the others are data points."""
    own = [count for count in found.hands if count.question.startswith(OWN)]
    rows = tuple((Cell(one.asked), Cell(str(one.yes), is_number=True), Cell(str(one.no), is_number=True)) for one in own)
    return (Table("Also asked in the room, by a show of hands", ("Question", "Yes", "No"), rows),) if rows else ()


def _actions(found: Gathered) -> tuple[Table, ...]:
    rows = tuple(
        (
            Cell(one.action.what, one.pad),
            Cell(one.action.owner or "nobody yet"),
            Cell(one.action.due),
            Cell("done" if one.action.is_done else "to do"),
        )
        for one in sorted(found.actions, key=lambda one: one.action.is_done)[:MOST_ACTIONS]
    )
    first = f": the first {MOST_ACTIONS}, all are in the pads" if len(found.actions) > MOST_ACTIONS else ""
    return (Table(f"Actions in the notes{first}", ("What", "Who", "By when", "State"), rows),) if rows else ()


def _money(found: Gathered) -> tuple[Table, ...]:
    return tuple(
        Table(
            f"In {report.currency}",
            ("What for", "Kind", "Amount"),
            tuple(
                (Cell(figure.name), Cell(kind), Cell(figure.words, is_number=True))
                for kind, figures in (("Income", report.income), ("Cost", report.costs))
                for figure in figures
            ),
        )
        for report in found.money
    )


def _origins(found: Gathered) -> Iterable[Origin]:
    """Yield where each figure comes from, those on top of the page first."""
    yield from (Origin(one.key, f"{one.value} {one.label}", one.origin) for one in rules.figures(found.path))
    if any((found.who.roles, found.who.sectors, found.who.regions)):
        yield Origin("who", "Role, sector, region", _FROM_REGISTRATION)
    yield from (Origin(point.key, f"{point.percent} {point.label}", point.origin) for point in found.points)
    if found.facts.count("sessions") or found.facts.count("pads"):
        yield Origin("talked", "Sessions, rooms, moderators and notes", "The newest release of the agenda, and its pads.")
    if found.actions:
        yield Origin("actions", "Actions", "Items with a box in the notes, as they stand there now.")
    if found.money:
        yield Origin("money", "Income and costs", "The ledger, of which the public money report shows every entry.")


_FROM_REGISTRATION = (
    "What people said about themselves when they registered. Fewer than five of a kind are never shown; they are counted "
    "among others."
)
