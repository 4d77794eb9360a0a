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
    "told": gettext_noop("Counted, and told"),
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


DEFINITIONS: Final = tuple(
    Definition(*each)
    for each in (
        ("came", gettext_noop("Came"), gettext_noop("People checked in at the door."), "people", "report"),
        (
            "registered",
            gettext_noop("Asked for a seat"),
            gettext_noop("Registrations, with those later cancelled."),
            "people",
            "report",
        ),
        (
            "seated",
            gettext_noop("Had a seat"),
            gettext_noop("Registrations that got a seat and did not give it back."),
            "people",
            "report",
        ),
        (
            "no_show_share",
            gettext_noop("Did not come"),
            gettext_noop("Of those who had a seat, those not checked in."),
            "share",
            "report",
        ),
        (
            "waiting",
            gettext_noop("Still waiting at the end"),
            gettext_noop("Registrations in line when the meetup was over."),
            "people",
            "report",
        ),
        (
            "interested",
            gettext_noop("Said they would come"),
            gettext_noop("Confirmed answers to the call for interest."),
            "people",
            "report",
        ),
        (
            "capacity",
            gettext_noop("Seats"),
            gettext_noop("The capacity the organisers set last."),
            "things",
            "report",
        ),
        (
            "roles",
            gettext_noop("What they do"),
            gettext_noop("Of those who came, by role, as they said."),
            "groups",
            "report",
        ),
        (
            "sectors",
            gettext_noop("Their sector"),
            gettext_noop("Of those who came, by sector, as they said."),
            "groups",
            "report",
        ),
        (
            "regions",
            gettext_noop("Where they came from"),
            gettext_noop("Of those who came, by region, as they said."),
            "groups",
            "report",
        ),
        (
            "heard",
            gettext_noop("How people heard"),
            gettext_noop("Answers when registering, as the page of reach counts them."),
            "groups",
            "reach",
        ),
        (
            "first_time_registered",
            gettext_noop("There for the first time (registrations)"),
            gettext_noop("Of those who came and answered when registering."),
            "share",
            "report",
        ),
        (
            "not_on_list_registered",
            gettext_noop("Not on the list (registrations)"),
            gettext_noop("Of those who came and answered when registering."),
            "share",
            "report",
        ),
        (
            "on_list_matched",
            gettext_noop("On the list (compared)"),
            gettext_noop("Of those with a seat, compared with the members of a list, without handing over an address."),
            "share",
            "reach",
        ),
        (
            "joined_after",
            gettext_noop("Joined the list within 30 days"),
            gettext_noop("Of those found not to be on it, at the end of the 30th day."),
            "share",
            "reach",
        ),
        (
            "first_time_survey",
            gettext_noop("There for the first time (survey)"),
            gettext_noop("Of those who answered this question."),
            "share",
            "survey",
        ),
        (
            "not_on_list_survey",
            gettext_noop("Not on the list (survey)"),
            gettext_noop("Of those who answered this question."),
            "share",
            "survey",
        ),
        (
            "free_time_survey",
            gettext_noop("Wanted more free time (survey)"),
            gettext_noop("Of those who answered this question."),
            "share",
            "survey",
        ),
        (
            "come_again_survey",
            gettext_noop("Would come again (survey)"),
            gettext_noop("Of those who answered this question."),
            "share",
            "survey",
        ),
        (
            "forwarded_survey",
            gettext_noop("Heard by a forwarded invitation (survey)"),
            gettext_noop("Of those who answered this question."),
            "share",
            "survey",
        ),
        (
            "survey_response",
            gettext_noop("Answered the survey"),
            gettext_noop("Of those with a seat who could be asked."),
            "share",
            "survey",
        ),
        (
            "first_time_hands",
            gettext_noop("There for the first time (hands)"),
            gettext_noop("Of the hands that went up."),
            "share",
            "survey",
        ),
        (
            "not_on_list_hands",
            gettext_noop("Not on the list (hands)"),
            gettext_noop("Of the hands that went up."),
            "share",
            "survey",
        ),
        (
            "free_time_hands",
            gettext_noop("Wanted more free time (hands)"),
            gettext_noop("Of the hands that went up."),
            "share",
            "survey",
        ),
        (
            "come_again_hands",
            gettext_noop("Would come again (hands)"),
            gettext_noop("Of the hands that went up."),
            "share",
            "survey",
        ),
        (
            "sessions",
            gettext_noop("Sessions"),
            gettext_noop("Sessions of the newest release of the agenda."),
            "things",
            "report",
        ),
        (
            "moderators",
            gettext_noop("Moderators"),
            gettext_noop("Different names that lead or shadow a released session."),
            "things",
            "report",
        ),
        (
            "moderators_learning",
            gettext_noop("Moderators who learned"),
            gettext_noop("Of the moderators, those who only shadowed."),
            "things",
            "report",
        ),
        (
            "topics",
            gettext_noop("Topics proposed"),
            gettext_noop("Topics that were not withdrawn."),
            "things",
            "topics",
        ),
        ("pads", gettext_noop("Pads"), gettext_noop("Pads of sessions."), "things", "pads"),
        (
            "actions",
            gettext_noop("Actions"),
            gettext_noop("Actions in the notes, as the page of outcomes lists them."),
            "things",
            "outcomes",
        ),
        (
            "actions_confirmed",
            gettext_noop("Actions somebody stands for"),
            gettext_noop("Of the actions, those confirmed."),
            "things",
            "outcomes",
        ),
        (
            "actions_done",
            gettext_noop("Actions done"),
            gettext_noop("Of the actions, those done."),
            "things",
            "outcomes",
        ),
        (
            "pictures",
            gettext_noop("Pictures"),
            gettext_noop("Pictures everybody can see."),
            "things",
            "photos",
        ),
        (
            "cost",
            gettext_noop("What it cost"),
            gettext_noop("All costs of the public money report, in its first currency."),
            "minor",
            "money",
        ),
        (
            "fees_share",
            gettext_noop("Paid by fees"),
            gettext_noop("Of the income in that currency, in whole percent."),
            "share",
            "money",
        ),
        (
            "underwriters_share",
            gettext_noop("Paid by underwriters"),
            gettext_noop("Of the income in that currency, in whole percent."),
            "share",
            "money",
        ),
    )
)
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
