"""One visitor and a crowd that ask a server of this machine for one thing after the other."""

import asyncio
import time
from statistics import median

from bench.tools.people import BROWSER
from tests.system.lines import Answer, CutOffError, Line, connected, get

LINES, ONE = 64, 40
Crowd = tuple[float, list[float]]


async def asked(port: int, path: str, *, plain: bool = False) -> Answer:
    """Return one answer to a browser, `plain` to read without unpacking it."""
    line = await connected(port)
    answer = await line.ask(get(path) if plain else get(path, Accept_Encoding=BROWSER))
    line.close()
    return answer


async def one(port: int, request: bytes, times: int = ONE) -> list[float]:
    """Return the waits of one visitor, in seconds, once the workers have it ready; often enough over a line that is new."""
    line = await connected(port)
    waits = []
    for number in range(times + 10):  # both workers make it ready first
        if number % 5 == 0:
            line.close()
            line = await connected(port)
        began = time.perf_counter()
        line, answer = await _answered(port, line, request)
        if answer.status not in (200, 204):
            raise SystemExit(f"{_first(request)}: {answer.status}")
        waits.append(time.perf_counter() - began)
    line.close()
    return waits[10:]


async def crowd(port: int, request: bytes, seconds: float) -> Crowd:
    """Let 64 lines ask one thing after the other. Return answers a second and the sorted waits in seconds."""
    waits: list[float] = []
    wrong: list[int] = []
    lines = [await connected(port) for _ in range(LINES)]
    began = time.perf_counter()
    ends = began + seconds

    async def ask(number: int) -> None:
        while (asked_at := time.perf_counter()) < ends:
            lines[number], answer = await _answered(port, lines[number], request)
            waits.append(time.perf_counter() - asked_at)
            if answer.status not in (200, 204, 304):
                wrong.append(answer.status)

    await asyncio.gather(*(ask(number) for number in range(LINES)))
    took = time.perf_counter() - began
    for line in lines:
        line.close()
    if wrong:
        raise SystemExit(f"{_first(request)}: {len(wrong)} wrong answers, such as {wrong[0]}")
    return len(waits) / took, sorted(waits)


def said(found: Crowd) -> str:
    """Return a crowd's figures in words."""
    rate, waits = found
    return f"{rate:6.0f}/s  p50 {1000 * median(waits):5.1f} ms  p95 {1000 * waits[int(len(waits) * 0.95)]:5.1f} ms"


async def _answered(port: int, line: Line, request: bytes) -> tuple[Line, Answer]:
    """Ask over a line, and over a new one where the server has hung up, as some do after each answer."""
    try:
        return line, await line.ask(request)
    except CutOffError:
        line = await connected(port)
        return line, await line.ask(request)


def _first(request: bytes) -> str:
    return request.split(b"\r\n", 1)[0].decode()
