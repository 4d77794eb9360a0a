"""What people say about themselves, and what they need."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Final

from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import lines, one_line
from midcycle.kernel.words import quoted
from midcycle.meetups.rules import REGIONS
from midcycle.registration import rules
from midcycle.registration.models import Capacity, Needs, Question, Seat, SeatAnswer
from midcycle.registration.queries.asking import as_asked
from midcycle.registration.rules import line
from midcycle.registration.rules.asking import read_all
from midcycle.registration.rules.languages import FIRST, text_in

LONGEST: Final = {"name": 120, "organisation": 120, "role": 30, "sector": 60, "region": 60, "group": 80, "heard_how": 160}
_WORDS: Final = {"role": rules.ROLES, "sector": rules.SECTORS, "region": REGIONS, "heard_how": rules.HEARD}
PLAIN: Final = ("on_list", "first_time", "photos", "language")
KEPT: Final = (*LONGEST, "organisation_key", *PLAIN)


@dataclass(frozen=True)
class Answers:
    """What people say about themselves; blank and None mean not said. `more` answers the organisers' questions by their key."""

    role: str = ""
    sector: str = ""
    region: str = ""
    group: str = ""
    heard_how: str = ""
    on_list: bool | None = None
    first_time: bool | None = None
    organisation: str = ""
    photos: bool | None = None
    language: str = ""
    diet: str = ""
    access: str = ""
    more: Mapping[str, str] = field(default_factory=dict)


def say(seat: Seat, name: str, answers: Answers) -> None:
    """Put what somebody says onto their seat, tidied."""
    values = {"name": name, **asdict(answers)}
    for key, longest in LONGEST.items():
        tidy = one_line(values[key])[:longest]
        setattr(seat, key, rules.known_as(tidy, _WORDS[key]) if key in _WORDS else tidy)
    for key in PLAIN:
        setattr(seat, key, values[key])
    seat.organisation_key = line.organisation_key(seat.organisation)


def said(seat: Seat) -> dict[str, str | bool | None]:
    """Return what somebody said of themselves."""
    return {key: getattr(seat, key) for key in KEPT}


def keep_apart(capacity: Capacity, seat: Seat, answers: Answers, *, is_new: bool) -> bool:
    """Keep what somebody eats and needs, and the answers to the organisers' questions; return whether anything changed."""
    changed = _keep_needs(seat, answers, is_new=is_new)
    return (_keep_more(seat, answers, is_new=is_new) if capacity.has_questions else False) or changed


def _keep_needs(seat: Seat, answers: Answers, *, is_new: bool) -> bool:
    said_now = {"diet": one_line(answers.diet)[:200], "access": lines(answers.access)[:500]}
    if is_new:
        if any(said_now.values()):
            Needs.objects.create(seat=seat, **said_now)
        return False
    kept = Needs.objects.filter(seat=seat).values("diet", "access").first() or {"diet": "", "access": ""}
    if kept == said_now:
        return False
    Needs.objects.update_or_create(seat=seat, defaults=said_now)
    return True


def read_more(meetup: int, answers: Answers) -> dict[int, tuple[str, str]]:
    """Return the answers to the organisers' questions that are shown, by number: the key and the answer as it is kept.

    Raises Refusal for one that cannot be an answer. Whether all that is needed was answered is the form's business: machines
    and files do not know every question.
    """
    if not any(answers.more.values()):
        return {}
    questions = as_asked(Question.objects.filter(meetup=meetup).order_by("position", "pk"))
    read = read_all(questions, answers.more, needs_all=False)
    for question in questions:
        if question.key in read.faults:
            raise Refusal(f"{quoted(text_in(question.titles, FIRST)[0])}: {read.faults[question.key]}")
    return {each.number: (each.key, read.values[each.key]) for each in questions if each.key in read.values}


def _keep_more(seat: Seat, answers: Answers, *, is_new: bool) -> bool:
    kept = {} if is_new else dict(SeatAnswer.objects.filter(seat=seat).values_list("question__key", "value"))
    if kept == {key: value for key, value in answers.more.items() if value}:
        return False
    said_now = read_more(seat.meetup_id, answers)
    if not is_new:
        SeatAnswer.objects.filter(seat=seat).delete()
    SeatAnswer.objects.bulk_create(
        [SeatAnswer(seat=seat, question_id=number, value=value) for number, (_, value) in said_now.items()]
    )
    return kept != dict(said_now.values())
