"""What a meetup's form asks, and what somebody answered to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from midcycle.meetups.models import Meetup
from midcycle.registration.models import Capacity, Echo, Needs, Question, Seat, SeatAnswer
from midcycle.registration.rules import languages
from midcycle.registration.rules.asking import ALWAYS_ASKED, KEEP_DAYS, Asked, Choice
from midcycle.registration.rules.editing import title_of_answer
from midcycle.registration.rules.keeping import days_of
from midcycle.registration.rules.needs import DIETS, diet_in_parts


@dataclass(frozen=True)
class AskedForm:
    """What a meetup's form asks: standard questions by key, with the days each is kept, and the organisers' own, in order.

    `own` are the languages the organisers write in, the first of them first; `language` is the one the visitor reads.
    """

    standard: frozenset[str]
    keep: Mapping[str, int]
    questions: tuple[Asked, ...]
    own: tuple[str, ...]
    language: str

    @property
    def written_in(self) -> str:
        """Return the language the form itself is written in for this visitor."""
        return languages.written_in(self.language)

    @property
    def direction(self) -> str:
        """Return which way the form itself is read, for the attribute `dir`."""
        return languages.direction_of(self.written_in)

    @property
    def languages(self) -> tuple[tuple[str, str], ...]:
        """Return the languages the organisers write in, each with its own name: the foot of the page has all others."""
        return tuple((code, languages.LANGUAGES[code]) for code in self.own)

    def text(self, texts: Mapping[str, str]) -> tuple[str, str]:
        """Return a text of the organisers for this visitor, with the language it is in: one they write in now, if any is."""
        current = {code: texts[code] for code in self.own if texts.get(code)}
        return languages.text_in(current or texts, self.language, self.own)


@dataclass(frozen=True)
class Spoken:
    """The language of a page about somebody's place, and which way it is read: what they registered in."""

    written_in: str

    @property
    def direction(self) -> str:
        """Return which way it is read, for the attribute `dir`."""
        return languages.direction_of(self.written_in)


@dataclass(frozen=True)
class Told:
    """What somebody told beside the columns of a seat; `more` by key of the question."""

    diet: str
    access: str
    more: Mapping[str, str]


def capacity_of(meetup: Meetup) -> Capacity | None:
    """Return the row of counters of a meetup; no query where the gate has read it along."""
    found: Capacity | None = getattr(meetup, "capacity", None)
    return found


def form_of(meetup: Meetup, *, asked: str = "", accepted: str = "") -> AskedForm:
    """Return what the form asks, in the language asked for or accepted. One query, and only when the organisers ask more."""
    capacity = capacity_of(meetup)
    asks = capacity.asks if capacity else {}
    own = tuple(code for code in asks.get("languages", ()) if code in languages.LANGUAGES) or (languages.FIRST,)
    off = set(asks.get("off", ())) - ALWAYS_ASKED
    return AskedForm(
        standard=frozenset(key for key in KEEP_DAYS if key not in off),
        keep={key: days_of(key, capacity.keep_days if capacity else {}) for key in KEEP_DAYS},
        questions=questions_of(meetup) if capacity and capacity.has_questions else (),
        own=own,
        language=languages.language_for(asked, accepted, languages.form_languages(own)),
    )


def spoken(language: str, *, accepted: str) -> Spoken:
    """Return the language of a page for somebody who registered in this one; blank for those a colleague registered."""
    return Spoken(languages.language_for(language, accepted, languages.FORM_LANGUAGES))


def questions_of(meetup: Meetup) -> tuple[Asked, ...]:
    """Return the organisers' own questions in their order. One query."""
    return as_asked(Question.objects.filter(meetup=meetup).order_by("position", "pk"))


def as_asked(rows: Iterable[Question]) -> tuple[Asked, ...]:
    """Return questions as the rules know them."""
    return tuple(
        Asked(
            number=row.pk,
            key=row.key,
            kind=row.kind,
            titles=row.titles,
            helps=row.helps,
            choices=tuple(Choice(choice["value"], choice["titles"]) for choice in row.choices),
            required=row.required,
            keep_days=row.keep_days,
            shown_if=row.shown_if_id,
            shown_value=row.shown_value,
        )
        for row in rows
    )


def told_by(place: Seat | Echo) -> Told:
    """Return what somebody told beside the columns of a seat; for an echo, what was typed. One query at most."""
    if isinstance(place, Echo):
        said = place.said
        return Told(said.get("diet", ""), said.get("access", ""), said.get("more", {}))
    needs: Needs | None = getattr(place, "needs", None)
    asks = place.meetup.capacity.has_questions
    more = dict(SeatAnswer.objects.filter(seat=place).values_list("question__key", "value")) if asks else {}
    return Told(needs.diet if needs else "", needs.access if needs else "", more)


def told_in_words(place: Seat | Echo, language: str) -> tuple[tuple[str, str], ...]:
    """Return what somebody told beside the columns of a seat, each answer with its title. Two queries at most."""
    told = told_by(place)
    questions = questions_of(place.meetup) if told.more else ()
    return (*answers_in_words(questions, told.more, language), *needs_in_words(told))


def answers_in_words(questions: Iterable[Asked], more: Mapping[str, str], language: str) -> tuple[tuple[str, str], ...]:
    """Return the answers to the organisers' own questions, each with its title; what was not answered is not there."""
    return tuple(
        (languages.text_in(question.titles, language)[0], title_of_answer(question, more[question.key], language))
        for question in questions
        if more.get(question.key)
    )


def needs_in_words(told: Told) -> tuple[tuple[str, str], ...]:
    """Return what somebody eats and needs, each with its title."""
    words, food = diet_in_parts(told.diet)
    eats = ". ".join(part for part in (", ".join(gettext(DIETS[word]) for word in words), food) if part)
    titled = ((gettext("What you eat"), eats), (gettext("What you need"), told.access))
    return tuple((title, answer) for title, answer in titled if answer)


def answers_of(seat: Seat) -> tuple[tuple[str, str], ...]:
    """Return what somebody answered to the organisers' own questions, for the team. One query.

    What people eat and need is not in it: that has a page of its own.
    """
    answers = SeatAnswer.objects.filter(seat=seat).select_related("question").order_by("question__position")
    more = {answer.question.key: answer.value for answer in answers}
    return answers_in_words(as_asked(answer.question for answer in answers), more, languages.FIRST)


def answers_by_seat(meetup: Meetup) -> tuple[tuple[Asked, ...], Mapping[int, Mapping[str, str]]]:
    """Return the organisers' own questions, and for each number of a seat the answers in words by key. Two queries."""
    questions = questions_of(meetup)
    by_key = {question.key: question for question in questions}
    answers: dict[int, dict[str, str]] = {}
    rows = SeatAnswer.objects.filter(seat__meetup=meetup).values_list("seat_id", "question__key", "value")
    for seat, key, value in rows.iterator():
        answers.setdefault(seat, {})[key] = title_of_answer(by_key[key], value)
    return questions, answers
