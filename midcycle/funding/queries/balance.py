"""The balance of a meetup: what it costs line by line, what comes in, and what is missing, for one choice and others."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from midcycle.funding.models import Budget, CostLine, CostStep, Rate, Scenario, Underwriter
from midcycle.funding.rules import balance as rules
from midcycle.funding.rules.balance import Cost, Curve, Outcome, Plan, Terms
from midcycle.funding.rules.budgeting import PURPOSES, Steps, rate_in_digits
from midcycle.funding.rules.underwriting import COUNTED
from midcycle.kernel.money import CURRENCIES
from midcycle.kernel.words import day_in_words
from midcycle.meetups.models import Meetup

_ORDER: Final = tuple(PURPOSES)


# Only the lines decide the curve, so whoever asks after the same lines is answered with the same one.
_curve = lru_cache(maxsize=64)(rules.curve_of)


@dataclass(frozen=True)
class Given:
    """What one underwriter is counted with, in the currency of the budget; None where a rate is missing."""

    id: int
    name: str
    state: str
    own: int
    currency: str
    amount: int | None


@dataclass(frozen=True)
class Book:
    """A budget with everything in it, ready to be reckoned with. It may not be saved yet."""

    budget: Budget
    lines: tuple[CostLine, ...]
    costs: tuple[Cost, ...]
    rates: Mapping[str, Rate]
    scenarios: tuple[Scenario, ...]
    given: tuple[Given, ...]
    terms: Terms
    curve: Curve

    @property
    def pledged(self) -> int:
        """Return what underwriters have promised or paid."""
        return sum(one.amount or 0 for one in self.given if one.state in COUNTED)

    @property
    def asked(self) -> int:
        """Return what others were asked for and have not answered; it is not counted."""
        return sum(one.amount or 0 for one in self.given if one.state == "asked")

    @property
    def lacking(self) -> tuple[str, ...]:
        """Return the currencies of pledges that have no rate, and so are not counted."""
        return tuple(sorted({one.currency for one in self.given if one.amount is None and one.state in COUNTED}))

    @property
    def present(self) -> Plan:
        """Return the present choice."""
        budget = self.budget
        return Plan(budget.seats, budget.fee, self.pledged, budget.no_show, budget.rooms)

    def plan_of(self, scenario: Scenario) -> Plan:
        """Return a scenario as a plan; without underwriting of its own it counts what is pledged."""
        underwriting = self.pledged if scenario.underwriting is None else scenario.underwriting
        return Plan(scenario.seats, scenario.fee, underwriting, scenario.no_show, scenario.rooms)

    def outcome(self, plan: Plan) -> Outcome:
        """Return what a plan comes to."""
        return rules.outcome(self.curve, self.terms, plan)


def book_of(meetup: Meetup) -> Book:
    """Return the budget of a meetup, a blank one where nothing is written yet. Six queries at most."""
    budget = Budget.objects.filter(meetup=meetup).first() or Budget(meetup=meetup)
    is_kept = budget.pk is not None
    rates = {rate.currency: rate for rate in budget.rates.order_by("currency")} if is_kept else {}
    found = list(budget.lines.order_by("pk")) if is_kept else []
    steps = _steps(budget) if is_kept else {}
    lines = tuple(sorted(found, key=lambda line: _ORDER.index(line.purpose)))
    costs = tuple(cost_of(line, steps.get(line.pk, ()), budget.currency, rates) for line in lines)
    return Book(
        budget=budget,
        lines=lines,
        costs=costs,
        rates=rates,
        scenarios=tuple(budget.scenarios.order_by("seats", "pk")) if is_kept else (),
        given=_given(meetup, budget.currency, rates),
        terms=Terms(budget.reserve, budget.reduced_share, budget.reduced_price, budget.comfort),
        curve=_curve(costs),
    )


def cost_of(line: CostLine, steps: Steps, home: str, rates: Mapping[str, Rate]) -> Cost:
    """Return a line as it is reckoned with."""
    up, down = _between(line.currency, home, rates) or (1, 1)
    return Cost(line.basis, line.amount, steps, up, down, by_host=line.payer == "host")


def _steps(budget: Budget) -> Mapping[int, Steps]:
    """Return the steps of all lines, in ascending order, by number of the line. One query."""
    found = CostStep.objects.filter(line__budget=budget).order_by("start").values_list("line_id", "start", "amount")
    steps: dict[int, Steps] = {}
    for line, start, amount in found:
        steps[line] = (*steps.get(line, ()), (start, amount))
    return steps


def _given(meetup: Meetup, home: str, rates: Mapping[str, Rate]) -> tuple[Given, ...]:
    rows = Underwriter.objects.filter(meetup=meetup).exclude(state="declined").order_by("-pledged", "name")
    return tuple(_one(row, _between(row.currency, home, rates)) for row in rows if row.pledged or row.paid)


def _one(row: Underwriter, between: tuple[int, int] | None) -> Given:
    own = max(row.pledged, row.paid)
    amount = None if between is None else rules.rounded(own * between[0], between[1])
    return Given(row.pk, row.name, row.state, own, row.currency, amount)


def _between(currency: str, home: str, rates: Mapping[str, Rate]) -> tuple[int, int] | None:
    """Return what turns minor units of a currency into those of home; None where nobody set a rate."""
    if currency == home:
        return 1, 1
    rate = rates.get(currency)
    return rules.rate_between(rate.rate, currency, home) if rate else None


def rate_words(rate: Rate, home: str) -> str:
    """Return a rate in words, with its day and who says so."""
    return f"1 {rate.currency} = {rate_in_digits(rate.rate)} {home}, {day_in_words(rate.on)}, {rate.source}"


def minor_of(currency: str) -> int:
    """Return how many minor units one of a currency has."""
    return int(10 ** CURRENCIES[currency])
