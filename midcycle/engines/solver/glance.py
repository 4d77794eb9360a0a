"""What is impossible at a glance, before anything is searched: more sessions than places, or than slots for somebody."""

from collections import Counter
from typing import Final

from midcycle.engines.solver.instance import Instance
from midcycle.kernel.words import gettext

MOST_COLUMNS: Final = 600_000


def too_large(instance: Instance) -> bool:
    """Tell whether a program with a column for each topic, slot and room is out of reach."""
    return sum(t.must for t in instance.topics) * len(instance.slots) * len(instance.rooms) > MOST_COLUMNS


def at_a_glance(instance: Instance) -> list[str]:
    """Return a sentence about what can be counted; none when that is possible, or when a program can tell more."""
    open_slots = [s for s in range(len(instance.slots)) if s not in instance.reserved]
    cells = sum(s not in room.closed for room in instance.rooms for s in open_slots)
    asked = sum(theme.duration for theme in instance.topics if theme.must)
    if asked > cells:
        told = gettext("The topics that must take place need %(asked)s places (a room in a slot), but only %(open)s are open.")
        return [told % {"asked": asked, "open": cells}]
    return _wanted_too_often(instance, open_slots) if too_large(instance) else []


def _wanted_too_often(instance: Instance, open_slots: list[int]) -> list[str]:
    asked = Counter[int]()
    for theme in instance.topics:
        asked.update(dict.fromkeys(theme.needed, theme.duration) if theme.must else {})
    for person, count in asked.items():
        there = sum(instance.present(person, range(s, s + 1)) for s in open_slots)
        if count > there:
            told = gettext(
                "Topics that must take place need person %(person)s in %(count)s slots, but only %(open)s are open to them."
            )
            return [told % {"person": person, "count": count, "open": there}]
    return []
