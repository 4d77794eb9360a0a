"""Whom a mailing goes to, who is left out and why, and how many may go out. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, get_args

from midcycle.kernel.words import gettext, gettext_noop, listed, ngettext

LONGEST_SUBJECT: Final = 150
LONGEST_TEXT: Final = 10_000

MailingState = Literal["draft", "sent", "stopped"]
MAILING_STATES: Final = get_args(MailingState)

# A letter of a mailing is chosen when the mailing is sent, and waits once it is written.
LetterState = Literal["chosen", "waiting", "sent", "failed", "skipped", "withdrawn"]
LETTER_STATES: Final = get_args(LetterState)
UNDER_WAY: Final = frozenset({"chosen", "waiting"})

WITH_A_SEAT: Final = ("held", "checked_in")


@dataclass(frozen=True)
class Kind:
    """A kind of audience: its title, the states its people's seats are in, and the sentence that says why they get a letter."""

    title: str
    states: tuple[str, ...]
    because: str


_SEATED: Final = gettext_noop("You get this letter from the team of %(meetup)s because you have a seat.")
_CAME: Final = gettext_noop("You get this letter from the team of %(meetup)s because you came.")
_MISSED: Final = gettext_noop("You get this letter from the team of %(meetup)s because you had a seat.")
_WAITS: Final = gettext_noop("You get this letter from the team of %(meetup)s because you are in the waitlist.")
_OFFERED: Final = gettext_noop("You get this letter from the team of %(meetup)s because you are offered a seat.")
_TEAM: Final = gettext_noop("You get this letter from the team of %(meetup)s because you are on the team.")
_ANSWERED_CALL: Final = gettext_noop("You get this letter from the team of %(meetup)s because you answered the call.")
_ALONE: Final = gettext_noop("You get this letter from the team of %(meetup)s because they wrote to you alone.")
OFF_LIST: Final = "off_list"
KINDS: Final[Mapping[str, Kind]] = {
    "seats": Kind(gettext_noop("Everybody with a seat"), WITH_A_SEAT, _SEATED),
    "not_here": Kind(gettext_noop("With a seat, not checked in"), ("held",), _SEATED),
    "here": Kind(gettext_noop("Checked in"), ("checked_in",), _CAME),
    OFF_LIST: Kind(gettext_noop("Checked in, did not say they are on the list"), ("checked_in",), _CAME),
    "no_shows": Kind(gettext_noop("No-shows"), ("no_show",), _MISSED),
    "waiting": Kind(gettext_noop("In the waitlist"), ("waiting",), _WAITS),
    "offered": Kind(gettext_noop("Offered a seat"), ("offered",), _OFFERED),
    "team": Kind(gettext_noop("The team"), (), _TEAM),
    "interested": Kind(gettext_noop("Answered the call, not registered"), (), _ANSWERED_CALL),
    "role": Kind(gettext_noop("What they do"), WITH_A_SEAT, _SEATED),
    "sector": Kind(gettext_noop("Sector"), WITH_A_SEAT, _SEATED),
    "person": Kind(gettext_noop("One person"), (), _ALONE),
}
SIMPLE: Final = ("seats", "not_here", "here", OFF_LIST, "no_shows", "waiting", "offered", "team", "interested")
BY_ANSWER: Final = ("role", "sector")


@dataclass(frozen=True)
class Audience:
    """Whom a mailing goes to; `value` is the role or the sector, or the number of the person."""

    kind: str
    value: str = ""

    @property
    def key(self) -> str:
        """Return it as one text, such as `seats` or `role:operator`."""
        return f"{self.kind}:{self.value}" if self.value else self.kind

    @property
    def is_one(self) -> bool:
        """Say whether it is one person."""
        return self.kind == "person"


def audience_of(key: str) -> Audience:
    """Return the audience a text stands for."""
    kind, _, value = key.partition(":")
    return Audience(kind, value)


# Why somebody got none: in the words after a name.
NO_LETTERS, LATELY, GONE, LEFT_TEAM, ANSWERED, OLD = "no letters", "lately", "gone", "left team", "answered", "old"
CAME_BACK: Final = "came back"
DEAD: Final = "dead"
LEFT_OUT: Final[Mapping[str, str]] = {
    NO_LETTERS: gettext_noop("asked for no such letters"),
    CAME_BACK: gettext_noop("never opened a letter, and the last came back"),
    DEAD: gettext_noop("has a mailbox that takes no letters"),
    LATELY: gettext_noop("got a letter of the team in the last hour"),
    GONE: gettext_noop("gave the seat back"),
    LEFT_TEAM: gettext_noop("is not on the team any more"),
    ANSWERED: gettext_noop("has registered, or took the answer back"),
    OLD: gettext_noop("could not be written to for two weeks"),
}
LATELY_WITHIN: Final = timedelta(hours=1)


# What a letter begins from that invites to the community's lists.
TO_THE_LIST: Final[Mapping[str, str]] = {
    "audience": OFF_LIST,
    "subject": gettext_noop("Stay in touch after {meetup}"),
    "text": gettext_noop(
        "Hello {name},\n\n"
        "thank you for coming to {meetup}. Between meetups we talk on the community's list. With this link you join it with "
        "one press, with every letter or with a digest now and then:\n{list_link}\n\n"
        "If you are on it already, there is nothing to do."
    ),
}


def gone_reason(kind: str) -> str:
    """Return why somebody who was chosen and is no longer among these people gets no letter."""
    return {"team": LEFT_TEAM, "interested": ANSWERED}.get(kind, GONE)


@dataclass(frozen=True)
class Limit:
    """So many within this time, and no more: whoever took over an organiser's browser must not write to the world."""

    most: int
    within: timedelta
    words: str


_AN_HOUR: Final = gettext_noop("%(number)s an hour")
_A_DAY: Final = gettext_noop("%(number)s a day")
TO_MANY: Final = (
    Limit(4, timedelta(hours=1), _AN_HOUR),
    Limit(10, timedelta(days=1), _A_DAY),
)
TO_ONE: Final = (
    Limit(20, timedelta(hours=1), _AN_HOUR),
    Limit(60, timedelta(days=1), _A_DAY),
)
COPIES: Final = (Limit(10, timedelta(hours=1), _AN_HOUR),)
LOOK_BACK: Final = timedelta(days=1)


def limits_for(audience: Audience) -> tuple[Limit, ...]:
    """Return how many mailings to such an audience may go out."""
    return TO_ONE if audience.is_one else TO_MANY


def next_turn(sent: Iterable[datetime], limits: Iterable[Limit], *, now: datetime) -> datetime | None:
    """Return when the next may go out after those sent at these moments; None when it may now."""
    turns = []
    for limit in limits:
        recent = sorted(moment for moment in sent if now - moment < limit.within)
        if len(recent) >= limit.most:
            turns.append(recent[-limit.most] + limit.within)
    return max(turns, default=None)


def limits_in_words(limits: Iterable[Limit]) -> str:
    """Return such as `4 an hour and 10 a day`."""
    return listed([gettext(limit.words) % {"number": limit.most} for limit in limits])


def people_in_words(count: int) -> str:
    """Return `1 person`, `118 people`."""
    return ngettext("1 person", "%(count)s people", count) % {"count": count}


def why_other_number(seen: int, count: int) -> str | None:
    """Return what to say when a letter would go to another number of people than was seen; None when it is the same."""
    if seen == count:
        return None
    return ngettext(
        "Meanwhile the number changed: the letter now goes to 1 person. Look again, and send it then.",
        "Meanwhile the number changed: the letter now goes to %(count)s people. Look again, and send it then.",
        count,
    ) % {"count": count}
