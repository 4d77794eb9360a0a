"""How people heard of a call: straight from where it was posted, or through others, hand by hand. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from midcycle.kernel.folding import SMALLEST, Group, fold
from midcycle.kernel.words import gettext, gettext_noop

# How somebody came to a call. Invitations have codes of their own; these two words stand in the address in their place.
WAYS_IN: Final[Mapping[str, str]] = {
    "call": gettext_noop("where the call was posted"),
    "invitation": gettext_noop("an invitation somebody passed on"),
    "poster": gettext_noop("a poster"),
    "page": gettext_noop("another page"),
}
SAID_IN_LINK: Final = ("poster", "page")
_HANDS: Final = (
    "",
    gettext_noop("second hand"),
    gettext_noop("third hand"),
    gettext_noop("fourth hand"),
    gettext_noop("fifth hand"),
)
IN_OTHER_WAYS: Final = gettext_noop("in other ways")


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a call went, in groups of five and more; nothing in it can be traced to one person.

    `invited` is how many came by an invitation somebody passed on, `shared` their share of all in percent, `passed_on` how many
    people passed one on that brought somebody. They are None while they would tell of fewer than five, on either side.
    """

    ways: tuple[Group, ...]
    hands: tuple[Group, ...]
    invited: int | None
    shared: int | None
    passed_on: int | None
    longest: int


def reach_of(heard: Iterable[tuple[str, int]], passed_on: int) -> Reach:
    """Return how far a call went.

    `heard` has for each person how they came (a key of `WAYS_IN`) and through how many hands the call went before; 0 where it
    was posted. `longest` is the longest chain that at least five people are at the end of, or further.
    """
    came = list(heard)
    ways = Counter(gettext(WAYS_IN[way]) if way in WAYS_IN else way for way, _ in came)
    shown = fold(ways, other=gettext(IN_OTHER_WAYS))
    if not any(group.label == gettext(WAYS_IN["invitation"]) for group in shown):  # how many there are would tell of the others
        return Reach(shown, (), None, None, None, 0)
    hands = [hand for _, hand in came if hand > 0]
    return Reach(
        ways=shown,
        hands=fold(Counter(map(_hand, hands)), other=gettext("through other hands")),
        invited=len(hands),
        shared=round(100 * len(hands) / len(came)),
        passed_on=passed_on if passed_on >= SMALLEST else None,
        longest=max((length for length in set(hands) if sum(hand >= length for hand in hands) >= SMALLEST), default=0),
    )


def _hand(hand: int) -> str:
    return gettext(_HANDS[hand]) if hand < len(_HANDS) else gettext("further still")
