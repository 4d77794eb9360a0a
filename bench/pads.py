"""Pads under load: `python -m bench.pads [load …] [--peers] [--seconds N]`.

Bare clients in this process, on one processor; a fresh server on another, with durability, tickets and limits on. With
`--peers` also Hocuspocus and y-websocket from npm, in the same run. Prints for each load the share of a core, latency from a
key to everybody else, acknowledgement, memory, and what was lost.
"""

import argparse
import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from random import Random

import numpy as np
import uvloop

from bench.tools import machine, pad_servers
from bench.tools.pad_servers import Served
from bench.tools.troubles import Tell, Trouble, kill_server, lose_network, stop_reading
from bench.tools.typists import Person, come, latencies, lost, settled, type_all

FIRST = 100_000


@dataclass(frozen=True)
class Load:
    """So many pads with typists and readers each, and what we promise."""

    pads: int
    typists: int
    readers: int
    core: float
    p99_ms: float
    p50_ms: float = float("inf")
    trouble: Trouble | None = None  # in the middle of it
    servers: int = 1


LOADS = {
    "two": Load(1, 2, 0, 1.0, float("inf"), 3),
    "120": Load(1, 120, 0, 0.12, 12),
    "500": Load(1, 500, 0, 0.30, 45),
    "1000": Load(1, 1000, 0, 0.9, 150),
    "6x120": Load(6, 120, 0, 0.7, 20),
    "stalled": Load(1, 120, 0, 0.12, 12, trouble=Trouble(stop_reading, 10, 60)),
    "cut": Load(1, 120, 0, 0.12, 12, trouble=Trouble(lose_network, 24, 30)),
    "killed": Load(1, 120, 0, 1.0, float("inf"), trouble=Trouble(kill_server, 0, 0), servers=2),
    "readers": Load(1, 20, 2000, 0.6, 80),
}


async def measure(served: Served, load: Load, seconds: float) -> str:
    """Let people come and type; give a line of figures."""
    chance = Random(2016)
    typists, readers = [], []
    for _ in range(load.pads):
        post = served.post()
        numbers = iter(range(FIRST, FIRST + load.typists + load.readers))
        typists += [Person(post, next(numbers)) for _ in range(load.typists)]
        readers += [Person(post, next(numbers)) for _ in range(load.readers)]
    await come(typists, served.dial)
    await come(readers, lambda post, client: served.dial(post, client, role="read", text=False))
    await type_all(typists, rate=3, seconds=2, chance=chance)  # warm
    await asyncio.sleep(1)
    for person in (*typists, *readers):
        person.arrivals.clear()
        person.acks.clear()
    for post in {id(p.post): p.post for p in typists}.values():
        post.due.clear()
    before, began, own = served.processor(), time.monotonic(), machine.own()
    trouble = asyncio.create_task(_trouble(served, load, typists, seconds / 2))
    away = load.trouble.seconds if load.trouble else 0.0
    await type_all(typists, rate=3, seconds=seconds + away, chance=chance)
    tell = await trouble
    share = (served.processor() - before) / (time.monotonic() - began)
    own = (machine.own() - own) / (time.monotonic() - began)
    everybody = [*typists, *readers]
    await settled(everybody)
    hit = load.trouble.people if load.trouble else 0
    line = _line(everybody[hit:], share, served.memory(), own) + f"  lost {lost(everybody)}" + tell()
    for person in everybody:
        if person.transport is not None:
            person.transport.disconnect(False)  # noqa: FBT003
    return line


async def _trouble(served: Served, load: Load, typists: list[Person], calm: float) -> Tell:
    """Let happen what the load has in store, after a calm time; give what tells it."""
    if load.trouble is None:
        return str
    await asyncio.sleep(calm)
    some, others = typists[: load.trouble.people], typists[load.trouble.people :]
    tell = await load.trouble.happen(served, some, others, load.trouble.seconds)
    return lambda: f"\n  {tell()}"


def _line(people: list[Person], share: float, memory: int, own: float) -> str:
    waits = latencies(people) * 1000
    p50, p95, p99 = (float(np.percentile(waits, share)) for share in (50, 95, 99))
    acks = np.array([wait for person in people for wait in person.acks] or [0.0]) * 1000
    gone = sum(person.close_code is not None for person in people)
    return (
        f"core {share:.2f}  p50 {p50:6.1f}  p95 {p95:6.1f}  p99 {p99:6.1f} ms  ack p99 {np.percentile(acks, 99):6.1f} ms  "
        f"{memory:4d} MB  sent away {gone}  (frames {sum(len(p.arrivals) for p in people)}, generator {own:.2f})"
    )


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("loads", nargs="*", default=list(LOADS), metavar="load", help=", ".join(LOADS))
    parser.add_argument("--peers", action="store_true", help="also measure Hocuspocus and y-websocket")
    parser.add_argument("--seconds", type=float, default=20.0)
    asked = parser.parse_args()
    print(machine.load(), flush=True)
    for name in asked.loads:
        for label, start in _servers(LOADS[name], peers=asked.peers):
            with start() as served:
                pad_servers.pin_self()
                print(f"{name:8s} {label:12s} {uvloop.run(measure(served, LOADS[name], asked.seconds))}", flush=True)


def _servers(load: Load, *, peers: bool) -> list[tuple[str, Callable[[], AbstractContextManager[Served]]]]:
    if load.servers > 1:
        return [(f"Midcycle x {load.servers}", partial(pad_servers.several, load.servers))]
    others = [(name, partial(pad_servers.peer, name)) for name in ("Hocuspocus", "y-websocket")]
    return [("Midcycle", pad_servers.ours), *(others if peers and load.trouble is None else ())]


if __name__ == "__main__":
    main()
