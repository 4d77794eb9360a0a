"""What a meetup costs, what it brings in, and what is missing, for any number of seats. Pure.

The same arithmetic is in `frontend/src/balance/reckoning.ts`; one test compares both on many cases. All amounts are whole minor
units. A line is reckoned in its own currency for the people who come, and converted once; of what cannot be divided, half a
minor unit or more is rounded up (never to even: people check sums by hand). Shares of people are rounded down.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from midcycle.kernel.money import CURRENCIES

MOST: Final = 1000  # seats
PARTS: Final = 10**8  # of an exchange rate
COMFORT: Final = 35  # people in one discussion


@dataclass(frozen=True, slots=True)
class Cost:
    """One cost line. `amount` is for all, or a head; a stepped one has (from how many people, amount) in ascending order.

    `up / down` turns minor units of its currency into those of the budget.
    """

    basis: str
    amount: int = 0
    steps: tuple[tuple[int, int], ...] = ()
    up: int = 1
    down: int = 1
    by_host: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds whatever is tried: reserve, share of seats at the reduced fee, and what that is, each in percent."""

    reserve: int = 10
    reduced_share: int = 0
    reduced_price: int = 50
    comfort: int = COMFORT


@dataclass(frozen=True, slots=True)
class Plan:
    """What is tried: seats, fee and underwriting in minor units, no-shows in percent, rooms for discussions at once."""

    seats: int
    fee: int
    underwriting: int
    no_show: int
    rooms: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a plan comes to. `gap` is what is missing, less than zero when money is left.

    `balanced` are the numbers of seats, from and to, with which nothing is missing; `enough_fee` the least fee with which
    nothing is missing for these seats, None when no fee is enough.
    """

    seats: int
    people: int
    cost: int
    by_host: int
    reserve: int
    fees: int
    underwriting: int
    gap: int
    balanced: tuple[tuple[int, int], ...]
    enough_fee: int | None
    per_room: int
    rooms_needed: int
    is_comfortable: bool

    @property
    def need(self) -> int:
        """Return what has to come in: the cost and the reserve."""
        return self.cost + self.reserve

    @property
    def income(self) -> int:
        """Return what comes in."""
        return self.fees + self.underwriting

    @property
    def enough_seats(self) -> int | None:
        """Return the least number of seats with which nothing is missing; None when there is none."""
        return self.balanced[0][0] if self.balanced else None


@dataclass(frozen=True, slots=True)
class Curve:
    """What all lines come to for 0 people, 1 and so on to `MOST`: what the community pays, and what the host covers."""

    paid: tuple[int, ...]
    by_host: tuple[int, ...]


def rate_between(rate: int, currency: str, home: str) -> tuple[int, int]:
    """Return `up, down` for minor units: `rate` parts (of 10^8) of the `home` currency are one of `currency`."""
    return rate * 10 ** CURRENCIES[home], PARTS * 10 ** CURRENCIES[currency]


def rounded(up: int, down: int) -> int:
    """Return `up / down`, neither below zero, to the nearest whole; half is rounded up."""
    return (2 * up + down) // (2 * down)


def cost_of(line: Cost, people: int) -> int:
    """Return what a line comes to for so many people, in the currency of the budget."""
    return rounded(_own(line, people) * line.up, line.down)


def _own(line: Cost, people: int) -> int:
    if line.basis == "per_head":
        return line.amount * people
    if line.basis == "stepped":
        return next((amount for start, amount in reversed(line.steps) if start <= people), 0)
    return line.amount


def curve_of(lines: Sequence[Cost]) -> Curve:
    """Return what the lines come to for every number of people."""
    return Curve(_summed([line for line in lines if not line.by_host]), _summed([line for line in lines if line.by_host]))


def _summed(lines: Sequence[Cost]) -> tuple[int, ...]:
    """Return the sums; what changes by whole amounts is added up at once, the rest for each number of people."""
    changes = [0] * (MOST + 1)
    a_head, rest = 0, [0] * (MOST + 1)
    for line in lines:
        if line.basis != "per_head":
            _note_changes(changes, line)
        elif line.up == line.down:
            a_head += line.amount
        else:
            price, half, whole = 2 * line.amount * line.up, line.down, 2 * line.down  # as `rounded`, a hundred thousand times
            rest = [so_far + (price * people + half) // whole for people, so_far in enumerate(rest)]
    sums, steady = [], 0
    for people, change in enumerate(changes):
        steady += change
        sums.append(steady + a_head * people + rest[people])
    return tuple(sums)


def _note_changes(changes: list[int], line: Cost) -> None:
    before = 0
    for start, amount in line.steps if line.basis == "stepped" else ((0, line.amount),):
        becomes = rounded(amount * line.up, line.down)
        if start <= MOST:
            changes[start] += becomes - before
        before = becomes


def people_of(seats: int, no_show: int) -> int:
    """Return how many come when so many in a hundred do not."""
    return seats - seats * no_show // 100


def seats_for(people: int, no_show: int) -> int:
    """Return the least number of seats with which so many come; more than `MOST` stands for never."""
    return next((seats for seats in range(people, MOST + 1) if people_of(seats, no_show) >= people), MOST + 1)


def fees_of(seats: int, fee: int, terms: Terms) -> int:
    """Return what so many seats bring in; a seat is paid for whether its holder comes or not."""
    reduced = seats * terms.reduced_share // 100
    return (seats - reduced) * fee + reduced * rounded(fee * terms.reduced_price, 100)


def need_of(cost: int, terms: Terms) -> int:
    """Return a cost with its reserve."""
    return cost + rounded(cost * terms.reserve, 100)


def outcome(curve: Curve, terms: Terms, plan: Plan) -> Outcome:
    """Return what a plan comes to."""
    people = people_of(plan.seats, plan.no_show)
    cost = curve.paid[people]
    need, fees = need_of(cost, terms), fees_of(plan.seats, plan.fee, terms)
    per_room = -(-people // plan.rooms)
    return Outcome(
        seats=plan.seats,
        people=people,
        cost=cost,
        by_host=curve.by_host[people],
        reserve=need - cost,
        fees=fees,
        underwriting=plan.underwriting,
        gap=gap_at(curve, terms, plan, plan.seats),
        balanced=balanced(curve, terms, plan),
        enough_fee=enough_fee(need - plan.underwriting, plan.seats, terms),
        per_room=per_room,
        rooms_needed=max(1, -(-people // terms.comfort)),
        is_comfortable=per_room <= terms.comfort,
    )


def gap_at(curve: Curve, terms: Terms, plan: Plan, seats: int) -> int:
    """Return what is missing when a plan has so many seats, less than zero when money is left."""
    cost = curve.paid[people_of(seats, plan.no_show)]
    return need_of(cost, terms) - fees_of(seats, plan.fee, terms) - plan.underwriting


def balanced(curve: Curve, terms: Terms, plan: Plan) -> tuple[tuple[int, int], ...]:
    """Return the stretches of numbers of seats, from 1 on, with which nothing is missing."""
    needs = [need_of(cost, terms) for cost in curve.paid]
    less = rounded(plan.fee * terms.reduced_price, 100)
    found: list[tuple[int, int]] = []
    for seats in range(1, MOST + 1):
        reduced = seats * terms.reduced_share // 100
        if needs[seats - seats * plan.no_show // 100] > (seats - reduced) * plan.fee + reduced * less + plan.underwriting:
            continue
        if found and found[-1][1] == seats - 1:
            found[-1] = (found[-1][0], seats)
        else:
            found.append((seats, seats))
    return tuple(found)


def enough_fee(missing: int, seats: int, terms: Terms) -> int | None:
    """Return the least fee with which so many seats bring in what is missing; None when no fee does."""
    if missing <= 0:
        return 0
    pays = seats - seats * terms.reduced_share // 100 or (seats and terms.reduced_price)
    if not pays:
        return None
    low, high = 0, 100 * missing + 100  # the low one is not enough, the high one is: one seat at one hundredth brings it in
    while high - low > 1:
        middle = (low + high) // 2
        if fees_of(seats, middle, terms) >= missing:
            high = middle
        else:
            low = middle
    return high


def is_rising(lines: Iterable[Cost]) -> bool:
    """Say whether no line becomes cheaper when more people come; then the sum does not either."""
    return all(a[1] <= b[1] for line in lines for a, b in zip(line.steps, line.steps[1:], strict=False))
