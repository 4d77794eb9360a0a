"""What a question of the wrap-up is about: one of ours, whose figures are compared across editions, or one of its own."""

import re
from collections.abc import Collection
from typing import Final

from midcycle.feedback.rules import own_question

_ABOUT: Final = {
    "on_list": re.compile(r"\b(?:mailing|operators'?|community'?s?|e-?mail) list\b|\bon (?:the|our) list\b|\bsubscribed\b"),
    "first_time": re.compile(r"\bfirst[ -](?:time|meetup|mid-?cycle)\b"),
    "come_again": re.compile(r"\b(?:come|attend|be there|join us)(?: us)? again\b"),
}
_TURNED_ROUND: Final = re.compile(r"\b(?:not|never|isn't|aren't|wasn't|weren't|don't|useful|helpful)\b")


def key_of(question: str, taken: Collection[str] = ()) -> str:
    """Return the key to count hands under, one that no other question of the file has.

    A question that turns the meaning round, such as “not on the list?”, is one of its own.
    """
    lower = question.lower()
    found = [key for key, words in _ABOUT.items() if words.search(lower)]
    if found and found[0] not in taken and not _TURNED_ROUND.search(lower):
        return found[0]
    own = key = own_question(question)
    number = 1
    while key in taken:
        number += 1
        key = f"{own}-{number}"
    return key
