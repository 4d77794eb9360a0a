"""What the writers need to know about an agenda: plain values, no clock and no tables."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from midcycle.engines.schedules.plain import line

ROOM_TO_BE_ANNOUNCED = "Room to be announced"


class NoDates(Exception):  # noqa: N818 - reads as a fact, not as a crash
    """The meetup has no date yet, so nothing can be written; the message can be shown to people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room by its name, which sessions refer to; capacity in people."""

    name: str
    guid: UUID
    capacity: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledSession:
    """One placed session.

    `uid` stays the same from release to release. `day` counts from 1. `starts` and `ends` carry a time zone; either
    may be unknown, and nothing is made up for it. `abstract` is Markdown. `url` and `pad_url` are absolute.
    """

    uid: UUID
    code: str
    title: str
    url: str
    day: int = 1
    abstract: str = ""
    format: str = ""
    room: str | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    leads: tuple[str, ...] = ()
    shadows: tuple[str, ...] = ()
    pad_url: str | None = None
    language: str | None = None

    def __post_init__(self) -> None:
        """Refuse times without a zone and sessions that end before they begin (ValueError)."""
        for moment in (self.starts, self.ends):
            if moment is not None and moment.utcoffset() is None:
                raise ValueError(f"{self.code}: {moment} has no time zone")
        length = self.length
        if length is not None and length <= timedelta():
            raise ValueError(f"{self.code}: ends at {self.ends}, not after it starts at {self.starts}")

    @property
    def place(self) -> str:
        """Return the name of the room, or that it is to be announced."""
        return line(self.room or "") or ROOM_TO_BE_ANNOUNCED

    @property
    def length(self) -> timedelta | None:
        """Return real time from start to end, right across a change of the clocks; None when either is unknown."""
        if self.starts is None or self.ends is None:
            return None
        return self.ends.astimezone(UTC) - self.starts.astimezone(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """One release of an agenda. `timezone` is an IANA name, `version` the number of the release, `url` absolute."""

    slug: str
    title: str
    starts_on: date | None
    days: int
    timezone: str
    url: str
    version: str
    rooms: tuple[Room, ...] = ()
    sessions: tuple[ScheduledSession, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a schedule without days and sessions on days it does not have (ValueError)."""
        if self.days < 1:
            raise ValueError(f"{self.slug}: a schedule has at least one day, not {self.days}")
        for session in self.sessions:
            if not 1 <= session.day <= self.days:
                raise ValueError(f"{session.code}: day {session.day} of {self.days}")

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone; ZoneInfoNotFoundError when there is none of that name."""
        return ZoneInfo(self.timezone)

    def first_day(self) -> date:
        """Return the first day or raise NoDates."""
        if self.starts_on is None:
            raise NoDates(f"{self.title} has no date yet, so there is no schedule to take away.")
        return self.starts_on

    def date_of(self, day: int) -> date:
        """Return the date of a day counted from 1, or raise NoDates."""
        return self.first_day() + timedelta(days=day - 1)

    def all_rooms(self) -> tuple[Room, ...]:
        """Return the rooms in their order, then those that only sessions name, with a stable guid made for each."""
        names = {line(room.name) for room in self.rooms}
        missing = dict.fromkeys(session.place for session in self.sessions if session.place not in names)
        # By name, so that the order of sessions changes nothing, and the room nobody knows yet last.
        ordered = sorted(missing, key=lambda name: (name == ROOM_TO_BE_ANNOUNCED, name))
        return self.rooms + tuple(
            Room(name=name, guid=uuid5(NAMESPACE_URL, f"{line(self.url)}#room={name}")) for name in ordered
        )
