"""What a closed survey came to: figures for the team, folded ones for everybody, and free text without names."""

from dataclasses import dataclass
from typing import Final

from midcycle.feedback.models import HandCount, OwnWords, Survey
from midcycle.feedback.queries.asking import questions_of
from midcycle.feedback.queries.evidence import counts_of, hand_counts
from midcycle.feedback.rules.asking import WRITTEN, Asked, in_order, standard_questions
from midcycle.feedback.rules.standard import SMALLEST, WORDS
from midcycle.feedback.rules.summary import Summary, for_everybody, for_team
from midcycle.meetups.models import Meetup
from midcycle.registration.rules.languages import FIRST

PAGE: Final = 50  # texts on one page
FEW_WORDS: Final = 100


@dataclass(frozen=True)
class Texts:
    """A page of what people wrote to one question, in the order of random keys."""

    key: str
    asked: str
    texts: tuple[str, ...]
    whole: int
    page: int

    @property
    def pages(self) -> int:
        """Return how many pages there are, at least one."""
        return max(1, -(-self.whole // PAGE))


@dataclass(frozen=True)
class Results:
    """What a survey came to. `people` is how many answered it, None where that is too few to be told."""

    meetup: Meetup
    is_closed: bool
    people: int | None
    questions: tuple[Summary, ...]
    not_asked: tuple[Summary, ...]
    hands: tuple[HandCount, ...]


def results(meetup: Meetup, *, public: bool, language: str = FIRST) -> Results:
    """Return what a survey came to, once it is closed; for everybody folded. Four queries, however many answered."""
    survey = Survey.objects.filter(meetup=meetup).first()
    hands = hand_counts(meetup)
    if survey is None or survey.is_open or not survey.was_opened:
        return Results(meetup, is_closed=False, people=None, questions=(), not_asked=(), hands=hands)
    counts = counts_of(meetup)
    summed = for_everybody if public else for_team
    found = [summed(question, counts.get(question.key, {}), language) for question in _all_questions(survey)]
    people = survey.on_screen + survey.on_paper
    return Results(
        meetup=meetup,
        is_closed=True,
        people=people if people >= SMALLEST or not public else None,
        questions=tuple(each for each in found if each.state != "not_asked"),
        not_asked=tuple(each for each in found if each.state == "not_asked"),
        hands=hands,
    )


def texts_page(meetup: Meetup, key: str, page: int) -> Texts | None:
    """Return a page of what people wrote to a question of a closed survey; None where there is no such question or page."""
    survey = Survey.objects.filter(meetup=meetup, is_open=False, was_opened=True).first()
    if survey is None:
        return None
    question = next((each for each in _all_questions(survey) if each.key == key and each.kind in WRITTEN), None)
    if question is None:
        return None
    rows = OwnWords.objects.filter(survey=survey, question=key)
    start = (page - 1) * PAGE
    found = tuple(rows.order_by("pk").values_list("text", flat=True)[start : start + PAGE])
    return Texts(key, question.title(), found, rows.count(), page) if found or page == 1 else None


def own_words(meetup: Meetup) -> tuple[str, ...]:
    """Return what people wrote at the end once the survey is closed, the first hundred in the order of random keys."""
    words = OwnWords.objects.filter(survey__meetup=meetup, survey__is_open=False, question=WORDS).order_by("pk")
    return tuple(words.values_list("text", flat=True)[:FEW_WORDS])


def _all_questions(survey: Survey) -> tuple[Asked, ...]:
    """Return every question there was, standard ones that were left out and retired ones as well."""
    own = [question for question in questions_of(survey, with_retired=True) if question.is_own]
    return in_order(standard_questions(), own)
