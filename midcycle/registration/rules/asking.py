"""What is asked, how an answer is read, and when a question is shown. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import lines
from midcycle.kernel.words import gettext_noop

SOMEONE: Final = "Someone"  # the name of a person who was forgotten
QUESTION_KINDS: Final = ("text", "choice", "number", "date", "yes_no")
QUESTION_KIND_NAMES: Final[Mapping[str, str]] = {
    "text": gettext_noop("Text"),
    "choice": gettext_noop("One of a list"),
    "number": gettext_noop("Number"),
    "date": gettext_noop("Day"),
    "yes_no": gettext_noop("Yes or no"),
}
# Kinds whose answers can make another question appear.
LEADING_KINDS: Final = frozenset({"choice", "yes_no"})
YES_NO: Final[Mapping[str, str]] = {"yes": gettext_noop("Yes"), "no": gettext_noop("No")}

# Days after the end of a meetup that an answer is kept, unless the organisers say otherwise.
KEEP_DAYS: Final[Mapping[str, int]] = {
    "name": 400,
    "email": 400,
    "organisation": 400,
    "role": 400,
    "sector": 400,
    "region": 400,
    "first_time": 400,
    "on_list": 400,
    "heard_how": 400,
    "photos": 400,
    "diet": 7,
    "access": 7,
}
STANDARD_NAMES: Final[Mapping[str, str]] = {
    "name": gettext_noop("Name"),
    "email": gettext_noop("E-mail"),
    "role": gettext_noop("What they do"),
    "sector": gettext_noop("Sector"),
    "organisation": gettext_noop("Organisation"),
    "region": gettext_noop("Region"),
    "first_time": gettext_noop("First time"),
    "on_list": gettext_noop("On the community's list"),
    "heard_how": gettext_noop("How they heard"),
    "photos": gettext_noop("May be in pictures"),
    "diet": gettext_noop("What they eat"),
    "access": gettext_noop("What they need to take part"),
}
ALWAYS_ASKED: Final = frozenset({"name", "email", "role"})

MOST_QUESTIONS: Final = 40
LONGEST_ANSWER: Final = 2_000
_LARGEST: Final = Decimal(10) ** 12
_MOST_DECIMALS: Final = 6
_NUMBER: Final = re.compile(r"[+-]?\d{1,30}([.,]\d{1,30})?")
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)

NEEDED: Final = gettext_noop("Answer this to go on.")
NOT_ON_THE_LIST: Final = gettext_noop("Choose one of the list.")
NOT_A_NUMBER: Final = gettext_noop("Type a number in digits, such as 12 or 1.5.")
NOT_A_DAY: Final = gettext_noop("Type a day such as 2027-03-31, between 1900 and 2100.")
TOO_LONG: Final = gettext_noop("This is longer than 2000 characters. Shorten it.")


@dataclass(frozen=True)
class Choice:
    """One of the answers there are. Titles by language."""

    value: str
    titles: Mapping[str, str]


@dataclass(frozen=True)
class Asked:
    """A question of the organisers. It is shown only while the question numbered `shown_if` is answered with `shown_value`."""

    number: int
    key: str
    kind: str
    titles: Mapping[str, str]
    helps: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    required: bool = False
    keep_days: int = 30
    shown_if: int | None = None
    shown_value: str = ""


@dataclass(frozen=True)
class Read:
    """The answers to the questions that are shown, tidied, and a sentence for each that is wrong; both by key."""

    values: Mapping[str, str]
    faults: Mapping[str, str]


def read_all(questions: Sequence[Asked], typed: Mapping[str, str], *, needs_all: bool = True) -> Read:
    """Read the answers to questions in their order. What is asked in vain is neither needed nor kept.

    With `needs_all` a required question that is shown has to be answered.
    """
    values: dict[str, str] = {}
    faults: dict[str, str] = {}
    keys = {question.number: question.key for question in questions}
    for question in questions:
        if not _is_shown(question, keys, values):
            continue
        try:
            value = answer_to(question, typed.get(question.key, ""))
        except Refusal as refusal:
            faults[question.key] = refusal.message
            continue
        if value:
            values[question.key] = value
        elif question.required and needs_all:
            faults[question.key] = NEEDED
    return Read(values, faults)


def answer_to(question: Asked, typed: str) -> str:
    """Return an answer in the form it is kept in; blank when there is none. Raises Refusal when it cannot be one."""
    text = lines(typed)
    if not text:
        return ""
    if question.kind == "number":
        return _number(text)
    if question.kind == "date":
        return _day(text)
    if question.kind in LEADING_KINDS:
        if text not in values_of(question):
            raise Refusal(NOT_ON_THE_LIST)
        return text
    if len(text) > LONGEST_ANSWER:
        raise Refusal(TOO_LONG)
    return text


def values_of(question: Asked) -> tuple[str, ...]:
    """Return the answers a question can be answered with, where they are known."""
    return tuple(YES_NO) if question.kind == "yes_no" else tuple(choice.value for choice in question.choices)


def _is_shown(question: Asked, keys: Mapping[int, str], values: Mapping[str, str]) -> bool:
    """Say whether a question is shown. One that asks about a question further down, or itself, never is."""
    if question.shown_if is None or question.shown_if not in keys:
        return True
    return values.get(keys[question.shown_if]) == question.shown_value


def _number(text: str) -> str:
    """Return a number in digits, with a point where there are decimals."""
    compact = text.replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    try:
        number = Decimal(compact.replace(",", ".")) if _NUMBER.fullmatch(compact) else None
    except InvalidOperation:
        number = None
    if number is None or abs(number) > _LARGEST:
        raise Refusal(NOT_A_NUMBER)
    plain = f"{round(number, _MOST_DECIMALS):f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in {"-0", ""} else plain


def _day(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refusal(NOT_A_DAY) from None
    if not _FIRST_DAY <= day <= _LAST_DAY:
        raise Refusal(NOT_A_DAY)
    return day.isoformat()
