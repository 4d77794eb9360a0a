"""What changed from one release of an agenda to the next, in sentences. Pure."""

from dataclasses import dataclass

from midcycle.agenda.rules import clock
from midcycle.agenda.rules.values import Agenda, Session
from midcycle.kernel.typed import quoted


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
        sentence = _change(old, before[number], new, session) if number in before else f"is new: {_place(new, session)}."
        if sentence:
            found.append(Change(number, f"{quoted(session.title)} {sentence}"))
    gone = [session for number, session in before.items() if number not in after]
    return (*found, *(Change(s.id, f"{quoted(s.title)} is off: it was {_place(old, s)}.") for s in gone))


def _change(old: Agenda, was: Session, new: Agenda, now: Session) -> str:
    parts = []
    here, there = _place(new, now), _place(old, was)
    if here != there:
        parts.append(f"moves from {there} to {here}")
    if was.title != now.title:
        parts.append(f"was called {quoted(was.title)}")
    if was.leads != now.leads:
        parts.append(f"is led by {' and '.join(now.leads)}" if now.leads else "has no lead any more")
    return f"{', and '.join(parts)}." if parts else ""


def _place(agenda: Agenda, session: Session) -> str:
    slot = agenda.slot_of(session)
    at = clock.slot_name(slot, starts_on=agenda.starts_on, days=agenda.days) if slot else "time not recorded"
    return f"{at}, {agenda.room_name(session)}" if session.room is not None else at
