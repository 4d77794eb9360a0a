"""Writing down what a meetup costs, at which rates, what is chosen, and what else was thought of."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.funding.actions.common import Stale, note
from midcycle.funding.models import Budget, CostLine, CostStep, Rate, Scenario
from midcycle.funding.rules import budgeting as rules
from midcycle.funding.rules.balance import PARTS
from midcycle.funding.rules.budgeting import HIGHEST_RATE
from midcycle.kernel.money import CURRENCIES
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup

_ELSEWHERE: Final = timedelta(hours=14)  # further than that no clock of the world is ahead


@dataclass(frozen=True)
class Choice:
    """What is chosen or thought of: fee in minor units, no-shows in percent, rooms for discussions at once."""

    seats: int
    fee: int
    no_show: int
    rooms: int


@dataclass(frozen=True)
class Settings:
    """The present choice and the terms of a budget; shares in percent."""

    currency: str
    seats: int
    fee: int
    no_show: int
    rooms: int
    reserve: int
    reduced_share: int
    reduced_price: int
    comfort: int


@dataclass(frozen=True)
class Quoted:
    """An exchange rate: what one of a currency is, in parts of 10^8 of one of the budget's, as of a day, and who says so."""

    currency: str
    rate: int
    on: date
    source: str


@dataclass(frozen=True)
class Wanted:
    """A cost line as somebody wants it; `amount` and those of `steps` in minor units of `currency`."""

    title: str
    purpose: str
    basis: str
    currency: str
    amount: int = 0
    steps: rules.Steps = ()
    payer: str = "community"
    certainty: str = "estimate"
    source: str = ""
    note: str = ""


@transaction.atomic
def set_budget(meetup: Meetup, settings: Settings, *, seen: int, by: Person, now: datetime) -> Budget:
    """Set what is chosen at present, and the terms. `seen` is the version that was looked at.

    Raises Stale when somebody changed it since, Refusal naming the field.
    """
    budget = _budget_of(meetup)
    facts = asdict(settings)
    _check_choice({name: value for name, value in facts.items() if name != "currency"})
    if settings.currency not in CURRENCIES:
        raise Refusal(gettext("Choose a currency of the list."), field="currency")
    if budget.version != seen:
        raise Stale
    is_used = budget.lines.exists() or budget.rates.exists() or budget.scenarios.exists()
    if settings.currency != budget.currency and is_used:
        raise Refusal(gettext("Lines, rates or scenarios are reckoned in this currency. Remove them first."), field="currency")
    Budget.objects.filter(pk=budget.pk).update(**facts, version=F("version") + 1)
    note("budget_set", meetup.pk, by, now=now, seats=settings.seats, fee=settings.fee)
    budget.refresh_from_db()
    return budget


@transaction.atomic
def publish_budget(meetup: Meetup, *, is_published: bool, by: Person, now: datetime) -> None:
    """Let everybody see the balance, or only the team again."""
    budget = _budget_of(meetup)
    if Budget.objects.filter(pk=budget.pk).exclude(is_published=is_published).update(is_published=is_published):
        note("budget_published" if is_published else "budget_withdrawn", meetup.pk, by, now=now)


@transaction.atomic
def set_rate(meetup: Meetup, quoted: Quoted, *, by: Person, now: datetime) -> Rate:
    """Set what one of a currency is in that of the budget. Raises Refusal naming the field."""
    budget = _budget_of(meetup)
    source = one_line(quoted.source)[: rules.LONGEST["rate_source"]]
    if quoted.currency not in CURRENCIES or quoted.currency == budget.currency:
        raise Refusal(gettext("Choose another currency than that of the budget."), field="currency")
    if not 0 < quoted.rate <= HIGHEST_RATE * PARTS:
        raise Refusal(gettext("A rate is above zero and a million at most."), field="rate")
    if quoted.on > (now + _ELSEWHERE).date():
        raise Refusal(gettext("This day is still to come. Choose the day the rate was told for."), field="on")
    if not source:
        raise Refusal(gettext("Say who says so, such as the European Central Bank."), field="source")
    facts = {"rate": quoted.rate, "on": quoted.on, "source": source}
    kept, _ = Rate.objects.update_or_create(budget=budget, currency=quoted.currency, defaults=facts)
    note("rate_set", meetup.pk, by, now=now, currency=quoted.currency, rate=quoted.rate)
    return kept


@transaction.atomic
def remove_rate(rate: Rate, *, by: Person, now: datetime) -> None:
    """Remove a rate. Raises Refusal while a line needs it."""
    meetup = rate.budget.meetup
    budget = _budget_of(meetup)
    if CostLine.objects.filter(budget=budget, currency=rate.currency).exists():
        raise Refusal(gettext("Lines in %(currency)s need this rate. Change them first.") % {"currency": rate.currency})
    gone, _ = Rate.objects.filter(pk=rate.pk).delete()
    if gone:
        note("rate_removed", meetup.pk, by, now=now, currency=rate.currency)


@transaction.atomic
def add_line(meetup: Meetup, wanted: Wanted, *, by: Person, now: datetime) -> CostLine:
    """Add a cost line. Raises Refusal naming the field."""
    budget = _budget_of(meetup)
    facts = _line_facts(budget, wanted)
    if CostLine.objects.filter(budget=budget).count() >= rules.MOST_LINES:
        raise Refusal(
            gettext("There are %(most)s lines, the most that are kept. Put small ones together.") % {"most": rules.MOST_LINES}
        )
    line = CostLine.objects.create(budget=budget, **facts)
    _put_steps(line, wanted)
    note("line_added", meetup.pk, by, now=now, line=line.pk)
    return line


@transaction.atomic
def change_line(line: CostLine, wanted: Wanted, *, seen: int, by: Person, now: datetime) -> None:
    """Change a cost line. Raises Stale when somebody changed it since, Refusal naming the field."""
    meetup = line.budget.meetup
    budget = _budget_of(meetup)
    facts = _line_facts(budget, wanted)
    before = _line_as_seen(line, seen)
    CostLine.objects.filter(pk=line.pk).update(**facts, version=F("version") + 1)
    _put_steps(before, wanted)
    note("line_changed", meetup.pk, by, now=now, line=line.pk, amount_before=before.amount)
    line.refresh_from_db()


@transaction.atomic
def remove_line(line: CostLine, *, seen: int, by: Person, now: datetime) -> None:
    """Remove a cost line. Raises Stale when somebody changed it since."""
    meetup = line.budget.meetup
    _budget_of(meetup)
    before = _line_as_seen(line, seen)
    before.delete()
    note("line_removed", meetup.pk, by, now=now, line=line.pk, title=before.title, amount_before=before.amount)


@transaction.atomic
def save_scenario(
    meetup: Meetup, name: str, choice: Choice, *, underwriting: int | None, by: Person, now: datetime
) -> Scenario:
    """Keep a choice under a name of its own; `underwriting` None is what is pledged. Raises Refusal naming the field."""
    budget = _budget_of(meetup)
    name = one_line(name)[: rules.LONGEST["name"]]
    facts = asdict(choice)
    _check_choice(facts if underwriting is None else {**facts, "underwriting": underwriting})
    if not name:
        raise Refusal(gettext("Give it a name, such as: 200 seats, bigger hall."), field="name")
    if Scenario.objects.filter(budget=budget, name__iexact=name).exists():
        raise Refusal(gettext("There is a scenario of this name. Choose another name, or remove that one."), field="name")
    if Scenario.objects.filter(budget=budget).count() >= rules.MOST_SCENARIOS:
        said = gettext("There are %(most)s scenarios. Remove one first.") % {"most": rules.MOST_SCENARIOS}
        raise Refusal(said, field="name")
    kept = Scenario.objects.create(budget=budget, name=name, **facts, underwriting=underwriting)
    note("scenario_saved", meetup.pk, by, now=now, scenario=kept.pk)
    return kept


@transaction.atomic
def choose_scenario(scenario: Scenario, *, by: Person, now: datetime) -> None:
    """Make a scenario the present choice. What is pledged stays what it is."""
    meetup = scenario.budget.meetup
    budget = _budget_of(meetup)
    facts = {name: getattr(scenario, name) for name in ("seats", "fee", "no_show", "rooms")}
    Budget.objects.filter(pk=budget.pk).update(**facts, version=F("version") + 1)
    note("scenario_chosen", meetup.pk, by, now=now, scenario=scenario.pk, seats=scenario.seats, fee=scenario.fee)


@transaction.atomic
def drop_scenario(scenario: Scenario, *, by: Person, now: datetime) -> None:
    """Keep a scenario no longer."""
    meetup = scenario.budget.meetup
    _budget_of(meetup)
    gone, _ = Scenario.objects.filter(pk=scenario.pk).delete()
    if gone:
        note("scenario_dropped", meetup.pk, by, now=now, scenario=scenario.pk)


def _budget_of(meetup: Meetup) -> Budget:
    """Return the budget of a meetup for this transaction alone, a fresh one at first. Raises Refusal when it is archived."""
    meetups.check_changeable(meetup.pk)
    Budget.objects.get_or_create(meetup=meetup)
    return Budget.objects.select_for_update().get(meetup=meetup)


def _check_choice(facts: Mapping[str, int]) -> None:
    fault = rules.fault_in_choice(facts)
    if fault is not None:
        raise Refusal(fault[1], field=fault[0])


def _line_as_seen(line: CostLine, seen: int) -> CostLine:
    """Return the line as it is now, if that is what was seen. Raises Stale."""
    known = CostLine.objects.select_for_update().filter(pk=line.pk).first()
    if known is None or known.version != seen:
        raise Stale
    return known


def _line_facts(budget: Budget, wanted: Wanted) -> dict[str, object]:
    """Return the columns of a line. Raises Refusal naming the field."""
    title = one_line(wanted.title)[: rules.LONGEST["title"]]
    if not title:
        raise Refusal(gettext("Say what it is for, such as lunch on both days."), field="title")
    known = {"purpose": rules.PURPOSES, "basis": rules.BASES, "payer": rules.PAYERS, "certainty": rules.CERTAINTIES}
    facts = asdict(wanted)
    for field, words in known.items():
        if facts[field] not in words:
            raise Refusal(gettext("Choose one of the list."), field=field)
    rates = dict(Rate.objects.filter(budget=budget).values_list("currency", "rate"))
    if wanted.currency not in CURRENCIES or rules.unknown_currencies([wanted.currency], budget.currency, rates):
        said = gettext("Set an exchange rate for %(currency)s first.") % {"currency": wanted.currency[:3]}
        raise Refusal(said, field="currency")
    fault = rules.fault_in_line(wanted.basis, wanted.amount, wanted.steps)
    if fault is not None:
        raise Refusal(fault[1], field=fault[0])
    texts = {name: one_line(facts[name])[: rules.LONGEST[name]] for name in ("source", "note")}
    kept = {name: value for name, value in facts.items() if name != "steps"}
    return {**kept, **texts, "title": title, "amount": 0 if wanted.basis == "stepped" else wanted.amount}


def _put_steps(line: CostLine, wanted: Wanted) -> None:
    CostStep.objects.filter(line=line).delete()
    steps = wanted.steps if wanted.basis == "stepped" else ()
    CostStep.objects.bulk_create([CostStep(line=line, start=start, amount=amount) for start, amount in steps])
