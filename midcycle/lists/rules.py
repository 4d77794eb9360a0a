"""When somebody may join, write to a list and compare; what of a comparison may be told, and for how long it is kept. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, get_args

from midcycle.engines.maillist import TROUBLES
from midcycle.kernel.folding import SMALLEST
from midcycle.kernel.words import gettext, gettext_noop, retold

Kind = Literal["mailman", "discourse", "file"]
KINDS: Final = get_args(Kind)
KIND_NAMES: Final[Mapping[str, str]] = {
    "mailman": gettext_noop("Mailman list"),
    "discourse": gettext_noop("Discourse forum"),
    "file": gettext_noop("Another list, whose keeper compares members by a file"),
}

JoinState = Literal["asked", "confirmed", "joined", "there", "held", "refused"]
JOIN_STATES: Final = get_args(JoinState)
UNCONFIRMED_FOR: Final = timedelta(days=7)
DONE_FOR: Final = timedelta(days=7)

PostingState = Literal["draft", "waiting", "sending", "sent", "failed", "unclear"]
POSTING_STATES: Final = get_args(PostingState)
POSTING_NAMES: Final[Mapping[str, str]] = {
    "draft": gettext_noop("Draft"),
    "waiting": gettext_noop("On its way"),
    "sending": gettext_noop("On its way"),
    "sent": gettext_noop("Sent"),
    "failed": gettext_noop("Not sent"),
    "unclear": gettext_noop("Perhaps sent"),
}
LONGEST_SUBJECT: Final = 150
LONGEST_TEXT: Final = 10_000
POSTINGS_A_WEEK: Final = 3  # to one list about one meetup
LOST_AFTER: Final = timedelta(minutes=10)  # a posting that is being sent for so long: its process died

ComparisonState = Literal["asked", "done", "failed"]
COMPARISON_STATES: Final = get_args(ComparisonState)
AfterState = Literal["", "waiting", "done", "missed"]
AFTER_STATES: Final = get_args(AfterState)
AFTER: Final = timedelta(days=30)
GRACE: Final = timedelta(days=7)  # a server that cannot be reached, or a keeper on holiday, has so long
# Why something did not go as it should. It is kept in English, and told with `why_in_words`.
NOT_NAMED: Final = gettext_noop("This server's settings do not name this list for the meetup any more.")
UNREACHED: Final = gettext_noop("The list's server could not be reached.")
TOO_MUCH: Final = gettext_noop("The list's server answers too much.")
TOO_MANY: Final = gettext_noop("The list has more members than can be compared.")
NOBODY: Final = gettext_noop("Nobody compared it within 30 days.")
NO_MAIL: Final = gettext_noop("The mail server could not be reached.")
NOT_TAKEN: Final = gettext_noop("The mail server did not take it (%(code)s).")
NO_SUBJECT: Final = gettext_noop("The subject cannot stand in a letter.")
UNCLEAR: Final = gettext_noop("Nobody knows whether it went out. Look into the list's archive before you send it again.")
_WHY: Final = (NOT_NAMED, UNREACHED, TOO_MUCH, TOO_MANY, NOBODY, NO_MAIL, NOT_TAKEN, NO_SUBJECT, UNCLEAR, *TROUBLES)
_PAUSES: Final = (1, 5, 15, 60, 240)  # minutes after the first, second, … try


@dataclass(frozen=True)
class Split:
    """People on both sides of a question; `yes` is None where a side is too small to be told."""

    people: int
    yes: int | None


def split(people: int, yes: int) -> Split:
    """Return what may be told: nothing unless both sides have SMALLEST people."""
    return Split(people, yes if min(yes, people - yes) >= SMALLEST else None)


def may_compare(stage: str, ends_on: date | None, today: date) -> bool:
    """Say whether it is settled who came: the last day is over, and the meetup is not called off."""
    return stage in {"on_site", "wrap_up", "archived"} and ends_on is not None and ends_on < today


def pause_after(tries: int) -> timedelta:
    """Return how long to wait after so many tries, counted from 1."""
    return timedelta(minutes=_PAUSES[min(tries, len(_PAUSES)) - 1])


def share_in_words(split: Split, few: str) -> str:
    """Return such as `84 of 120 (70 %)`; `few` where a side is too small."""
    if split.yes is None:
        return few
    share = {"part": split.yes, "whole": split.people, "percent": round(100 * split.yes / split.people)}
    return gettext("%(part)s of %(whole)s (%(percent)s %%)") % share


def why_in_words(why: str) -> str:
    """Return a reason that was kept as it reads in the language that is active; one may follow the other."""
    first = why.removesuffix(UNCLEAR)
    told = [retold(first.strip(), _WHY), gettext(UNCLEAR) if first != why else ""]
    return " ".join(part for part in told if part)


def masked(address: str) -> str:
    """Return an address as its owner knows it again, and nobody else learns it: `b…@example.org`."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"
