"""Kept drafts beside the board: what each wins, and where they differ."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from midcycle.agenda.models import Draft
from midcycle.agenda.queries.problem import as_it_stands, wishes_of
from midcycle.agenda.queries.rows import Rows, rows_of
from midcycle.agenda.rules.moves import Spot, spot_of
from midcycle.engines.solver.check import check, recount
from midcycle.engines.solver.model import Id, Placement
from midcycle.engines.solver.seating import seat
from midcycle.meetups.models import Meetup


@dataclass(frozen=True)
class Column:
    """The board (`id` None) or a kept draft, and what it wins. `moved` counts sessions that are elsewhere than on the board."""

    id: int | None
    name: str
    met: int
    placed: int
    conflicts: int
    moved: int


@dataclass(frozen=True)
class Difference:
    """A session that is not in the same place everywhere: one place for each column; `is_other` than on the board."""

    session: int
    title: str
    places: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Compared:
    """The board and the kept drafts side by side."""

    wanted: int
    columns: tuple[Column, ...]
    differences: tuple[Difference, ...]


def compared(meetup: Meetup) -> Compared:
    """Return the board beside each kept draft; the number of queries does not grow with them."""
    rows = rows_of(meetup)
    problem, _ = as_it_stands(rows, wishes_of(meetup))
    kept = list(Draft.objects.filter(meetup=meetup).order_by("pk"))
    grids: list[tuple[int | None, str, Mapping[int, Spot]]] = [(None, gettext("On the board"), _board(rows))]
    grids += [(draft.pk, draft.name, _grid(draft)) for draft in kept]
    names = _Names(rows)
    columns = []
    for number, name, grid in grids:
        assign: dict[Id, Placement] = {n: spot.cell for n, spot in grid.items() if spot.slot in names.slots}
        moved = sum(names.of(grid.get(s.pk)) != names.of(grids[0][2].get(s.pk)) for s in rows.sessions)
        met, findings = recount(problem, assign, seat(problem, assign)), check(problem, assign, None)
        wrong = [finding for finding in findings if finding.code not in {"pin_broken", "unknown_topic"}]
        columns.append(Column(number, name, met, len(assign), len(wrong), moved))
    return Compared(len(problem.supports), tuple(columns), tuple(_differences(rows, [grid for _, _, grid in grids], names)))


class _Names:
    """Names of places."""

    def __init__(self, rows: Rows) -> None:
        self.slots = {slot.id: rows.slot_name(slot) for slot in rows.plain_slots}
        self.rooms = {room.pk: room.name for room in rows.rooms}

    def of(self, spot: Spot | None) -> str:
        if spot is None or spot.slot not in self.slots:
            return gettext("Without a place")
        room = self.rooms.get(spot.room) if spot.room is not None else None
        return f"{self.slots[spot.slot]}, {room}" if room else self.slots[spot.slot]


def _differences(rows: Rows, grids: list[Mapping[int, Spot]], names: _Names) -> list[Difference]:
    found = []
    for session in rows.sessions:
        places = [names.of(grid.get(session.pk)) for grid in grids]
        if len(set(places)) > 1:
            found.append(Difference(session.pk, session.title, tuple((place, place != places[0]) for place in places)))
    return found


def _board(rows: Rows) -> dict[int, Spot]:
    return {number: Spot(placement.slot_id, placement.room_id) for number, placement in rows.placements.items()}


def _grid(draft: Draft) -> dict[int, Spot]:
    spots = {int(number): spot_of(plain) for number, plain in draft.grid.items()}
    return {number: spot for number, spot in spots.items() if spot is not None}
