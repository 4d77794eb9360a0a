"""The live part without sockets: the real registry over a real file, and clients in the same process."""

import asyncio
import json
import random
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg
from pycrdt import Doc, Text

from midcycle.engines.crdt import protocol
from midcycle.engines.crdt.document import Document
from midcycle.engines.crdt.updates import encode_vector
from midcycle.kernel import tickets
from midcycle.kernel.tickets import PadTicket
from midcycle.live.audience import Means
from midcycle.live.bus import Bus, LocalBus
from midcycle.live.connection import Connection
from midcycle.live.intake import MakeDocument
from midcycle.live.limits import Limits
from midcycle.live.registry import Registry
from midcycle.live.store import open_store
from tests.live.client import until
from tests.live.database import Database

SECRET = "inside"


class MemoryWire:
    """A `Wire` that keeps what is sent; `stuck` bytes wait to be read by the other side."""

    def __init__(self) -> None:
        self.texts: list[dict[str, Any]] = []
        self.frames: list[protocol.Message] = []
        self.stuck = 0
        self.reading = True
        self.code: int | None = None

    def send_text(self, text: str) -> None:
        if self.code is None:
            self.texts.append(json.loads(text))

    def add_text(self, text: str) -> None:
        self.send_text(text)

    def send_bytes(self, data: bytes) -> None:
        if self.code is None:
            self.frames.append(protocol.decode(data))

    def pass_on(self, data: bytes, most: int) -> bool:
        if self.stuck > most:
            return False
        self.send_bytes(data)
        return True

    def unsent(self) -> int:
        return self.stuck

    def pause(self) -> None:
        self.reading = False

    def resume(self) -> None:
        self.reading = True

    def close(self, code: int, reason: str) -> None:
        del reason
        self.code = self.code or code


class Guest:
    """A client over a memory wire."""

    def __init__(self, registry: Registry, pad: str, person: str) -> None:
        self.wire = MemoryWire()
        self.registry = registry
        self.ticket = PadTicket(pad, person, person.title(), 1, "write")
        self.connection = Connection(self.wire, pad, registry)
        self._seen = 0

    async def enter(self, wanted: int | None = None) -> "Guest":
        text = tickets.issue(SECRET, self.ticket)
        self.connection.receive(json.dumps({"type": "ticket", "ticket": text, "client_id": wanted}))
        await until(lambda: bool(self.wire.texts))
        if self.wire.code is None:
            self.client_id: int = self.wire.texts[0]["client_id"]
            self.doc = Doc[Text](client_id=self.client_id)
            self.connection.receive(protocol.question({}))
        return self

    def renew(self, ticket: PadTicket) -> None:
        """Show a newer ticket on the same connection."""
        self.ticket = ticket
        self.connection.receive(json.dumps({"type": "ticket", "ticket": tickets.issue(SECRET, ticket)}))

    def type(self, words: str) -> None:
        before = self.doc.get_state()
        text = self.doc.get("content", type=Text)
        text.insert(len(text), words)
        self.connection.receive(protocol.change(self.doc.get_update(before)))

    def answer(self) -> None:
        """Answer sync step 1 with everything."""
        self.connection.receive(protocol.answer(self.doc.get_update(encode_vector({}))))

    @property
    def acked(self) -> int:
        return max((text["seq"] for text in self.wire.texts if text["type"] == "ack"), default=0)

    @property
    def met(self) -> set[str]:
        """Whoever it was ever told of."""
        told = [text.get("people", []) + text.get("joined", []) for text in self.wire.texts]
        return {one["person"] for some in told for one in some}

    @property
    def text(self) -> str:
        for message in self.wire.frames[self._seen :]:
            if isinstance(message, protocol.Change):
                self.doc.apply_update(message.body)
        self._seen = len(self.wire.frames)
        return str(self.doc.get("content", type=Text))


@asynccontextmanager
async def registry(
    database: Database, *, limits: Limits | None = None, bus: Bus | None = None, make: MakeDocument = Document
) -> AsyncIterator[Registry]:
    """Run a registry on its own, as one process would."""
    loop = asyncio.get_running_loop()
    means = Means(limits or Limits(), bus or LocalBus(), loop, lambda: datetime.now(UTC), random.SystemRandom(), make)
    running = Registry(open_store(database.url), means, lambda text: tickets.read(SECRET, text, 60))
    await running.start()
    try:
        yield running
    finally:
        await running.drain()


def lock(database: Database) -> sqlite3.Connection | psycopg.Connection:
    """Keep everybody else from writing about pads until the connection is closed."""
    if database.url.startswith("sqlite"):
        file = sqlite3.connect(database.url.removeprefix("sqlite:///"), isolation_level=None)
        file.execute("BEGIN IMMEDIATE")
        return file
    server = psycopg.connect(database.url)
    server.execute("SELECT 1 FROM pads_pad FOR UPDATE")
    return server
