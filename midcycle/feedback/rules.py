"""What is asked after a meetup, what an answer may say, and the data points computed from it. Pure.

A data point is a figure with a fixed meaning across editions: its key never changes what it means.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, Literal

from midcycle.engines.charts.draw import percent
from midcycle.kernel.slugs import slug_from
from midcycle.registration.rules import HEARD

SMALLEST: Final = 5  # a figure made of fewer answers could tell who gave them
LONGEST_WORDS: Final = 4000
LONGEST_REMARK: Final = 1000
LONGEST_QUESTION: Final = 200
LEAST_ROOM: Final = 100  # hands that are never too many
MOST_HANDS_UNKNOWN: Final = 2000  # where nobody registered here
OWN: Final = "own:"
ASKING_STAGES: Final = frozenset({"on_site", "wrap_up"})
ASKED_SEATS: Final = frozenset({"held", "checked_in"})

_YES_NO: Final = {"yes": "Yes", "no": "No"}
SURVEY: Final[Mapping[str, Mapping[str, str]]] = {
    "heard_how": HEARD,
    "on_list": _YES_NO,
    "first_time": _YES_NO,
    "free_time": {"too_little": "Too little", "about_right": "About right", "too_much": "Too much"},
    "come_again": _YES_NO,
}
SURVEY_QUESTIONS: Final[Mapping[str, str]] = {
    "heard_how": "How did you hear of this meetup?",
    "on_list": "Are you on the community's mailing list?",
    "first_time": "Was this your first meetup of this kind?",
    "free_time": "Free time between the sessions: was it…",
    "come_again": "Would you come again?",
}
HANDS: Final[Mapping[str, str]] = {
    "on_list": "Are you on the community's mailing list?",
    "first_time": "Is this your first meetup of this kind?",
    "free_time_enough": "Was there enough free time?",
    "come_again": "Would you come again?",
}
REMARKS: Final[Mapping[str, str]] = {"asked_for": "Asked for", "reported": "Reported", "lesson": "Lesson"}

Method = Literal["hands", "survey", "registrations", "count"]
METHODS: Final[Mapping[str, str]] = {
    "hands": "Show of hands",
    "survey": "Anonymous survey",
    "registrations": "Registrations",
    "count": "Counted",
}


@dataclass(frozen=True)
class SurveyAnswers:
    """One person's answers; every question may be left out (empty text or None)."""

    heard_how: str = ""
    on_list: bool | None = None
    first_time: bool | None = None
    free_time: str = ""
    come_again: bool | None = None
    words: str = ""

    @property
    def chosen(self) -> dict[str, str]:
        """Return the value chosen for each question that was answered, without the own words."""
        yes_no = {"on_list": self.on_list, "first_time": self.first_time, "come_again": self.come_again}
        said = {question: "yes" if answer else "no" for question, answer in yes_no.items() if answer is not None}
        return said | {q: v for q, v in (("heard_how", self.heard_how), ("free_time", self.free_time)) if v}


@dataclass(frozen=True)
class Votes:
    """How many said yes and how many no."""

    yes: int = 0
    no: int = 0

    @property
    def whole(self) -> int:
        """Return how many said something."""
        return self.yes + self.no


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
    """A share of people: `part` of `whole`, with how it was found. `said` is the label as the end of a sentence."""

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
        return METHODS[self.method]

    @property
    def origin(self) -> str:
        """Return where the figure comes from, as one sentence."""
        return f"{_ORIGINS[self.method]}: {self.part} of {self.whole} {_OF_WHOM[self.method]}."

    @property
    def of_whom(self) -> str:
        """Return of whom this is a share, such as `of the hands that went up`."""
        return f"of the {_OF_WHOM[self.method]}"


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
    "hands": "A show of hands in the room",
    "survey": "The anonymous survey",
    "registrations": "What people said when they registered",
    "count": "Counted",
}
_OF_WHOM: Final[Mapping[Method, str]] = {
    "hands": "hands that went up",
    "survey": "answers to this question",
    "registrations": "people who came and answered",
    "count": "people with a seat who were asked",
}
_DEFINITIONS: Final = (
    _Definition(
        "share_not_on_list",
        "not on the community's list",
        "were not on the community's list",
        survey=("on_list", "no"),
        hands=("on_list", "no"),
        registered=("on_list", "no"),
    ),
    _Definition(
        "share_first_time",
        "there for the first time",
        "were there for the first time",
        survey=("first_time", "yes"),
        hands=("first_time", "yes"),
        registered=("first_time", "yes"),
    ),
    _Definition(
        "share_free_time_too_little",
        "wanted more free time",
        "wanted more free time",
        survey=("free_time", "too_little"),
        hands=("free_time_enough", "no"),
    ),
    _Definition(
        "share_come_again",
        "would come again",
        "would come again",
        survey=("come_again", "yes"),
        hands=("come_again", "yes"),
    ),
    _Definition(
        "share_heard_by_forwarding",
        "heard of it through a forwarded invitation",
        "heard of it through a forwarded invitation",
        survey=("heard_how", "forwarded"),
        registered=("forwarded", "yes"),
    ),
)
_RESPONSE: Final = _Definition("survey_response_share", "answered the survey", "answered the survey", survey=("", ""))


def data_points(evidence: Evidence) -> tuple[DataPoint, ...]:
    """Return every data point the evidence carries, in a fixed order; what is not known is left out."""
    found = [point for definition in _DEFINITIONS if (point := _point(definition, evidence))]
    if evidence.answered >= SMALLEST and evidence.asked:
        found.append(_share(_RESPONSE, evidence.answered, evidence.asked, "count"))
    return tuple(found)


def fault_in_answers(answers: SurveyAnswers) -> tuple[str | None, str] | None:
    """Return the field that is wrong and what to do about it; None when all is well."""
    for question, value in answers.chosen.items():
        if value not in SURVEY[question]:
            return question, f"Choose one of: {', '.join(SURVEY[question].values())}."
    if len(answers.words) > LONGEST_WORDS:
        return "words", f"Shorten this to {LONGEST_WORDS} characters."
    if not answers.chosen and not answers.words:
        return None, "Answer at least one question, whichever you like."
    return None


def fault_in_hands(question: str, asked: str, votes: Votes, people: int) -> tuple[str, str] | None:
    """Return the field that is wrong in a show of hands and what to do about it; None when all is well."""
    if question not in HANDS and not re.fullmatch(f"{OWN}[a-z0-9-]{{1,50}}", question):
        return "question", f"Choose one of: {', '.join(HANDS)}, or own: and a short name."
    if question.startswith(OWN) and not asked:
        return "asked", "Write down what was asked."
    if len(asked) > LONGEST_QUESTION:
        return "asked", f"Shorten the question to {LONGEST_QUESTION} characters."
    for side, counted in (("yes", votes.yes), ("no", votes.no)):
        if not 0 <= counted <= most_hands(people):
            return side, f"Count again: a number from 0 to {most_hands(people)}."
    if not 0 < votes.whole <= most_hands(people):
        return "yes", f"Count again: together there must be 1 to {most_hands(people)} hands."
    return None


def most_hands(people: int) -> int:
    """Return how many hands may be counted: twice those with a seat, since hosts, helpers and guests vote too."""
    return max(LEAST_ROOM, 2 * people) if people else MOST_HANDS_UNKNOWN


def fault_in_remark(kind: str, text: str) -> tuple[str, str] | None:
    """Return the field that is wrong in a remark and what to do about it; None when all is well."""
    if kind not in REMARKS:
        return "kind", f"Choose one of: {', '.join(REMARKS)}."
    if not text:
        return "text", "Write the remark down; a few words are enough."
    if len(text) > LONGEST_REMARK:
        return "text", f"Shorten the remark to {LONGEST_REMARK} characters."
    return None


def own_question(asked: str) -> str:
    """Return the key of a question in own words: the same words give the same key, in every script."""
    digest = hashlib.sha256(asked.casefold().encode()).hexdigest()[:6]
    return f"{OWN}{slug_from(asked, longest=40)}-{digest}"


def may_open(stage: str) -> bool:
    """Say whether a survey can be opened in this stage of a meetup."""
    return stage in ASKING_STAGES


def _point(definition: _Definition, evidence: Evidence) -> DataPoint | None:
    """Hands come first: in the room nearly everybody answers. Registrations come last: they are from before."""
    if definition.hands and (hands := evidence.hands.get(definition.hands[0])) and hands.whole:
        return _share(definition, _side(hands, definition.hands[1]), hands.whole, "hands")
    question, value = definition.survey
    counts = evidence.survey.get(question, {})
    if sum(counts.values()) >= SMALLEST:
        return _share(definition, counts.get(value, 0), sum(counts.values()), "survey")
    if definition.registered and (said := evidence.registered.get(definition.registered[0])) and _hides_all(said):
        return _share(definition, _side(said, definition.registered[1]), said.whole, "registrations")
    return None


def _hides_all(said: Votes) -> bool:
    """Say whether answers given with a name can be shown: five or more in all, and no side of one to four people."""
    return said.whole >= SMALLEST and all(side == 0 or side >= SMALLEST for side in (said.yes, said.no))


def _side(votes: Votes, side: Literal["yes", "no"]) -> int:
    return votes.yes if side == "yes" else votes.no


def _share(of: _Definition, part: int, whole: int, method: Method) -> DataPoint:
    return DataPoint(of.key, of.label, Fraction(part, whole), part, whole, method, of.said)
