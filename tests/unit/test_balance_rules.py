"""The balance: whole numbers, rounded as people check them, the same in both languages, and the story's own question."""

import random
from dataclasses import asdict, replace

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from midcycle.funding.queries.handing import as_sent
from midcycle.funding.rules import balance as rules
from midcycle.funding.rules.balance import MOST, Cost, Outcome, Plan, Terms
from midcycle.funding.rules.telling import told
from midcycle.kernel.money import CURRENCIES, amount_in_words, manner_of, parse_amount
from tests.reckoners import reckoned

AMOUNT = st.integers(0, 10**9)
STEPS = st.dictionaries(st.integers(0, MOST), AMOUNT, min_size=1, max_size=5).map(lambda steps: tuple(sorted(steps.items())))
RATE = st.sampled_from([(1, 1), (106_520_000, 10**8), (1, 10**8), (15_000 * 10**2, 10**8), (3, 7 * 10**8)])
COST = st.builds(
    lambda basis, amount, steps, rate, by_host: Cost(basis, amount, steps if basis == "stepped" else (), *rate, by_host),
    st.sampled_from(["fixed", "per_head", "stepped"]), AMOUNT, STEPS, RATE, st.booleans(),
)  # fmt: skip
PERCENT = st.integers(0, 100)
TERMS = st.builds(Terms, PERCENT, PERCENT, PERCENT, st.integers(1, 100))
PLAN = st.builds(
    Plan, st.integers(1, MOST), st.integers(0, 10**6), st.integers(0, 10**9), st.integers(0, 90), st.integers(1, 50)
)
COSTS = st.lists(COST, max_size=6)

HALL = Cost("stepped", steps=((1, 120_000), (101, 260_000)))
FOOD = Cost("per_head", 4_500)
SOUND = Cost("fixed", 90_000)


def priced(lines, people):
    """Return what the lines come to, one by one."""
    return sum(rules.cost_of(line, people) for line in lines if not line.by_host)


@pytest.mark.parametrize(
    ("up", "down", "whole"), [(0, 3, 0), (1, 2, 1), (3, 2, 2), (5, 2, 3), (4, 3, 1), (5, 3, 2), (49, 100, 0), (50, 100, 1)]
)
def test_half_is_rounded_up(up, down, whole):
    assert rules.rounded(up, down) == whole


def test_a_line_is_reckoned_in_its_own_currency_and_converted_once():
    francs = Cost("per_head", 333, (), *rules.rate_between(106_520_000, "CHF", "EUR"))
    assert rules.cost_of(francs, 3) == 1064  # 9.99 CHF are 10.641348 EUR; 3.547... each would have made 3 * 355
    yen = Cost("fixed", 150_000, (), *rules.rate_between(615_000, "JPY", "EUR"))
    assert rules.cost_of(yen, 0) == 92_250
    dinars = Cost("fixed", 1_500, (), *rules.rate_between(300_000_000, "KWD", "EUR"))
    assert rules.cost_of(dinars, 0) == 450


def test_a_bigger_hall_is_needed_from_101_people_on():
    curve = rules.curve_of([HALL, FOOD, SOUND])
    assert [curve.paid[people] for people in (0, 1, 100, 101, 200)] == [90_000, 214_500, 660_000, 804_500, 1_250_000]


@given(COSTS, st.integers(0, MOST))
def test_the_curve_is_the_sum_of_the_lines(lines, people):
    curve = rules.curve_of(lines)
    assert curve.paid[people] == priced(lines, people)
    assert curve.by_host[people] == priced([replace(line, by_host=not line.by_host) for line in lines], people)


@given(COSTS)
def test_more_people_never_cost_less_where_no_step_goes_down(lines):
    rising = [line for line in lines if rules.is_rising([line])]
    curve = rules.curve_of(rising)
    assert list(curve.paid) == sorted(curve.paid)


@given(COSTS, TERMS, PLAN)
@example([HALL, FOOD], Terms(), Plan(120, 0, 10**6, 0, 4))
def test_the_balanced_numbers_of_seats_are_those_with_no_gap_and_the_first_is_the_least(lines, terms, plan):
    curve = rules.curve_of(lines)
    found = rules.outcome(curve, terms, plan)
    inside = {seats for low, high in found.balanced for seats in range(low, high + 1)}
    gapless = {seats for seats in range(1, MOST + 1) if rules.gap_at(curve, terms, plan, seats) <= 0}
    assert inside == gapless
    assert found.enough_seats == min(gapless, default=None)
    assert all(high + 1 < low for (_, high), (low, _) in zip(found.balanced, found.balanced[1:], strict=False))


@given(COSTS, TERMS, PLAN)
@example([Cost("fixed", 1)], Terms(0, 100, 1), Plan(1, 0, 0, 0, 1))
@example([Cost("fixed", 7)], Terms(0, 100, 0), Plan(1, 0, 0, 0, 1))
def test_the_fee_is_the_least_with_which_nothing_is_missing(lines, terms, plan):
    curve = rules.curve_of(lines)
    fee = rules.outcome(curve, terms, plan).enough_fee

    def gap(asked):
        return rules.outcome(curve, terms, replace(plan, fee=asked)).gap

    if fee is None:
        assert gap(10**15) > 0
    else:
        assert gap(fee) <= 0
        assert fee == 0 or gap(fee - 1) > 0


@given(COSTS, TERMS, PLAN)
def test_every_figure_adds_up(lines, terms, plan):
    found = rules.outcome(rules.curve_of(lines), terms, plan)
    assert found.need == found.cost + found.reserve
    assert found.income == found.fees + found.underwriting
    assert found.gap == found.need - found.income
    assert found.people * 100 >= plan.seats * (100 - plan.no_show)
    assert (found.per_room - 1) * plan.rooms < found.people <= found.per_room * plan.rooms
    assert (found.rooms_needed - 1) * terms.comfort < max(found.people, 1) <= found.rooms_needed * terms.comfort


def in_browser(lines, terms, plans, currency="EUR"):
    sent = as_sent(currency, terms, lines, reach=200, marks=())
    wanted = [
        {"seats": plan.seats, "fee": str(plan.fee), "underwriting": str(plan.underwriting), "noShow": plan.no_show,
         "rooms": plan.rooms} for plan in plans
    ]  # fmt: skip
    return {"deed": "balance", "model": sent, "plans": wanted}


def expected(lines, terms: Terms, found: Outcome):
    amounts = ("cost", "by_host", "reserve", "need", "fees", "underwriting", "income", "gap", "enough_fee")
    said = {**asdict(found), "need": found.need, "income": found.income}
    plain = {name: None if said[name] is None else str(said[name]) for name in amounts}
    people = {
        "seats": found.seats, "people": found.people, "perRoom": found.per_room, "roomsNeeded": found.rooms_needed,
        "isComfortable": found.is_comfortable, "balanced": [list(one) for one in found.balanced],
    }  # fmt: skip
    amounts_of_lines = [str(rules.cost_of(line, found.people)) for line in lines]
    renamed = {"byHost": plain.pop("by_host"), "enoughFee": plain.pop("enough_fee"), **plain}
    return {**renamed, **people, "lines": amounts_of_lines, "told": told(found, terms, "EUR")}


def invented(seed: int) -> tuple[list[Cost], Terms, list[Plan]]:
    """Return lines, terms and plans by chance."""
    draw = random.Random(seed)

    def line() -> Cost:
        basis = draw.choice(["fixed", "per_head", "stepped"])
        starts = sorted(draw.sample(range(MOST + 1), draw.randint(1, 6)))
        steps = tuple((start, draw.randrange(10 ** draw.randint(1, 12))) for start in starts)
        home, other = draw.choice(list(CURRENCIES)), draw.choice(list(CURRENCIES))
        rate = rules.rate_between(draw.randrange(1, 10 ** draw.randint(1, 14)), other, home)
        up, down = draw.choice([(1, 1), rate])
        amount = draw.randrange(10 ** draw.randint(1, 12))
        return Cost(basis, amount, steps if basis == "stepped" else (), up, down, by_host=draw.random() < 0.2)

    terms = Terms(draw.randint(0, 100), draw.randint(0, 100), draw.randint(0, 100), draw.randint(1, 60))
    plans = [
        Plan(draw.randint(1, MOST), draw.randrange(10 ** draw.randint(1, 12)), draw.randrange(10 ** draw.randint(1, 12)),
             draw.randint(0, 90), draw.randint(1, 50)) for _ in range(5)
    ]  # fmt: skip
    return [line() for _ in range(draw.choice([0, 1, 3, 40]))], terms, plans


def test_the_browser_comes_to_the_same_for_every_case():
    cases = [invented(seed) for seed in range(60)]
    answers = reckoned([in_browser(*case) for case in cases])
    for (lines, terms, plans), answer in zip(cases, answers, strict=True):
        curve = rules.curve_of(lines)
        assert answer == [expected(lines, terms, rules.outcome(curve, terms, plan)) for plan in plans]


def test_the_browser_writes_and_reads_amounts_as_the_server_does():
    draw = random.Random(7)
    said = [
        (draw.choice([-1, 1]) * draw.randrange(10 ** draw.randint(1, 15)), draw.choice(["EUR", "JPY", "KWD"]))
        for _ in range(200)
    ]
    facts = [{"minor": str(minor), "currency": code, "digits": CURRENCIES[code]} for minor, code in said]
    assert reckoned([{"deed": "words", **fact} for fact in facts]) == [amount_in_words(*one) for one in said]
    for code in ("de", "fr", "nl", "ar", "en"):
        with translation.override(code):
            kinds = {currency: asdict(manner_of(currency)) for currency in ("EUR", "JPY", "KWD")}
            there = reckoned([{"deed": "words", **fact, "manner": kinds[str(fact["currency"])]} for fact in facts])
            assert there == [amount_in_words(*one) for one in said]
    typed = ["0", "12", "1,234.50", "1.234,50", "1 234,5", "1'234", "1,234", "1234.5", "12,50", "1,234,567.89", "7.1"]
    facts = [{"text": text, "currency": "EUR", "digits": 2} for text in typed]
    assert reckoned([{"deed": "amount", **fact} for fact in facts]) == [str(parse_amount(text, "EUR")) for text in typed]
    wrong = ["x", "1.2.3", "-1", "1e3", "1.234.5", "0.001x", "1,23,4", "NaN"]
    assert reckoned([{"deed": "amount", "text": text, "currency": "EUR", "digits": 2} for text in wrong]) == [None] * len(wrong)


def test_the_story_in_steps_30_expected_120_came_200_wanted():
    """A host gives rooms, sponsors pay most of it, there is no fee; then a fee; then the bigger hall."""
    rooms = Cost("stepped", steps=((1, 0), (101, 150_000), (161, 420_000)))
    lines = [rooms, Cost("per_head", 4_200), Cost("fixed", 80_000)]
    curve, terms = rules.curve_of(lines), Terms(reserve=10)
    pledged = 750_000

    thirty = rules.outcome(curve, terms, Plan(30, 0, pledged, 0, 2))
    assert (thirty.cost, thirty.need, thirty.gap) == (206_000, 226_600, -523_400)
    assert (thirty.per_room, thirty.is_comfortable) == (15, True)

    came = rules.outcome(curve, terms, Plan(120, 0, pledged, 0, 4))
    assert (came.cost, came.reserve, came.gap) == (734_000, 73_400, 57_400)
    assert came.balanced == ((1, 107),)  # 57,400 are missing for 120 without a fee
    assert (came.per_room, came.rooms_needed, came.enough_fee) == (30, 4, 479)

    wanted = rules.outcome(curve, terms, Plan(200, 0, pledged, 0, 4))
    assert (wanted.cost, wanted.gap, wanted.enough_fee) == (1_340_000, 724_000, 3_620)
    assert (wanted.per_room, wanted.rooms_needed, wanted.is_comfortable) == (50, 6, False)

    with_fee = rules.outcome(curve, terms, Plan(200, 4_000, pledged, 10, 6))
    assert (with_fee.people, with_fee.gap, with_fee.per_room) == (180, -168_400, 30)
    assert with_fee.enough_fee == 3_158
