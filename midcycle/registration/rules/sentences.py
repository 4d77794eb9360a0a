"""Sentences with words of their own in them, told apart again into what a translator knows and those words. Pure.

Reasons are kept, and refusals raised, as English sentences; whoever reads another language gets the same sentence of that
language around the same words.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

_GROUPS: Final = (
    "First %(groups)s. Within each group, who registered first is served first. "
    "What people say of themselves counts; nobody checks."
)
_LOTS: Final = (
    "Free seats are drawn by lot on %(text)s. Everybody who has registered by then has the same chance; "
    "who comes later stands behind them."
)
# The message ids of `locale`, each with what stands in a sentence for its words. What is more particular comes first.
TEMPLATES: Final = (
    "all %(number)s seats were taken",
    "all %(number)s seats for %(whom)s were taken",
    "the one seat for %(whom)s was taken",
    "No seats for %(whom)s.",
    "At most 1 seat for %(whom)s.",
    "At most %(number)s seats for %(whom)s.",
    "people from %(region)s",
    "“%(word)s”",
    "seats are drawn by lot on %(day)s",
    "drawn as number %(number)s of %(people)s",
    "1 day of notice is needed",
    "%(number)s days of notice are needed",
    "capacity was raised from %(before)s to %(number)s",
    "the organisers gave this place back: %(text)s",
    "the rule of the waitlist is now: %(rule)s",
    _GROUPS,
    _LOTS,
    "A free seat is offered for %(length)s; if it is not taken by then, it goes to the next.",
    "1 day",
    "%(number)s days",
    "1 hour",
    "%(number)s hours",
    "This cannot be changed now: %(reason)s. Ask the organisers.",
    "One person can register %(people)s colleagues. %(number)s are left to you.",
)
# What stands for words that are sentences of their own, and may be in another language too.
SENTENCES: Final = frozenset({"whom", "region", "word", "rule", "length", "reason"})

_NUMBERS: Final = frozenset({"number", "people", "before"})
_NAME: Final = re.compile(r"%\((\w+)\)s")


def taken_apart(sentence: str) -> tuple[str, Mapping[str, str]]:
    """Return the template of a sentence, with the words in it by name; the sentence itself when it has no words of its own."""
    for template in TEMPLATES:
        found = _pattern(template).fullmatch(sentence)
        if found is not None:
            return template, found.groupdict()
    return sentence, {}


@cache
def _pattern(template: str) -> re.Pattern[str]:
    parts = _NAME.split(template)
    said = (
        f"(?P<{part}>{r'[0-9]+' if part in _NUMBERS else '.+'})" if at % 2 else re.escape(part) for at, part in enumerate(parts)
    )
    return re.compile("".join(said), re.DOTALL)
