"""What people eat and need, which is on one page and in one table alone."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext

from midcycle.kernel.folding import Group
from midcycle.meetups.models import Meetup
from midcycle.registration import rules
from midcycle.registration.models import Needs
from midcycle.registration.rules.needs import DIETS, diet_in_parts


@dataclass(frozen=True)
class Need:
    """What one person wrote, with the name of who has to be looked after."""

    name: str
    text: str


@dataclass(frozen=True)
class NeedsPage:
    """What those who come eat, counted without names, and what they wrote, with the names it cannot be heeded without.

    `waiting` people in the waitlist said something too, and are not in it.
    """

    people: int
    diets: tuple[Group, ...]
    food: tuple[Need, ...]
    access: tuple[Need, ...]
    waiting: int

    def __bool__(self) -> bool:
        return bool(self.diets or self.food or self.access)


def needs_page(meetup: Meetup) -> NeedsPage:
    """Return what those who have a seat eat and need. One query."""
    said = Needs.objects.filter(~Q(diet="") | ~Q(access=""), seat__meetup=meetup)
    rows = list(said.order_by("seat__name", "pk").values_list("seat__state", "seat__name", "diet", "access"))
    here = [row[1:] for row in rows if row[0] in rules.COMES]
    words: Counter[str] = Counter()
    food: list[Need] = []
    for name, diet, _ in here:
        chosen, more = diet_in_parts(diet)
        words.update(chosen)
        if more:
            food.append(Need(name, more))
    return NeedsPage(
        people=len(here),
        diets=tuple(Group(gettext(DIETS[word]), count) for word, count in words.most_common()),
        food=tuple(food),
        access=tuple(Need(name, access) for name, _, access in here if access),
        waiting=sum(state == "waiting" for state, *_ in rows),
    )
