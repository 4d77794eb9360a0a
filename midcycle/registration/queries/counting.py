"""How many seats there are and how many are taken, and who comes."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext, gettext_noop, pgettext

from midcycle.kernel.folding import SMALLEST, Group, fold
from midcycle.kernel.words import language
from midcycle.meetups.models import Meetup
from midcycle.meetups.rules import kept_region
from midcycle.registration import rules
from midcycle.registration.models import Capacity, Seat
from midcycle.registration.queries.figures import kept_figures
from midcycle.registration.rules.keeping import COUNTED
from midcycle.registration.rules.languages import place_in

NOT_SAID = gettext_noop("Not said")
OTHERS = gettext_noop("Others")


@dataclass(frozen=True)
class SeatSummary:
    """How many seats there are and how many are taken; false while nobody has said how many there are."""

    total: int
    held: int
    free: int
    waiting: int
    offered: int
    checked_in: int
    is_open: bool
    announced: int | None

    def __bool__(self) -> bool:
        return self.total > 0 or self.announced is not None

    @property
    def is_full(self) -> bool:
        """Say whether a newcomer would wait."""
        return self.free == 0

    @property
    def next_in_line(self) -> str:
        """Return the place a newcomer would have in the waitlist, such as `15th`."""
        return place_in(language(), self.waiting + 1)


@dataclass(frozen=True)
class Spectrum:
    """Who comes, by what people say about themselves, largest group first, in English. A question nobody answered is empty."""

    people: int
    roles: tuple[Group, ...]
    sectors: tuple[Group, ...]
    regions: tuple[Group, ...]
    heard: tuple[Group, ...]
    on_list: tuple[Group, ...]
    first_time: tuple[Group, ...]

    @property
    def told(self) -> "Spectrum":
        """The same, with the groups named in the language that is active."""
        asked = (self.roles, self.sectors, self.regions, self.heard, self.on_list, self.first_time)
        return Spectrum(self.people, *(tuple(map(_told, groups)) for groups in asked))

    @property
    def parts(self) -> tuple[tuple[str, tuple[Group, ...]], ...]:
        """Return each question that has groups to show, with its title, in the language that is active."""
        titled = (
            (gettext("Role"), self.roles),
            (gettext("Sector"), self.sectors),
            (gettext("Region"), self.regions),
            (gettext("How they heard"), self.heard),
            (pgettext("what somebody told", "On the community's list"), self.on_list),
            (gettext("First time"), self.first_time),
        )
        return tuple((title, tuple(map(_told, groups))) for title, groups in titled if groups)


def seat_summary(meetup: Meetup) -> SeatSummary:
    """Return how many seats there are and how many are taken. One query, whose cost does not grow with the seats."""
    return summary_of(Capacity.objects.filter(meetup=meetup).first())


def summary_of(capacity: Capacity | None) -> SeatSummary:
    """Return what a row of counters says; nothing when there is none yet."""
    if capacity is None:
        return SeatSummary(0, 0, 0, 0, 0, 0, is_open=False, announced=None)
    return SeatSummary(
        total=capacity.total,
        held=capacity.held,
        free=capacity.total - capacity.held,
        waiting=capacity.waiting,
        offered=capacity.offered,
        checked_in=capacity.checked_in,
        is_open=capacity.is_open,
        announced=capacity.announced,
    )


def spectrum(meetup: Meetup, *, folded: bool = True, came: bool = False) -> Spectrum:
    """Return who comes, or with `came` who was checked in. Folded, as the public sees it, no group is below 5.

    One query; two for a meetup that is on site or over, whose figures may be settled: then these are shown. The team sees the
    answers, as long as there are any.
    """
    rows = _answers(meetup, came=came)
    groups = _groups_of(meetup, rows, came=came, smallest=SMALLEST if folded else 1)
    return Spectrum(
        people=len(rows),
        roles=groups["role"],
        sectors=groups["sector"],
        regions=groups["region"],
        heard=groups["heard_how"],
        on_list=groups["on_list"],
        first_time=groups["first_time"],
    )


def groups_by_key(meetup: Meetup, *, came: bool = False) -> dict[str, tuple[Group, ...]]:
    """Return the public groups of everybody who comes, or came, by the key of the question."""
    return _groups_of(meetup, _answers(meetup, came=came), came=came, smallest=SMALLEST)


def people_count(meetup: Meetup) -> int:
    """Return how many people have a seat and did not stay away."""
    return Seat.objects.filter(meetup=meetup, state__in=rules.COMES).count()


def attended(meetup: Meetup) -> int:
    """Return how many people were checked in."""
    return Seat.objects.filter(meetup=meetup, state="checked_in").count()


def yes_or_no(value: bool | None) -> str:  # noqa: FBT001 - a stored answer
    """Return a stored answer in an English word; blank when it was not given."""
    return "" if value is None else "Yes" if value else "No"


_WORDS: Final[Mapping[str, Callable[[Any], str]]] = {
    "role": lambda role: rules.kept_word(role, rules.ROLES),
    "sector": lambda sector: rules.kept_word(sector, rules.SECTORS),
    "region": kept_region,
    "heard_how": rules.way_heard,
    "on_list": yes_or_no,
    "first_time": yes_or_no,
}


def _told(group: Group) -> Group:
    return Group(gettext(group.label), group.count)


def _answers(meetup: Meetup, *, came: bool) -> list[tuple[Any, ...]]:
    states = {"checked_in"} if came else rules.COMES
    return list(Seat.objects.filter(meetup=meetup, state__in=states).values_list(*COUNTED))


def _groups_of(meetup: Meetup, rows: list[tuple[Any, ...]], *, came: bool, smallest: int) -> dict[str, tuple[Group, ...]]:
    """Return the groups of each counted question: as kept where they are, else counted from the answers."""
    kept, whole = kept_figures(meetup), "came" if came else "comes"
    found = {}
    for place, key in enumerate(COUNTED):
        counted = _groups((_WORDS[key](row[place]) for row in rows), smallest)
        is_kept = key in kept and (smallest == SMALLEST or not counted)
        found[key] = tuple(Group(label, count) for label, count in kept[key][whole]) if is_kept else counted
    return found


def _groups(words: Iterable[str], smallest: int) -> tuple[Group, ...]:
    """Return the groups to show; none when nobody answered, and none when all of them are folded into one."""
    counted = Counter(word or NOT_SAID for word in words)
    if set(counted) <= {NOT_SAID}:
        return ()
    groups = fold(counted, smallest, OTHERS)
    return () if [group.label for group in groups] == [OTHERS] else groups
