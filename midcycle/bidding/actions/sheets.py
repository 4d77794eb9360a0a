"""The sheet of costs and the floor plans of a bid."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.bidding.actions.common import held_draft, note
from midcycle.bidding.models import Bid, CostLine, Plan
from midcycle.bidding.rules import LONGEST_LABEL, MOST_LINES, MOST_PER_LINE, Line
from midcycle.engines.pictures import Sheet
from midcycle.kernel.money import CURRENCIES
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line

MOST_PLANS: Final = 6
_LONGEST_TITLE: Final = 80


@transaction.atomic
def set_currency(bid: Bid, currency: str, *, by: Person, now: datetime) -> None:
    """Say in which currency costs are. Raises Refusal for an unknown one, and while there are lines: none is converted."""
    held = held_draft(bid, by, now=now)
    if currency not in CURRENCIES:
        raise Refusal(gettext("Choose a currency of the list."), field="currency")
    if currency != held.currency and held.cost_lines.exists():
        raise Refusal(gettext("The lines are in another currency. Take them away first."), field="currency")
    Bid.objects.filter(pk=held.pk).update(currency=currency)
    note("costs_changed", held.call, by, now=now, bid=held.pk)


@transaction.atomic
def add_cost(bid: Bid, label: str, line: Line, *, by: Person, now: datetime) -> CostLine:
    """Add a line to the sheet of costs, in minor units of its currency."""
    held = held_draft(bid, by, now=now)
    label = one_line(label)
    if not label or len(label) > LONGEST_LABEL:
        raise Refusal(gettext("Say in %(most)s characters what this is for.") % {"most": LONGEST_LABEL}, field="label")
    if not 0 < line.amount <= MOST_PER_LINE:
        raise Refusal(gettext("Type an amount of more than nothing, and less than a trillion."), field="amount")
    if held.cost_lines.count() >= MOST_LINES:
        raise Refusal(gettext("%(most)s lines are enough. Put some together.") % {"most": MOST_LINES}, field="label")
    said = {"amount": line.amount, "per_person": line.per_person, "by_host": line.by_host}
    made = CostLine.objects.create(bid=held, label=label, **said)
    note("costs_changed", held.call, by, now=now, bid=held.pk)
    return made


@transaction.atomic
def remove_cost(bid: Bid, number: int, *, by: Person, now: datetime) -> None:
    """Take a line away."""
    held = held_draft(bid, by, now=now)
    gone, _ = CostLine.objects.filter(bid=held, pk=number).delete()
    if gone:
        note("costs_changed", held.call, by, now=now, bid=held.pk)


@transaction.atomic
def add_plan(bid: Bid, title: str, sheet: Sheet, *, by: Person, now: datetime) -> Plan:
    """Add a floor plan."""
    held = held_draft(bid, by, now=now)
    title = one_line(title)
    if not title or len(title) > _LONGEST_TITLE:
        raise Refusal(gettext("Say in %(most)s characters what it shows.") % {"most": _LONGEST_TITLE}, field="title")
    if held.plans.count() >= MOST_PLANS:
        raise Refusal(gettext("%(most)s plans are enough. Take one away first.") % {"most": MOST_PLANS}, field="file")
    plan = Plan.objects.create(
        bid=held,
        title=title,
        media_type=sheet.media_type,
        ending=sheet.ending,
        content=sheet.content,
        size=len(sheet.content),
        width=sheet.width,
        height=sheet.height,
        added_by=by,
        added_at=now,
    )
    note("plan_added", held.call, by, now=now, plan=plan.pk)
    return plan


@transaction.atomic
def remove_plan(plan: Plan, *, by: Person, now: datetime) -> None:
    """Take a floor plan away."""
    held = held_draft(plan.bid, by, now=now)
    gone, _ = Plan.objects.filter(pk=plan.pk).delete()
    if gone:
        note("plan_removed", held.call, by, now=now, plan=plan.pk)
