"""The bus of several processes, over NATS (docs.nats.io, core publish and subscribe).

NATS keeps nothing and may drop what a slow process does not take. That is
enough: rows are numbered, and who misses one reads it from the store; people
and carets are told again every few seconds.
"""

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import astuple
from typing import get_args

import nats
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error

from midcycle.kernel.tickets import Role
from midcycle.live.bus import LocalBus, News, Sighting
from midcycle.live.control import Present
from midcycle.live.store import Author, Row

log = logging.getLogger(__name__)

_PADS, _PEOPLE, _SPENT = "midcycle.pads", "midcycle.people", "midcycle.spent"
_NONE_OF_OURS = (ValueError, KeyError, TypeError, AttributeError)
_MOST_WAITING = 1000
_RETRY = 0.5  # seconds


class NatsBus(LocalBus):
    """Tells the followers in this process at once and those elsewhere through NATS."""

    wide = True

    def __init__(self, url: str, spent: Callable[[str], None]) -> None:
        """`spent` is called with the nonce of a ticket that was used elsewhere."""
        super().__init__()
        self._url = url
        self._spent = spent
        self._waiting: asyncio.Queue[tuple[str, bytes]] = asyncio.Queue(_MOST_WAITING)

    def publish(self, news: News) -> None:
        """Tell all who follow the pad."""
        super().publish(news)
        self._send(f"{_PADS}.{news.pad}", encode(news))

    def show(self, sighting: Sighting) -> None:
        """Tell all who watch the pad."""
        super().show(sighting)
        self._send(f"{_PEOPLE}.{sighting.pad}", encode_sighting(sighting))

    def spend(self, nonce: str) -> None:
        """Tell the other processes that a ticket was used."""
        self._send(_SPENT, nonce.encode())

    async def run(self) -> None:
        """Stay connected until cancelled; while NATS is away everything goes on through the store, a little later."""
        client = Client()
        try:
            await self._connect(client)
            while True:
                await self._publish(client, *await self._waiting.get())
        finally:
            while client.is_connected and not self._waiting.empty():  # that our people are gone
                await self._publish(client, *self._waiting.get_nowait())
            await client.close()

    async def _publish(self, client: Client, subject: str, data: bytes) -> None:
        try:
            await client.publish(subject, data)
        except (Error, OSError) as error:
            log.warning("the bus did not take a message: %s", error)

    async def _connect(self, client: Client) -> None:
        while not client.is_connected:
            try:
                await client.connect(
                    self._url,
                    no_echo=True,
                    max_reconnect_attempts=-1,
                    reconnect_time_wait=1,
                    error_cb=_trouble,
                    ping_interval=10,
                )
            except (Error, OSError, nats.errors.NoServersError) as error:
                log.warning("the bus is not reachable, trying again: %s", error)
                await asyncio.sleep(_RETRY)
        await client.subscribe(f"{_PADS}.*", cb=self._heard)
        await client.subscribe(f"{_PEOPLE}.*", cb=self._seen)
        await client.subscribe(_SPENT, cb=self._heard_spent)

    def _send(self, subject: str, data: bytes) -> None:
        if self._waiting.full():
            self._waiting.get_nowait()  # the oldest: whoever misses it finds it in the store
        self._waiting.put_nowait((subject, data))

    async def _heard(self, message: Msg) -> None:
        pad = message.subject.rpartition(".")[2]
        if pad in self._followers:
            try:
                news = decode(pad, message.data)
            except _NONE_OF_OURS:
                log.warning("a message on the bus is none of ours", extra={"fields": {"pad": pad}})
                return
            super().publish(news)

    async def _seen(self, message: Msg) -> None:
        pad = message.subject.rpartition(".")[2]
        if pad in self._watchers:
            try:
                sighting = decode_sighting(pad, message.data)
            except _NONE_OF_OURS:
                log.warning("a message on the bus is none of ours", extra={"fields": {"pad": pad}})
                return
            super().show(sighting)

    async def _heard_spent(self, message: Msg) -> None:
        self._spent(message.data.decode("ascii", "replace")[:32])


async def _trouble(error: Exception) -> None:
    log.warning("trouble on the bus: %s", error)


def encode(news: News) -> bytes:
    """Write a line of JSON and then the row."""
    authors = {client: (one.person, one.name, one.colour) for client, one in news.authors.items()}
    head = {"sender": news.sender, "seq": news.row.seq, "authors": authors, "votes": news.votes}
    return json.dumps(head, separators=(",", ":")).encode() + b"\n" + news.row.body


def decode(pad: str, data: bytes) -> News:
    """Read what `encode` wrote. Raises ValueError, KeyError, TypeError or AttributeError on anything else."""
    head, _, body = data.partition(b"\n")
    fields = json.loads(head)
    authors = {int(client): Author(*one) for client, one in fields["authors"].items()}
    return News(pad, str(fields["sender"]), Row(int(fields["seq"]), body), authors, bool(fields.get("votes")))


def encode_sighting(sighting: Sighting) -> bytes:
    """Write JSON."""
    people = [astuple(one) for one in sighting.people]
    fields = {
        "sender": sighting.sender,
        "people": people,
        "looks": sighting.looks,
        "gone": sighting.gone,
        "asks": sighting.asks,
    }
    return json.dumps(fields, separators=(",", ":")).encode()


def decode_sighting(pad: str, data: bytes) -> Sighting:
    """Read what `encode_sighting` wrote. Raises ValueError, KeyError, TypeError or AttributeError on anything else."""
    fields = json.loads(data)
    people = tuple(_present(*one) for one in fields["people"])
    looks = {int(client): str(state) for client, state in fields["looks"].items()}
    gone = tuple(int(client) for client in fields["gone"])
    return Sighting(pad, str(fields["sender"]), people, looks, gone, bool(fields["asks"]))


def _present(client: int, person: str, name: str, colour: int, role: Role) -> Present:
    if role not in get_args(Role):
        raise ValueError("Nobody has such a role.")
    return Present(int(client), str(person), str(name), int(colour), role)
