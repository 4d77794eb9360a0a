"""What changed from one release of an agenda to the next, in sentences. Pure."""

from dataclasses import dataclass
from functools import reduce

from midcycle.agenda.rules import clock
from midcycle.agenda.rules.values import Agenda, Session
from midcycle.kernel.words import gettext, listed, pgettext, quoted


@dataclass(frozen=True, slots=True)
class Change:
    """One session that changed, and how, as a sentence that begins with its title."""

    session: int
    sentence: str


def changes(old: Agenda, new: Agenda) -> tuple[Change, ...]:
    """Return what is new, moved, renamed, given to others or off, in the order of the new agenda; what is off comes last."""
    before = {session.id: session for session in old.placed()}
    after = {session.id: session for session in new.placed()}
    found = []
    for number, session in after.items():
        sentence = _change(old, before[number], new, session) if number in before else _is_new(new, session)
        if sentence:
            found.append(Change(number, sentence))
    gone = [session for number, session in before.items() if number not in after]
    return (*found, *(Change(session.id, _is_off(old, session)) for session in gone))


def _is_new(agenda: Agenda, session: Session) -> str:
    return gettext("%(title)s is new: %(place)s.") % {"title": quoted(session.title), "place": _place(agenda, session)}


def _is_off(agenda: Agenda, session: Session) -> str:
    return gettext("%(title)s is off: it was %(place)s.") % {"title": quoted(session.title), "place": _place(agenda, session)}


def _change(old: Agenda, was: Session, new: Agenda, now: Session) -> str:
    parts = []
    here, there = _place(new, now), _place(old, was)
    if here != there:
        parts.append(gettext("moves from %(there)s to %(here)s") % {"there": there, "here": here})
    if was.title != now.title:
        parts.append(gettext("was called %(title)s") % {"title": quoted(was.title)})
    if was.leads != now.leads:
        led = gettext("is led by %(names)s") % {"names": listed(now.leads)}
        parts.append(led if now.leads else gettext("has no lead any more"))
    if not parts:
        return ""
    told = reduce(lambda before, part: gettext("%(before)s, and %(after)s") % {"before": before, "after": part}, parts)
    facts = {"title": quoted(now.title), "changes": told}
    return pgettext("a session and what happens to it", "%(title)s %(changes)s.") % facts


def _place(agenda: Agenda, session: Session) -> str:
    slot = agenda.slot_of(session)
    at = clock.slot_name(slot, starts_on=agenda.starts_on, days=agenda.days) if slot else gettext("time not recorded")
    return f"{at}, {agenda.room_name(session)}" if session.room is not None else at
