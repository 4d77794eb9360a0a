"""A hundred thousand broken and hostile messages: `python -m bench.pad_fuzz [messages] [--seed N] [--save FILE]`.

They go to a real server process, on connections that were let in, while honest people write in each pad. Fails when the
server ends or falls ill, when an honest person is cut off or does not see what the other wrote, or when the texts of both, in
the database and of somebody who comes new differ. `--save` keeps some of each outcome, for `tests/live/test_corpus.py`.
"""

import argparse
import asyncio
import json
import tempfile
import time
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from bench.tools import machine
from bench.tools.mutants import Message, mutant, seeds
from midcycle.engines.crdt import protocol
from midcycle.engines.crdt.document import state_from_text, unpack
from midcycle.kernel.tickets import PadTicket, issue
from tests.live.client import Client, until
from tests.live.database import Database, new_database
from tests.live.process import SECRET, LiveServer

PADS = 8
CLIENT = 123_456  # whom hostile messages are from, or pretend to be
FIRST = "start 😀 "
_AT_ONCE = 80  # messages on one connection: what comes faster is made to wait
_START = unpack(state_from_text(FIRST))
_SAVED = 60  # of each outcome


@dataclass
class Found:
    """What became of the messages."""

    outcomes: Counter[str] = field(default_factory=Counter)
    saved: dict[str, list[Message]] = field(default_factory=dict)
    left: int = 0

    def note(self, message: Message, outcome: str) -> None:
        """Count one."""
        self.outcomes[outcome] += 1
        kept = self.saved.setdefault(outcome, [])
        if len(kept) < _SAVED and message not in kept and len(message) < 2_000:
            kept.append(message)


async def fuzz(server: LiveServer, database: Database, messages: int, seed: int) -> Found:
    """Send that many; raise when somebody honest is worse off."""
    found = Found(left=messages)
    pads = [database.new_pad(FIRST) for _ in range(PADS)]
    await asyncio.gather(*(_one_pad(server, database, pad, found, Random(seed + turn)) for turn, pad in enumerate(pads)))
    return found


async def _one_pad(server: LiveServer, database: Database, pad: str, found: Found, chance: Random) -> None:
    process = server.pid
    async with Client(server.port, pad, "ada") as ada, Client(server.port, pad, "bo") as bo:
        visits = 0
        typing = asyncio.create_task(_type_all_the_time(bo, chance))
        while found.left > 0:
            await _visit(server, pad, ada.whole if visits % 2 else _START, found, chance)
            visits += 1
            if visits % 50 == 0:
                await ada.type(f"{visits} ")
        typing.cancel()
        await _write(ada, bo, "end")
        if server.pid != process or not _well(server):
            raise RuntimeError("the server is not well")
        async with Client(server.port, pad, "cy") as cy:
            await until(lambda: ada.text == bo.text == cy.text)
            if database.text(pad) != cy.text.replace("\0", ""):  # which is not stored as text
                raise RuntimeError("the texts differ")


async def _type_all_the_time(one: Client, chance: Random) -> None:
    """Type a letter anywhere, twenty times a second."""
    while True:
        await one.type("b", at=len(one.text[: chance.randrange(200)].encode()))
        await asyncio.sleep(0.05)


async def _write(one: Client, other: Client, words: str) -> None:
    await one.type(words)
    await one.all_saved()
    await until(lambda: other.text == one.text)
    if one.close_code is not None or other.close_code is not None:
        raise RuntimeError("somebody honest was cut off")


async def _visit(server: LiveServer, pad: str, base: bytes, found: Found, chance: Random) -> None:
    """Come in and send messages until the server has enough."""
    ticket = issue(SECRET, PadTicket(pad, "mallory", "Mallory", 1, "write"))
    async with connect(f"ws://127.0.0.1:{server.port}/live/pads/{pad}", max_size=None) as socket:
        await socket.send(json.dumps({"type": "ticket", "ticket": ticket, "client_id": CLIENT}))
        try:
            await _heard(socket, b"\x00\x00")
            await socket.send(protocol.answer(protocol.EMPTY))
        except ConnectionClosed:
            return
        honest = seeds(base, CLIENT, chance)
        for _ in range(_AT_ONCE):
            message = mutant(honest, chance)
            found.left -= 1
            outcome = await told(socket, message)
            found.note(message, outcome)
            if outcome != "taken":
                return


async def told(socket: ClientConnection, message: Message) -> str:
    """Send a message, and a question after it; give "taken" when that is answered, or the code and reason of the end."""
    try:
        await socket.send(message)
        await socket.send(protocol.question({}))
        await _heard(socket, b"\x00\x01")
    except ConnectionClosed as end:
        return f"{end.rcvd.code} {end.rcvd.reason}" if end.rcvd else "cut"
    return "taken"


async def _heard(socket: ClientConnection, kind: bytes) -> None:
    async with asyncio.timeout(30):
        while True:
            message = await socket.recv()
            if isinstance(message, bytes) and message.startswith(kind):
                return


def _well(server: LiveServer) -> bool:
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/live/healthz") as answer:
        return bool(answer.status == 200)


def save(found: Found, file: Path) -> None:
    """Write a line for each: the outcome, and the message in hexadecimal digits or as JSON text."""
    lines = [
        f"{outcome}\t{message.hex() if isinstance(message, bytes) else json.dumps(message)}\n"
        for outcome, messages in sorted(found.saved.items())
        for message in messages
    ]
    file.write_text("".join(lines))


def main() -> None:
    """Send as many as asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("messages", nargs="?", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=2016)
    parser.add_argument("--save", type=Path)
    asked = parser.parse_args()
    print(machine.load(), flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch, new_database("sqlite", Path(scratch)) as database:
        server = LiveServer(database.url, Path(scratch) / "live.log")
        server.start()
        try:
            found = asyncio.run(fuzz(server, database, asked.messages, asked.seed))
        finally:
            server.end()
        faults = server.log().count("Traceback")
    print(
        f"{sum(found.outcomes.values())} messages in {time.monotonic() - began:.0f} s; "
        f"all honest people level; {faults} tracebacks"
    )
    for outcome, amount in found.outcomes.most_common():
        print(f"  {amount:7d}  {outcome}")
    if asked.save:
        save(found, asked.save)


if __name__ == "__main__":
    main()
