"""What the second thread does, in order: prices until the bound settles, agendas from columns, then the proof."""

from collections.abc import Sequence
from typing import Final

from midcycle.engines.solver.board import Board
from midcycle.engines.solver.bounding import Bounder
from midcycle.engines.solver.closing import Closer
from midcycle.engines.solver.contradictions import some_places
from midcycle.engines.solver.native.problem import Arrays
from midcycle.engines.solver.people import seated
from midcycle.engines.solver.walking import Walker

SHARE: Final = 0.15
"""Of the time left for one look for an agenda among the columns."""
NEWEST: Final = 3


class Prover:
    """Drives the bound and the columns, beside a walker that anneals."""

    def __init__(self, board: Board, arrays: Arrays, walker: Walker, known: Sequence[float] | None) -> None:
        """Set up. `known` are prices of topics that were good before something changed."""
        self.known = known
        self.board, self.walker = board, walker
        self.bounder = Bounder(board, arrays)
        self.closer = Closer(board, self.bounder)
        self.read = 0

    def run(self) -> None:
        """Work until it is over or nothing is left to be done."""
        try:
            self._rescue()
            self._price()
            self._finish()
        finally:
            self.bounder.pool.shutdown(wait=False)

    def _rescue(self) -> None:
        """Find an agenda that keeps every rule when the first one does not: chance is slow where sessions fit in few ways."""
        board = self.board
        if board.points == float("-inf"):
            places = some_places(board.instance, board.left() / 2)
            if places is not None:
                board.offer(seated(board.instance, places))

    def _price(self) -> None:
        board, bounder = self.board, self.bounder
        bounder.begin(self.known)
        looked = board.left()
        while not board.over and not bounder.closed:
            self._learn()
            bounder.step()
            if looked - board.left() > 0.3 * looked:
                self.closer.improve(SHARE * board.left())
                looked = board.left()

    def _learn(self) -> None:
        """Add the columns of the newest agendas of the walk."""
        plans = self.walker.seen[self.read :]
        self.read += len(plans)
        self.bounder.seed(plans[-NEWEST:])

    def _finish(self) -> None:
        board = self.board
        seconds = 2.0
        while not board.over and not self.closer.close():
            best = board.points
            self._learn()
            self.closer.improve(seconds)
            self.closer.nodes *= 4
            seconds = seconds if board.points > best else 2 * seconds
            with board.changed:
                board.changed.wait(min(0.5, board.left()))
