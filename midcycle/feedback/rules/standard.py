"""The standard questions, whose keys and words are the same in every edition, what hands are counted for, remarks. Pure."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from midcycle.kernel.slugs import slug_from
from midcycle.kernel.words import gettext, gettext_noop
from midcycle.registration.rules import HEARD

SMALLEST: Final = 5  # a figure made of fewer answers could tell who gave them
LONGEST_WORDS: Final = 4000
LONGEST_REMARK: Final = 1000
LONGEST_QUESTION: Final = 200
LEAST_ROOM: Final = 100  # hands that are never too many
MOST_HANDS_UNKNOWN: Final = 2000  # where nobody registered here
OWN: Final = "own:"
WORDS: Final = "words"
ASKING_STAGES: Final = frozenset({"on_site", "wrap_up"})
ASKED_SEATS: Final = frozenset({"held", "checked_in"})

_YES_NO: Final = {"yes": gettext_noop("Yes"), "no": gettext_noop("No")}
SURVEY: Final[Mapping[str, Mapping[str, str]]] = {
    "heard_how": HEARD,
    "on_list": _YES_NO,
    "first_time": _YES_NO,
    "free_time": {
        "too_little": gettext_noop("Too little"),
        "about_right": gettext_noop("About right"),
        "too_much": gettext_noop("Too much"),
    },
    "come_again": _YES_NO,
}
SURVEY_QUESTIONS: Final[Mapping[str, str]] = {
    "heard_how": gettext_noop("How did you hear of this meetup?"),
    "on_list": gettext_noop("Are you on the community's mailing list?"),
    "first_time": gettext_noop("Was this your first meetup of this kind?"),
    "free_time": gettext_noop("Free time between the sessions: was it…"),
    "come_again": gettext_noop("Would you come again?"),
}
HANDS: Final[Mapping[str, str]] = {
    "on_list": gettext_noop("Are you on the community's mailing list?"),
    "first_time": gettext_noop("Is this your first meetup of this kind?"),
    "free_time_enough": gettext_noop("Was there enough free time?"),
    "come_again": gettext_noop("Would you come again?"),
}
REMARKS: Final[Mapping[str, str]] = {
    "asked_for": gettext_noop("Asked for"),
    "reported": gettext_noop("Reported"),
    "lesson": gettext_noop("Lesson"),
}


@dataclass(frozen=True)
class Votes:
    """How many said yes and how many no."""

    yes: int = 0
    no: int = 0

    @property
    def whole(self) -> int:
        """Return how many said something."""
        return self.yes + self.no


def fault_in_hands(question: str, asked: str, votes: Votes, people: int) -> tuple[str, str] | None:
    """Return the field that is wrong in a show of hands and what to do about it; None when all is well."""
    if question not in HANDS and not re.fullmatch(f"{OWN}[a-z0-9-]{{1,50}}", question):
        return "question", gettext("Choose one of: %(keys)s, or own: and a short name.") % {"keys": ", ".join(HANDS)}
    if question.startswith(OWN) and not asked:
        return "asked", gettext("Write down what was asked.")
    if len(asked) > LONGEST_QUESTION:
        return "asked", gettext("Shorten the question to %(most)s characters.") % {"most": LONGEST_QUESTION}
    for side, counted in (("yes", votes.yes), ("no", votes.no)):
        if not 0 <= counted <= most_hands(people):
            return side, gettext("Count again: a number from 0 to %(most)s.") % {"most": most_hands(people)}
    if not 0 < votes.whole <= most_hands(people):
        return "yes", gettext("Count again: together there must be 1 to %(most)s hands.") % {"most": most_hands(people)}
    return None


def most_hands(people: int) -> int:
    """Return how many hands may be counted: twice those with a seat, since hosts, helpers and guests vote too."""
    return max(LEAST_ROOM, 2 * people) if people else MOST_HANDS_UNKNOWN


def fault_in_remark(kind: str, text: str) -> tuple[str, str] | None:
    """Return the field that is wrong in a remark and what to do about it; None when all is well."""
    if kind not in REMARKS:
        return "kind", gettext("Choose one of: %(choices)s.") % {"choices": ", ".join(REMARKS)}
    if not text:
        return "text", gettext("Write the remark down; a few words are enough.")
    if len(text) > LONGEST_REMARK:
        return "text", gettext("Shorten the remark to %(most)s characters.") % {"most": LONGEST_REMARK}
    return None


def own_question(asked: str) -> str:
    """Return the key of a question in own words: the same words give the same key, in every script."""
    digest = hashlib.sha256(asked.casefold().encode()).hexdigest()[:6]
    return f"{OWN}{slug_from(asked, longest=40)}-{digest}"


def may_open(stage: str) -> bool:
    """Say whether a survey can be opened in this stage of a meetup."""
    return stage in ASKING_STAGES
