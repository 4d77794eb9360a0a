"""How voices are counted: +1, dots or a ranking; each person has one voice for a topic. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from midcycle.kernel.words import gettext, gettext_noop, ngettext
from midcycle.topics.rules.schulze import defeats

PLUS_ONE: Final = "plus_one"
DOTS: Final = "dots"
RANKING: Final = "ranking"

METHODS: Final[Mapping[str, str]] = {
    PLUS_ONE: gettext_noop("+1: support as many topics as you like"),
    DOTS: gettext_noop("Dots: one for each session you will come to, and no more than there are"),
    RANKING: gettext_noop("Ranking: put topics in your order; what you leave out is “no opinion”"),
}
FEWEST_DOTS: Final = 1
MOST_DOTS: Final = 60
USUAL_DOTS: Final = 10
HEAVIEST: Final = 3  # what the agenda counts for the first third of a ranking

TIES: Final[Mapping[str, str]] = {
    PLUS_ONE: gettext_noop("Most voices first. Among equals the topic proposed earlier stands first."),
    DOTS: gettext_noop("Most dots first. Among equals the topic proposed earlier stands first."),
    RANKING: gettext_noop(
        "Counted by the method of Schulze: a topic stands before another when more people prefer it, also by way of others. "
        "Who has no opinion on one of two topics does not count between them. Among equals the topic more people ranked stands "
        "first, then the one proposed earlier."
    ),
}


@dataclass(frozen=True)
class Voice:
    """One person's voice for a topic: `weight` is what the agenda counts it for, 1 to 3."""

    person: int
    topic: int
    weight: int


@dataclass(frozen=True)
class Mark:
    """What one person said about a topic; `rank` is its place in their order, the lowest first, None for last of all."""

    person: int
    topic: int
    rank: int | None = None


def fault_in_method(method: str, dots: int) -> tuple[str, str] | None:
    """Return the field that is wrong in a way to vote and what to do about it; None when all is well."""
    if method not in METHODS:
        said = gettext("There is no such way to vote. Choose one of: %(methods)s.")
        return "method", said % {"methods": ", ".join(METHODS)}
    if not FEWEST_DOTS <= dots <= MOST_DOTS:
        said = gettext("Choose between %(fewest)s and %(most)s dots.")
        return "dots", said % {"fewest": FEWEST_DOTS, "most": MOST_DOTS}
    return None


def why_no_dot(method: str, dots: int, used: int) -> str | None:
    """Return why somebody who used so many dots can give no other; None when they can."""
    if method != DOTS or used < dots:
        return None
    if dots == 1:
        return gettext("You have given your one dot. Take one back from another topic first.")
    return ngettext(
        "You have given all your %(dots)s dots. Take one back from another topic first.",
        "You have given all your %(dots)s dots. Take one back from another topic first.",
        dots,
    ) % {"dots": dots}


def weights(method: str, marks: Iterable[Mark]) -> tuple[Voice, ...]:
    """Return what the agenda is drafted from: every mark once, by person and topic.

    +1 and dots count 1 each. Of a ranking the first third counts 3, the second 2, the last 1: everybody's first choices weigh
    the same, however many topics they ranked.
    """
    found = []
    for person, mine in sorted(_ballots(marks).items()):
        for at, mark in enumerate(mine):
            weight = HEAVIEST - HEAVIEST * at // len(mine) if method == RANKING else 1
            found.append(Voice(person, mark.topic, weight))
    return tuple(sorted(found, key=lambda voice: (voice.person, voice.topic)))


def in_order(method: str, topics: Iterable[int], marks: Iterable[Mark]) -> tuple[int, ...]:
    """Return the topics, given in the order they were proposed in, in the order of the published rule."""
    proposed = tuple(topics)
    ballots = _ballots(marks)
    count: dict[int, int] = dict.fromkeys(proposed, 0)
    for mine in ballots.values():
        for mark in mine:
            if mark.topic in count:
                count[mark.topic] += 1
    place = dict.fromkeys(proposed, 0)
    if method == RANKING:
        places = [{m.topic: at if m.rank is not None else len(mine) for at, m in enumerate(mine)} for mine in ballots.values()]
        place = defeats(proposed, places)
    return tuple(sorted(proposed, key=lambda topic: (place[topic], -count[topic])))


def _ballots(marks: Iterable[Mark]) -> dict[int, list[Mark]]:
    """Return each person's marks, first choice first; without a rank they come last, all alike."""
    found: dict[int, list[Mark]] = {}
    for mark in marks:
        found.setdefault(mark.person, []).append(mark)
    for mine in found.values():
        mine.sort(key=lambda mark: (mark.rank is None, mark.rank or 0, mark.topic))
    return found
