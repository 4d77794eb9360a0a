"""What the invented people said afterwards: the survey, papers, hands in parts, sessions, and what the team takes along."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Final

from midcycle.accounts.models import Person
from midcycle.agenda.models import Session
from midcycle.feedback import actions as feedback
from midcycle.feedback.actions import Told
from midcycle.feedback.actions.building import Wanted
from midcycle.feedback.queries import questions_of, when_held
from midcycle.feedback.rules.asking import Asked
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Seat
from midcycle.registration.rules.asking import Choice

# How often each answer is given, in its order; what is left to a hundred leaves the question out.
_LIKELY: Final = {
    "heard_how": (40, 14, 20, 14, 0, 10, 0),
    "on_list": (66, 30),
    "first_time": (34, 62),
    "free_time": (38, 56, 0),
    "come_again": (96, 0),
}
_ON_THE_WAY_OUT: Final = timedelta(minutes=40)
_OWN: Final = (30, 40, 25)
_WORDS: Final = (
    "The pub was as good as the sessions. Keep it close.",
    "I only heard of this because a colleague forwarded the mail twice.",
    "Two days, please. We had just begun.",
    "The Loft was too warm after lunch.",
    "First time I could ask about billing without anybody selling me something.",
    "Thank you for the large print of the agenda.",
)
_LESSONS: Final = (
    Told("well", "Free time stayed free", "It was in the agenda from the first draft on", is_public=True),
    Told("wrong", "The large room was too warm after lunch", "Nobody had the key to the windows", is_public=True, carried=True),
    Told("process", "Moderators heard of their room on the evening before", "The agenda was released late", carried=True),
)
_MARKS: Final = (
    ("good", "learned"),
    ("good", "took_part"),
    ("good", ""),
    ("mixed", "few_spoke"),
    ("mixed", "crowded"),
    ("poor", ""),
)


def ask(meetup: Meetup, *, by: Person, now: datetime) -> None:
    """Make the survey: two questions of the team's own."""
    parts = tuple(
        Choice(title.lower().replace(" ", "-"), {"en": title}) for title in ("Sessions", "Working groups", "The evening")
    )
    feedback.add_question(meetup, Wanted("several", {"en": "What was worth the journey?"}, parts), by=by, now=now)
    ends = (Choice("low", {"en": "not at all"}), Choice("high", {"en": "very much"}))
    feedback.add_question(meetup, Wanted("scale", {"en": "Could you take part in the discussions?"}, ends), by=by, now=now)


def hold(meetup: Meetup, seats: Sequence[Seat], *, papers: int, by: Person, now: datetime) -> None:
    """Open the survey, let people answer on screens and on paper, and close it."""
    survey, chance = feedback.open_survey(meetup, by=by, now=now), Random(meetup.pk)  # noqa: S311 - invented people
    questions = questions_of(survey)
    for number, seat in enumerate(seats):
        feedback.answer_survey(seat, _said(questions, number, chance), now=now, chance=chance)
    for number in range(papers):
        key = uuid.UUID(int=chance.getrandbits(128), version=4)
        feedback.type_paper(meetup, key, _said(questions, number + 3, chance), by=by, now=now, chance=chance)
    feedback.close_survey(meetup, by=by, now=now + timedelta(days=6))


def judge(meetup: Meetup, *, people: int, now: datetime) -> None:
    """Let people say, on their way out, how sessions were that have begun."""
    chance = Random(meetup.pk)  # noqa: S311 - invented people
    for session in Session.objects.filter(meetup=meetup).order_by("pk"):
        began = when_held(session).starts
        for _ in range(chance.randrange(people)):
            mark, reason = chance.choices(_MARKS, weights=(9, 6, 8, 5, 4, 2))[0]
            try:
                feedback.judge_session(session, mark, reason, now=min(now, began + _ON_THE_WAY_OUT) if began else now)
            except Refusal:  # it has not begun
                break


def learn(meetup: Meetup, *, by: Person, now: datetime) -> None:
    """Note what the team takes along."""
    for told in _LESSONS:
        feedback.add_lesson(meetup, told, by=by, now=now)


def _said(questions: Sequence[Asked], number: int, chance: Random) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for question in questions:
        weights = _LIKELY.get(question.key, _OWN if len(question.values) <= len(_OWN) else (2, 6, 16, 44, 24))
        if question.values:
            chosen = chance.choices((*question.values, ""), weights=(*weights, 100 - sum(weights)))[0]
            more = [question.values[-1]] if question.kind == "several" and chosen and number % 3 == 0 else []
            said[question.key] = [chosen, *more]
    said["words"] = [_WORDS[number]] if number < len(_WORDS) else []
    return said
