"""Replays of small files, and what to look at afterwards."""

from textwrap import dedent

from midcycle.agenda.models import Placement, Slot
from midcycle.registration.models import Seat
from midcycle.site.replay.reading import facts_in
from midcycle.site.replay.run import Outcome, replay


def replayed(text: str) -> Outcome:
    """Return what came of the one meetup a text tells of."""
    (outcome,) = replay(facts_in(dedent(text)))
    return outcome


def line(outcome: Outcome, path: str) -> tuple[object, object, bool, str]:
    """Return what one line says: asked, got, same, how."""
    (found,) = [one for one in outcome.lines if one.path == path]
    return found.asked, found.got, found.same, found.how


def wrong(outcome: Outcome) -> list[str]:
    """Return the paths of the facts that could not be reproduced."""
    return [one.path for one in outcome.lines if not one.same]


def seats(**which: object) -> int:
    """Return how many seats there are of a kind."""
    return Seat.objects.filter(**which).count()


def places() -> dict[str, tuple[int, str | None, str | None, str | None]]:
    """Return day, start, end and room of every session that has a place, by its title."""
    rows = Placement.objects.select_related("session", "slot", "room").order_by("slot__day", "slot__starts", "pk")
    return {
        row.session.title: (row.slot.day, _clock(row.slot, "starts"), _clock(row.slot, "ends"), row.room and row.room.name)
        for row in rows
    }


def _clock(slot: Slot, end: str) -> str | None:
    moment = {"starts": slot.starts, "ends": slot.ends}[end]
    return moment and f"{moment:%H:%M}"
