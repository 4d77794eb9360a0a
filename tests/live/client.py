"""A client of `docs/reference/live.md` written from that page: websockets and pycrdt, nothing of ours below."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self

from pycrdt import Doc, Text
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from midcycle.engines.crdt import protocol
from midcycle.engines.crdt.updates import decode_vector, encode_vector
from midcycle.kernel.tickets import PadTicket, Role, issue
from tests.live.process import SECRET

FOURTH = {"colour": 3, "color": "#2f4a70", "colorLight": "#cbdcf5"}  # how colour 3 looks
PATIENCE = 15.0  # seconds until a test that waits for something fails


def play(story: Coroutine[Any, Any, None]) -> None:
    """Run a story on an event loop of its own, in a thread of its own: the browser tests leave a loop in the main one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, story).result()


async def until(true: Callable[[], bool]) -> None:
    """Wait for something to become true; fail after a long time."""
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110 - what is waited for lies in another process
            await asyncio.sleep(0.005)


class Client:
    """One person at one pad. Keeps its text over reconnects, as a browser does."""

    def __init__(self, port: int, pad: str, person: str, role: Role = "write") -> None:
        self.url = f"ws://127.0.0.1:{port}/live/pads/{pad}"
        self.ticket = PadTicket(pad, person, person.title(), 3, role)
        self.doc: Doc[Text] | None = None
        self.client_id: int | None = None
        self.role = ""
        self.people: dict[int, dict[str, Any]] = {}
        self.looks: dict[int, Any] = {}
        self.refused: list[str] = []
        self.votes: dict[str, list[str]] = {}  # who is for which line
        self.uncounted: list[str] = []
        self.renewals = 0  # how often it was asked for a new ticket
        self.sent = self.acked = 0
        self.synced = False
        self.typed: list[str] = []  # in order, one for each change
        self.marks: list[int] = []  # self.typed is saved up to here once `sent` reaches the index
        self.saved = 0  # how many of `typed` were acknowledged, ever
        self.close_code: int | None = None
        self.socket: ClientConnection | None = None
        self._reader: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self.join()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.leave()

    async def join(self) -> "Client":
        """Connect, show the ticket, and wait until the text is there."""
        await self.knock(issue(SECRET, self.ticket))
        await until(lambda: self.synced or self.close_code is not None)
        return self

    async def knock(self, ticket: str) -> None:
        self.sent = self.acked = 0
        self.marks, self.synced, self.close_code, self.people = [], False, None, {}
        self.socket = await connect(self.url, max_size=None)
        self._reader = asyncio.create_task(self._read(self.socket))
        await self.socket.send(json.dumps({"type": "ticket", "ticket": ticket, "client_id": self.client_id}))

    async def leave(self) -> None:
        if self.socket is not None:
            await self.socket.close()
        if self._reader is not None:
            await self._reader

    @property
    def text(self) -> str:
        return str(self.doc.get("content", type=Text)) if self.doc else ""

    @property
    def whole(self) -> bytes:
        """The document as one update."""
        return self._doc().get_update()

    def insert(self, words: str) -> None:
        """Type at the end without sending, as one does offline."""
        text = self._doc().get("content", type=Text)
        text.insert(len(text), words)

    async def type(self, words: str, at: int | None = None) -> None:
        """Type `words` at the end, or at the byte `at`."""
        doc = self._doc()
        text = doc.get("content", type=Text)
        before = doc.get_state()
        text.insert(len(text) if at is None else at, words)
        self.typed.append(words)
        await self.change(doc.get_update(before))

    async def change(self, update: bytes) -> None:
        """Send an update."""
        self._mark()
        await self.send(protocol.change(update))

    async def send(self, data: bytes | str) -> None:
        if self.socket is None:
            raise RuntimeError("not connected")
        await self.socket.send(data)

    async def vote(self, anchor: str, *, on: bool = True) -> None:
        await self.send(json.dumps({"type": "vote", "anchor": anchor, "on": on}))

    async def look(self, state: object, *, client: int | None = None, clock: int = 1) -> None:
        entry = protocol.look(protocol.Look(client or self.client_id or 0, clock, json.dumps(state)))
        await self.send(protocol.looks([entry]))

    async def all_saved(self) -> None:
        await until(lambda: self.acked == self.sent or self.close_code is not None)

    async def closed(self) -> int:
        await until(lambda: self.close_code is not None)
        return self.close_code or 0

    def _doc(self) -> "Doc[Text]":
        if self.doc is None:
            raise RuntimeError("not greeted yet")
        return self.doc

    def _mark(self) -> None:
        self.sent += 1
        self.marks.append(len(self.typed))

    async def _read(self, socket: ClientConnection) -> None:
        try:
            async for message in socket:
                if isinstance(message, str):
                    await self._control(json.loads(message))
                else:
                    await self._frame(protocol.decode(message))
        except ConnectionClosed:
            pass
        self.close_code = socket.close_code or 1006

    async def _control(self, message: dict[str, Any]) -> None:
        match message:
            case {"type": "hello"}:
                await self._hello(message)
            case {"type": "ack", "seq": seq}:
                self.acked = seq
                self.saved = max(self.saved, self.marks[seq - 1])
            case {"type": "people", "joined": joined, "left": left}:
                self.people.update({one["client_id"]: one for one in joined})
                for client in left:
                    self.people.pop(client, None)
            case {"type": "votes", "votes": votes}:
                self.votes.update({one["anchor"]: one["people"] for one in votes})
                assert all(one["count"] == len(one["people"]) for one in votes)
                self.uncounted += [one["anchor"] for one in votes if message.get("refused")]
            case {"type": "refused", "reason": reason}:
                self.refused.append(reason)
            case {"type": "renew"}:
                self.renewals += 1

    async def _hello(self, message: dict[str, Any]) -> None:
        self.role = message["role"]
        if self.doc is None:
            self.client_id = message["client_id"]
            self.doc = Doc[Text](client_id=self.client_id)
        self.people = {one["client_id"]: one for one in message["people"]}
        self.votes = {}
        await self.send(protocol.question(self._clocks()))

    async def _frame(self, message: protocol.Message) -> None:
        doc = self._doc()
        match message:
            case protocol.Question(have):
                self._mark()
                await self.send(protocol.answer(doc.get_update(encode_vector(have))))
            case protocol.Change(body, reply):
                doc.apply_update(body)
                self.synced = self.synced or reply
            case protocol.Looks(entries):
                self.looks.update({entry.client: json.loads(entry.state) for entry in entries})

    def _clocks(self) -> dict[int, int]:
        return decode_vector(self._doc().get_state())
