"""Sentences with words of their own in them, told apart again into what a translator knows and those words. Pure.

Reasons are kept, and some refusals raised, as English sentences; whoever reads another language gets the same sentence of that
language around the same words.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Final

from midcycle.kernel.words import ENGLISH, day_in_words, gettext, gettext_noop, language, ngettext

_GROUPS: Final = gettext_noop(
    "First %(groups)s. Within each group, who registered first is served first. "
    "What people say of themselves counts; nobody checks."
)
_LOTS: Final = gettext_noop(
    "Free seats are drawn by lot on %(text)s. Everybody who has registered by then has the same chance; "
    "who comes later stands behind them."
)
THEN: Final = gettext_noop(", then ")
# The message ids of `locale`, each with what stands in a sentence for its words. What is more particular comes first.
TEMPLATES: Final = (
    gettext_noop("No seats for %(whom)s."),
    gettext_noop("people from %(region)s"),
    gettext_noop("“%(word)s”"),
    gettext_noop("seats are drawn by lot on %(day)s"),
    gettext_noop("drawn as number %(number)s of %(people)s"),
    gettext_noop("capacity was raised from %(before)s to %(number)s"),
    gettext_noop("the organisers gave this place back: %(text)s"),
    gettext_noop("the rule of the waitlist is now: %(rule)s"),
    _GROUPS,
    _LOTS,
    gettext_noop("A free seat is offered for %(length)s; if it is not taken by then, it goes to the next."),
    gettext_noop("This cannot be changed now: %(reason)s. Ask the organisers."),
    gettext_noop("One person can register %(people)s colleagues. %(number)s are left to you."),
)
# Those about which a number decides: how they read for one, for many, and for so many in the language that is active.
BY_NUMBER: Final[tuple[tuple[str, str, Callable[[int], str]], ...]] = (
    (
        "the one seat was taken",
        "all %(number)s seats were taken",
        lambda number: ngettext("the one seat was taken", "all %(number)s seats were taken", number),
    ),
    (
        "the one seat for %(whom)s was taken",
        "all %(number)s seats for %(whom)s were taken",
        lambda number: ngettext("the one seat for %(whom)s was taken", "all %(number)s seats for %(whom)s were taken", number),
    ),
    (
        "At most 1 seat for %(whom)s.",
        "At most %(number)s seats for %(whom)s.",
        lambda number: ngettext("At most 1 seat for %(whom)s.", "At most %(number)s seats for %(whom)s.", number),
    ),
    (
        "1 day of notice is needed",
        "%(number)s days of notice are needed",
        lambda number: ngettext("1 day of notice is needed", "%(number)s days of notice are needed", number),
    ),
    ("1 day", "%(number)s days", lambda number: ngettext("1 day", "%(number)s days", number)),
    ("1 hour", "%(number)s hours", lambda number: ngettext("1 hour", "%(number)s hours", number)),
)
# Those that only the team reads, and phones at the door.
OF_THE_TEAM: Final = (
    gettext_noop("the meetup has no region now, and its waitlist serves people of its region by the published rule"),
    gettext_noop("the meetup is in %(region)s now, and its waitlist serves people of that region by the published rule"),
    gettext_noop(
        "Their seat was released, and all %(number)s seats are taken. Put them into the queue, or raise the capacity."
    ),
    gettext_noop("Their seat was released, and %(reason)s. Put them into the queue."),
    gettext_noop("All %(number)s seats are taken. Put this person into the queue, or raise the capacity."),
)
# What stands for words that are sentences of their own, and may be in another language too.
SENTENCES: Final = frozenset({"whom", "region", "word", "rule", "length", "reason"})
# Words that a sentence can have in the place of one of those.
WORDS: Final = (
    gettext_noop("seats are drawn by lot"),
    gettext_noop("no notice is needed"),
    gettext_noop("each organisation"),
    gettext_noop("people of one organisation"),
    gettext_noop("people who come for the first time"),
    gettext_noop("people who came before"),
    gettext_noop("first come, first served"),
    gettext_noop("groups, one after the other"),
    gettext_noop("drawn by lot"),
    gettext_noop("everybody else"),
    gettext_noop("Who registered first is served first."),
    gettext_noop("A free seat goes to the next in line at once."),
)

_SAID_FOR: Final = {template: said for one, many, said in BY_NUMBER for template in (one, many)}
_NUMBERS: Final = frozenset({"number", "people", "before"})
_NAME: Final = re.compile(r"%\((\w+)\)s")


def told(sentence: str, more: Sequence[str] = ()) -> str:
    """Return a sentence that was kept or raised in English as it reads in the language that is active.

    `more` are templates of others, such as an app above this one.
    """
    if language() == ENGLISH or not sentence:
        return sentence
    template, words = taken_apart(sentence, more)
    there = {name: _word(name, word) for name, word in words.items()}
    if template in _SAID_FOR:
        return _SAID_FOR[template](int(there.get("number", "1"))) % {"number": "1", **there}
    return gettext(template) % there if there else gettext(template)


def taken_apart(sentence: str, more: Sequence[str] = ()) -> tuple[str, Mapping[str, str]]:
    """Return the template of a sentence, with the words in it by name; the sentence itself when it has no words of its own."""
    for template in (*_SAID_FOR, *TEMPLATES, *OF_THE_TEAM, *more):
        found = _pattern(template).fullmatch(sentence)
        if found is not None:
            return template, found.groupdict()
    return sentence, {}


def _word(name: str, word: str) -> str:
    if name == "groups":
        return gettext(THEN).join(gettext(group) for group in word.split(THEN))
    if name == "day":
        return day_in_words(datetime.strptime(word, "%d %B %Y").date())  # noqa: DTZ007 - a day, not a moment
    return told(word) if name in SENTENCES else word


@cache
def _pattern(template: str) -> re.Pattern[str]:
    parts = _NAME.split(template)
    said = (
        f"(?P<{part}>{r'[0-9]+' if part in _NUMBERS else '.+'})" if at % 2 else re.escape(part) for at, part in enumerate(parts)
    )
    return re.compile("".join(said), re.DOTALL)
