"""In which order requests are served, and how many at once (WSGI, PEP 3333).

Python runs one thread at a time: in a rush, many that want to run interrupt each other in the middle of their work, also
whoever the others wait for because they write. So requests stand in a line with few places at its end, and all but one of the
places begin beside another only when that has taken a while: a page that takes long holds nobody up. The connections to the
database belong to the places, not to the threads, of which many wait.

Who is in the middle of something is served before who only comes: otherwise, when hundreds come in the same moment, everybody
is given the first page before anybody is given a seat. A newcomer waits behind those no longer than GRACE.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from heapq import heappop, heappush
from itertools import count
from queue import SimpleQueue
from threading import Lock, Semaphore
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

AT_ONCE: Final = 4
PATIENCE: Final = 0.03  # seconds; nearly all pages take less
GRACE: Final = 2.0  # seconds
_ONLY_LOOKS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class Place:
    """A place where a request is served, with a connection to the database of its own."""

    def __init__(self) -> None:
        """Begin without a connection: it is made by the first who needs one."""
        self._connection: BaseDatabaseWrapper | None = None

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Lend the connection to the thread that is here now."""
        if self._connection is None:
            self._connection = connections.create_connection(DEFAULT_DB_ALIAS)
            self._connection.inc_thread_sharing()
        own = connections.all(initialized_only=True)
        connections[DEFAULT_DB_ALIAS] = self._connection
        try:
            yield
        finally:
            if own:
                connections[DEFAULT_DB_ALIAS] = own[0]
            else:
                del connections[DEFAULT_DB_ALIAS]


class Line:
    """A line for a few places. Who is due first is served first, and of those due together who came first."""

    def __init__(self, places: int) -> None:
        """Begin with nobody in it."""
        self._free = [Place() for _ in range(places)]
        self._waiting: list[tuple[float, int, SimpleQueue[Place]]] = []
        self._numbers = count()
        self._lock = Lock()

    @contextmanager
    def turn(self, due: float) -> Iterator[Place]:
        """Wait for a place, and give it to the next in the end."""
        place = self._come(due)
        try:
            yield place
        finally:
            self._go(place)

    def _come(self, due: float) -> Place:
        with self._lock:
            if self._free:
                return self._free.pop()
            called: SimpleQueue[Place] = SimpleQueue()
            heappush(self._waiting, (due, next(self._numbers), called))
        return called.get()

    def _go(self, place: Place) -> None:
        with self._lock:
            if self._waiting:
                heappop(self._waiting)[2].put(place)
            else:
                self._free.append(place)


def in_turn(application: Application, clock: Callable[[], float] = time.monotonic) -> Application:
    """Let requests be served in the order in which they are due. An answer is whole before the next is served."""
    line, first = Line(AT_ONCE), Semaphore(1)

    def answer(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        with line.turn(due(environ, clock())) as place, _after(first), place.taken():
            return _whole(application(environ, start_response))

    return answer


def due(environ: Environ, now: float) -> float:
    """Return when a request is to be served that came now: at once for who sends something, or was here before."""
    under_way = environ.get("REQUEST_METHOD") not in _ONLY_LOOKS or "HTTP_COOKIE" in environ
    return now if under_way else now + GRACE


@contextmanager
def _after(other: Semaphore) -> Iterator[None]:
    """Wait until the other is done, or for as long as anybody has to."""
    is_alone = other.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        if is_alone:
            other.release()


def _whole(parts: Iterable[bytes]) -> list[bytes]:
    """Return all of an answer, and let its end happen here, where the connection to the database is."""
    try:
        return list(parts)
    finally:
        close = getattr(parts, "close", None)
        if close is not None:
            close()
