"""Whom a mailing goes to, who is left out and why, and how many may go out. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, get_args

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
    """A kind of audience: its title, the states its people's seats are in, and why they get a letter."""

    title: str
    states: tuple[str, ...]
    because: str


OFF_LIST: Final = "off_list"
KINDS: Final[Mapping[str, Kind]] = {
    "seats": Kind("Everybody with a seat", WITH_A_SEAT, "because you have a seat"),
    "not_here": Kind("With a seat, not checked in", ("held",), "because you have a seat"),
    "here": Kind("Checked in", ("checked_in",), "because you came"),
    OFF_LIST: Kind("Checked in, did not say they are on the list", ("checked_in",), "because you came"),
    "no_shows": Kind("No-shows", ("no_show",), "because you had a seat"),
    "waiting": Kind("In the waitlist", ("waiting",), "because you are in the waitlist"),
    "offered": Kind("Offered a seat", ("offered",), "because you are offered a seat"),
    "team": Kind("The team", (), "because you are on the team"),
    "interested": Kind("Answered the call, not registered", (), "because you answered the call"),
    "role": Kind("What they do", WITH_A_SEAT, "because you have a seat"),
    "sector": Kind("Sector", WITH_A_SEAT, "because you have a seat"),
    "person": Kind("One person", (), "because they wrote to you alone"),
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
    NO_LETTERS: "asked for no such letters",
    CAME_BACK: "never opened a letter, and the last came back",
    DEAD: "has a mailbox that takes no letters",
    LATELY: "got a letter of the team in the last hour",
    GONE: "gave the seat back",
    LEFT_TEAM: "is not on the team any more",
    ANSWERED: "has registered, or took the answer back",
    OLD: "could not be written to for two weeks",
}
LATELY_WITHIN: Final = timedelta(hours=1)


# What a letter begins from that invites to the community's lists.
TO_THE_LIST: Final[Mapping[str, str]] = {
    "audience": OFF_LIST,
    "subject": "Stay in touch after {meetup}",
    "text": "Hello {name},\n\n"
    "thank you for coming to {meetup}. Between meetups we talk on the community's list. With this link you join it with one "
    "press, with every letter or with a digest now and then:\n{list_link}\n\n"
    "If you are on it already, there is nothing to do.",
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


TO_MANY: Final = (Limit(4, timedelta(hours=1), "an hour"), Limit(10, timedelta(days=1), "a day"))
TO_ONE: Final = (Limit(20, timedelta(hours=1), "an hour"), Limit(60, timedelta(days=1), "a day"))
COPIES: Final = (Limit(10, timedelta(hours=1), "an hour"),)
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
    return " and ".join(f"{limit.most} {limit.words}" for limit in limits)


def people_in_words(count: int) -> str:
    """Return `1 person`, `118 people`."""
    return "1 person" if count == 1 else f"{count} people"


def why_other_number(seen: int, count: int) -> str | None:
    """Return what to say when a letter would go to another number of people than was seen; None when it is the same."""
    if seen == count:
        return None
    return f"Meanwhile the number changed: the letter now goes to {people_in_words(count)}. Look again, and send it then."
