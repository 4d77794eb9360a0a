"""Who is in a pad and where their carets are.

The client tells its caret; who it belongs to is taken from the ticket, so
nobody can look like somebody else.
"""

import json
from collections.abc import Callable
from typing import Any

from midcycle.engines.crdt import protocol
from midcycle.engines.crdt.lib0 import LARGEST
from midcycle.live.control import BadMessage, Present, load

# The tints of people as in frontend/src/styles/tokens.css, strong and soft, for clients that draw with CSS colours.
_STRONG = ("#6b3d2b", "#42551f", "#1d5550", "#2f4a70", "#553d6b", "#6b3149", "#5e4a12", "#4d483f")
_SOFT = ("#f6d3c4", "#d3e4b8", "#bfe3de", "#cbdcf5", "#e3d2f1", "#f6d0e0", "#f2dda3", "#d9d4cb")

_ENDS = ("anchor", "head")
_NAME = 64  # characters of a root name in a relative position


class Presence:
    """The people and carets of one pad, and what the others have not been told yet."""

    def __init__(self, ticks: Callable[[], int]) -> None:
        """`ticks` gives the awareness clock: it grows over time and over restarts."""
        self._ticks = ticks
        self._clock = 0
        self._here: dict[int, Present] = {}
        self._carets: dict[int, str] = {}  # newest state in JSON
        self._told: dict[int, bytes] = {}  # entry as last sent
        self._moved: set[int] = set()
        self._joined: dict[int, Present] = {}
        self._left: set[int] = set()

    @property
    def everybody(self) -> tuple[Present, ...]:
        """All who are here, in order of arrival."""
        return tuple(self._here.values())

    @property
    def news(self) -> bool:
        """Whether the others have something to be told."""
        return bool(self._moved or self._joined or self._left)

    @property
    def told(self) -> tuple[bytes, ...]:
        """All carets as the others know them, for somebody who just came."""
        return tuple(self._told.values())

    def join(self, one: Present) -> None:
        """Somebody came, or changed name or role."""
        self._here[one.client_id] = one
        self._joined[one.client_id] = one
        self._left.discard(one.client_id)

    def knows(self, one: Present) -> bool:
        """Whether somebody is here, by this name and role."""
        return self._here.get(one.client_id) == one

    def leave(self, client: int) -> None:
        """Somebody went; the caret goes too."""
        if self._here.pop(client, None) is None:
            return
        self._joined.pop(client, None)
        self._left.add(client)
        if client in self._carets:
            self._carets[client] = "null"
            self._moved.add(client)

    def move(self, client: int, caret: object) -> None:
        """Keep the newest caret of somebody here; None when it is not in the text."""
        one = self._here[client]
        state: dict[str, object] = {"user": _user(one)}
        if caret is not None:
            state["cursor"] = caret
        self.look(client, json.dumps(state, ensure_ascii=False, separators=(",", ":")))

    def look(self, client: int, state: str) -> None:
        """Keep the newest awareness state of somebody here, written by this side."""
        self._carets[client] = state
        self._moved.add(client)

    def state(self, client: int) -> str:
        """Give the newest awareness state of somebody, "" before the first."""
        return self._carets.get(client, "")

    def refresh(self) -> None:
        """Tell all carets again: clients of y-protocols forget them after 30 seconds."""
        self._moved.update(self._carets)

    def take_people(self) -> tuple[tuple[Present, ...], tuple[int, ...]]:
        """Take who joined and which client ids left since the last time."""
        news = tuple(self._joined.values()), tuple(sorted(self._left))
        self._joined, self._left = {}, set()
        return news

    def take_carets(self) -> dict[int, bytes]:
        """Take the awareness entries that changed since the last time."""
        self._clock = max(self._clock + 1, self._ticks())
        moved = {client: self._entry(client) for client in self._moved}
        self._told.update(moved)
        self._moved = set()
        for client in [client for client in moved if client not in self._here]:
            del self._carets[client], self._told[client]
        return moved

    def _entry(self, client: int) -> bytes:
        return protocol.look(protocol.Look(client, self._clock, self._carets[client]))


def _user(one: Present) -> dict[str, object]:
    """Say who it is, with the tint in our words and where the editors of Yjs look for it."""
    tint = one.colour % len(_SOFT)
    return {"id": one.person, "name": one.name, "colour": one.colour, "color": _STRONG[tint], "colorLight": _SOFT[tint]}


def read_caret(state: str) -> dict[str, Any] | None:
    """Take the caret out of an awareness state: two relative positions, nothing else.

    Raises `BadMessage` unless it has the shape Yjs gives it.
    """
    match load(state):
        case {"cursor": {"anchor": dict() as anchor, "head": dict() as head}}:
            return dict(zip(_ENDS, (_position(anchor), _position(head)), strict=True))
        case dict() | None:
            return None
    raise BadMessage("An awareness state is an object.")


def _position(value: dict[str, Any]) -> dict[str, Any]:
    """Copy a relative position (Yjs `RelativePosition.js`) field by field."""
    position: dict[str, Any] = {}
    match value.get("item"):
        case {"client": client, "clock": clock}:
            position["item"] = {"client": _whole(client), "clock": _whole(clock)}
    match value.get("tname"):
        case str(name) if len(name) <= _NAME:
            position["tname"] = name
    if not position:
        raise BadMessage("A position points nowhere.")
    if value.get("assoc") is not None:
        position["assoc"] = -1 if value["assoc"] == -1 else 0
    return position


def _whole(value: object) -> int:
    if type(value) is not int or not 0 <= value <= LARGEST:
        raise BadMessage("A position is out of range.")
    return value
