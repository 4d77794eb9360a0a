"""A pad of 200,000 keystrokes: `python -m bench.pad_history [--keys N] [--postgres]`.

Thirty people type it through sockets, with everything on that a server has in production. Prints what is stored of it then, how
long opening it takes at a server that has just started (from the first byte to the last, on loopback), what that adds to the
server's memory, and what the versions cost: the first that is asked for and each further one, without the page's HTML.
"""

import argparse
import asyncio
import statistics
import time
from functools import reduce
from pathlib import Path
from random import Random

import uvloop
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

from bench.tools import machine, novel, pad_servers
from bench.tools.pad_servers import Served, post_names
from midcycle.engines.crdt import chapters
from midcycle.engines.crdt.chapters import Row
from midcycle.engines.crdt.document import Document
from midcycle.engines.crdt.weave import woven
from tests.live.database import Database

WRITERS = 30
FIRST = 200_000_000
OPENINGS = 9


def main() -> None:
    """Write a long pad and measure it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=200_000)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    print(machine.load(), flush=True)
    with pad_servers.ours("postgres" if asked.postgres else "sqlite") as served:
        pad_servers.pin_self()
        post = served.post()
        pad = post_names[id(post)]
        clients = [FIRST + number for number in range(WRITERS)]
        began, busy = time.monotonic(), served.processor()
        typed = uvloop.run(novel.write([served.dial(post, client) for client in clients], clients, asked.keys, Random(2016)))
        time.sleep(4)  # the last snapshot and chapter
        took = time.monotonic() - began
        print(f"typed      {typed} keys in {took:.0f} s, core {(served.processor() - busy) / took:.2f}, {served.memory()} MB")
        _stored(served, pad)
        _openings(served, post, clients)
        _versions(served, pad)


def _stored(served: Served, pad: str) -> None:
    database = _database(served)
    parts = {
        "log": "SELECT count(*), coalesce(sum(length(body) + length(authors) + 60), 0) FROM pads_update WHERE pad_id = ?",
        "chapters": "SELECT count(*), coalesce(sum(length(body) + length(people) + 60), 0) FROM pads_chapter WHERE pad_id = ?",
        "snapshot": "SELECT count(*), sum(length(state) + length(text) + 60) FROM pads_snapshot WHERE pad_id = ?",
    }
    found = {name: database.ask(question, pad)[0] for name, question in parts.items()}
    told = ", ".join(f"{name} {int(size) / 1000:.0f} kB in {rows} rows" for name, (rows, size) in found.items())
    print(f"stored     {sum(int(size) for _, size in found.values()) / 1e6:.2f} MB: {told}; {_on_disk(database)}", flush=True)


def _on_disk(database: Database) -> str:
    if database.url.startswith("sqlite"):
        return f"the file {Path(database.url.removeprefix('sqlite:///')).stat().st_size / 1e6:.2f} MB"
    tables = ("pads_update", "pads_chapter", "pads_snapshot")
    sizes = [int(database.ask("SELECT pg_total_relation_size(?)", table)[0][0]) for table in tables]
    return f"the tables {sum(sizes) / 1e6:.2f} MB before they are vacuumed"


def _openings(served: Served, post: object, clients: list[int]) -> None:
    """Start the server anew each time."""
    for role in ("read", "write"):
        times, more, size = list[float](), list[float](), 0
        for number in range(OPENINGS):
            (live,) = served.live
            live.stop()
            live.start()
            served.pid = live.pid
            before = _resident(served.pid)
            address = served.dial(post, clients[0] + 1000 + number, role=role, text=False)  # type: ignore[arg-type]
            took, size = uvloop.run(_opened(address))
            times.append(took * 1000)
            time.sleep(0.3)
            more.append(_resident(served.pid) - before)
        print(
            f"cold open  to {role:5s} p50 {statistics.median(times):5.1f}  most {max(times):5.1f} ms "
            f"to the last of {size} bytes, memory + {statistics.median(more):.1f} MB",
            flush=True,
        )


class _Opener(WSListener):
    def __init__(self) -> None:
        super().__init__()
        self.size: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def on_ws_connected(self, transport: WSTransport) -> None:
        transport.send(WSMsgType.BINARY, b"\x00\x00\x01\x00")

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:  # noqa: ARG002 - picows' signature
        if frame.get_payload_as_bytes()[:2] == b"\x00\x01" and not self.size.done():
            self.size.set_result(frame.payload_size)


async def _opened(address: str) -> tuple[float, int]:
    began = time.perf_counter()
    opener = _Opener()
    transport, _ = await ws_connect(lambda: opener, address, max_frame_size=2**26)
    size = await asyncio.wait_for(opener.size, 30)
    took = time.perf_counter() - began
    await asyncio.sleep(0.2)
    transport.disconnect(graceful=False)
    return took, size


def _versions(served: Served, pad: str) -> None:
    database = _database(served)
    began = time.perf_counter()
    rows = database.ask("SELECT seq, body FROM pads_update WHERE pad_id = ? ORDER BY seq", pad)
    bound = database.ask("SELECT body FROM pads_chapter WHERE pad_id = ? ORDER BY first", pad)
    state = database.ask("SELECT state FROM pads_snapshot WHERE pad_id = ?", pad)[0][0]
    log = reduce(chapters.joined, [chapters.unpack(bytes(body)) for (body,) in bound])
    log = chapters.joined(log, chapters.told([Row(seq, 0, (), bytes(body)) for seq, body in rows], []))
    made = woven(Document(bytes(state)).whole(), log)
    first = time.perf_counter() - began
    steps = list[float]()
    for at in range(100, len(log), max(1, len(log) // 50)):
        began = time.perf_counter()
        made.changes(at - 100, at)
        made.pieces(at)
        steps.append(time.perf_counter() - began)
    print(
        f"versions   {len(log)} rows; the first asked for {first:.2f} s, "
        f"each further one p50 {statistics.median(steps) * 1000:.0f}  most {max(steps) * 1000:.0f} ms",
        flush=True,
    )


def _database(served: Served) -> Database:
    if served.database is None:
        raise RuntimeError("no server of ours")
    return served.database


def _resident(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main()
