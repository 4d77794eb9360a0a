"""Making questions: keys, lists of choices, conditions, order, and what a change does to answers given. Pure."""

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from midcycle.kernel.refusal import Refusal
from midcycle.kernel.slugs import slug_from
from midcycle.kernel.typed import one_line
from midcycle.kernel.words import gettext, ngettext, quoted
from midcycle.registration.rules.asking import LEADING_KINDS, YES_NO, Asked, Choice, values_of
from midcycle.registration.rules.languages import FIRST, LANGUAGES, YES_NO_IN, text_in

MOST_CHOICES: Final = 50
LONGEST_TITLE: Final = 200
LONGEST_HELP: Final = 300
LONGEST_CHOICE: Final = 120
_LONGEST_KEY: Final = 36
_UNNAMED: Final = "question"


@dataclass(frozen=True)
class Condition:
    """An answer a question can wait for: the number of the question asked before it, and the answer."""

    number: int
    value: str


@dataclass(frozen=True)
class Loss:
    """What a change would do to answers given: how many people gave them, and the sentence that says it."""

    people: int
    sentence: str


def key_for(title: str, taken: Collection[str]) -> str:
    """Return a short name made from a title, different from those taken; `question` when it has no Latin letters."""
    base = slug_from(title, longest=_LONGEST_KEY) if _has_latin(title) else _UNNAMED
    number, key = 2, base
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    return key


def choices_from(written: Mapping[str, Sequence[str]], before: Sequence[Choice], first: str) -> tuple[Choice, ...]:
    """Return the choices written in each language, one to a line; those that were there keep their value.

    A line that says what one said before is the same choice. What is left over on both sides is paired in its order when it
    is as many: a choice in other words. Raises Refusal, with `choices_<language>` as its field.
    """
    titles = _tidy(written.get(first, ()))
    _check(titles, first)
    others = {language: _tidy(lines) for language, lines in written.items() if language != first}
    for language, lines in others.items():
        if lines and len(lines) != len(titles):
            there, here = LANGUAGES.get(language, language), LANGUAGES.get(first, first)
            raise Refusal(
                gettext(
                    "The lists differ: %(these)s in %(there)s, %(those)s in %(here)s. Give each choice a line, in one order."
                )
                % {"these": len(lines), "there": there, "those": len(titles), "here": here},
                field=f"choices_{language}",
            )
    values = _values(titles, before, first)
    return tuple(
        Choice(value, {first: title, **{language: lines[place] for language, lines in others.items() if lines}})
        for place, (value, title) in enumerate(zip(values, titles, strict=True))
    )


def conditions_before(questions: Sequence[Asked], number: int | None) -> tuple[Condition, ...]:
    """Return every answer a question can wait for: those of questions above it. A new one, without a number, is last."""
    above: list[Asked] = []
    for question in questions:
        if question.number == number:
            break
        above.append(question)
    return tuple(Condition(each.number, value) for each in above if each.kind in LEADING_KINDS for value in values_of(each))


def why_not_moved(questions: Sequence[Asked], number: int, by: int) -> str | None:
    """Return why a question cannot be moved by one place, None when it can: one that waits for an answer stays below it."""
    place = next(at for at, question in enumerate(questions) if question.number == number)
    other = place + by
    if not 0 <= other < len(questions):
        return gettext("It is at the end already.")
    upper, lower = sorted((place, other))
    if questions[lower].shown_if == questions[upper].number:
        return gettext("A question that waits for the answer to another stays below that one.")
    return None


def why_still_awaited(questions: Sequence[Asked], changed: Asked) -> str | None:
    """Return why a question has to stay as it is, None when it may change: others may wait for an answer it would lose."""
    lost = [
        question
        for question in questions
        if question.shown_if == changed.number
        and (changed.kind not in LEADING_KINDS or question.shown_value not in values_of(changed))
    ]
    if not lost:
        return None
    title = quoted(text_in(lost[0].titles, FIRST)[0])
    told = gettext(
        "%(title)s is shown by an answer that would be gone. Let that question be shown always, or by another answer, first."
    )
    return told % {"title": title}


def losses(before: Asked, after: Asked, people: Mapping[str, int]) -> tuple[Loss, ...]:
    """Return what a change does to the answers given; `people` counts them by answer."""
    given = sum(people.values())
    if not given:
        return ()
    if before.kind != after.kind:
        told = ngettext(
            "1 person answered. Their answers are deleted: they do not fit the new kind of answer.",
            "%(count)s people answered. Their answers are deleted: they do not fit the new kind of answer.",
            given,
        )
        return (Loss(given, told % {"count": given}),)
    if before.kind != "choice":
        return ()
    stays = {choice.value: choice for choice in after.choices}
    return tuple(found for choice in before.choices if (found := _loss(choice, stays.get(choice.value), people)) is not None)


def with_choices(question: Asked, choices: tuple[Choice, ...]) -> Asked:
    """Return the question with other choices."""
    return replace(question, choices=choices)


def title_of_answer(question: Asked, value: str, language: str = FIRST) -> str:
    """Return an answer as people read it."""
    if question.kind == "yes_no":
        return dict(zip(YES_NO, YES_NO_IN.get(language, YES_NO_IN[FIRST]), strict=True)).get(value, value)
    titles = next((choice.titles for choice in question.choices if choice.value == value), {})
    return text_in(titles, language)[0] or value


def _loss(choice: Choice, still: Choice | None, people: Mapping[str, int]) -> Loss | None:
    count, was = people.get(choice.value, 0), text_in(choice.titles, FIRST)[0]
    if not count:
        return None
    if still is None:
        told = ngettext(
            "1 person chose %(choice)s. Their answers are deleted.",
            "%(count)s people chose %(choice)s. Their answers are deleted.",
            count,
        )
        return Loss(count, told % {"count": count, "choice": quoted(was)})
    becomes = text_in(still.titles, FIRST)[0]
    if becomes.casefold() == was.casefold():
        return None
    told = ngettext(
        "1 person chose %(choice)s. Their answers will read %(other)s.",
        "%(count)s people chose %(choice)s. Their answers will read %(other)s.",
        count,
    )
    return Loss(count, told % {"count": count, "choice": quoted(was), "other": quoted(becomes)})


def _tidy(lines: Sequence[str]) -> list[str]:
    return [line for text in lines if (line := one_line(text))]


def _check(titles: Sequence[str], first: str) -> None:
    field = f"choices_{first}"
    if len(titles) < 2:
        raise Refusal(gettext("Write two choices or more, one on each line."), field=field)
    if len(titles) > MOST_CHOICES:
        raise Refusal(
            gettext("These are %(count)s choices. %(most)s are possible: ask for a text instead.")
            % {"count": len(titles), "most": MOST_CHOICES},
            field=field,
        )
    long = next((title for title in titles if len(title) > LONGEST_CHOICE), None)
    if long is not None:
        said = {"choice": quoted(long[:30] + "…"), "most": LONGEST_CHOICE}
        raise Refusal(gettext("%(choice)s is longer than %(most)s characters. Shorten it.") % said, field=field)
    seen: set[str] = set()
    for title in titles:
        if title.casefold() in seen:
            raise Refusal(gettext("%(choice)s is there twice. Leave one of them out.") % {"choice": quoted(title)}, field=field)
        seen.add(title.casefold())


def _values(titles: Sequence[str], before: Sequence[Choice], first: str) -> list[str]:
    """Return the value of each choice: the one it had, that of the choice it takes the place of, or a new one."""
    known = {text_in(choice.titles, first)[0].casefold(): choice.value for choice in before}
    kept = [known.get(title.casefold()) for title in titles]
    left = [choice.value for choice in before if choice.value not in kept]
    if len(left) == kept.count(None):
        return [value or left.pop(0) for value in kept]
    taken, values = {choice.value for choice in before}, []
    for title, value in zip(titles, kept, strict=True):
        values.append(value or key_for(title, taken))
        taken.add(values[-1])
    return values


def _has_latin(title: str) -> bool:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return any(letter.isalnum() for letter in plain)
