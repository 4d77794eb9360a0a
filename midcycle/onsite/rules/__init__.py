"""What a phone at the door may tell, when it forgets, and what it is answered. Pure."""

from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final, Literal, get_args

from midcycle.kernel.words import gettext, gettext_noop
from midcycle.registration.rules import sentences

Kind = Literal["check_in", "undo", "walk_in", "queue", "settle"]
KINDS: Final = get_args(Kind)
Outcome = Literal["done", "already", "conflict"]
OUTCOMES: Final = get_args(Outcome)

WHO: Final = "{who}"  # stands for the name in a sentence that is kept

MOST_EVENTS: Final = 500  # in one request; a phone sends 100 at a time
LONGEST_LABEL: Final = 60
LIST_KEPT: Final = timedelta(days=2)  # after the last day
_LONGEST_AGE_MS: Final = 10**12  # some thirty years

REVOKED: Final = gettext_noop("This door link was taken back. Ask the organisers for a new one.")
OVER: Final = gettext_noop("This meetup is over, and its list is not given out any more.")

# What a phone is answered. It is kept in English, with WHO in place of the name, and told where it is shown.
UNKNOWN_TICKET: Final = gettext_noop(
    "No seat has this ticket any more. The seat was passed on, or registered anew: ask for the newest ticket, or find the "
    "person by name."
)
NOTHING_NAMED: Final = gettext_noop("This deed names no seat of this meetup. Find the person by name and do it again.")
NO_NAME: Final = gettext_noop("Type a name, and do it again.")
MADE_ELSEWHERE: Final = gettext_noop("Another phone has sent a deed with this number. Do it again.")
NOTHING_LEFT: Final = gettext_noop("There is nothing to look at any more.")
NOTED: Final = gettext_noop("Noted.")
NO_SEAT_FREE: Final = gettext_noop(
    "No seat was free when this arrived: %(who)s is in the queue, not checked in. If they are inside already, talk with them "
    "or raise the capacity."
)
HAD_A_SEAT: Final = gettext_noop("This address had a seat already, as %(who)s. It is checked in.")
SEAT_FOR_THEM: Final = gettext_noop("There is a seat for %(who)s: checked in. Call them in.")
NOT_HERE: Final = gettext_noop("%(who)s is not checked in.")
NOT_HERE_ANY_MORE: Final = gettext_noop("%(who)s is not checked in any more.")
IN_THE_QUEUE: Final = gettext_noop("%(who)s is in the queue.")
HERE: Final = gettext_noop("%(who)s is checked in.")
# What is more particular comes first.
TEMPLATES: Final = (
    NO_SEAT_FREE,
    HAD_A_SEAT,
    SEAT_FOR_THEM,
    gettext_noop("%(who)s is checked in already, at the desk at %(time)s."),
    gettext_noop("%(who)s is checked in already, on “%(phone)s” at %(time)s."),
    gettext_noop("%(who)s stays checked in: they were checked in at the desk at %(time)s."),
    gettext_noop("%(who)s stays checked in: they were checked in on “%(phone)s” at %(time)s."),
    NOT_HERE,
    NOT_HERE_ANY_MORE,
    IN_THE_QUEUE,
    HERE,
)


def list_kept_until(last_day: date | None, zone: tzinfo) -> datetime | None:
    """Return when phones forget the people of a meetup; None while nobody knows when it is."""
    return None if last_day is None else datetime.combine(last_day + timedelta(days=1), time(), zone) + LIST_KEPT


def why_no_list(stage: str, kept_until: datetime | None, now: datetime) -> str | None:
    """Return why a phone gets no list of people, None when it does."""
    return gettext(OVER) if stage == "archived" or (kept_until is not None and now >= kept_until) else None


def when_it_was(told_ms: int, sent_ms: int, *, earliest: datetime, now: datetime) -> datetime:
    """Return when a deed was done, by our clock.

    `told_ms` and `sent_ms` are milliseconds since 1970 by the phone's clock, of the deed and of the message that brought it:
    only their distance counts, so a phone whose clock is wrong tells the right time. Nothing is later than now, nor
    before the phone got its link.
    """
    age = timedelta(milliseconds=min(max(sent_ms - told_ms, 0), _LONGEST_AGE_MS))
    return min(max(now - age, earliest), now)


def already_here(by: str, at: datetime) -> str:
    """Return what is kept of somebody who was checked in before; `at` in the meetup's own time."""
    return f"{WHO} is checked in already, {by} at {at:%H:%M}."


def by_whom(label: str | None) -> str:
    """Return where a check-in was made, for the middle of a sentence that is kept."""
    return f"on “{label}”" if label else "at the desk"


def stays_here(by: str, at: datetime) -> str:
    """Return what is kept for whoever undoes a check-in that somebody else made as well."""
    return f"{WHO} stays checked in: they were checked in {by} at {at:%H:%M}."


def kept(template: str) -> str:
    """Return a sentence as it is kept: in English, without a name."""
    return template % {"who": WHO}


def named(sentence: str, name: str) -> str:
    """Return a sentence that was kept, in the language that is active, with the name in it.

    Names are kept on the seat alone, so that who is forgotten is forgotten here.
    """
    return sentences.told(sentence, TEMPLATES).replace(WHO, name)
