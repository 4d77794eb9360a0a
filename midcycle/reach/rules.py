"""How people heard of a meetup, in groups of five and more, and how editions compare. Pure."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from midcycle.engines.charts import Bar, Stream, streams
from midcycle.engines.charts.draw import percent
from midcycle.kernel.flows import Flow, fold_flows
from midcycle.kernel.folding import SMALLEST, Group, fold
from midcycle.kernel.slugs import slug_from
from midcycle.kernel.words import gettext, gettext_noop
from midcycle.registration.rules import HEARD, way_heard
from midcycle.registration.rules.ways import LONGEST_CODE, USUAL, Way

LEADS_TO: Final[Mapping[str, str]] = {
    "meetup": gettext_noop("The page of the meetup"),
    "seat": gettext_noop("Registering"),
    "topics": gettext_noop("The topics"),
    "agenda": gettext_noop("The agenda"),
}
LONGEST_NAME: Final = 60
MOST_CHANNELS: Final = 40
# Labels are kept in English; `in_words` tells them.
PASSED_ON: Final = gettext_noop("An invitation somebody passed on")
NO_LINK: Final = gettext_noop("No link of ours")
NOT_SAID: Final = gettext_noop("Not said")
_OTHER_LINKS: Final = gettext_noop("Other links")
_OTHERS: Final = gettext_noop("Others")  # as the page of the meetup folds the same answers
_ELSEWHERE: Final = gettext_noop("Somewhere else")
_HANDS: Final = (  # as a call counts them
    "",
    gettext_noop("Second hand"),
    gettext_noop("Third hand"),
    gettext_noop("Fourth hand"),
    gettext_noop("Fifth hand"),
)
_FURTHER: Final = gettext_noop("Further still")
_OTHER_HANDS: Final = gettext_noop("Through other hands")
_OURS: Final = frozenset(
    (PASSED_ON, NO_LINK, NOT_SAID, _OTHER_LINKS, _OTHERS, _ELSEWHERE, *_HANDS[1:], _FURTHER, _OTHER_HANDS,
     *HEARD.values(), *USUAL.values())
)  # fmt: skip
_Z: Final = 1.96  # of the normal distribution, for intervals that hold the true share 95 times in 100

Groups = tuple[Group, ...]


@dataclass(frozen=True)
class Picture:
    """What may be told of how people heard. Nothing in it, and no sum or difference of it, tells of fewer than five.

    `ways` are the links people came by, `said` what they answered when they registered, `flows` what of both goes together.
    `hands` and `began` are those who came by an invitation that was passed on: by how many hands, and where the first link was
    from. `survey` is what `surveyed` people answered to the same question in the anonymous survey.
    """

    people: int = 0
    ways: Groups = ()
    said: Groups = ()
    flows: tuple[Flow, ...] = ()
    hands: Groups = ()
    began: Groups = ()
    survey: Groups = ()
    surveyed: int = 0

    def as_facts(self) -> dict[str, Any]:
        """Return it as plain values, to be kept."""
        groups = {name: [[group.label, group.count] for group in getattr(self, name)] for name in _GROUPS}
        flows = [[flow.origin, flow.goal, flow.count] for flow in self.flows]
        return {"people": self.people, "surveyed": self.surveyed, "flows": flows, **groups}

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Return what was kept."""
        groups = {name: tuple(Group(label, count) for label, count in facts[name]) for name in _GROUPS}
        flows = tuple(Flow(origin, goal, count) for origin, goal, count in facts["flows"])
        return cls(people=facts["people"], surveyed=facts["surveyed"], flows=flows, **groups)

    @property
    def answered(self) -> int:
        """Return how many said how they heard, as far as that may be told: without those who are shown to have said nothing."""
        return self.people - sum(group.count for group in self.said if group.label == NOT_SAID)


_GROUPS: Final = ("ways", "said", "hands", "began", "survey")


@dataclass(frozen=True)
class Share:
    """A share in whole percent, and the range the true one lies in 95 times in 100 (Wilson's interval)."""

    told: str
    low: int
    high: int


def picture_of(came: Iterable[tuple[str, str, int]], survey: Mapping[str, int], names: Mapping[str, str]) -> Picture:
    """Return what may be told of people who came.

    `came` has for a way and an answer how many have both; `survey` how many gave each answer there; `names` what the channels
    of the team are called by their codes. A code nobody has is no link of ours.
    """
    known = {**USUAL, **names}
    counts, hands, began = Counter[tuple[str, str]](), Counter[str](), Counter[str]()
    for via, heard, people in came:
        way = Way.of(via) or Way()
        counts[_label(way, known), way_heard(heard) or NOT_SAID] += people
        if way.hands:
            hands[_HANDS[way.hands] if way.hands < len(_HANDS) else _FURTHER] += people
            began[known.get(way.code, _ELSEWHERE)] += people
    shown = fold_flows(counts, others=(_OTHER_LINKS, _OTHERS))
    if not shown.origins:
        return Picture()
    is_passed_on = any(group.label == PASSED_ON for group in shown.origins)
    surveyed = sum(survey.values())
    tells = surveyed >= SMALLEST
    return Picture(
        people=sum(counts.values()),
        ways=shown.origins,
        said=shown.goals,
        flows=shown.shown,
        hands=fold(hands, other=_OTHER_HANDS) if is_passed_on else (),
        began=fold(began, other=_ELSEWHERE) if is_passed_on else (),
        survey=fold(Counter({way_heard(key): people for key, people in survey.items()}), other=_OTHERS) if tells else (),
        surveyed=surveyed if tells else 0,
    )


def in_words(label: str) -> str:
    """Return the label of a group as it is read: one of ours in the language that is active, the name of a channel as it is."""
    return gettext(label) if label in _OURS else label


def drawing_of(picture: Picture) -> str:
    """Return the picture as SVG: links on the left, answers on the right, with their share in the survey where it is told."""
    note = gettext("survey: %(share)s")
    surveyed = {group.label: note % {"share": percent(group.count, picture.surveyed)} for group in picture.survey}
    origins = [Bar(in_words(group.label), group.count) for group in picture.ways]
    goals = [Bar(in_words(group.label), group.count, note=surveyed.get(group.label)) for group in picture.said]
    left = {group.label: place for place, group in enumerate(picture.ways)}
    right = {group.label: place for place, group in enumerate(picture.said)}
    between = [Stream(left[flow.origin], right[flow.goal], flow.count) for flow in picture.flows]
    names = gettext("The link they came by"), gettext("What they say")
    return streams(origins, goals, between, title=gettext("How people heard"), names=names)


def shares_of(picture: Picture) -> dict[str, Share | None]:
    """Return for each usual answer its share of those who said how they heard; None where too few said so to tell."""
    counts = {group.label: group.count for group in picture.said}
    whole, is_all_told = picture.answered, _OTHERS not in counts
    found: dict[str, Share | None] = {}
    for label in HEARD.values():
        people = counts.get(label, 0 if is_all_told else None)
        found[label] = share_of(people, whole) if people is not None and whole >= SMALLEST else None
    return found


def share_of(part: int, whole: int) -> Share:
    """Return a share of one or more people with its interval (E. B. Wilson, 1927)."""
    middle = (part + _Z**2 / 2) / (whole + _Z**2)
    reach = _Z / (whole + _Z**2) * math.sqrt(part * (whole - part) / whole + _Z**2 / 4)
    low, high = max(0.0, middle - reach), min(1.0, middle + reach)
    return Share(percent(part, whole), math.floor(100 * low + 0.5), math.floor(100 * high + 0.5))


def code_for(name: str, taken: Iterable[str]) -> str:
    """Return a code for a channel, made of its name, that no other has: `operators-list`, `operators-list-2`."""
    used, code = {*taken, *USUAL}, slug_from(name, longest=LONGEST_CODE)
    number = 1
    while code in used:
        number += 1
        code = f"{slug_from(name, longest=LONGEST_CODE - 3)}-{number}"
    return code


def why_not_published(stage: str, *, survey_is_open: bool, picture: Picture) -> str | None:
    """Return why the picture cannot be published, None when it can. Counted twice, it would tell who came between."""
    if stage != "wrap_up":
        return gettext(
            "This is counted once, when all have come. Move the meetup on to “wrap-up” first: the button is on the desk."
        )
    if survey_is_open:
        return gettext("Close the survey first: what people say there belongs into the picture, and it is counted once.")
    if not picture.ways:
        return gettext("Fewer than %(smallest)s people came, too few to say how they heard.") % {"smallest": SMALLEST}
    return None


def _label(way: Way, names: Mapping[str, str]) -> str:
    return PASSED_ON if way.hands else names.get(way.code, NO_LINK)
