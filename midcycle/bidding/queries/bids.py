"""What the pages of a bid show."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from midcycle.accounts.models import Person
from midcycle.bidding.access import Standing, may_read_costs
from midcycle.bidding.models import Bid, CostLine, Editor, HostCall, Plan
from midcycle.bidding.queries.calls import QuestionRow, questions_of
from midcycle.bidding.rules import SECTIONS, Completeness, Line, Section, Sum, completeness, sum_for, told
from midcycle.kernel.money import amount_in_words
from midcycle.kernel.zones import countries_in_words, country_in_words
from midcycle.meetups.models import Meetup


@dataclass(frozen=True)
class Told:
    """A section of a bid in words, question by question; `missing` counts needed answers that are not there."""

    section: Section
    answers: tuple[tuple[str, tuple[str, ...]], ...]
    missing: int


@dataclass(frozen=True)
class BidPage:
    """A bid for whoever may read it; `may_write` while its editor can change it."""

    bid: Bid
    phase: str
    standing: Standing
    is_own: bool
    may_write: bool
    reads_costs: bool
    country: str
    sections: tuple[Told, ...]
    progress: Completeness
    plans: tuple[Plan, ...]
    editors: tuple[str, ...]
    questions: tuple[QuestionRow, ...]
    changed_by: str


@dataclass(frozen=True)
class CostRow:
    """A line of the sheet of costs; amounts in words."""

    number: int
    label: str
    amount: str
    per_person: bool
    by_host: bool
    comes_to: str


@dataclass(frozen=True)
class CostSheet:
    """What a bid costs for as many people as the call expects."""

    lines: tuple[CostRow, ...]
    people: int
    total: str
    by_host: str
    gap: str


def bid_page(bid: Bid, standing: Standing, *, now: datetime) -> BidPage:
    """Return a bid; a fixed number of queries. What is not public is left out for all but editors, keeper and group."""
    call, is_own = bid.call, bid.pk in standing.edits
    phase = call.phase(now)
    progress = completeness(bid.answers, has_costs=CostLine.objects.filter(bid=bid).exists())
    reads_costs = may_read_costs(bid, standing)
    sees_all = is_own or ((standing.keeps or standing.judges) and not standing.edits)
    return BidPage(
        bid=bid,
        phase=phase,
        standing=standing,
        is_own=is_own,
        may_write=is_own and bid.state == "draft" and phase in {"first", "open"},
        reads_costs=reads_costs,
        country=country_in_words(bid.answers.get("country", "")),
        sections=_told(bid, progress, sees_all=sees_all),
        progress=progress,
        plans=plans_of(bid),
        editors=tuple(str(one.person) for one in editors_of(bid)),
        questions=questions_of(call, standing, bid=bid),
        changed_by=str(bid.changed_by) if is_own else "",
    )


def _told(bid: Bid, progress: Completeness, *, sees_all: bool) -> tuple[Told, ...]:
    return tuple(
        Told(
            section=section,
            answers=tuple(
                (field.label_told, told(field, bid.answers.get(field.key), countries_in_words()))
                for field in section.fields
                if field.public or sees_all
            ),
            missing=sum(1 for missed, _ in progress.missing if missed is section),
        )
        for section in SECTIONS
    )


def plans_of(bid: Bid) -> tuple[Plan, ...]:
    """Return the floor plans of a bid without what is in them. One query."""
    return tuple(Plan.objects.filter(bid=bid).defer("content").order_by("pk"))


def editors_of(bid: Bid) -> tuple[Editor, ...]:
    """Return who writes a bid, with their persons. One query."""
    return tuple(Editor.objects.filter(bid=bid).select_related("person").order_by("invited_at", "pk"))


def cost_sheet(bid: Bid) -> CostSheet:
    """Return the sheet of costs for as many people as the call expects. One query."""
    lines = list(CostLine.objects.filter(bid=bid).order_by("pk"))
    people = bid.call.people
    found = _sum(lines, people)
    return CostSheet(
        lines=tuple(
            CostRow(
                number=line.pk,
                label=line.label,
                amount=amount_in_words(line.amount, bid.currency),
                per_person=line.per_person,
                by_host=line.by_host,
                comes_to=amount_in_words(line.amount * people if line.per_person else line.amount, bid.currency),
            )
            for line in lines
        ),
        people=people,
        total=amount_in_words(found.total, bid.currency),
        by_host=amount_in_words(found.by_host, bid.currency),
        gap=amount_in_words(found.gap, bid.currency),
    )


@dataclass(frozen=True)
class ChosenCosts:
    """The sheet of costs of the bid a group chose: each line with its label, in minor units of `currency`."""

    title: str
    currency: str
    lines: tuple[tuple[str, Line], ...]


def chosen_costs(meetup: Meetup) -> ChosenCosts | None:
    """Return what the chosen host of a meetup says it costs; None while no bid is chosen. Two queries."""
    bid = Bid.objects.filter(call__meetup=meetup, call__chosen=F("pk")).first()
    if bid is None:
        return None
    rows = CostLine.objects.filter(bid=bid).order_by("pk")
    lines = tuple((row.label, Line(row.amount, row.per_person, row.by_host)) for row in rows)
    return ChosenCosts(bid.title, bid.currency, lines)


def sums_of(call: HostCall, bids: Collection[Bid]) -> dict[int, Sum]:
    """Return what each of these bids comes to, by its number. One query."""
    lines = CostLine.objects.filter(bid__in=bids)
    return {bid.pk: _sum([line for line in lines if line.bid_id == bid.pk], call.people) for bid in bids}


def _sum(lines: Collection[CostLine], people: int) -> Sum:
    return sum_for([Line(line.amount, line.per_person, line.by_host) for line in lines], people)


def bid_to_clone(person: Person, number: int | None) -> Bid | None:
    """Return a bid the person wrote, to begin another one like it."""
    edited = Editor.objects.filter(person=person, bid=number).select_related("bid").first() if number else None
    return edited.bid if edited else None
