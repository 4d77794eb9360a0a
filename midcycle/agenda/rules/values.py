"""An agenda as plain values: what a release keeps for good, whatever changes in the tables later. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, time
from typing import Any, Final

from midcycle.agenda.rules import HELD_KINDS, LOOKS, format_name
from midcycle.agenda.rules.usual import LUNCH, OPENING, WRAP_UP
from midcycle.kernel.words import gettext, gettext_noop, language

UNKNOWN_ROOM: Final = gettext_noop("Room not recorded")
_USUAL: Final = frozenset({LUNCH, OPENING, WRAP_UP})
_WORDS: Final[Mapping[str, str]] = {
    "break": gettext_noop("Break"),
    "free": gettext_noop("Free time"),
    "plenary": gettext_noop("Everybody together: nothing is placed here yet"),
    "session": gettext_noop("Open: nothing is placed here yet"),
}


@dataclass(frozen=True, slots=True)
class Room:
    """A room; capacity in people, None when nobody recorded it."""

    id: int
    name: str
    capacity: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of local time on day 1, 2, …; a start or an end nobody recorded is None."""

    id: int
    day: int
    starts: time | None
    ends: time | None
    kind: str = "session"
    label: str = ""
    only: str = ""

    @property
    def words(self) -> str:
        """What to say about it when no session is in it."""
        return label_in_words(self.label) or gettext(_WORDS[self.kind])


@dataclass(frozen=True, slots=True)
class Session:
    """A session and where it is: slot None when it has no place, room None when the room is not known.

    `titles` are those in other languages, each with its language before it.
    It begins in its `slot` and goes on through the `further` ones, in order of time.
    """

    id: int
    uid: str
    title: str
    format: str
    for_all: bool = False
    slot: int | None = None
    room: int | None = None
    leads: tuple[str, ...] = ()
    shadows: tuple[str, ...] = ()
    reason: str = ""
    length: int = 1
    further: tuple[int, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()

    @property
    def told_title(self) -> str:
        """Title, in the reader's language where somebody wrote it in that."""
        return next((title for code, title in self.titles if code == language()), self.title)

    @property
    def format_name(self) -> str:
        """What people call the format."""
        return format_name(self.format)

    @property
    def look(self) -> str:
        """The last part of the class that colours the card's edge."""
        return LOOKS.get(self.format, self.format)


@dataclass(frozen=True, slots=True)
class Agenda:
    """All placements of a meetup. `timezone` is an IANA name, `days` how many there are, `conflicts` plain sentences."""

    starts_on: date | None
    timezone: str
    days: int
    rooms: tuple[Room, ...] = ()
    slots: tuple[Slot, ...] = ()
    sessions: tuple[Session, ...] = ()
    conflicts: tuple[str, ...] = ()

    def placed(self) -> tuple[Session, ...]:
        """Return the sessions that have a slot."""
        return tuple(session for session in self.sessions if session.slot is not None)

    def told(self) -> "Agenda":
        """Return the agenda as visitors see it: without the times for sessions that hold none and are called nothing."""
        filled = {slot for session in self.sessions for slot in (session.slot, *session.further)}
        slots = (slot for slot in self.slots if slot.id in filled or slot.label or slot.kind not in HELD_KINDS)
        return replace(self, slots=tuple(slots))

    def session(self, number: int) -> Session | None:
        """Return the session with this number, if it is there."""
        return next((session for session in self.sessions if session.id == number), None)

    def slot_of(self, session: Session) -> Slot | None:
        """Return the slot of a session, None when it has no place."""
        return next((slot for slot in self.slots if slot.id == session.slot), None)

    def last_slot_of(self, session: Session) -> Slot | None:
        """Return the slot a session ends with, None when it has no place."""
        last = session.further[-1] if session.further else session.slot
        return next((slot for slot in self.slots if slot.id == last), None)

    def room_name(self, session: Session) -> str:
        """Return the name of the room a session is in, or that nobody recorded it."""
        return next((room.name for room in self.rooms if room.id == session.room), gettext(UNKNOWN_ROOM))


def label_in_words(label: str) -> str:
    """Return what a slot is called: as it was typed, or what a usual day calls it."""
    return gettext(label) if label in _USUAL else label


def to_plain(agenda: Agenda) -> dict[str, Any]:
    """Return the agenda as values JSON knows; `from_plain` is the way back."""
    plain = asdict(agenda)
    plain["starts_on"] = agenda.starts_on and agenda.starts_on.isoformat()
    for slot in plain["slots"]:
        slot["starts"], slot["ends"] = _text(slot["starts"]), _text(slot["ends"])
    return plain


def from_plain(plain: Mapping[str, Any]) -> Agenda:
    """Return the agenda `to_plain` wrote."""
    return Agenda(
        starts_on=date.fromisoformat(plain["starts_on"]) if plain["starts_on"] else None,
        timezone=plain["timezone"],
        days=plain["days"],
        rooms=tuple(Room(**room) for room in plain["rooms"]),
        slots=tuple(Slot(**{**slot, "starts": _time(slot["starts"]), "ends": _time(slot["ends"])}) for slot in plain["slots"]),
        sessions=tuple(_session(session) for session in plain["sessions"]),
        conflicts=tuple(plain["conflicts"]),
    )


def _session(plain: Mapping[str, Any]) -> Session:
    lists = {key: tuple(plain.get(key, ())) for key in ("leads", "shadows", "further")}
    return Session(**{**plain, **lists, "titles": tuple((code, title) for code, title in plain.get("titles", ()))})


def _text(moment: time | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _time(text: str | None) -> time | None:
    return None if text is None else time.fromisoformat(text)
