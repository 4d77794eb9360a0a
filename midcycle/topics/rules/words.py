"""Formats, when topics are open, who moderates how, and the first words of a text. Pure."""

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Final

from midcycle.kernel.typed import has_ink, one_line
from midcycle.kernel.words import gettext, gettext_noop, ngettext


@dataclass(frozen=True)
class Format:
    """A way to hold a session: its name and the most people it stays comfortable for (None: as many as the room)."""

    name: str
    comfortable: int | None


FORMATS: Final[Mapping[str, Format]] = {
    "plenary": Format(gettext_noop("Plenary"), None),
    "general_session": Format(gettext_noop("General session"), None),
    "working_group": Format(gettext_noop("Working group"), 35),
    "lightning": Format(gettext_noop("Lightning talks"), None),
    "presentation": Format(gettext_noop("Presentation"), None),
    "birds_of_a_feather": Format(gettext_noop("Birds of a feather"), 25),
    "free_time": Format(gettext_noop("Free time"), None),
    "wrap_up": Format(gettext_noop("Wrap-up"), None),
}
# What somebody who proposes a topic may wish for; the others are the organiser's.
WISHES: Final = ("general_session", "working_group", "birds_of_a_feather", "lightning", "presentation")
USUAL: Final = "general_session"

OFFERS: Final[Mapping[str, str]] = {"lead": gettext_noop("Lead"), "shadow": gettext_noop("Shadow")}
OPEN_STAGES: Final = frozenset({"registration", "agenda", "on_site"})
LONGEST_TITLE: Final = 160
LONGEST_DETAILS: Final = 10_000
LONGEST_COMMENT: Final = 2_000
LONGEST_TAG: Final = 30
MOST_TAGS: Final = 6
SHORTEST: Final = 5  # minutes
LONGEST: Final = 240

_TAG = re.compile(r"<[^>]*>")
_NOT_IN_TAGS = re.compile(r"[^\w.+-]+")


def are_open(stage: str) -> bool:
    """Say whether topics can be proposed and supported in this stage of a meetup."""
    return stage in OPEN_STAGES


def may_be_withdrawn(stage: str) -> bool:
    """Say whether a topic can still be taken back: always, until the meetup is archived."""
    return stage != "archived"


def tags_in(text: str) -> tuple[str, ...]:
    """Return the tags somebody typed, separated by commas or `#`: small letters, words joined by hyphens, each once."""
    parts = re.split(r"[,;#\n]+", text)
    tags = (_NOT_IN_TAGS.sub("-", one_line(part).casefold()).strip("-.") for part in parts)
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def fault_in_wishes(tags: tuple[str, ...], minutes: int | None) -> tuple[str, str] | None:
    """Return the field that is wrong among tags and the time wished for, and what to do about it; None when all is well."""
    if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
        said = gettext("Give at most %(tags)s tags of %(characters)s characters.")
        return "tags", said % {"tags": MOST_TAGS, "characters": LONGEST_TAG}
    if minutes is not None and not SHORTEST <= minutes <= LONGEST:
        said = gettext("Choose between %(shortest)s and %(longest)s minutes.")
        return "minutes", said % {"shortest": SHORTEST, "longest": LONGEST}
    return None


def fault_in_comment(text: str) -> str | None:
    """Return what is wrong with a comment; None when all is well."""
    if not has_ink(text):
        return gettext("Write something first.")
    if len(text) > LONGEST_COMMENT:
        return ngettext(
            "Shorten the comment to %(most)s character.", "Shorten the comment to %(most)s characters.", LONGEST_COMMENT
        ) % {"most": LONGEST_COMMENT}
    return None


def fault_in(title: str, details: str, wish: str) -> tuple[str, str] | None:
    """Return the field that is wrong in a proposal and what to do about it; None when all is well."""
    if not title:
        return "title", gettext("Give the topic a title; a few words are enough.")
    if len(title) > LONGEST_TITLE:
        said = gettext("Shorten the title to %(most)s characters; the rest fits into the details.")
        return "title", said % {"most": LONGEST_TITLE}
    if len(details) > LONGEST_DETAILS:
        return "details", gettext("Shorten the details to %(most)s characters.") % {"most": LONGEST_DETAILS}
    if wish not in FORMATS:
        said = gettext("There is no format %(wish)s. Choose one of: %(formats)s.")
        return "format", said % {"wish": one_line(wish)[:40], "formats": ", ".join(FORMATS)}
    return None


def first_words(html: str, *, longest: int = 200) -> str:
    """Return the beginning of clean HTML as plain text of at most `longest` characters, cut between words."""
    return textwrap.shorten(unescape(_TAG.sub(" ", html)), longest, placeholder=" …")
