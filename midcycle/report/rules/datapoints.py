"""Data points: what each figure means, and which of them may be published of what was counted. Pure.

A key never changes what it means. Where a figure is to be computed otherwise, its `version` goes up and pages say so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from midcycle.kernel.folding import Group
from midcycle.kernel.words import gettext_noop
from midcycle.report.rules.guard import Crowd, chosen

FORMAT: Final = "midcycle-data-points/1"
Unit = Literal["people", "things", "share", "groups", "minor"]
State = Literal["told", "withheld", "unknown"]
STATES: Final[Mapping[str, str]] = {
    "told": gettext_noop("Told"),
    "withheld": gettext_noop("Not told: it would tell of fewer than five people"),
    "unknown": gettext_noop("Not counted"),
}


@dataclass(frozen=True)
class Definition:
    """What a data point means. `version` is of its method, `page` the public page that shows what it is made of."""

    key: str
    title: str
    meaning: str
    unit: Unit
    page: str
    version: int = 1


_N = gettext_noop
_ASKED, _SURVEY, _HEARD = "registration", "survey", "reach"
DEFINITIONS: Final = tuple(
    Definition(*each)
    for each in (
        ("came", _N("Came"), _N("People checked in at the door."), "people", "report"),
        ("registered", _N("Asked for a seat"), _N("Registrations, with those later cancelled."), "people", "report"),
        ("seated", _N("Had a seat"), _N("Registrations that got a seat and did not give it back."), "people", "report"),
        ("no_show_share", _N("Did not come"), _N("Of those who had a seat, those not checked in."), "share", "report"),
        ("waiting", _N("Still waiting at the end"), _N("Registrations in line when the meetup was over."), "people", "report"),
        ("interested", _N("Said they would come"), _N("Confirmed answers to the call for interest."), "people", "report"),
        ("capacity", _N("Seats"), _N("The capacity the organisers set last."), "things", "report"),
        ("roles", _N("What they do"), _N("Of those who came, by role, as they said."), "groups", "report"),
        ("sectors", _N("Their sector"), _N("Of those who came, by sector, as they said."), "groups", "report"),
        ("regions", _N("Where they came from"), _N("Of those who came, by region, as they said."), "groups", "report"),
        ("heard", _N("How people heard"), _N("Answers when registering, as the page of reach counts them."), "groups", "reach"),
        (
            "first_time_registered", _N("There for the first time (registrations)"),
            _N("Of those who came and answered when registering."), "share", "report",
        ),
        (
            "not_on_list_registered", _N("Not on the list (registrations)"),
            _N("Of those who came and answered when registering."), "share", "report",
        ),
        (
            "on_list_matched", _N("On the list (compared)"),
            _N("Of those with a seat, compared with the members of a list, without handing over an address."), "share", "reach",
        ),
        (
            "joined_after", _N("Joined the list within 30 days"),
            _N("Of those found not to be on it, at the end of the 30th day."), "share", "reach",
        ),
        (
            "first_time_survey", _N("There for the first time (survey)"), _N("Of those who answered this question."),
            "share", "survey",
        ),
        ("not_on_list_survey", _N("Not on the list (survey)"), _N("Of those who answered this question."), "share", "survey"),
        (
            "free_time_survey", _N("Wanted more free time (survey)"), _N("Of those who answered this question."),
            "share", "survey",
        ),
        ("come_again_survey", _N("Would come again (survey)"), _N("Of those who answered this question."), "share", "survey"),
        (
            "forwarded_survey", _N("Heard by a forwarded invitation (survey)"), _N("Of those who answered this question."),
            "share", "survey",
        ),
        ("survey_response", _N("Answered the survey"), _N("Of those with a seat who could be asked."), "share", "survey"),
        ("first_time_hands", _N("There for the first time (hands)"), _N("Of the hands that went up."), "share", "survey"),
        ("not_on_list_hands", _N("Not on the list (hands)"), _N("Of the hands that went up."), "share", "survey"),
        ("free_time_hands", _N("Wanted more free time (hands)"), _N("Of the hands that went up."), "share", "survey"),
        ("come_again_hands", _N("Would come again (hands)"), _N("Of the hands that went up."), "share", "survey"),
        ("sessions", _N("Sessions"), _N("Sessions of the newest release of the agenda."), "things", "report"),
        ("moderators", _N("Moderators"), _N("Different names that lead or shadow a released session."), "things", "report"),
        (
            "moderators_learning", _N("Moderators who learned"), _N("Of the moderators, those who only shadowed."),
            "things", "report",
        ),
        ("topics", _N("Topics proposed"), _N("Topics that were not withdrawn."), "things", "topics"),
        ("pads", _N("Pads"), _N("Pads of sessions."), "things", "pads"),
        ("actions", _N("Actions"), _N("Actions in the notes, as the page of outcomes lists them."), "things", "outcomes"),
        ("actions_confirmed", _N("Actions somebody stands for"), _N("Of the actions, those confirmed."), "things", "outcomes"),
        ("actions_done", _N("Actions done"), _N("Of the actions, those done."), "things", "outcomes"),
        ("pictures", _N("Pictures"), _N("Pictures everybody can see."), "things", "photos"),
        ("cost", _N("What it cost"), _N("All costs of the public money report, in its first currency."), "minor", "money"),
        ("fees_share", _N("Paid by fees"), _N("Of the income in that currency, in whole percent."), "share", "money"),
        (
            "underwriters_share", _N("Paid by underwriters"), _N("Of the income in that currency, in whole percent."),
            "share", "money",
        ),
    )
)  # fmt: skip
BY_KEY: Final = {one.key: one for one in DEFINITIONS}


@dataclass(frozen=True)
class Measured:
    """A figure as it was counted: a number, a part of a number, or groups; `crowds` are the people it would tell of."""

    key: str
    value: float | None = None
    part: int | None = None
    n: int | None = None
    groups: tuple[Group, ...] = ()
    currency: str = ""
    crowds: tuple[Crowd, ...] = ()


@dataclass(frozen=True)
class Round:
    """Points as they were published, and the crowds they told of; what is in it never changes."""

    points: tuple[dict[str, Any], ...] = ()
    crowds: tuple[Crowd, ...] = field(default=())

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the points that are settled: told or withheld."""
        return frozenset(point["key"] for point in self.points if point["state"] != "unknown")


def publishable(measured: Iterable[Measured], structure: Iterable[Crowd], before: Round, since: str) -> Round:
    """Return what is published: what was before, unchanged, and of what was unknown then what may be told beside it."""
    found = {one.key: one for one in measured if one.key not in before.keys}
    fresh = [found[definition.key] for definition in DEFINITIONS if definition.key in found]
    told, crowds = chosen([(one.key, one.crowds) for one in fresh], {crowd.name: crowd for crowd in structure}, before.crowds)
    kept = {point["key"]: point for point in before.points if point["state"] != "unknown"}
    new = {one.key: _point(one, told=one.key in told, since=since) for one in fresh}
    points = tuple(kept.get(one.key) or new.get(one.key) or _empty(one, "unknown", since) for one in DEFINITIONS)
    return Round(points, tuple(crowds.values()))


def _point(one: Measured, *, told: bool, since: str) -> dict[str, Any]:
    definition = BY_KEY[one.key]
    if not told:
        return _empty(definition, "withheld", since)
    groups = [{"label": group.label, "people": group.count} for group in one.groups]
    share = round(one.part / one.n, 4) if one.part is not None and one.n else one.value
    value = share if definition.unit == "share" else None if groups else one.value
    return {
        **_empty(definition, "told", since),
        "value": value, "part": one.part, "n": one.n, "groups": groups, "currency": one.currency,
    }  # fmt: skip


def _empty(definition: Definition, state: State, since: str) -> dict[str, Any]:
    return {
        "key": definition.key, "state": state, "unit": definition.unit, "value": None, "part": None, "n": None, "groups": [],
        "currency": "", "version": definition.version, "since": since,
    }  # fmt: skip
