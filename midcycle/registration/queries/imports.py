"""Files of registrations: as they are read, before they are taken over and afterwards."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, ngettext

from midcycle.engines.tables import Table
from midcycle.kernel.words import listed, quoted
from midcycle.meetups.models import Meetup
from midcycle.meetups.rules import region_name
from midcycle.registration.models import Capacity, ImportRun, Seat
from midcycle.registration.queries.asking import questions_of
from midcycle.registration.queries.counting import yes_or_no
from midcycle.registration.queries.words import told
from midcycle.registration.rules import ROLES, SECTORS, word_for
from midcycle.registration.rules.asking import Asked as OwnQuestion
from midcycle.registration.rules.columns import QUESTION, SOURCES, why_not
from midcycle.registration.rules.files import REMARKS
from midcycle.registration.rules.incoming import OUTCOMES, TROUBLES, Asked, Incoming, Reading, incoming, rows_in_words
from midcycle.registration.rules.words import plain

SHOWN = 50
_FIRST = 8
_NAMED = 6
_SAMPLES = 3


@dataclass(frozen=True)
class ColumnShown:
    """A column with the first things in it, and the field it is read as."""

    name: str
    samples: tuple[str, ...]
    field: str


@dataclass(frozen=True)
class Told:
    """Something to say about a row, or about several, such as `Rows 2 to 4`."""

    where: str
    text: str
    name: str = ""


@dataclass(frozen=True)
class Some:
    """The first of many things to say, and how many more there are."""

    shown: tuple[Told, ...] = ()
    more: int = 0

    def __bool__(self) -> bool:
        return bool(self.shown)


@dataclass(frozen=True)
class PersonShown:
    """A row as it is read."""

    number: int
    name: str
    email: str
    organisation: str
    role: str
    sector: str
    region: str
    first_time: str
    registered_on: date | None
    becomes: str


@dataclass(frozen=True)
class Outcome:
    """What came of an import, or of trying it out. `given` are the rows of those who had no seat there and have one here."""

    at: datetime
    counts: Mapping[str, int]
    wrong: Some
    waits: Some
    given: str = ""

    @property
    def seated(self) -> int:
        """Return how many got a seat."""
        return self.counts["new"] - self.counts["waiting"]


@dataclass(frozen=True)
class Preview:
    """A file before it is taken over. `waits` of the new people had no seat there, and `free` seats there are now."""

    run: ImportRun
    source: str
    columns: tuple[ColumnShown, ...]
    counts: Mapping[str, int]
    waits: int
    free: int
    first: tuple[PersonShown, ...]
    wrong: Some
    notes: Some
    refused: str | None
    trial: Outcome | None = None

    @property
    def other_sheets(self) -> list[str]:
        """Return the names of the sheets that are not looked at."""
        return [name for name, *_ in self.run.others]

    @property
    def remarks(self) -> list[str]:
        """Return what is to say about the file."""
        return [told(remark, REMARKS) for remark in self.run.remarks]

    @property
    def left_out(self) -> str:
        """Return the columns taken for nothing though something stands in them, in words; blank when there are none."""
        names = [quoted(column.name) for column in self.columns if column.samples and not column.field]
        left = len(names) - _NAMED
        more = [ngettext("%(count)s more", "%(count)s more", left) % {"count": left}] if left > 0 else []
        return listed([*names[:_NAMED], *more])

    @property
    def rows(self) -> int:
        """Return how many rows there are."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Result:
    """A file that was taken over, and whether that was undone. `stayed` are people whose seats had changed by then."""

    run: ImportRun
    outcome: Outcome
    letters: bool
    undone_at: datetime | None = None
    gone: int = 0
    erased: int = 0
    stayed: tuple[Seat, ...] = field(default=())


def runs_of(meetup: Meetup) -> list[ImportRun]:
    """Return the imports of a meetup, the last first, without what was in the files. One query."""
    runs = ImportRun.objects.filter(meetup=meetup).select_related("by").order_by("-pk")
    return list(runs.defer("rows", "columns", "others", "mapping", "remarks")[:SHOWN])


def table_of(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Table:
    """Return a table that was handed in and kept, each row with its number before it."""
    return Table(tuple(columns), tuple(tuple(row[1:]) for row in rows), tuple(row[0] for row in rows))


def titles_of(meetup: Meetup) -> dict[str, list[str]]:
    """Return the titles of the organisers' questions in every language, by the key of each. One query."""
    return {question.key: list(question.titles.values()) for question in questions_of(meetup)}


def people_in(run: ImportRun, questions: Iterable[OwnQuestion] | None = None) -> tuple[Incoming, ...]:
    """Return what each row of a file means now. Two queries."""
    table = table_of(run.columns, run.rows)
    asked = {question.key: _asked(question) for question in (questions_of(run.meetup) if questions is None else questions)}
    reading = Reading(run.mapping, ZoneInfo(run.meetup.timezone), addresses_at(run.meetup), asked)
    return incoming(table, reading)


def addresses_at(meetup: Meetup) -> frozenset[str]:
    """Return the addresses of those who are at the meetup already, or were and gave their seat back. One query.

    Whose seat went with an import that was undone is not among them: they can be imported again.
    """
    seats = Seat.objects.filter(meetup=meetup).exclude(state="cancelled", imported__state="undone")
    return frozenset(seats.values_list("person__email", flat=True))


def preview(run: ImportRun, questions: Sequence[OwnQuestion]) -> Preview:
    """Return how a file would be taken over. Two queries."""
    refused, zone = why_not(run.mapping), ZoneInfo(run.meetup.timezone)
    people = () if refused else people_in(run, questions)
    counts = {outcome: sum(person.outcome == outcome for person in people) for outcome in OUTCOMES}
    return Preview(
        run=run,
        source=gettext(SOURCES.get(run.source, SOURCES["table"])),
        columns=_columns(run),
        counts=counts,
        waits=sum(person.is_new_and_waits for person in people),
        free=_free_at(run.meetup),
        first=tuple(_shown(person, zone) for person in people[:_FIRST]),
        wrong=_some(_wrong(person) for person in people if person.trouble),
        notes=_some(_together((person.number, note) for person in people for note in person.notes)),
        refused=refused,
        trial=_outcome(run) if run.result else None,
    )


def result(run: ImportRun) -> Result:
    """Return what came of a file that was taken over. One query at most."""
    undone: Mapping[str, Any] = run.result.get("undone", {})
    stayed = Seat.objects.filter(pk__in=undone["stayed"]).order_by("arrival")[:SHOWN] if undone.get("stayed") else ()
    return Result(
        run=run,
        outcome=_outcome(run),
        letters=run.result["letters"],
        undone_at=_moment(undone["at"], run.meetup) if undone else None,
        gone=undone.get("gone", 0),
        erased=undone.get("erased", 0),
        stayed=tuple(stayed),
    )


def choices_of(questions: Iterable[OwnQuestion]) -> list[tuple[str, str]]:
    """Return the organisers' questions as fields a column can be."""
    return [(f"{QUESTION}{question.key}", next(iter(question.titles.values()), question.key)) for question in questions]


def _asked(question: OwnQuestion) -> Asked:
    meanings: dict[str, str] = {}
    for choice in question.choices:
        meanings |= {plain(word): choice.value for word in (choice.value, *choice.titles.values())}
    return Asked(question.kind, meanings)


def _free_at(meetup: Meetup) -> int:
    counted = Capacity.objects.filter(meetup=meetup).values_list("total", "held").first()
    return max(0, counted[0] - counted[1]) if counted else 0


def _columns(run: ImportRun) -> tuple[ColumnShown, ...]:
    shown = []
    for at, name in enumerate(run.columns, start=1):
        said = (row[at].strip() for row in run.rows)
        samples = list(dict.fromkeys(text[:60] for text in said if text))[:_SAMPLES]
        shown.append(ColumnShown(name, tuple(samples), run.mapping.get(name, "")))
    return tuple(shown)


def _outcome(run: ImportRun) -> Outcome:
    came: Mapping[str, Any] = run.result
    return Outcome(
        at=_moment(came["at"], run.meetup),
        counts=came["counts"],
        wrong=_some(_together(came["wrong"])),
        waits=_some(_together(came["waits"])),
        given=rows_in_words(came["given"]) if came.get("given") else "",
    )


def _moment(text: str, meetup: Meetup) -> datetime:
    return datetime.fromisoformat(text).astimezone(ZoneInfo(meetup.timezone))


def _shown(person: Incoming, zone: ZoneInfo) -> PersonShown:
    said = person.said
    first_time = said.get("first_time")
    role, organisation = str(said.get("role") or ""), str(said.get("organisation") or "")
    return PersonShown(
        number=person.number,
        name=person.name,
        email=person.email,
        organisation=organisation,
        role=word_for(role, ROLES),
        sector=word_for(str(said.get("sector") or ""), SECTORS),
        region=region_name(str(said.get("region") or "")),
        first_time=gettext(yes_or_no(first_time if isinstance(first_time, bool) else None)),
        registered_on=person.registered_at and person.registered_at.astimezone(zone).date(),
        becomes=person.becomes,
    )


def _wrong(person: Incoming) -> Told:
    return Told(rows_in_words([person.number]), told(person.trouble, TROUBLES), person.name or person.email)


def _together(said: Iterable[tuple[int, str]]) -> Iterator[Told]:
    """Say once what is to say about several rows."""
    rows: dict[str, list[int]] = {}
    for number, text in said:
        rows.setdefault(text, []).append(number)
    yield from (Told(rows_in_words(numbers), told(text, TROUBLES)) for text, numbers in rows.items())


def _some(all_of_them: Iterable[Told]) -> Some:
    every = tuple(all_of_them)
    return Some(every[:SHOWN], max(0, len(every) - SHOWN))
