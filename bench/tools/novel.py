"""A long pad as people make it: thirty who type at once, jump about, take back every tenth key, and wait for others."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from random import Random

from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect
from pycrdt import Doc, Text

from midcycle.engines.crdt import protocol
from midcycle.engines.crdt.updates import ROOT

BURST = 40  # keys between jumps
RATE = 55.0  # keys a second: the server reads 60 at once
_WORDS = [
    "the",
    "of",
    "pad",
    "network",
    "ceph",
    "upgrade",
    "operators",
    "neutron",
    "nova",
    "we",
    "should",
    "and",
    "then",
    "because",
    "with",
    "rack",
    "hypervisor",
]


def rounds(clients: Sequence[int], keys: int, chance: Random) -> Iterator[list[list[bytes]]]:
    """Give the updates of each writer, a burst at a time, until there are so many keys; bursts of a round are concurrent."""
    docs = [Doc[Text](client_id=client) for client in clients]
    for _ in range(-(-keys // (BURST * len(clients)))):
        before = docs[0].get_state()
        bursts = [_burst(doc, chance) for doc in docs]
        for doc in docs[1:]:
            docs[0].apply_update(doc.get_update(before))
        news = docs[0].get_update(before)
        for doc in docs[1:]:
            doc.apply_update(news)
        yield bursts


def _burst(doc: Doc[Text], chance: Random) -> list[bytes]:
    text = doc.get(ROOT, type=Text)
    at = chance.randint(0, len(text))
    letters = " ".join(chance.choice(_WORDS) for _ in range(BURST))
    updates = list[bytes]()
    watch = doc.observe(lambda event: updates.append(event.update))
    for letter in letters[:BURST]:
        if at and chance.random() < 0.1:
            at -= 1
            del text[at : at + 1]
        else:
            text.insert(at, letter)
            at += 1
    doc.unobserve(watch)
    return updates


class Hand(WSListener):
    """A writer's connection, which counts what is acknowledged."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = 0
        self.acked = 0
        self.greeted = asyncio.Event()
        self._all_saved = asyncio.Event()

    def on_ws_connected(self, transport: WSTransport) -> None:
        """Keep the connection."""
        self._transport = transport

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:  # noqa: ARG002 - picows' signature
        """Answer the question of the server, and count."""
        if frame.msg_type == WSMsgType.TEXT:
            message = json.loads(frame.get_payload_as_bytes())
            if message["type"] == "ack":
                self.acked = message["seq"]
                if self.acked == self.sent:
                    self._all_saved.set()
        elif frame.get_payload_as_bytes()[:2] == b"\x00\x00":
            self._send(protocol.answer(protocol.EMPTY))
            self.greeted.set()

    async def type(self, updates: Sequence[bytes]) -> None:
        """Send a burst, and wait until it is saved."""
        for update in updates:
            self._send(protocol.change(update))
            await asyncio.sleep(1 / RATE)
        self._all_saved.clear()
        if self.acked < self.sent:
            await asyncio.wait_for(self._all_saved.wait(), 30)

    def _send(self, message: bytes) -> None:
        self._transport.send(WSMsgType.BINARY, message)
        self.sent += 1


async def write(addresses: Sequence[str], clients: Sequence[int], keys: int, chance: Random) -> int:
    """Let writers type so many keys; give how many it were."""
    hands = [Hand() for _ in addresses]
    for hand, address in zip(hands, addresses, strict=True):
        await ws_connect(lambda hand=hand: hand, address)  # type: ignore[misc]
        await hand.greeted.wait()
    typed = 0
    for bursts in rounds(clients, keys, chance):
        await asyncio.gather(*(hand.type(burst) for hand, burst in zip(hands, bursts, strict=True)))
        typed += sum(map(len, bursts))
    for hand in hands:
        hand._transport.disconnect(graceful=False)  # noqa: SLF001 - it has no more to say
    return typed
