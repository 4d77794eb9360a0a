"""The live server: sockets in front of the registry, and the life of the process.

GET /metrics                  Prometheus text, to whoever shows the token
GET /live/healthz             200 {"status":"ok"} or 503
GET /live/pads/<pad uuid>     WebSocket, see docs/reference/live.md; a trailing part of the path that stock
                              clients add, as a name of the room, is not read
"""

import asyncio
import json
import logging
import random
import re
import resource
import secrets
import signal
import struct
import sys
from collections.abc import Callable, Collection, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from importlib import import_module
from typing import Any, Protocol, cast
from urllib.parse import parse_qsl, urlsplit

import uvloop
from picows import (
    WSCloseCode,
    WSFrame,
    WSListener,
    WSMsgType,
    WSTransport,
    WSUpgradeRequest,
    WSUpgradeResponse,
    WSUpgradeResponseWithListener,
    ws_create_server,
)

from midcycle.engines.crdt.document import Document
from midcycle.kernel import tickets
from midcycle.kernel.tickets import PadTicket
from midcycle.live import metrics
from midcycle.live.audience import Means
from midcycle.live.bus import Bus, LocalBus
from midcycle.live.connection import Connection
from midcycle.live.limits import Limits
from midcycle.live.registry import Registry
from midcycle.live.spent import Spent
from midcycle.live.store import open_store
from midcycle.live.wire import Close

_SWITCH = 0.0005  # seconds after which a thread that computes lets the loop go on; 0.005 is seen in a full room

log = logging.getLogger(__name__)
_sockets_log = logging.getLogger(f"{__name__}.sockets")
_sockets_log.setLevel(logging.WARNING)  # below that it writes down everybody's address

_KEY = 1024  # bytes: most messages are a key or a caret, and go a shorter way
_LAST_WORDS = 2.0  # seconds for a closing socket to be read by the other side
_LONGEST_QUERY = 8 * 1024
_TEXT, _BINARY = 0x81, 0x82  # first byte of a whole message
_SHORT, _LONG = 126, 1 << 16  # from which sizes on the header grows
_FRAME_ROOM = 1024  # a text message may be a little larger than an update
_PATH = re.compile(rb"/live/pads/([0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:/[\w.-]{0,80})?")

Ready = Callable[[int], None]
Origins = Collection[str] | None


def _quietly(port: int) -> None:
    log.info("the live server listens", extra={"fields": {"port": port}})


@dataclass(frozen=True)
class Setup:
    """Where and for whom a live server runs.

    `port` 0 takes a free one. `origins` are those of the web side
    ("https://meet.example.org"), or None for any port of the host that was
    called; a client that sends no Origin header is no browser and is let in.
    `bus_url` is that of NATS where there are several processes; without
    `metrics_token` nobody is shown the metrics.
    """

    host: str
    port: int
    database_url: str
    secret: str
    origins: Origins
    bus_url: str = ""
    metrics_token: str = ""


def run(setup: Setup, ready: Ready = _quietly) -> None:
    """Serve until SIGTERM or SIGINT, then commit, close with 1012 and return."""
    sys.setswitchinterval(_SWITCH)
    uvloop.run(_until_signal(serve(setup, ready)))


async def serve(setup: Setup, ready: Ready = _quietly) -> None:
    """Serve until cancelled, then commit what is there and close with 1012.

    `ready` is called with the port once clients may come.
    Raises `StoreDown` if the database cannot be read.
    """
    _allow_many_sockets()
    loop = asyncio.get_running_loop()

    spent = Spent(tickets.AGE, loop.time)

    def admit(text: str) -> PadTicket:
        return spent.once(tickets.read(setup.secret, text, tickets.AGE))

    bus, relaying = _bus(setup.bus_url, spent)
    means = Means(Limits(), bus, loop, lambda: datetime.now(UTC), random.SystemRandom(), Document)
    registry = Registry(open_store(setup.database_url), means, admit)
    await registry.start()
    door = _Door(registry, setup)
    server = await ws_create_server(
        door.answer,
        setup.host,
        setup.port,
        max_frame_size=means.limits.message + _FRAME_ROOM,
        logger_name=_sockets_log,
        enable_auto_ping=True,
    )
    ready(server.sockets[0].getsockname()[1])
    try:
        await loop.create_future()
    finally:
        server.close()
        await door.close(registry)
        if relaying is not None:
            relaying.cancel()
            await asyncio.wait([relaying])


def _bus(url: str, spent: Spent) -> tuple[Bus, asyncio.Task[None] | None]:
    """Make the bus of one process, or of several with what keeps it going. NATS is loaded only where it is used."""
    if not url:
        return LocalBus(), None
    relay = cast("_Relay", import_module("midcycle.live.natsbus").NatsBus(url, spent.note))
    spent.tell = relay.spend
    return relay, asyncio.create_task(relay.run())


class _Relay(Bus, Protocol):
    async def run(self) -> None:
        """Stay connected until cancelled."""

    def spend(self, nonce: str) -> None:
        """Tell the other processes that a ticket was used."""


async def _until_signal(serving: Coroutine[Any, Any, None]) -> None:
    task = asyncio.create_task(serving)
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, task.cancel)
    await asyncio.wait([task])
    if not task.cancelled():
        task.result()


class _Door:
    """Answers requests and knows all sockets."""

    def __init__(self, registry: Registry, setup: Setup) -> None:
        self._registry = registry
        self._origins = None if setup.origins is None else frozenset(setup.origins)
        self._token = setup.metrics_token
        self._sockets: set[_Socket] = set()

    def answer(self, request: WSUpgradeRequest) -> WSUpgradeResponseWithListener | WSListener | None:
        """Route one HTTP request."""
        path, _, query = request.path.partition(b"?")
        if path == b"/live/healthz":
            return self._health()
        if path == b"/metrics" and self._token:
            return self._metrics(request.headers.get("Authorization", ""))
        match = _PATH.fullmatch(path.lower())
        if match is None:
            return None
        origin = request.headers.get("Origin")
        if origin is not None and not self._welcome(origin, request.headers.get("Host", "")):
            refusal = WSUpgradeResponse.create_error_response(403, b"Origin not allowed")
            return WSUpgradeResponseWithListener(refusal, None)
        return _Socket(self._registry, match[1].replace(b"-", b"").decode(), self._sockets, _asked(query))

    async def close(self, registry: Registry) -> None:
        """Stop reading, let the registry finish, then close whoever is left."""
        for socket in self._sockets:
            socket.pause()
        await registry.drain()
        for socket in tuple(self._sockets):
            socket.close(Close.RESTART, "restart")
        for _ in range(int(_LAST_WORDS / 0.05)):
            if not self._sockets:
                break
            await asyncio.sleep(0.05)

    def _welcome(self, origin: str, host: str) -> bool:
        if self._origins is not None:
            return origin in self._origins
        caller = urlsplit(origin).hostname
        return caller is not None and caller == urlsplit(f"//{host}").hostname

    def _health(self) -> WSUpgradeResponseWithListener:
        well = self._registry.healthy()
        body = json.dumps({"status": "ok" if well else "failing"}).encode()
        kind = {"Content-Type": "application/json"}
        if well:
            response = WSUpgradeResponse.create_ok_response(body, kind)
        else:
            response = WSUpgradeResponse.create_error_response(503, body, kind)
        return WSUpgradeResponseWithListener(response, None)

    def _metrics(self, shown: str) -> WSUpgradeResponseWithListener:
        if not secrets.compare_digest(shown.encode(), f"Bearer {self._token}".encode()):
            return WSUpgradeResponseWithListener(WSUpgradeResponse.create_error_response(403, b"A token is needed"), None)
        body = metrics.page(self._registry).encode()
        response = WSUpgradeResponse.create_ok_response(body, {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})
        return WSUpgradeResponseWithListener(response, None)


class _Socket(WSListener):
    """A `Wire` over picows."""

    def __init__(self, registry: Registry, pad: str, sockets: "set[_Socket]", asked: dict[str, str]) -> None:
        super().__init__()
        self._asked = asked
        self._registry = registry
        self._pad = pad
        self._sockets = sockets
        self._pieces: list[bytes] = []
        self._size = 0
        self._kind = WSMsgType.BINARY
        self._over = False
        self._added = b""  # text messages that wait for a binary one

    def on_ws_connected(self, transport: WSTransport) -> None:
        """Begin when the handshake is done."""
        self._transport = transport
        self._socket = transport.underlying_transport
        self._write, self._unsent = self._socket.write, self._socket.get_write_buffer_size
        high = self._registry.limits.high_water
        self._socket.set_write_buffer_limits(high=high, low=high // 4)
        ticket = self._asked.get("ticket")
        listens = ticket is None or self._asked.get("messages") == "text"
        self._connection = Connection(self, self._pad, self._registry, listens=listens)
        self._sockets.add(self)
        if ticket is not None:
            self._connection.show(ticket.partition("/")[0])  # some clients add the room's name to the whole address

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        """Put fragments together (RFC 6455, 5.4) and pass whole messages on."""
        kind = frame.msg_type
        if kind == WSMsgType.CLOSE:
            self.close(1000, "")
            transport.disconnect()
        elif kind == WSMsgType.BINARY and frame.fin and frame.payload_size < _KEY and not self._over:
            self._connection.receive(frame.get_payload_as_bytes())
        elif not self._over and kind in (WSMsgType.TEXT, WSMsgType.BINARY, WSMsgType.CONTINUATION):
            if kind != WSMsgType.CONTINUATION:
                self._kind, self._pieces, self._size = kind, [], 0
            self._pieces.append(frame.get_payload_as_bytes())
            self._size += frame.payload_size + 1  # an empty piece counts too
            if self._size > self._registry.limits.message + _FRAME_ROOM:
                self.close(Close.TOO_LARGE, "too_large")
            elif frame.fin:
                self._whole(b"".join(self._pieces))

    def on_ws_disconnected(self, transport: WSTransport) -> None:  # noqa: ARG002 - picows' signature
        """Tell the connection that the socket is gone."""
        self._over = True
        self._sockets.discard(self)
        self._connection.closed()

    def pause_writing(self) -> None:
        """Do nothing when the client reads slowly: the pad looks at `unsent` by itself."""

    def resume_writing(self) -> None:
        """Tell the connection that the client has caught up."""
        self._connection.drained()

    def send_text(self, text: str) -> None:
        """See `Wire`."""
        self._transport.send(WSMsgType.TEXT, text)

    def add_text(self, text: str) -> None:
        """See `Wire`. Each call of the kernel costs as much as a key costs otherwise."""
        if not self._added:
            self._registry.means.loop.call_soon(self._send_added)
        self._added += _headed(_TEXT, text.encode())

    def send_bytes(self, data: bytes) -> None:
        """See `Wire`."""
        if not self._over:
            self._write(_framed(data))

    def pass_on(self, data: bytes, most: int) -> bool:
        """See `Wire`. The one deed done for everybody at every commit: three calls would cost a tenth more."""
        if self._unsent() > most:
            return False
        if not self._over:
            self._write(self._added + _framed(data))
            self._added = b""
        return True

    def unsent(self) -> int:
        """See `Wire`."""
        return self._unsent()

    def pause(self) -> None:
        """See `Wire`."""
        if not self._socket.is_closing():
            self._socket.pause_reading()

    def resume(self) -> None:
        """See `Wire`."""
        if not self._socket.is_closing():
            self._socket.resume_reading()

    def close(self, code: int, reason: str) -> None:
        """See `Wire`. Waits a little for the client's own close, or the reason would be lost on the way."""
        if self._over:
            return
        self._send_added()
        self._over = True
        self._transport.send_close(cast("WSCloseCode", code), reason)
        self.resume()
        self._registry.means.loop.call_later(_LAST_WORDS, self._transport.disconnect, False)  # noqa: FBT003

    def _send_added(self) -> None:
        if self._added and not self._over:
            self._write(self._added)
        self._added = b""

    def _whole(self, data: bytes) -> None:
        self._pieces = []
        if self._kind == WSMsgType.BINARY:
            self._connection.receive(data)
            return
        try:
            text = data.decode()
        except UnicodeDecodeError:
            self.close(Close.MALFORMED, "malformed")
            return
        self._connection.receive(text)


@lru_cache(2)
def _framed(data: bytes) -> bytes:
    """Make a binary message of `data`, once for all who get the same."""
    return _headed(_BINARY, data)


def _headed(first: int, data: bytes) -> bytes:
    """Put the header of a message (RFC 6455, 5.2) before `data`."""
    size = len(data)
    if size < _SHORT:
        return struct.pack("!BB", first, size) + data
    if size < _LONG:
        return struct.pack("!BBH", first, _SHORT, size) + data
    return struct.pack("!BBQ", first, _SHORT + 1, size) + data


def _asked(query: bytes) -> dict[str, str]:
    """Read what the address asks; of the same name the first counts, and what cannot be read is nothing."""
    pairs = parse_qsl(query[:_LONGEST_QUERY].decode("ascii", "replace"), keep_blank_values=True)
    return dict(reversed(pairs))


def _allow_many_sockets() -> None:
    """Raise the soft limit of open files to the hard one; 1024 is less than two full pads."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
