"""Pads under load: `python -m bench.pads [load …] [--peers] [--seconds N]`.

Bare clients in this process, on one processor; a fresh server on another, with durability, tickets and limits on. With
`--peers` also Hocuspocus and y-websocket from npm, in the same run. Prints for each load the share of a core, latency from a
key to everybody else, acknowledgement, memory, and what was lost.
"""

import argparse
import asyncio
import time
from dataclasses import dataclass
from random import Random

import numpy as np
import uvloop

from bench.tools import machine, pad_servers
from bench.tools.pad_servers import Served
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
    stalled: int = 0  # typists who stop reading in the middle half
    cut: int = 0  # typists whose network is gone in the middle half


LOADS = {
    "two": Load(1, 2, 0, 1.0, float("inf"), 3),
    "120": Load(1, 120, 0, 0.12, 12),
    "500": Load(1, 500, 0, 0.30, 45),
    "1000": Load(1, 1000, 0, 0.9, 150),
    "6x120": Load(6, 120, 0, 0.7, 20),
    "stalled": Load(1, 120, 0, 0.12, 12, stalled=10),
    "cut": Load(1, 120, 0, 0.12, 12, cut=24),
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
        person.post.acks.clear()
    for post in {id(p.post): p.post for p in typists}.values():
        post.due.clear()
    before, began, own = served.processor(), time.monotonic(), machine.own()
    trouble = asyncio.create_task(_trouble(served, load, typists, seconds))
    await type_all(typists, rate=3, seconds=seconds, chance=chance)
    await trouble
    share = (served.processor() - before) / (time.monotonic() - began)
    own = (machine.own() - own) / (time.monotonic() - began)
    everybody = [*typists, *readers]
    await settled(everybody)
    line = _line(everybody[load.stalled :], share, served.memory(), own)
    for person in everybody:
        if person.transport is not None:
            person.transport.disconnect(False)  # noqa: FBT003
    return line


async def _trouble(served: Served, load: Load, typists: list[Person], seconds: float) -> None:
    """Let some stop reading, or lose their network, from a quarter of the time to three."""
    still, gone = typists[: load.stalled], typists[: load.cut]
    await asyncio.sleep(seconds / 4)
    for person in still:
        person.stall(still=True)
    for person in gone:
        person.leave()
    await asyncio.sleep(seconds / 2)
    for person in still:
        person.stall(still=False)
    back = time.monotonic()
    for person in gone:
        person.come_back()
    await come(gone, served.dial)
    if gone:
        print(f"  {len(gone)} are back and level after {time.monotonic() - back:.2f} s", flush=True)


def _line(people: list[Person], share: float, memory: int, own: float) -> str:
    waits = latencies(people) * 1000
    p50, p95, p99 = (float(np.percentile(waits, share)) for share in (50, 95, 99))
    acks = np.array(next(iter(people)).post.acks or [0.0]) * 1000
    gone = sum(person.close_code is not None for person in people)
    return (
        f"core {share:.2f}  p50 {p50:6.1f}  p95 {p95:6.1f}  p99 {p99:6.1f} ms  ack p99 {np.percentile(acks, 99):6.1f} ms  "
        f"{memory:4d} MB  lost {lost(people)}  cut {gone}  (frames {sum(len(p.arrivals) for p in people)}, generator {own:.2f})"
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
        servers = [("Midcycle", pad_servers.ours)]
        if asked.peers:
            servers += [(each, lambda each=each: pad_servers.peer(each)) for each in ("Hocuspocus", "y-websocket")]
        for label, start in servers:
            with start() as served:
                pad_servers.pin_self()
                print(f"{name:8s} {label:12s} {uvloop.run(measure(served, LOADS[name], asked.seconds))}", flush=True)


if __name__ == "__main__":
    main()
