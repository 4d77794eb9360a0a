"""People at pads as bare WebSocket clients: each keystroke is one Yjs update, written by hand; what arrives is parsed once.

A frame that a hundred clients get is parsed once and noted a hundred times with its time of arrival, so that the generator is
not the limit; latencies are worked out at the end. Each keystroke of everybody must have come to everybody else.
"""

import asyncio
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random

import numpy as np
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

from midcycle.engines.crdt.lib0 import Malformed, Reader, buffer, number
from midcycle.engines.crdt.updates import decode, decode_vector

AWAY = float("nan")  # time of what nobody waited for: typed without a connection, or read on the way in
Dial = Callable[["Post", int], str]  # gives the address for a client id in the post


@dataclass(frozen=True)
class Speech:
    """How a server speaks: what goes before each message, and what a client says first."""

    prefix: bytes = b""
    opening: tuple[bytes, ...] = ()
    acknowledges: bool = False


@dataclass
class Post:
    """What was sent and what arrived at one pad, by time of `time.perf_counter`."""

    speech: Speech
    due: dict[tuple[int, int], float] = field(default_factory=dict)  # keystroke (client, clock) to its time
    frames: dict[bytes, int] = field(default_factory=dict)
    keys: list[list[tuple[int, int]]] = field(default_factory=list)  # keystrokes in each frame

    def frame(self, data: bytes) -> int:
        """Give the number of a frame; parse it when it is new."""
        found = self.frames.get(data)
        if found is None:
            found = self.frames[data] = len(self.keys)
            self.keys.append(list(_keystrokes(data, len(self.speech.prefix))))
        return found


class Person(WSListener):
    """One client."""

    def __init__(self, post: Post, client: int) -> None:
        super().__init__()
        self.post = post
        self.client = client
        self.clock = 0
        self.arrivals: list[tuple[int, float]] = []
        self.synced = asyncio.Event()
        self.sent: list[float] = []
        self.acked = 0
        self.acks: list[float] = []  # seconds from keystroke to acknowledgement
        self.close_code: int | None = None
        self.transport: WSTransport | None = None

    def on_ws_connected(self, transport: WSTransport) -> None:
        """Ask for the document."""
        self.transport = transport
        for message in self.post.speech.opening:
            transport.send(WSMsgType.BINARY, message)
        self.ask()

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        """Take note."""
        handshake = transport.close_handshake
        self.close_code = int(handshake.recv.code or 0) if handshake and handshake.recv else 1006
        self.transport = None

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:  # noqa: ARG002 - picows' signature
        """Note what arrives."""
        if frame.msg_type == WSMsgType.BINARY:
            self._binary(frame.get_payload_as_bytes())
        elif frame.msg_type == WSMsgType.TEXT:
            self._text(frame.get_payload_as_bytes())

    def ask(self) -> None:
        """Send sync step 1 of somebody who has nothing."""
        self._send(b"\x00\x00\x01\x00")

    def type(self, due: float, *, backspace: bool) -> None:
        """Press a key that was due at a time."""
        if self.transport is None:
            self.post.due[self.client, self.clock] = AWAY
            self.clock += 1
            return
        if backspace and self.clock:
            update = b"\x00\x01" + number(self.client) + b"\x01" + number(self.clock - 1) + b"\x01"
        else:
            update = _letter(self.client, self.clock)
            self.post.due[self.client, self.clock] = due
            self.clock += 1
        self._send(b"\x00\x02" + buffer(update))
        self.sent.append(due)

    def stall(self, *, still: bool) -> None:
        """Stop reading, or go on."""
        if self.transport is not None:
            socket = self.transport.underlying_transport
            _ = socket.pause_reading() if still else socket.resume_reading()

    def come_back(self) -> None:
        """Forget the connection that is gone; what was typed meanwhile goes with the answer to sync step 1."""
        self.synced.clear()
        self.sent, self.acked, self.close_code = [], 0, None

    def leave(self) -> None:
        """Cut the connection, as a broken network does."""
        if self.transport is not None:
            self.transport.disconnect(graceful=False)

    def _send(self, message: bytes) -> None:
        if self.transport is not None:
            self.transport.send(WSMsgType.BINARY, self.post.speech.prefix + message)

    def _binary(self, data: bytes) -> None:
        at = len(self.post.speech.prefix)
        kind = data[at : at + 2]
        if kind == b"\x00\x02":
            self.arrivals.append((self.post.frame(data), time.perf_counter()))
        elif kind == b"\x00\x01":
            self.arrivals.append((self.post.frame(data), AWAY))
            self.synced.set()
        elif kind == b"\x00\x00":
            self._send(b"\x00\x01" + buffer(self._lacking(data[at + 2 :])))
            self.sent.append(time.perf_counter())

    def _lacking(self, question: bytes) -> bytes:
        """Write what the server lacks of one's own letters, by its sync step 1."""
        have = decode_vector(Reader(question).buffer()).get(self.client, 0)
        if have >= self.clock:
            return b"\x00\x00"
        letters = b"".join(_where(self.client, clock) for clock in range(have, self.clock))
        return b"\x01" + number(self.clock - have) + number(self.client) + number(have) + letters + b"\x00"

    def _text(self, data: bytes) -> None:
        if data.startswith(b'{"type":"ack"'):
            now, seq = time.perf_counter(), json.loads(data)["seq"]
            self.acks.extend(now - due for due in self.sent[self.acked : seq])
            self.acked = seq


async def come(people: Iterable[Person], dial: Dial, *, at_once: int = 50) -> None:
    """Connect and wait until each has the text."""
    door = asyncio.Semaphore(at_once)

    async def one(person: Person) -> None:
        async with door:
            await ws_connect(lambda: person, dial(person.post, person.client), max_frame_size=2**26)
            await asyncio.wait_for(person.synced.wait(), 60)

    await asyncio.gather(*(one(person) for person in people))


async def type_all(people: list[Person], *, rate: float, seconds: float, chance: Random) -> None:
    """Let all type `rate` keys a second, each at even steps from a time of their own."""
    began = time.perf_counter()
    presses = sorted(
        ((began + (turn + chance.random()) / rate, person) for person in people for turn in range(int(seconds * rate))),
        key=lambda press: press[0],
    )
    for due, person in presses:
        wait = due - time.perf_counter()
        if wait > 0:
            await asyncio.sleep(wait)
        person.type(due, backspace=chance.random() < 0.1)


async def settled(people: list[Person], *, patience: float = 30) -> None:
    """Wait until everybody has everything, or as long as that."""
    until = time.perf_counter() + patience
    while lost(people) and time.perf_counter() < until:  # noqa: ASYNC110 - what is waited for lies in another process
        await asyncio.sleep(0.5)


def lost(people: list[Person]) -> int:
    """Count keystrokes that did not come to somebody else."""
    return sum(_missing(person) for person in people)


def _missing(person: Person) -> int:
    post = person.post
    have = {key for frame, _ in person.arrivals for key in post.keys[frame]}
    return sum(1 for key in post.due if key[0] != person.client and key not in have)


def latencies(people: list[Person], since: float = 0.0, until: float = float("inf")) -> np.ndarray:
    """Give the seconds from each keystroke to its arrival at each other person, for broadcasts that arrived in that time."""
    found = []
    for post in {id(person.post): person.post for person in people}.values():
        dues = [np.array([post.due[key] for key in keys if key in post.due]) for keys in post.keys]
        writers = [np.array([key[0] for key in keys if key in post.due]) for keys in post.keys]
        for person in people:
            if person.post is post:
                heard = ((frame, at) for frame, at in person.arrivals if since <= at < until)
                found += [at - dues[frame][writers[frame] != person.client] for frame, at in heard]
    waits = np.concatenate(found) if found else np.array([0.0])
    return waits[~np.isnan(waits)]


def last_arrival(people: list[Person], writers: set[int]) -> float:
    """Give the time when the last of what `writers` typed without a connection came to somebody who was there."""
    posts = {id(person.post): person.post for person in people}
    late = {id(post): {key for key, due in post.due.items() if key[0] in writers and np.isnan(due)} for post in posts.values()}
    frames = {one: {number for number, keys in enumerate(posts[one].keys) if late[one].intersection(keys)} for one in posts}
    times = [at for person in people for frame, at in person.arrivals if frame in frames[id(person.post)] and at == at]  # noqa: PLR0124
    return max(times, default=0.0)


def _letter(client: int, clock: int) -> bytes:
    """Write the update that types one letter after the last one of the same person."""
    return b"\x01\x01" + number(client) + number(clock) + _where(client, clock) + b"\x00"


def _where(client: int, clock: int) -> bytes:
    where = b"\x84" + number(client) + number(clock - 1) if clock else b"\x04\x01" + buffer(b"content")
    return where + b"\x01" + (b" " if clock % 6 == 5 else b"e")


def _keystrokes(data: bytes, skip: int) -> Iterable[tuple[int, int]]:
    reader = Reader(data[skip + 2 :])
    try:
        update = decode(reader.buffer())
    except Malformed as error:
        raise RuntimeError(f"a server sent what is no update of a text: {error}") from error
    for client, items in update.runs.items():
        for item in items:
            yield from ((client, clock) for clock in range(item.clock, item.end))
