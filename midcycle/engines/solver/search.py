"""The search: a walk that finds agendas, beside columns that bound and improve them; progress as it comes."""

import importlib
import threading
from collections.abc import Callable, Iterator, Mapping

from midcycle.engines.solver.board import Board, Progress, spots_in
from midcycle.engines.solver.instance import Agenda, Instance, Spot
from midcycle.engines.solver.native.binding import Stop
from midcycle.engines.solver.native.problem import Arrays
from midcycle.engines.solver.score import Score
from midcycle.engines.solver.walking import Walker, arrays_of


def search(
    instance: Instance,
    *,
    seed: int,
    seconds: float,
    clock: Callable[[], float],
    start: Agenda | None = None,
    stop: Stop | None = None,
) -> Iterator[Progress]:
    """Yield the best plan and bound whenever one of them gets better, until `seconds` are over or the plan is proven best.

    `start` is a plan to begin from; without one it is the agenda that is out, if there is one. `stop`, raised by another
    thread, ends the search within a moment. The last one yielded is the result. `clock` counts seconds.
    """
    end = clock() + seconds
    board = Board(instance, clock, end)
    board.stop = board.stop if stop is None else stop
    arrays = arrays_of(instance)
    walker = Walker(board, arrays, seed)
    walker.begin(instance.previous if start is None else spots_in(start))
    yield from _news(board, None)
    threads = [
        threading.Thread(target=_guarded, args=(board, deed), daemon=True)
        for deed in (walker.run, lambda: _prove(board, arrays, walker, start))
    ]
    for thread in threads:
        thread.start()
    last: Progress | None = None
    while not board.over and not board.failed:
        with board.changed:
            board.changed.wait(min(0.2, board.left()))
        for progress in _news(board, last):
            last = progress
            yield progress
    board.stop.set()
    for thread in threads:
        thread.join(0.5)
    if board.failed:
        raise board.failed[0]
    yield from _news(board, last)


def glance(
    instance: Instance,
    *,
    seed: int,
    seconds: float,
    clock: Callable[[], float],
    start: Mapping[int, Spot],
) -> tuple[Agenda, Score]:
    """Return the best plan a walk finds in so short a time that somebody may wait for it, with its score; nothing is proven."""
    board = Board(instance, clock, clock() + seconds)
    walker = Walker(board, arrays_of(instance), seed)
    walker.begin(start)
    walker.run()
    if board.agenda is None or board.score is None:
        raise RuntimeError("A walk that has begun has a plan.")
    return board.agenda, board.score


def _prove(board: Board, arrays: Arrays, walker: Walker, start: Agenda | None) -> None:
    """Load the libraries for programs, which takes longer than a first agenda, and work with them."""
    known = start.certificate.prices if start is not None and start.certificate is not None else None
    importlib.import_module("midcycle.engines.solver.proving").Prover(board, arrays, walker, known).run()


def _news(board: Board, last: Progress | None) -> Iterator[Progress]:
    progress = board.progress()
    if progress is not None and (last is None or (progress.score, progress.bound) != (last.score, last.bound)):
        yield progress


def _guarded(board: Board, deed: Callable[[], None]) -> None:
    """Run a deed of a thread; what goes wrong is raised where the search was asked for."""
    try:
        deed()
    except Exception as error:  # noqa: BLE001 - handed over to the caller's thread
        board.failed.append(error)
