"""How fast a released agenda is served: `python -m bench.agenda_pages [seconds]`.

An instance with 2 web workers gives the page and the files of 60, 400 and 2,000 sessions. Printed: requests a second over 64
kept connections with the middle and the 95th answer of 100, without and with a validator; the middle answer to one visitor; a
first visit by bytes and requests. Beside them, measured in the same run: what the framework alone does with the same bytes, and
how fast the crowd is against ready bytes. The crowd shares the machine: with 2 processors it takes about half of it.

Peers, measured on 2 processors in November 2026: pretalx 2026.2.1 page at 400 sessions 46/s as a shell that needs scripts, 4/s
without scripts, schedule.json 1.35 s; Indico 3.3.14 8/s. First visit at 60 sessions: pretalx 208 KB in 20 requests, Indico
2.7 MB.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import uvloop

from bench.footprint import free_ports
from bench.tools import machine, trivial
from bench.tools.people import BROWSER
from bench.tools.visit import first_visit_of
from tests.system.instance import Instance, instance
from tests.system.lines import Answer, connected, get

LINES, ONE = 64, 40
AIMS = {"rate": 1500, "p95": 60, "page": 50, "file": 5}
PRETALX = 46  # pages a second at 400 sessions, a shell without its data
FILES = ("schedule.json", "schedule.xml", "schedule2.json", "schedule.ics", "schedule.xcal", "schedule.csv")


def main(seconds: float) -> None:
    """Print the figures."""
    print(f"{LINES} connections, {seconds:.0f} s each; {machine.load()}")
    with tempfile.TemporaryDirectory() as scratch, instance(Path(scratch) / "data", MIDCYCLE_WEB_WORKERS="2") as served:
        served.run("midcycle.cli.main", "migrate")
        served.start()
        slugs = {count: _made(served, count) for count in (60, 400, 2000)}
        print(f"first visit, 60 sessions: {first_visit_of(served.port, f'/m/{slugs[60]}/agenda/')} (aim 40 KB, 5 requests)")
        for count, slug in slugs.items():
            print_one(served.port, f"/m/{slug}/agenda/", f"page of {count} sessions", AIMS["page"])
        for name in FILES:
            print_one(served.port, f"/m/{slugs[400]}/{name}", f"{name} of 400 sessions", AIMS["file"])
        print_crowd(served.port, f"/m/{slugs[400]}/agenda/", seconds, Path(scratch))


def print_one(port: int, path: str, name: str, aim: float) -> None:
    """Print how long one visitor waits, warm."""
    waits = sorted(uvloop.run(_one(port, path)))
    print(f"  {name:32} p50 {1000 * median(waits):6.2f} ms  p95 {1000 * waits[-3]:6.2f} ms (aim {aim} ms)")


def print_crowd(port: int, path: str, seconds: float, scratch: Path) -> None:
    """Print what a crowd gets, and what it could get at most."""
    page = uvloop.run(_asked(port, path))
    (scratch / "page").write_bytes(page.body)
    with _plain(scratch / "page") as alone, trivial.responder() as ready:
        ceiling = uvloop.run(_crowd(alone, get("/"), seconds))
        crowd = uvloop.run(_crowd(ready, get("/"), seconds))
        found = uvloop.run(_crowd(port, get(path, Accept_Encoding=BROWSER), seconds))
        known = uvloop.run(_crowd(port, _with_validator(path, page), seconds))
    print(f"  crowd alone, against ready bytes {_said(crowd)}")
    print(f"  the framework alone, same bytes  {_said(ceiling)}")
    print(f"  page of 400 sessions             {_said(found)} (aim {AIMS['rate']}/s, p95 {AIMS['p95']} ms)")
    print(f"  the same, who has it (304)       {_said(known)}")
    rate = found[0]
    print(f"  {rate / ceiling[0]:.0%} of the framework alone; {rate / PRETALX:.0f} times pretalx's shell; {machine.load()}")


def _made(served: Instance, count: int) -> str:
    slug: str = json.loads(served.run("bench.tools.agenda", str(count)))["slug"]
    return slug


def _said(found: tuple[float, list[float]]) -> str:
    rate, waits = found
    return f"{rate:6.0f}/s  p50 {1000 * median(waits):5.1f} ms  p95 {1000 * waits[int(len(waits) * 0.95)]:5.1f} ms"


def _with_validator(path: str, page: Answer) -> bytes:
    (etag,) = [line[6:] for line in page.head.decode().split("\r\n") if line.lower().startswith("etag:")]
    return get(path, Accept_Encoding=BROWSER, If_None_Match=etag)


async def _asked(port: int, path: str) -> Answer:
    line = await connected(port)
    answer = await line.ask(get(path, Accept_Encoding=BROWSER))
    line.close()
    return answer


async def _one(port: int, path: str) -> list[float]:
    line = await connected(port)
    waits = []
    for number in range(ONE + 10):  # both workers make it ready first
        if number % 5 == 0:
            line.close()
            line = await connected(port)
        began = time.perf_counter()
        answer = await line.ask(get(path, Accept_Encoding=BROWSER))
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")
        waits.append(time.perf_counter() - began)
    line.close()
    return waits[10:]


async def _crowd(port: int, request: bytes, seconds: float) -> tuple[float, list[float]]:
    """Let 64 lines ask one thing after the other. Return answers a second and the sorted waits."""
    waits: list[float] = []
    wrong: list[int] = []
    lines = [await connected(port) for _ in range(LINES)]
    for line in lines:
        await line.ask(request)
    began = time.perf_counter()
    ends = began + seconds

    async def ask(number: int) -> None:
        while (asked := time.perf_counter()) < ends:
            answer = await lines[number].ask(request)
            waits.append(time.perf_counter() - asked)
            if answer.status not in (200, 304):
                wrong.append(answer.status)

    await asyncio.gather(*(ask(number) for number in range(LINES)))
    took = time.perf_counter() - began
    for line in lines:
        line.close()
    if wrong:
        raise SystemExit(f"{len(wrong)} wrong answers, such as {wrong[0]}")
    return len(waits) / took, sorted(waits)


@contextmanager
def _plain(body: Path) -> Iterator[int]:
    """Give the port of the framework alone, on as many workers."""
    port = free_ports()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--port", str(port)]
    command += ["--blocking-threads", "1", "--no-log", "bench.tools.plain:application"]
    with subprocess.Popen(command, env={**os.environ, "PLAIN_BYTES": str(body)}) as process:
        try:
            _wait_for(port)
            yield port
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            uvloop.run(_asked(port, "/"))
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The framework alone did not start.")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 5)
