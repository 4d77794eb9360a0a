"""The comparison side by side, and how the group judged."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from midcycle.accounts.models import Person
from midcycle.bidding.access import Standing, may_see_result, previous_call
from midcycle.bidding.models import Bid, Cell, Conflict, Criterion, Editor, HostCall, Member, Mistake, Score
from midcycle.bidding.queries.bids import sums_of
from midcycle.bidding.queries.calls import criteria_of
from midcycle.bidding.rules import COMPARED, Field, Given, days_told, in_one_line, points_told, results
from midcycle.engines import tables
from midcycle.kernel.money import amount_in_words
from midcycle.kernel.zones import countries_in_words


@dataclass(frozen=True)
class ComparedCell:
    """What the comparison says about one bid in one row, and whether that is in the keeper's words."""

    bid: int
    title: str
    city: str
    text: str
    is_keepers: bool


@dataclass(frozen=True)
class ComparedRow:
    """A question of the comparison, with a cell for each bid."""

    field: Field
    cells: tuple[ComparedCell, ...]


@dataclass(frozen=True)
class Comparison:
    """Bids side by side; costs are a table apart, empty for who may not see them."""

    bids: tuple[Bid, ...]
    rows: tuple[ComparedRow, ...]
    costs: tuple[tuple[str, str, str, str], ...]
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True)
class ScoredRow:
    """A bid in the result: its rank, its weighted mean, and the mean for each criterion, in words."""

    number: int
    title: str
    rank: int
    total: str
    means: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str, int, str], ...]


@dataclass(frozen=True)
class Outcome:
    """How the group judged; `silent` are the members who did not score a bid they could have."""

    criteria: tuple[Criterion, ...]
    rows: tuple[ScoredRow, ...]
    silent: tuple[str, ...]


@dataclass(frozen=True)
class JudgePage:
    """What a member of the group has to do: the bids, those linked with, those scored; and the result once it is theirs."""

    member: Member
    phase: str
    bids: tuple[tuple[Bid, str], ...]
    outcome: Outcome | None


def comparison(call: HostCall, *, with_costs: bool) -> Comparison:
    """Return all bids that were handed in side by side. Four queries, three without costs."""
    bids = _handed_in(call)
    kept = {(cell.bid_id, cell.field): cell.text for cell in Cell.objects.filter(bid__in=bids).exclude(text="")}
    mistakes = Mistake.objects.filter(bid__in=bids).select_related("bid", "reported_by").order_by("pk")
    return Comparison(
        bids=bids,
        rows=tuple(ComparedRow(field, tuple(_cell(bid, field, kept) for bid in bids)) for field in COMPARED),
        costs=_costs(call, bids) if with_costs else (),
        mistakes=tuple(mistakes),
    )


def comparison_file(call: HostCall) -> bytes:
    """Return the comparison as CSV, a row for each question; costs once it is decided."""
    found = comparison(call, with_costs=call.state == "decided")
    rows = [(row.field.label_told, *(cell.text for cell in row.cells)) for row in found.rows]
    labels = ("Costs in all", "Covered by the host", "Left for the meetup")
    rows += [(label, *(costs[place] for costs in found.costs)) for place, label in enumerate(labels, 1) if found.costs]
    return tables.write("csv", tables.Table.of(("Question", *(bid.title for bid in found.bids)), rows))


def _handed_in(call: HostCall) -> tuple[Bid, ...]:
    return tuple(Bid.objects.filter(call=call, state="handed_in").order_by("handed_in_at", "pk"))


def _cell(bid: Bid, field: Field, kept: dict[tuple[int, str], str]) -> ComparedCell:
    own = in_one_line(field, bid.answers.get(field.key), countries_in_words())
    text = kept.get((bid.pk, field.key))
    return ComparedCell(bid.pk, bid.title, bid.answers.get("city", ""), own if text is None else text, text is not None)


def _costs(call: HostCall, bids: tuple[Bid, ...]) -> tuple[tuple[str, str, str, str], ...]:
    sums = sums_of(call, bids)
    told = [(bid, sums[bid.pk], bid.currency) for bid in bids]
    return tuple(
        (bid.title, amount_in_words(s.total, name), amount_in_words(s.by_host, name), amount_in_words(s.gap, name))
        for bid, s, name in told
    )


def outcome(call: HostCall) -> Outcome:
    """Return how the group judged, computed anew from its points. Five queries."""
    bids, criteria = _handed_in(call), criteria_of(call)
    scores = list(Score.objects.filter(bid__in=bids).select_related("member__person", "criterion").order_by("member", "pk"))
    found = results(
        [bid.pk for bid in bids],
        {one.pk: one.weight for one in criteria},
        [Given(one.member_id, one.bid_id, one.criterion_id, one.points) for one in scores],
    )
    titles = {bid.pk: bid.title for bid in bids}
    notes: dict[int, list[tuple[str, str, int, str]]] = defaultdict(list)
    for one in scores:
        notes[one.bid_id].append((str(one.member.person), one.criterion.title, one.points, one.note))
    rows = tuple(
        ScoredRow(
            number=row.bid,
            title=titles[row.bid],
            rank=row.rank,
            total=points_told(row.total),
            means=tuple((one.title, points_told(row.means.get(one.pk))) for one in criteria),
            notes=tuple(notes[row.bid]),
        )
        for row in found
    )
    return Outcome(criteria, rows, _silent(call, bids, {(one.member_id, one.bid_id) for one in scores}))


def _silent(call: HostCall, bids: tuple[Bid, ...], scored: set[tuple[int, int]]) -> tuple[str, ...]:
    linked = set(Conflict.objects.filter(member__call=call).values_list("member", "bid"))
    members = Member.objects.filter(call=call).select_related("person").order_by("pk")
    return tuple(str(m.person) for m in members if any((m.pk, bid.pk) not in scored | linked for bid in bids))


def shown_outcome(call: HostCall, standing: Standing) -> Outcome | None:
    """Return how the group judged for whoever may see it now, else None."""
    if call.state == "open" and not (standing.keeps or standing.judges):
        return None
    has_scored_all = standing.member is not None and has_scored(standing.member)
    return outcome(call) if may_see_result(standing, call, has_scored_all=has_scored_all) else None


def has_scored(member: Member) -> bool:
    """Say whether a member gave points to every bid they may score. Three queries."""
    linked = Conflict.objects.filter(member=member).values("bid")
    scored = Score.objects.filter(member=member).values("bid")
    return not Bid.objects.filter(call=member.call_id, state="handed_in").exclude(pk__in=linked).exclude(pk__in=scored).exists()


def judge_page(member: Member, standing: Standing, *, now: datetime) -> JudgePage:
    """Return what a member has to do."""
    call = member.call
    phase = call.phase(now)
    linked = set(Conflict.objects.filter(member=member).values_list("bid", flat=True))
    scored = set(Score.objects.filter(member=member).values_list("bid", flat=True))
    bids = _handed_in(call) if phase in {"comparing", "decided"} else ()
    states = {bid.pk: "linked" if bid.pk in linked else ("scored" if bid.pk in scored else "to score") for bid in bids}
    shown = shown_outcome(call, standing) if phase in {"comparing", "decided"} else None
    return JudgePage(member, phase, tuple((bid, states[bid.pk]) for bid in bids), shown)


def points_of(member: Member, bid: Bid) -> dict[int, tuple[int, str]]:
    """Return the points a member gave a bid, with their notes, by criterion. One query."""
    return {one.criterion_id: (one.points, one.note) for one in Score.objects.filter(member=member, bid=bid)}


def offers_of(call: HostCall) -> tuple[tuple[str, str], ...]:
    """Return each bid with each of the days it offers, as a choice: `number:place`, and words. One query."""
    return tuple(
        (f"{bid.pk}:{place}", f"{bid.title}, {days_told(option)}")
        for bid in _handed_in(call)
        for place, option in enumerate(bid.answers.get("days") or [])
    )


def editors_to_tell(call_id: int, *, handed_in: bool = True) -> list[Editor]:
    """Return who writes the bids of a call, for letters. One query."""
    editors = Editor.objects.filter(bid__call=call_id).select_related("person", "bid")
    return list((editors.filter(bid__state="handed_in") if handed_in else editors).order_by("pk"))


def people_to_tell_first(call: HostCall) -> list[Person]:
    """Return who knows of a call before all: those whose bid was handed in and not chosen in the last one. Two queries."""
    before = previous_call(call)
    if before is None:
        return []
    lost = Editor.objects.filter(bid__call=before, bid__state="handed_in").exclude(bid=before.chosen_id or 0)
    return list(Person.objects.filter(pk__in=lost.values("person")).order_by("pk"))
