"""The what-if page: figures, the drawing, the choices side by side, and the lines every figure comes from."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext, pgettext

from midcycle.engines import charts
from midcycle.engines.charts import Scale, Track
from midcycle.funding.models import CostLine
from midcycle.funding.queries.balance import Book, Given, minor_of, rate_words
from midcycle.funding.queries.handing import as_sent
from midcycle.funding.rules import balance as rules
from midcycle.funding.rules.balance import Cost, Plan
from midcycle.funding.rules.budgeting import CERTAINTIES, PURPOSES
from midcycle.funding.rules.telling import gap_label, reach, told, unit_of
from midcycle.funding.rules.underwriting import COUNTED, LARGEST, STATE_NAMES
from midcycle.kernel.money import amount_in_words


@dataclass(frozen=True)
class LineRow:
    """A cost line, what it comes to, and where the figure comes from; `index` is its place among all."""

    id: int
    index: int
    title: str
    purpose: str
    own: str
    amount: str
    certainty: str
    source: str
    note: str
    rate: str
    by_host: bool


@dataclass(frozen=True)
class GivenRow:
    """An underwriter as the team sees it beside the balance."""

    id: int
    name: str
    state_name: str
    own: str
    amount: str
    is_counted: bool


@dataclass(frozen=True)
class Slider:
    """A slider beside a field: `largest` steps of `unit` each, and where it stands."""

    name: str
    label: str
    largest: int
    unit: int
    value: int


@dataclass(frozen=True)
class Option:
    """One choice among those side by side; `query` is what to ask to try it."""

    id: int | None
    name: str
    told: dict[str, str]
    fee: str
    no_show: int
    rooms: int
    query: str


@dataclass(frozen=True)
class SizeRow:
    """What so many seats would come to, all else as tried."""

    seats: int
    need: str
    income: str
    gap: str
    gap_label: str


@dataclass(frozen=True)
class RateRow:
    """An exchange rate, in words."""

    id: int
    currency: str
    words: str


@dataclass(frozen=True)
class BalancePage:
    """All of it. `told` are the figures of what is tried, in words."""

    book: Book
    tried: Plan
    told: dict[str, str]
    is_present: bool
    fee: str
    sliders: tuple[Slider, ...]
    lines: tuple[LineRow, ...]
    host_lines: tuple[LineRow, ...]
    fee_words: str
    rates: tuple[RateRow, ...]
    given: tuple[GivenRow, ...]
    pledged: str
    asked: str
    lacking: tuple[str, ...]
    options: tuple[Option, ...]
    sizes: tuple[SizeRow, ...]
    drawing: str
    model: str

    @property
    def all_lines(self) -> tuple[LineRow, ...]:
        """Return every line, whoever pays."""
        return tuple(sorted((*self.lines, *self.host_lines), key=lambda row: row.index))


def balance_page(book: Book, tried: Plan) -> BalancePage:
    """Return the page of a budget for what is tried."""
    currency, found = book.budget.currency, book.outcome(tried)
    rows = [_line(index, book, found.people) for index in range(len(book.lines))]
    far = _reach(book, tried)
    marks = _marks(book)
    return BalancePage(
        book=book,
        tried=tried,
        told=told(found, book.terms, currency),
        is_present=tried == book.present,
        fee=amount_in_words(tried.fee, currency),
        sliders=_sliders(book, tried, far),
        lines=tuple(row for row in rows if not row.by_host),
        host_lines=tuple(row for row in rows if row.by_host),
        fee_words=_fee_words(book, tried),
        rates=tuple(RateRow(one.pk, one.currency, rate_words(one, currency)) for one in book.rates.values()),
        given=tuple(_given(one, currency) for one in book.given),
        pledged=amount_in_words(book.pledged, currency),
        asked=amount_in_words(book.asked, currency) if book.asked else "",
        lacking=book.lacking,
        options=_options(book),
        sizes=_sizes(book, tried, far),
        drawing=_drawing(book, tried, far, marks),
        model=json.dumps(as_sent(currency, book.terms, book.costs, reach=far, marks=marks), ensure_ascii=False),
    )


def own_words(line: CostLine, cost: Cost) -> str:
    """Return what a line costs in its own currency, and how it grows."""
    if line.basis == "stepped":
        said = gettext("from %(people)s: %(amount)s")
        return "; ".join(
            said % {"people": start, "amount": amount_in_words(amount, line.currency)} for start, amount in cost.steps
        )
    said = gettext("%(amount)s a head") if line.basis == "per_head" else gettext("%(amount)s once")
    return said % {"amount": amount_in_words(line.amount, line.currency)}


def _line(index: int, book: Book, people: int) -> LineRow:
    line, cost, home = book.lines[index], book.costs[index], book.budget.currency
    rate = book.rates.get(line.currency)
    return LineRow(
        id=line.pk,
        index=index,
        title=line.title,
        purpose=gettext(PURPOSES[line.purpose]),
        own=own_words(line, cost),
        amount=amount_in_words(rules.cost_of(cost, people), home),
        certainty=gettext(CERTAINTIES[line.certainty]),
        source=line.source,
        note=line.note,
        rate=rate_words(rate, home) if rate and line.currency != home else "",
        by_host=cost.by_host,
    )


def _given(one: Given, home: str) -> GivenRow:
    own = amount_in_words(one.own, one.currency)
    amount = gettext("not counted: no rate") if one.amount is None else amount_in_words(one.amount, home)
    return GivenRow(one.id, one.name, pgettext("of an underwriter", STATE_NAMES[one.state]), own, amount, one.state in COUNTED)


def _fee_words(book: Book, tried: Plan) -> str:
    """Return how the fees come about."""
    terms, currency = book.terms, book.budget.currency
    reduced = tried.seats * terms.reduced_share // 100
    fee = amount_in_words(tried.fee, currency)
    if not reduced:
        return gettext("%(seats)s at %(fee)s") % {"seats": tried.seats, "fee": fee}
    less = amount_in_words(rules.rounded(tried.fee * terms.reduced_price, 100), currency)
    said = gettext("%(seats)s at %(fee)s, %(reduced)s at the reduced %(less)s")
    return said % {"seats": tried.seats - reduced, "fee": fee, "reduced": reduced, "less": less}


def _starts(costs: Iterable[Cost]) -> list[int]:
    return [start for cost in costs for start, _ in cost.steps]


def _reach(book: Book, tried: Plan) -> int:
    seats = [tried.seats, book.budget.seats, *(one.seats for one in book.scenarios)]
    return reach(seats, _starts(book.costs))


def _marks(book: Book) -> list[tuple[int, str]]:
    named = {one.seats: one.name for one in book.scenarios}
    return sorted({**named, book.budget.seats: gettext("present choice")}.items())


def _sliders(book: Book, tried: Plan, far: int) -> tuple[Slider, ...]:
    minor = minor_of(book.budget.currency)
    found = book.outcome(tried)
    dear = min(LARGEST, max(2 * (found.enough_fee or 0), 2 * tried.fee, 2 * book.budget.fee, 50 * minor))
    rich = min(LARGEST, max(book.curve.paid[far] * 3 // 2, 2 * tried.underwriting, 2 * book.pledged, 1000 * minor))
    fee, gift = unit_of(dear, minor), unit_of(rich, minor)
    return (
        Slider("seats", gettext("Seats"), max(far, tried.seats), 1, tried.seats),
        Slider("fee", gettext("Fee"), dear // fee, fee, tried.fee // fee),
        Slider("underwriting", gettext("Underwriting"), rich // gift, gift, tried.underwriting // gift),
        Slider("no_show", gettext("No-shows"), 50, 1, tried.no_show),
        Slider("rooms", gettext("Discussion rooms"), max(12, tried.rooms), 1, tried.rooms),
    )


def _options(book: Book) -> tuple[Option, ...]:
    saved = [_option(book, one.pk, one.name, book.plan_of(one)) for one in book.scenarios]
    return (_option(book, None, gettext("Present choice"), book.present), *saved)


def _option(book: Book, number: int | None, name: str, plan: Plan) -> Option:
    currency = book.budget.currency
    fee, given = (amount_in_words(amount, currency, name=False) for amount in (plan.fee, plan.underwriting))
    asked = {"seats": plan.seats, "fee": fee, "underwriting": given, "no_show": plan.no_show, "rooms": plan.rooms}
    words = told(book.outcome(plan), book.terms, currency)
    return Option(number, name, words, amount_in_words(plan.fee, currency), plan.no_show, plan.rooms, urlencode(asked))


def sizes_of(book: Book, far: int, no_show: int) -> Sequence[int]:
    """Return the numbers of seats worth a row: each tenth of the way, and where a step begins for those who come."""
    starts = [seats for start in _starts(book.costs) if 0 < (seats := rules.seats_for(start, no_show)) <= far]
    return sorted({*range(far // 10, far + 1, far // 10), *starts, *(seats - 1 for seats in starts if seats > 1)})


def _sizes(book: Book, tried: Plan, far: int) -> tuple[SizeRow, ...]:
    return tuple(_size(book, tried, seats) for seats in sizes_of(book, far, tried.no_show))


def _size(book: Book, tried: Plan, seats: int) -> SizeRow:
    currency = book.budget.currency
    gap = rules.gap_at(book.curve, book.terms, tried, seats)
    need = rules.need_of(book.curve.paid[rules.people_of(seats, tried.no_show)], book.terms)
    missing, income, needed = (amount_in_words(amount, currency) for amount in (abs(gap), need - gap, need))
    return SizeRow(seats, needed, income, missing, gap_label(gap or -1))


def _drawing(book: Book, tried: Plan, far: int, marks: Sequence[tuple[int, str]]) -> str:
    counts = range(far + 1)
    needs = [rules.need_of(book.curve.paid[rules.people_of(seats, tried.no_show)], book.terms) for seats in counts]
    comes = [rules.fees_of(seats, tried.fee, book.terms) + tried.underwriting for seats in counts]
    return charts.tracks(
        [Track(gettext("Cost with reserve"), needs), Track(gettext("Income"), comes, is_dashed=True)],
        title=gettext("Cost and income by number of seats"),
        scale=Scale(minor_of(book.budget.currency), book.budget.currency),
        marks=marks,
        here=tried.seats,
    )
