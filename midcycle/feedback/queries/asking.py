"""What the survey of a meetup asks, as people answer it and as the team makes it."""

from dataclasses import dataclass

from django.utils.translation import gettext

from midcycle.feedback.models import OwnQuestion, Slip, Survey, Tally
from midcycle.feedback.rules.asking import KINDS, MOST_OWN, Asked, in_order, standard_questions
from midcycle.kernel.languages import direction_of
from midcycle.kernel.words import language as spoken
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Seat
from midcycle.registration.queries import languages_of
from midcycle.registration.rules.asking import Choice
from midcycle.registration.rules.languages import FIRST, LANGUAGES, language_for, text_in


@dataclass(frozen=True)
class SurveyForm:
    """A survey as somebody reads it. `languages` are those the team writes in, the first of them first."""

    meetup: Meetup
    survey: Survey | None
    questions: tuple[Asked, ...]
    languages: tuple[str, ...]
    language: str

    @property
    def is_open(self) -> bool:
        """Say whether answers are taken."""
        return self.survey is not None and self.survey.is_open

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """Return the languages to choose from, with their own names, where there are several."""
        return tuple((code, LANGUAGES[code]) for code in self.languages) if len(self.languages) > 1 else ()

    def title(self, question: Asked) -> tuple[str, str, str]:
        """Return what is asked, the language it is in, and which way that is read."""
        if not question.is_own:
            return question.title(), spoken(), direction_of(spoken())
        text, language = text_in(question.titles, self.language, self.languages)
        return text, language, direction_of(language)


@dataclass(frozen=True)
class Row:
    """A question of the team on its page. `missing` are the languages it is not there in."""

    number: int
    title: str
    kind: str
    required: bool
    is_answered: bool
    missing: tuple[str, ...]
    is_first: bool = False
    is_last: bool = False


@dataclass(frozen=True)
class StandardRow:
    """A standard question, and whether this survey asks it."""

    key: str
    title: str
    is_asked: bool


@dataclass(frozen=True)
class BuilderPage:
    """Everything the survey asks, and what can be done about it."""

    meetup: Meetup
    survey: Survey | None
    standard: tuple[StandardRow, ...]
    rows: tuple[Row, ...]
    retired: tuple[Row, ...]

    @property
    def is_over(self) -> bool:
        """Say whether the survey is closed for good."""
        return self.survey is not None and self.survey.was_opened and not self.survey.is_open

    @property
    def may_choose(self) -> bool:
        """Say whether standard questions can still be left out."""
        return self.survey is None or not self.survey.was_opened

    @property
    def may_add(self) -> bool:
        """Say whether one question more can be asked."""
        return not self.is_over and len(self.rows) < MOST_OWN


def as_asked(row: OwnQuestion) -> Asked:
    """Return a question of the team as the rules know it."""
    choices = tuple(Choice(choice["value"], choice["titles"]) for choice in row.choices)
    return Asked(row.key, row.kind, row.titles, choices, row.required, row.is_retired, row.pk)


def questions_of(survey: Survey, *, with_retired: bool = False) -> tuple[Asked, ...]:
    """Return what a survey asks, in order. One query. With those retired, what was answered to them can be read, too."""
    rows = OwnQuestion.objects.filter(survey=survey).order_by("position", "pk")
    own = [as_asked(row) for row in rows if with_retired or not row.is_retired]
    return in_order(standard_questions(survey.standard_off), own)


def survey_form(meetup: Meetup, *, asked: str = "", accepted: str = "") -> SurveyForm:
    """Return the survey of a meetup in the language asked for or accepted; before anybody made one, the standard questions."""
    survey = Survey.objects.filter(meetup=meetup).first()
    questions = questions_of(survey) if survey else in_order(standard_questions(), ())
    languages = tuple(languages_of(meetup))
    return SurveyForm(meetup, survey, questions, languages, language_for(asked, accepted, languages))


def language_of(meetup: Meetup, *, asked: str, accepted: str) -> str:
    """Return the language the team's questions are shown in to somebody. One query at most."""
    return language_for(asked, accepted, languages_of(meetup))


def builder_page(meetup: Meetup) -> BuilderPage:
    """Return what the survey asks, for the team."""
    survey = Survey.objects.filter(meetup=meetup).first()
    off = frozenset(survey.standard_off if survey else ())
    standard = tuple(StandardRow(each.key, each.title(), each.key not in off) for each in standard_questions())
    if survey is None:
        return BuilderPage(meetup, None, standard, (), ())
    met = set(Tally.objects.filter(survey=survey, count__gt=0).values_list("question", flat=True))
    languages = tuple(languages_of(meetup))
    questions = [as_asked(row) for row in OwnQuestion.objects.filter(survey=survey).order_by("position", "pk")]
    asked = [question for question in questions if not question.is_retired]
    rows = tuple(
        _row(question, languages, met, is_first=place == 0, is_last=place == len(asked) - 1)
        for place, question in enumerate(asked)
    )
    retired = tuple(_row(question, languages, met) for question in questions if question.is_retired)
    return BuilderPage(meetup, survey, standard, rows, retired)


def has_answered(seat: Seat) -> bool:
    """Say whether the survey was answered from this seat; nobody knows once it is closed."""
    return Slip.objects.filter(seat=seat).exists()


def is_met(question: OwnQuestion) -> bool:
    """Say whether anybody was asked this question, so that its words stay."""
    return Tally.objects.filter(survey=question.survey_id, question=question.key, count__gt=0).exists()


def _row(question: Asked, languages: tuple[str, ...], met: set[str], *, is_first: bool = False, is_last: bool = False) -> Row:
    missing = tuple(LANGUAGES[code] for code in languages if not question.titles.get(code))
    title, kind = question.title(languages[0] if languages else FIRST), gettext(KINDS[question.kind])
    return Row(question.number, title, kind, question.required, question.key in met, missing, is_first, is_last)
