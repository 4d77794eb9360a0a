"""The second thread of the search: columns by pricing, a proven bound from their prices, better agendas from the columns.

The bound is Lagrange's (Geoffrion 1974): whatever the prices, no plan is worth more than their sum plus, for each slot, the
most that any set of sessions is worth beyond its prices. Wentges (1997): prices between the best and the newest ones settle.
"""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Final

from midcycle.engines.solver.apart import first_prices
from midcycle.engines.solver.board import Board, heavy
from midcycle.engines.solver.columns import Column, Kind, Piece, Prices, constant, kinds, links, mixed
from midcycle.engines.solver.instance import Spot
from midcycle.engines.solver.master import Master, Rows
from midcycle.engines.solver.native.binding import BEST_ONLY, EVERYTHING, Effort, Found, Offers, price
from midcycle.engines.solver.native.problem import Arrays

FOUND: Final = 40
"""Sets kept from one look at a kind of slot."""
KEEP: Final = 0.8
"""How much of the prices with the best bound stays in the next ones, as long as those bring new sets."""
WORK: Final = 300_000_000
MOST_AT_FIRST: Final = 300_000
NODES: Final = 10_000_000
"""Sets looked at in one kind of slot: as many as take a second or two at first, at the most when nothing else helps."""
LARGE: Final = 2_000
"""Topics times words of people above which one thread prices, so that the walk has a core to itself."""
MOST_NODES: Final = 20_000_000
MUCH: Final = 0.97
"""Prices that prove only a little more are not always better ones to begin from."""


class Bounder:
    """Generates columns until the bound meets the linear program."""

    def __init__(self, board: Board, arrays: Arrays) -> None:
        """Set up the kinds of slots and the program."""
        self.board, self.arrays, self.instance = board, arrays, board.instance
        self.kinds = kinds(self.instance, arrays)
        self.rows = Rows(self.instance, self.kinds, links(self.instance, arrays))
        self.constant = constant(self.instance)
        self.kind_of = {slot: n for n, kind in enumerate(self.kinds) for slot in kind.slots}
        self.master = Master(self.rows, heavy(self.instance))
        work = max(1, arrays.c.topics * arrays.c.words)
        self.nodes = min(MOST_AT_FIRST, WORK // work)
        self.pool = ThreadPoolExecutor(2 if work < LARGE else 1)
        self.best: float = float("inf")
        self.prices: Prices | None = None
        self.value = float("inf")
        self.lift = heavy(self.instance)
        self.share = KEEP
        self.slack = 0.0
        self.complete = True
        self.closed = False
        self.tops: list[float] = []
        self.best_tops: list[float] = []

    def begin(self, known: Sequence[float] | None) -> None:
        """Prove a first bound, whose prices are where the search for better ones begins.

        `known` are prices of topics that were good before something changed; topics added since have none.
        """
        first = first_prices(self.instance, self.kinds)
        for prices, tops in first:
            slots = sum(len(kind.slots) * top for kind, top in zip(self.kinds, tops, strict=True))
            bound = self.constant + sum(prices.topics) + slots
            if bound < MUCH * self.best:
                self.tops = tops
                self._keep(bound, prices)
            else:
                self.board.prove(bound, (prices, self._by_slot(tops)))
        if first and known is not None:
            stays = [self.instance.weights.move_slot * (t in self.instance.previous) for t in range(len(known))]
            topics = [price + stay for price, stay in zip(known, stays, strict=True)]
            topics += list(first[0][0].topics[len(known) :])
            prices = self._lawful(Prices(topics, [0.0] * len(self.kinds), {}))
            bound, columns = self.look(prices)
            self._keep(bound, replace(prices, kinds=self.tops))
            self.master.add(columns)

    def _keep(self, bound: float, prices: Prices) -> bool:
        """Keep a bound and its prices if it is the best; tell whether it is."""
        is_best = bound < self.best
        if is_best:
            self.best, self.prices, self.best_tops = bound, prices, self.tops
            self.board.prove(bound, self.proof())
        return is_best

    def proof(self) -> tuple[Prices, tuple[float, ...]] | None:
        """Return the prices with the best bound, of topics and of slots."""
        return None if self.prices is None else (self.prices, self._by_slot(self.best_tops))

    def seed(self, plans: Iterable[Mapping[int, Spot]]) -> None:
        """Add the columns of whole agendas."""
        for spots in plans:
            self.master.add(self.columns_of(spots))

    def columns_of(self, spots: Mapping[int, Spot]) -> list[Column]:
        """Return what runs in each slot of an agenda as columns."""
        inside: dict[int, list[Piece]] = {}
        for t, spot in spots.items():
            for part in range(self.instance.topics[t].duration):
                inside.setdefault(spot.slot + part, []).append(Piece(t, part))
        return [self.column(self.kind_of[slot], sorted(pieces)) for slot, pieces in sorted(inside.items())]

    def column(self, kind: int, pieces: Sequence[Piece]) -> Column:
        """Value a set of pieces: price only them, each with a bonus so large that all are taken."""
        offers = self.kinds[kind].offers
        places = [self.kinds[kind].pieces.index(piece) for piece in pieces]
        only = Offers(
            offers.slot,
            tuple(offers.topics[n] for n in places),
            tuple(offers.bonus[n] + self.lift for n in places),
            tuple(offers.promise[n] for n in places),
            tuple(offers.seats[n] for n in places),
            tuple(offers.room[n] for n in places),
            offers.ladder,
        )
        effort = Effort(self.lift * (len(places) - 0.5), EVERYTHING, 10_000, 1, self.board.stop)
        found = price(self.arrays, only, [0.0] * len(places), effort)
        value = found.sets[0][1] - self.lift * len(places) if found.sets else 0.0
        return Column(kind, tuple(pieces), value)

    def step(self) -> None:
        """Solve the program, price every kind of slot, and keep the bound and the columns that come of it."""
        value, newest = self.master.solve()
        self.value = value + self.constant
        prices = self._lawful(newest if self.prices is None else mixed(self.prices, newest, self.share))
        bound, columns = self.look(prices)
        if self._keep(bound, prices):
            self.share = min(KEEP, self.share + 0.05) if self.share else 0.0
        if not self.master.add(columns):
            self._settle()

    def _by_slot(self, tops: Sequence[float]) -> tuple[float, ...]:
        of = {slot: top for kind, top in zip(self.kinds, tops, strict=True) for slot in kind.slots}
        return tuple(of.get(slot, 0.0) for slot in range(len(self.instance.slots)))

    def _settle(self) -> None:
        """Nothing new was found: look at the newest prices themselves, then longer, then more closely, then it is done."""
        if self.share > 0:
            self.share = max(0.0, self.share - 0.3)
        elif self.nodes < NODES and not self.complete:
            self.nodes *= 3
        elif self.slack > self.board.step / 8 + 1e-3:
            self.slack /= 2
        else:
            self.closed = True

    def look(self, prices: Prices) -> tuple[float, list[Column]]:
        """Return the bound at these prices, and the columns worth more than them."""
        bars = [bar + self.slack for bar in prices.kinds]
        found = self.all_of(prices, bars, Effort(0.0, BEST_ONLY, self.nodes, FOUND, self.board.stop))
        self.complete = all(one.complete for one in found)
        self.tops = [max(bar, one.most) for bar, one in zip(bars, found, strict=True)]
        bound = self.constant + sum(prices.topics)
        bound += sum(len(kind.slots) * top for kind, top in zip(self.kinds, self.tops, strict=True))
        return bound, [column for n, one in enumerate(found) for column in self._columns(n, prices, one)]

    def all_of(self, prices: Prices, bars: Sequence[float], effort: Effort) -> list[Found]:
        """Look for sets above the bar of each kind, on as many cores as there are threads."""

        def one(kind: Kind, bar: float) -> Found:
            return price(self.arrays, kind.offers, prices.of(kind), replace(effort, bar=bar))

        return list(self.pool.map(one, self.kinds, bars))

    def _columns(self, n: int, prices: Prices, found: Found) -> list[Column]:
        mine = prices.of(self.kinds[n])
        pieces = self.kinds[n].pieces
        return [Column(n, tuple(pieces[i] for i in items), value + sum(mine[i] for i in items)) for items, value in found.sets]

    def _lawful(self, prices: Prices) -> Prices:
        """Return prices with none below zero for a topic that may stay out."""
        must = [theme.must for theme in self.instance.topics]
        topics = [p if m else max(0.0, p) for p, m in zip(prices.topics, must, strict=True)]
        return Prices(topics, prices.kinds, prices.links)

    def within(self, gap: float, most: int) -> tuple[list[Column], bool]:
        """Return every column that a plan within `gap` of the bound can use; False when there are more than `most`."""
        if self.prices is None:
            return [], False
        columns: list[Column] = []
        complete = True
        bars = [top - gap - 1e-6 for top in self.best_tops]
        effort = Effort(0.0, EVERYTHING, MOST_NODES, most, self.board.stop)
        for n, found in enumerate(self.all_of(self.prices, bars, effort)):
            complete = complete and found.complete and len(found.sets) < most
            columns += self._columns(n, self.prices, found)
        return columns, complete

    def near(self, most: int) -> list[Column]:
        """Return the columns known that lose least at the best prices."""
        columns = self.master.columns
        if self.prices is None:
            return columns[:most]
        losses = self.losses(columns)
        return [columns[n] for n in sorted(range(len(columns)), key=losses.__getitem__)[:most]]

    def losses(self, columns: Sequence[Column]) -> list[float]:
        """Return how far each column takes a plan below the bound, at the best prices."""
        if self.prices is None:
            return [0.0] * len(columns)
        price_of = [dict(zip(kind.pieces, self.prices.of(kind), strict=True)) for kind in self.kinds]
        paid = (sum(price_of[c.kind][piece] for piece in c.pieces) for c in columns)
        return [max(0.0, self.best_tops[c.kind] + cost - c.value) for c, cost in zip(columns, paid, strict=True)]

    def spare(self) -> list[tuple[int, float]]:
        """Return the topics that may stay out, and what that loses."""
        topics = enumerate(self.instance.topics)
        return [] if self.prices is None else [(t, self.prices.topics[t]) for t, theme in topics if not theme.must]
