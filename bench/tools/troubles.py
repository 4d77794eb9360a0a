"""What goes wrong while people type, and what that did: each gives a function that tells it, to be called when all is quiet."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import numpy as np

from bench.tools.pad_servers import Served
from bench.tools.typists import Person, come, last_arrival, latencies

Tell = Callable[[], str]
Happen = Callable[[Served, list[Person], list[Person], float], Awaitable[Tell]]


@dataclass(frozen=True)
class Trouble:
    """It happens to so many typists, for so many seconds."""

    happen: Happen
    people: int
    seconds: float


async def stop_reading(served: Served, still: list[Person], others: list[Person], seconds: float) -> Tell:
    """Let some read nothing for a while. Whomever the server let go comes back then."""
    began, before = time.perf_counter(), served.memory_now()
    for person in still:
        person.stall(still=True)
    most = before
    while time.perf_counter() < began + seconds:
        await asyncio.sleep(1)
        most = max(most, served.memory_now())
    over = time.perf_counter()
    for person in still:
        person.stall(still=False)
    await asyncio.sleep(1)
    await _return(served, [person for person in still if person.transport is None])

    def tell() -> str:
        calm, then = (_p99(others, *when) for when in ((0.0, began), (began, over)))
        return (
            f"{len(still)} read nothing for {seconds:.0f} s: {most - before:+.1f} MB, "
            f"p99 of the others {calm:.1f} ms before and {then:.1f} ms meanwhile ({100 * (then / calm - 1):+.0f} %)"
        )

    return tell


async def lose_network(served: Served, cut: list[Person], others: list[Person], seconds: float) -> Tell:
    """Let some lose their network for a while and type on."""
    for person in cut:
        person.leave()
    await asyncio.sleep(seconds)
    return await _come_back(served, cut, others, f"{len(cut)} had no network for {seconds:.0f} s and typed on")


async def kill_server(served: Served, people: list[Person], others: list[Person], seconds: float) -> Tell:
    """Kill the first of several servers, whose people come to the others as soon as they notice."""
    del seconds
    first = len(served.live)
    here = [person for person in (*people, *others) if person.client % first == 0]
    await asyncio.to_thread(served.kill)
    await _gone(here)
    rest = [person for person in (*people, *others) if person not in here]
    return await _come_back(served, here, rest, f"the server of {len(here)} was killed, who came to another one")


async def _come_back(served: Served, away: list[Person], others: list[Person], what: str) -> Tell:
    back = time.perf_counter()
    await _return(served, away)
    level = time.perf_counter()

    def tell() -> str:
        last = last_arrival(others, {person.client for person in away})
        return (
            f"{what}: level after {level - back:.2f} s, and all of it was with the others after {max(0.0, last - back):.2f} s"
        )

    return tell


async def _return(served: Served, people: list[Person]) -> None:
    for person in people:
        person.come_back()
    await come(people, served.dial)


async def _gone(people: list[Person]) -> None:
    while any(person.transport is not None for person in people):  # noqa: ASYNC110 - what is waited for lies in another process
        await asyncio.sleep(0.01)


def _p99(people: list[Person], since: float, until: float) -> float:
    return float(np.percentile(latencies(people, since, until), 99)) * 1000
