"""The balance to take away, and in one sentence for other pages."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext, ngettext

from midcycle.engines import tables
from midcycle.funding.queries.balance import Book, rate_words
from midcycle.funding.queries.balance_page import own_words
from midcycle.funding.rules import balance as rules
from midcycle.funding.rules.balance import MOST, Plan
from midcycle.funding.rules.budgeting import BASES, CERTAINTIES, PAYERS, PURPOSES, rate_in_digits
from midcycle.funding.rules.telling import told
from midcycle.kernel.money import amount_in_digits

_COLUMNS = ("Line", "Kind", "How it grows", "Price", "Amount", "Currency", "Who pays", "Known by", "Source", "Rate")


@dataclass(frozen=True)
class Glance:
    """What so many people would cost and what that means, in sentences; none where no line is written yet."""

    sentences: tuple[str, ...]


def glance(book: Book, people: int) -> Glance:
    """Return what it means when so many people come: nobody stays away, fee and underwriting as they are."""
    if not book.lines:
        return Glance(())
    plan = replace(book.present, seats=people, no_show=0)
    found = book.outcome(plan)
    words = told(found, book.terms, book.budget.currency)
    balances = _balances(words, can_balance=bool(found.balanced), has_fee=bool(plan.fee))
    return Glance((_costs(people, words, is_short=found.gap > 0), balances, _rooms(found.per_room, plan.rooms, words)))


def _balances(words: Mapping[str, str], *, can_balance: bool, has_fee: bool) -> str:
    if can_balance:
        return (
            gettext("It balances %(balanced)s.") if has_fee else gettext("Without a fee, it balances %(balanced)s.")
        ) % words
    if has_fee:
        return gettext("With up to %(most)s seats, it never balances.") % {"most": MOST}
    return gettext("Without a fee, with up to %(most)s seats, it never balances.") % {"most": MOST}


def _costs(people: int, words: Mapping[str, str], *, is_short: bool) -> str:
    if is_short:
        said = ngettext(
            "%(count)s person costs %(need)s with the reserve; %(gap)s would be missing.",
            "%(count)s people cost %(need)s with the reserve; %(gap)s would be missing.",
            people,
        )
    else:
        said = ngettext(
            "%(count)s person costs %(need)s with the reserve; nothing is missing.",
            "%(count)s people cost %(need)s with the reserve; nothing is missing.",
            people,
        )
    return said % {**words, "count": people}


def _rooms(people: int, rooms: int, words: Mapping[str, str]) -> str:
    said = gettext("That is %(people)s in one discussion.")
    if rooms > 1:
        said = ngettext(
            "That is %(people)s in each of %(rooms)s discussion rooms.",
            "That is %(people)s in each of %(rooms)s discussion rooms.",
            rooms,
        )
    return f"{said % {'people': people, 'rooms': rooms}} {words['comfort']}"


def as_table(book: Book, plan: Plan, *, is_public: bool) -> bytes:
    """Return lines, income and result as CSV; no cell is taken for a formula."""
    currency, found = book.budget.currency, book.outcome(plan)
    rows: list[tuple[str, ...]] = [
        (
            line.title,
            PURPOSES[line.purpose],
            BASES[line.basis],
            own_words(line, cost),
            amount_in_digits(rules.cost_of(cost, found.people), currency),
            currency,
            PAYERS[line.payer],
            CERTAINTIES[line.certainty],
            line.source,
            rate_words(book.rates[line.currency], currency) if line.currency in book.rates else "",
        )
        for line, cost in zip(book.lines, book.costs, strict=True)
    ]
    sums = {
        "Cost without what the host covers": found.cost,
        f"Reserve of {book.terms.reserve} %": found.reserve,
        f"Income: fees of {plan.seats} seats": found.fees,
        "Income: underwriting": found.underwriting,
        "Missing" if found.gap > 0 else "Left": abs(found.gap),
    }
    given = [] if is_public else [(one.name, one.amount) for one in book.given if one.amount is not None]
    rows += [_result(name, amount, currency) for name, amount in sums.items()]
    rows += [_result(f"Underwriter: {name}", amount, currency) for name, amount in given]
    return tables.write("csv", tables.Table.of(_COLUMNS, rows))


def _result(name: str, amount: int, currency: str) -> tuple[str, ...]:
    return (name, "", "", "", amount_in_digits(amount, currency), currency, "", "", "", "")


def as_data(book: Book) -> Mapping[str, object]:
    """Return the balance for machines, without what is the team's own: amounts in minor units, shares in percent."""
    budget = book.budget
    plans = [("present choice", book.present), *((one.name, book.plan_of(one)) for one in book.scenarios)]
    return {
        "currency": budget.currency,
        "terms": {
            "reserve": budget.reserve,
            "reduced_share": budget.reduced_share,
            "reduced_price": budget.reduced_price,
            "comfort": budget.comfort,
        },
        "rates": [
            {"currency": rate.currency, "rate": rate_in_digits(rate.rate), "on": rate.on, "source": rate.source}
            for rate in book.rates.values()
        ],
        "lines": [
            {
                "title": line.title,
                "purpose": line.purpose,
                "basis": line.basis,
                "payer": line.payer,
                "currency": line.currency,
                "amount": line.amount,
                "steps": [{"people": start, "amount": amount} for start, amount in cost.steps],
                "certainty": line.certainty,
                "source": line.source,
            }
            for line, cost in zip(book.lines, book.costs, strict=True)
        ],
        "choices": [_choice(book, name, plan) for name, plan in plans],
    }


def _choice(book: Book, name: str, plan: Plan) -> Mapping[str, object]:
    found = book.outcome(plan)
    return {
        "name": name,
        "seats": plan.seats,
        "fee": plan.fee,
        "underwriting": plan.underwriting,
        "no_show": plan.no_show,
        "rooms": plan.rooms,
        "people": found.people,
        "cost": found.cost,
        "reserve": found.reserve,
        "fees": found.fees,
        "missing": found.gap,
        "balanced": [{"from": low, "to": high} for low, high in found.balanced],
        "enough_fee": found.enough_fee,
        "people_per_room": found.per_room,
    }
