"""The invented meetups of the demo, as files tell them. Pure but for reading those files."""

from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import ClassVar, Final

import yaml
from pydantic import ConfigDict, TypeAdapter

HERE: Final = Path(__file__).resolve().parent
_STRICT: Final = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class Room:
    """A room; capacity in people."""

    __pydantic_config__: ClassVar = _STRICT

    name: str
    capacity: int
    note: str = ""


@dataclass(frozen=True)
class Slot:
    """A stretch of local time on one of the days, counted from 1."""

    __pydantic_config__: ClassVar = _STRICT

    day: int
    starts: time
    ends: time
    kind: str = "session"
    label: str = ""

    @property
    def key(self) -> str:
        """Return what sessions call it, such as `1 09:30`."""
        return f"{self.day} {self.starts:%H:%M}"


@dataclass(frozen=True)
class Part:
    """A topic or a session: `kin` is what it is like, `draw` how many it draws (1 to 6), `at` the key of its slot.

    What its pad says is in `text`, or in the file of `notes` that `notes` names.
    """

    __pydantic_config__: ClassVar = _STRICT

    title: str
    details: str = ""
    format: str = "general_session"
    for_all: bool = False
    kin: str = ""
    draw: int = 0
    lead: tuple[str, ...] = ()
    shadow: tuple[str, ...] = ()
    at: str = ""
    room: str = ""
    pinned: bool = False
    notes: str = ""
    text: str = ""

    @property
    def said(self) -> str:
        """Return what its pad says; nothing before it was held."""
        return (HERE / "notes" / f"{self.notes}.md").read_text(encoding="utf-8") if self.notes else self.text


@dataclass(frozen=True)
class Underwriter:
    """An organisation that pays a part."""

    __pydantic_config__: ClassVar = _STRICT

    name: str
    is_host: bool = False


@dataclass(frozen=True)
class Hands:
    """A show of hands."""

    __pydantic_config__: ClassVar = _STRICT

    question: str
    said_yes: int
    said_no: int


@dataclass(frozen=True)
class Remark:
    """Something said in the wrap-up."""

    __pydantic_config__: ClassVar = _STRICT

    kind: str
    text: str


@dataclass(frozen=True)
class Edition:
    """How an edition elsewhere went: how many said they would come, in the first 14 days and in all, and how many came."""

    __pydantic_config__: ClassVar = _STRICT

    label: str
    came: int
    early: int | None = None
    declared: int | None = None


@dataclass(frozen=True)
class Story:
    """One invented meetup. `topics` have no session yet; `lines` are what people would talk about, before there are topics."""

    __pydantic_config__: ClassVar = _STRICT

    title: str
    summary: str
    venue: str = ""
    channel: str = ""
    guess: tuple[int, int] | None = None
    places: tuple[str, ...] = ()
    editions: tuple[Edition, ...] = ()
    lines: tuple[str, ...] = ()
    underwriters: tuple[Underwriter, ...] = ()
    rooms: tuple[Room, ...] = ()
    slots: tuple[Slot, ...] = ()
    sessions: tuple[Part, ...] = ()
    topics: tuple[Part, ...] = ()
    hands: tuple[Hands, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return everybody the story names, once."""
        parts = (*self.sessions, *self.topics)
        return tuple(dict.fromkeys(name for part in parts for name in (*part.lead, *part.shadow)))


def read_story(name: str) -> Story:
    """Return the story of `stories/<name>.yaml`."""
    text = (HERE / "stories" / f"{name}.yaml").read_text(encoding="utf-8")
    return TypeAdapter(Story).validate_python(yaml.safe_load(text))
