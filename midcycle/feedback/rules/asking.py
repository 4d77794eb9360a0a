"""The questions of a survey, standard ones and the team's own, and how answers are read. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from midcycle.feedback.rules.standard import LONGEST_WORDS, SURVEY, SURVEY_QUESTIONS, WORDS
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import has_ink, lines, one_line
from midcycle.kernel.words import gettext, gettext_noop
from midcycle.registration.rules.asking import Choice
from midcycle.registration.rules.languages import FIRST, text_in

KINDS: Final[Mapping[str, str]] = {
    "one": gettext_noop("One of a list"),
    "several": gettext_noop("Several of a list"),
    "scale": gettext_noop("A scale from 1 to 5"),
    "short": gettext_noop("A short text"),
    "long": gettext_noop("A long text"),
}
CHOSEN: Final = frozenset({"one", "several", "scale"})
WRITTEN: Final = frozenset({"short", "long"})
SCALE: Final = ("1", "2", "3", "4", "5")
MOST_OWN: Final = 20
MOST_CHOICES: Final = 9  # a paper form is typed with one digit for each answer
LONGEST: Final[Mapping[str, int]] = {"short": 200, "long": LONGEST_WORDS}

# Beside the values of a question two things are counted: who answered it at all, and who was asked and left it out.
GIVEN: Final = "*"
LEFT_OUT: Final = ""

NEEDED: Final = gettext_noop("The team needs an answer to this one.")
NOT_ON_THE_LIST: Final = gettext_noop("Choose one of the list.")
NOTHING: Final = gettext_noop("Answer at least one question, whichever you like.")


@dataclass(frozen=True)
class Asked:
    """A question of a survey. Texts by language. `number` is 0 for a standard question, which is told in the active language.

    Of a scale the first choice says what 1 means and the second what 5 means, if there are any.
    """

    key: str
    kind: str
    titles: Mapping[str, str]
    choices: tuple[Choice, ...] = ()
    required: bool = False
    is_retired: bool = False
    number: int = 0

    @property
    def is_own(self) -> bool:
        """Say whether the team made it."""
        return self.number > 0

    @property
    def values(self) -> tuple[str, ...]:
        """Return the answers that can be chosen; none where people write."""
        if self.kind == "scale":
            return SCALE
        return tuple(choice.value for choice in self.choices) if self.kind in CHOSEN else ()

    def title(self, language: str = FIRST) -> str:
        """Return what is asked: of the team's own in this language, if it is there in it."""
        return self._told(self.titles, language)

    def label(self, value: str, language: str = FIRST) -> str:
        """Return an answer as people read it; of a scale, what its ends mean."""
        if self.kind == "scale":
            ends = dict(zip(("1", "5"), self.choices, strict=False))
            meaning = text_in(ends[value].titles, language)[0] if value in ends else ""
            return f"{value}: {meaning}" if meaning else value
        titles = next((choice.titles for choice in self.choices if choice.value == value), {})
        return self._told(titles, language) or value

    def _told(self, texts: Mapping[str, str], language: str) -> str:
        text = text_in(texts, language)[0]
        return text if self.is_own else gettext(text)


@dataclass(frozen=True)
class Answers:
    """What one person answered: the values chosen and the texts written, by key. What was left out is not there."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def given(self) -> frozenset[str]:
        """Return the keys of what was answered."""
        return frozenset(self.chosen) | frozenset(self.texts)


@dataclass(frozen=True)
class Read:
    """Answers, tidied, and for each that is wrong a sentence: by key, blank for the whole."""

    answers: Answers
    faults: Mapping[str, str]


def standard_questions(off: Iterable[str] = ()) -> tuple[Asked, ...]:
    """Return the standard questions in the order they are asked, without those a team leaves out."""
    chosen = [
        Asked(
            key, "one", {FIRST: SURVEY_QUESTIONS[key]}, tuple(Choice(value, {FIRST: said}) for value, said in answers.items())
        )
        for key, answers in SURVEY.items()
    ]
    words = Asked(WORDS, "long", {FIRST: gettext_noop("Anything else, in your own words")})
    left_out = frozenset(off)
    return tuple(question for question in (*chosen, words) if question.key not in left_out)


def in_order(standard: Sequence[Asked], own: Sequence[Asked]) -> tuple[Asked, ...]:
    """Return questions as they are asked: standard ones, the team's, and own words as the last."""
    last = [question for question in standard if question.key == WORDS]
    return (*(question for question in standard if question.key != WORDS), *own, *last)


def read(questions: Sequence[Asked], typed: Mapping[str, Sequence[str]], *, needs_all: bool = True) -> Read:
    """Read what somebody answered. What is not among the questions is left out, and so are blanks.

    With `needs_all` a question the team needs an answer to has to be answered.
    """
    chosen: dict[str, tuple[str, ...]] = {}
    texts: dict[str, str] = {}
    faults: dict[str, str] = {}
    for question in questions:
        said = [value for value in typed.get(question.key, ()) if value]
        if question.kind in WRITTEN:
            text = _text(question, said)
            if has_ink(text):
                texts[question.key] = text
        elif said:
            chosen[question.key] = tuple(dict.fromkeys(said))
        if fault := _fault(question, chosen.get(question.key, ()), texts.get(question.key, ""), needs=needs_all):
            faults[question.key] = fault
    answers = Answers(chosen, texts)
    if not faults and not answers.given:
        faults[""] = gettext(NOTHING)
    return Read(answers, faults)


def counted(questions: Iterable[Asked], answers: Answers) -> frozenset[tuple[str, str]]:
    """Return what is counted for one person: question and value; that it was answered at all, or was asked and left out.

    A question that is asked no more is counted only for who answered it, having been asked before.
    """
    found = set()
    for question in questions:
        if question.key in answers.given:
            found |= {(question.key, GIVEN), *((question.key, value) for value in answers.chosen.get(question.key, ()))}
        elif not question.is_retired:
            found.add((question.key, LEFT_OUT))
    return frozenset(found)


def from_digits(question: Asked, typed: str) -> list[str]:
    """Return the values that digits stand for, as they are printed on paper: 1 for the first answer. Raises Refusal."""
    digits = typed.replace(" ", "")
    values = dict(zip("123456789", question.values, strict=False))
    if not set(digits) <= set(values):
        raise Refusal(gettext("Type a digit from 1 to %(last)s, or nothing.") % {"last": len(values)})
    if len(set(digits)) > 1 and question.kind != "several":
        raise Refusal(gettext("Only one answer was asked for. Where several are ticked, leave it blank."))
    return [values[digit] for digit in digits]


def rows_of(question: Asked) -> tuple[str, ...]:
    """Return what is counted of a question: its values, who answered it at all, and who left it out."""
    return (*question.values, GIVEN, LEFT_OUT)


def _text(question: Asked, said: Sequence[str]) -> str:
    typed = said[0] if said else ""
    return one_line(typed) if question.kind == "short" else lines(typed)


def _fault(question: Asked, chosen: tuple[str, ...], text: str, *, needs: bool) -> str | None:
    if not set(chosen) <= set(question.values):
        return gettext(NOT_ON_THE_LIST)
    if len(chosen) > 1 and question.kind != "several":
        return gettext("Choose one answer only.")
    if len(text) > LONGEST.get(question.kind, 0):
        return gettext("Shorten this to %(most)s characters.") % {"most": LONGEST[question.kind]}
    if needs and question.required and not question.is_retired and not chosen and not text:
        return gettext(NEEDED)
    return None
