"""Long lists of seats, of which only the stretch that is looked at is fetched."""

from collections.abc import Callable, Sequence
from typing import overload

from midcycle.registration.models import Seat


class Stretches(Sequence[Seat]):
    """So many seats, and how to fetch those from one place to another; for a paginator, which then need not count."""

    def __init__(self, number: int, fetch: Callable[[int, int], list[Seat]]) -> None:
        self._number, self._fetch = number, fetch

    def __len__(self) -> int:
        return self._number

    @overload
    def __getitem__(self, place: int) -> Seat: ...
    @overload
    def __getitem__(self, place: slice) -> list[Seat]: ...
    def __getitem__(self, place: int | slice) -> Seat | list[Seat]:
        if isinstance(place, slice):
            first, after, _ = place.indices(self._number)
            return self._fetch(first, after)
        return self._fetch(place, place + 1)[0]
