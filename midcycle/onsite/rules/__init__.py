"""What a phone at the door may tell, when it forgets, and what it is answered. Pure."""

from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final, Literal, get_args

Kind = Literal["check_in", "undo", "walk_in", "queue", "settle"]
KINDS: Final = get_args(Kind)
Outcome = Literal["done", "already", "conflict"]
OUTCOMES: Final = get_args(Outcome)

WHO: Final = "{who}"  # stands for the name in a sentence that is kept

MOST_EVENTS: Final = 500  # in one request; a phone sends 100 at a time
LONGEST_LABEL: Final = 60
LIST_KEPT: Final = timedelta(days=2)  # after the last day
_LONGEST_AGE_MS: Final = 10**12  # some thirty years

REVOKED: Final = "This door link was taken back. Ask the organisers for a new one."
OVER: Final = "This meetup is over, and its list is not given out any more."
UNKNOWN_TICKET: Final = (
    "No seat has this ticket any more. The seat was passed on, or registered anew: ask for the newest ticket, or find the "
    "person by name."
)
NOTHING_NAMED: Final = "This deed names no seat of this meetup. Find the person by name and do it again."
NO_SEAT_FREE: Final = (
    f"No seat was free when this arrived: {WHO} is in the queue, not checked in. If they are inside already, talk with them "
    "or raise the capacity."
)
NO_NAME: Final = "Type a name, and do it again."
MADE_ELSEWHERE: Final = "Another phone has sent a deed with this number. Do it again."


def list_kept_until(last_day: date | None, zone: tzinfo) -> datetime | None:
    """Return when phones forget the people of a meetup; None while nobody knows when it is."""
    return None if last_day is None else datetime.combine(last_day + timedelta(days=1), time(), zone) + LIST_KEPT


def why_no_list(stage: str, kept_until: datetime | None, now: datetime) -> str | None:
    """Return why a phone gets no list of people, None when it does."""
    return OVER if stage == "archived" or (kept_until is not None and now >= kept_until) else None


def when_it_was(told_ms: int, sent_ms: int, *, earliest: datetime, now: datetime) -> datetime:
    """Return when a deed was done, by our clock.

    `told_ms` and `sent_ms` are milliseconds since 1970 by the phone's clock, of the deed and of the message that brought it:
    only their distance counts, so a phone whose clock is wrong tells the right time. Nothing is later than now, nor
    before the phone got its link.
    """
    age = timedelta(milliseconds=min(max(sent_ms - told_ms, 0), _LONGEST_AGE_MS))
    return min(max(now - age, earliest), now)


def already_here(by: str, at: datetime) -> str:
    """Return what is told of somebody who was checked in before; `at` in the meetup's own time."""
    return f"{WHO} is checked in already, {by} at {at:%H:%M}."


def by_whom(label: str | None) -> str:
    """Return where a check-in was made, for the middle of a sentence."""
    return f"on “{label}”" if label else "at the desk"


def stays_here(by: str, at: datetime) -> str:
    """Return what is told to who undoes a check-in that somebody else made as well."""
    return f"{WHO} stays checked in: they were checked in {by} at {at:%H:%M}."


def named(sentence: str, name: str) -> str:
    """Return a sentence with the name in it. Names are kept on the seat alone, so that who is forgotten is forgotten here."""
    return sentence.replace(WHO, name)
