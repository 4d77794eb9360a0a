"""What moving one session anywhere would cost, for the board and for the page that says why it is where it is."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from midcycle.agenda.models import Session
from midcycle.agenda.queries.board import reasons_of
from midcycle.agenda.queries.problem import as_it_stands, wishes_of
from midcycle.agenda.queries.rows import Rows, rows_of
from midcycle.agenda.rules import HELD_KINDS
from midcycle.agenda.rules.prices import Price, Prices
from midcycle.engines.solver.plan import review
from midcycle.kernel.words import quoted


@dataclass(frozen=True)
class Priced:
    """A place with its name and its price. `value` is what a form sends."""

    value: str
    name: str
    price: Price


@dataclass(frozen=True)
class Reasons:
    """Why a session is here and not elsewhere: at each time the best room for it, in order of time.

    Times that would make a conflict come after those that make none.
    """

    here: str
    reason: str
    locked: bool
    elsewhere: tuple[Priced, ...]


def prices_of(session: Session) -> tuple[Priced, ...]:
    """Return the price of every place this session could have; the tray comes last. A session without a time has none."""
    rows = rows_of(session.meetup)
    return tuple(_priced(rows, session))


def reasons_for(session: Session) -> Reasons:
    """Return why a session is where it is, and what every other time would cost."""
    rows = rows_of(session.meetup)
    problem, assign = as_it_stands(rows, wishes_of(session.meetup))
    reason = reasons_of(rows, problem, review(problem, assign))[session.pk]
    best: dict[object, Priced] = {}
    for priced in _priced(rows, session):
        other = best.get(priced.price.slot)
        if other is None or _worth(priced.price) > _worth(other.price):
            best[priced.price.slot] = priced
    here = next((priced.name for priced in best.values() if priced.price.here), "")
    placement = rows.placements.get(session.pk)
    away = tuple(sorted((priced for priced in best.values() if not priced.price.here), key=_is_against))
    return Reasons(here, reason, bool(placement and placement.locked), away)


def _is_against(priced: Priced) -> bool:
    return bool(priced.price.refused or priced.price.conflicts)


def _worth(price: Price) -> tuple[bool, bool, int, int]:
    return price.here, not price.refused, -len(price.conflicts), price.change


def _priced(rows: Rows, session: Session) -> Iterator[Priced]:
    problem, assign = as_it_stands(rows, wishes_of(session.meetup))
    if session.pk not in {topic.id for topic in problem.topics}:
        return
    prices = Prices(problem, assign, session.pk)
    titles = {held.pk: held.title for held in rows.sessions}
    locked = {(p.slot_id, p.room_id): titles[number] for number, p in rows.placements.items() if p.locked}
    for slot in rows.plain_slots:
        if slot.kind not in HELD_KINDS or slot.starts is None:
            continue
        for room in rows.rooms:
            price = prices.at((slot.id, room.pk))
            if (slot.id, room.pk) in locked and price.refused:
                named = {"title": quoted(locked[slot.id, room.pk])}
                price = Price(slot.id, room.pk, refused=gettext("%(title)s is locked there.") % named)
            yield Priced(f"{slot.id}-{room.pk}", f"{rows.slot_name(slot)}, {room.name}", price)
    if session.pk in rows.placements:
        yield Priced("tray", gettext("Without a place"), prices.off())
