"""The data points computed from what people said after a meetup. Pure.

A data point is a figure with a fixed meaning across editions: its key never changes what it means.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, Literal

from midcycle.engines.charts.draw import percent
from midcycle.feedback.rules.asking import standard_questions
from midcycle.feedback.rules.standard import SMALLEST, Votes
from midcycle.feedback.rules.summary import shown_values
from midcycle.kernel.words import gettext, gettext_noop

Method = Literal["hands", "survey", "registrations", "count"]
METHODS: Final[Mapping[str, str]] = {
    "hands": gettext_noop("Show of hands"),
    "survey": gettext_noop("Anonymous survey"),
    "registrations": gettext_noop("Registrations"),
    "count": gettext_noop("Counted"),
}


@dataclass(frozen=True)
class Evidence:
    """All that data points are made from: hands, the counts of a closed survey, what people said when registering."""

    hands: Mapping[str, Votes] = field(default_factory=dict)
    survey: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    registered: Mapping[str, Votes] = field(default_factory=dict)
    answered: int = 0
    asked: int = 0


@dataclass(frozen=True)
class DataPoint:
    """A share of people: `part` of `whole`, with how it was found. `said` is the label as the end of a sentence.

    Label and `said` are in English, as they are kept and told to machines; `gettext` tells them to people.
    """

    key: str
    label: str
    share: Fraction
    part: int
    whole: int
    method: Method
    said: str = ""

    @property
    def percent(self) -> str:
        """Return the share in whole percent, such as `30 %`."""
        return percent(self.part, self.whole)

    @property
    def method_name(self) -> str:
        """Return how the figure was found, in words."""
        return gettext(METHODS[self.method])

    @property
    def origin(self) -> str:
        """Return where the figure comes from, as one sentence."""
        return gettext(_ORIGINS[self.method]) % {"part": self.part, "whole": self.whole}

    @property
    def of_whom(self) -> str:
        """Return of whom this is a share, such as `of the hands that went up`."""
        return gettext(_OF_WHOM[self.method])


@dataclass(frozen=True)
class _Definition:
    """Where a data point looks, best first: side of a show of hands, value in the survey, side in registrations."""

    key: str
    label: str
    said: str
    survey: tuple[str, str]
    hands: tuple[str, Literal["yes", "no"]] | None = None
    registered: tuple[str, Literal["yes", "no"]] | None = None


_ORIGINS: Final[Mapping[Method, str]] = {
    "hands": gettext_noop("A show of hands in the room: %(part)s of %(whole)s hands that went up."),
    "survey": gettext_noop("The anonymous survey: %(part)s of %(whole)s answers to this question."),
    "registrations": gettext_noop("What people said when they registered: %(part)s of %(whole)s people who came and answered."),
    "count": gettext_noop("Counted: %(part)s of %(whole)s people with a seat who were asked."),
}
_OF_WHOM: Final[Mapping[Method, str]] = {
    "hands": gettext_noop("of the hands that went up"),
    "survey": gettext_noop("of the answers to this question"),
    "registrations": gettext_noop("of the people who came and answered"),
    "count": gettext_noop("of the people with a seat who were asked"),
}
_DEFINITIONS: Final = (
    _Definition(
        "share_not_on_list",
        gettext_noop("not on the community's list"),
        gettext_noop("were not on the community's list"),
        survey=("on_list", "no"),
        hands=("on_list", "no"),
        registered=("on_list", "no"),
    ),
    _Definition(
        "share_first_time",
        gettext_noop("there for the first time"),
        gettext_noop("were there for the first time"),
        survey=("first_time", "yes"),
        hands=("first_time", "yes"),
        registered=("first_time", "yes"),
    ),
    _Definition(
        "share_free_time_too_little",
        gettext_noop("wanted more free time"),
        gettext_noop("wanted more free time"),
        survey=("free_time", "too_little"),
        hands=("free_time_enough", "no"),
    ),
    _Definition(
        "share_come_again",
        gettext_noop("would come again"),
        gettext_noop("would come again"),
        survey=("come_again", "yes"),
        hands=("come_again", "yes"),
    ),
    _Definition(
        "share_heard_by_forwarding",
        gettext_noop("heard of it through a forwarded invitation"),
        gettext_noop("heard of it through a forwarded invitation"),
        survey=("heard_how", "forwarded"),  # of registrations the page of reach tells it, folded with all other answers
    ),
)
_QUESTIONS: Final = {question.key: question for question in standard_questions()}
_RESPONSE: Final = _Definition(
    "survey_response_share", gettext_noop("answered the survey"), gettext_noop("answered the survey"), survey=("", "")
)


def data_points(evidence: Evidence) -> tuple[DataPoint, ...]:
    """Return every data point the evidence carries, in a fixed order; what is not known is left out."""
    found = [point for definition in _DEFINITIONS if (point := _point(definition, evidence))]
    if evidence.answered >= SMALLEST and evidence.asked:
        found.append(_share(_RESPONSE, evidence.answered, evidence.asked, "count"))
    return tuple(found)


def _point(definition: _Definition, evidence: Evidence) -> DataPoint | None:
    """Hands come first: in the room nearly everybody answers. Registrations come last: they are from before."""
    if definition.hands and (hands := evidence.hands.get(definition.hands[0])) and hands.whole:
        return _share(definition, _side(hands, definition.hands[1]), hands.whole, "hands")
    if surveyed := _surveyed(definition, evidence):
        return surveyed
    if definition.registered and (said := evidence.registered.get(definition.registered[0])) and _hides_all(said):
        return _share(definition, _side(said, definition.registered[1]), said.whole, "registrations")
    return None


def _surveyed(definition: _Definition, evidence: Evidence) -> DataPoint | None:
    """Return the share the survey tells. Only a figure that the page of results shows, too: else the two would tell more."""
    key, value = definition.survey
    question, counts = _QUESTIONS[key], evidence.survey.get(key, {})
    if value not in shown_values(question, counts):
        return None
    return _share(definition, counts.get(value, 0), sum(counts.get(each, 0) for each in question.values), "survey")


def _hides_all(said: Votes) -> bool:
    """Say whether answers given with a name can be shown: five or more in all, and no side of one to four people."""
    return said.whole >= SMALLEST and all(side == 0 or side >= SMALLEST for side in (said.yes, said.no))


def _side(votes: Votes, side: Literal["yes", "no"]) -> int:
    return votes.yes if side == "yes" else votes.no


def _share(of: _Definition, part: int, whole: int, method: Method) -> DataPoint:
    return DataPoint(of.key, of.label, Fraction(part, whole), part, whole, method, of.said)
