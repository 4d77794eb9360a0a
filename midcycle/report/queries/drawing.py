"""What stands below the text of a section: charts with a table behind each, and tables. In the language that is active."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from midcycle.engines import charts
from midcycle.feedback.rules import OWN, DataPoint
from midcycle.kernel.folding import Group
from midcycle.kernel.words import day_in_words
from midcycle.outcomes.queries import ActionRow
from midcycle.outcomes.rules import OPEN
from midcycle.reach.queries import ReachPage
from midcycle.report import rules
from midcycle.report.queries.facts import AgendaDay, Gathered
from midcycle.report.rules import Figure
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


def charts_of(key: str, found: Gathered) -> tuple[Chart, ...]:
    """Return the charts of a section."""
    if key == "came_about":
        return _path_chart(rules.figures(found.path))
    if key == "who":
        who = found.who
        kinds = (
            (gettext("What they do"), who.roles),
            (gettext("Their sector"), who.sectors),
            (gettext("Where they came from"), who.regions),
        )
        return tuple(_group_chart(title, groups) for title, groups in kinds if groups)
    if key == "heard":
        return (_heard_chart(found.learned.heard),) if found.learned.heard else ()
    return tuple(_share_chart(point) for point in found.points) if key == "learned" else ()


def tables_of(key: str, found: Gathered) -> tuple[Table, ...]:
    """Return the tables of a section that stand for themselves."""
    makers = {
        "heard": _heard,
        "talked": _sessions,
        "learned": _hands,
        "said": _lessons,
        "actions": _actions,
        "money": _money,
    }
    return makers[key](found) if key in makers else ()


def _path_chart(figures: Sequence[Figure]) -> tuple[Chart, ...]:
    steps = [figure for figure in reversed(figures) if figure.key != "seats"]
    if len(steps) < 2:
        return ()
    title = gettext("From interest to the door")
    bars = [(step.label[:1].upper() + step.label[1:], step.value) for step in steps]
    return (_bars(title, bars, source=figures[0].key, of=gettext("Step"), most=max(value for _, value in bars)),)


def _group_chart(title: str, groups: Sequence[Group]) -> Chart:
    rows = [(group.label, group.count) for group in groups]
    return _bars(title, rows, source="who", of=gettext("Group"), most=sum(count for _, count in rows))


def _heard_chart(heard: ReachPage) -> Chart:
    title = gettext("By which link people came, and how they say they heard")
    rows = tuple((Cell(one.label), Cell(str(one.count), is_number=True)) for one in heard.shown.picture.ways)
    return Chart(title, heard.shown.svg, "heard", Table(title, (gettext("Link"), gettext("People")), rows))


def _bars(title: str, rows: Sequence[tuple[str, int]], *, source: str, of: str, most: int) -> Chart:
    svg = charts.bars([charts.Bar(label, count) for label, count in rows], title=title)
    cells = tuple(
        (Cell(label), Cell(str(count), is_number=True, share=count / most if most else None)) for label, count in rows
    )
    return Chart(title, drawn(svg), source, Table(title, (of, gettext("People")), cells))


def _share_chart(point: DataPoint) -> Chart:
    label = gettext(point.label)
    title = f"{label[:1].upper()}{label[1:]}"
    svg = charts.share(point.part, point.whole, title=title, description=point.of_whom)
    share = point.part / point.whole if point.whole else None
    row = (Cell(point.percent, share=share), Cell(str(point.part), is_number=True), Cell(str(point.whole), is_number=True))
    columns = (gettext("Share"), gettext("Said so"), gettext("Of"))
    return Chart(title, drawn(svg), point.key, Table(title, columns, (row,)), anchor=point.key)


def _heard(found: Gathered) -> tuple[Table, ...]:
    return tuple(table for table in (_said(found.learned.heard), _lists(found)) if table)


def _said(heard: ReachPage | None) -> Table | None:
    """Return what people answered, when they registered and in the survey where that is told."""
    if heard is None:
        return None
    rows = tuple((Cell(label), _told(said), _told(survey)) for label, said, survey in heard.shown.said)
    columns = (gettext("Answer"), gettext("When registering"), gettext("In the survey"))
    return Table(gettext("How people say they heard"), columns, rows)


def _lists(found: Gathered) -> Table | None:
    rows = tuple(
        (Cell(one.list), Cell(str(one.people), is_number=True), _told(one.on_list), _told(one.joined_after))
        for one in found.learned.lists
    )
    columns = (gettext("List"), gettext("People"), gettext("On it at the meetup"), gettext("Joined within 30 days"))
    return Table(gettext("Who was on the list"), columns, rows) if rows else None


def _told(count: int | None) -> Cell:
    return Cell(gettext("not told"), is_number=True) if count is None else Cell(str(count), is_number=True)


def _sessions(found: Gathered) -> tuple[Table, ...]:
    return tuple(_day(day) for day in found.days)


def _day(day: AgendaDay) -> Table:
    session, kind = gettext("Session"), gettext("Format")
    if not day.is_released:
        rows = tuple((Cell(row.title, row.pad), Cell(row.format)) for row in day.sessions)
        return Table(day.name, (session, kind), rows)
    placed = tuple((Cell(row.title, row.pad), Cell(row.when), Cell(row.room), Cell(row.format)) for row in day.sessions)
    return Table(day.name, (session, gettext("Time"), gettext("Room"), kind), placed)


def _hands(found: Gathered) -> tuple[Table, ...]:
    """Return hands on questions of this meetup alone; the others are data points."""
    own = [count for count in found.hands if count.question.startswith(OWN)]
    rows = tuple((Cell(one.asked), Cell(str(one.yes), is_number=True), Cell(str(one.no), is_number=True)) for one in own)
    columns = (gettext("Question"), gettext("Yes"), gettext("No"))
    return (Table(gettext("Also asked in the room, by a show of hands"), columns, rows),) if rows else ()


def _lessons(found: Gathered) -> tuple[Table, ...]:
    """Return what the team takes along and lets everybody read; who sees to it as the page of results names them."""
    rows = tuple(
        (Cell(one.text), Cell(gettext(of.name)), Cell(one.why), Cell(str(one.owner) if one.owner else one.owner_name))
        for of in found.learned.lessons
        for one in of.lessons
    )
    columns = (gettext("What"), gettext("Kind"), gettext("Why"), gettext("Who sees to it"))
    return (Table(gettext("What the team takes along"), columns, rows),) if rows else ()


def _actions(found: Gathered) -> tuple[Table, ...]:
    """Return the actions; who said yes to being named is, and nobody else."""
    rows = tuple(
        (
            Cell(one.what, one.pad_name),
            Cell(one.owner or _whose(one)),
            Cell(day_in_words(one.due_on)),
            Cell(gettext(one.state_name)),
        )
        for one in sorted(found.actions, key=lambda one: one.state != OPEN)[:MOST_ACTIONS]
    )
    title = gettext("Actions in the notes")
    if len(found.actions) > MOST_ACTIONS:
        title = gettext("Actions in the notes: the first %(count)s, all are in the pads") % {"count": MOST_ACTIONS}
    columns = (gettext("What"), gettext("Who"), gettext("By when"), gettext("State"))
    return (Table(title, columns, rows), *_tags(found)) if rows else _tags(found)


def _whose(action: ActionRow) -> str:
    """Return what is told of the owner of an action who is not named; of one that is closed, nothing."""
    if action.is_confirmed:
        return gettext("taken")
    return gettext("nobody yet") if action.state == OPEN else ""


def _tags(found: Gathered) -> tuple[Table, ...]:
    """Return the tags, those in most pads first."""
    rows = tuple((Cell(f"##{tag.word}"), Cell(_in_pads(len(tag.pads)))) for tag in found.tags[:MOST_ACTIONS])
    return (Table(gettext("Tags in the notes"), (gettext("Tag"), gettext("Where")), rows),) if rows else ()


def _in_pads(count: int) -> str:
    return ngettext("In one pad", "In %(count)s pads", count) % {"count": count}


def _money(found: Gathered) -> tuple[Table, ...]:
    return tuple(
        Table(
            gettext("In %(currency)s") % {"currency": report.currency},
            (gettext("What for"), gettext("Kind"), gettext("Amount")),
            tuple(
                (Cell(gettext(figure.name)), Cell(kind), Cell(figure.words, is_number=True))
                for kind, figures in ((gettext("Income"), report.income), (gettext("Cost"), report.costs))
                for figure in figures
            ),
        )
        for report in found.money
    )
