"""A server killed again and again while people type: `python -m bench.pad_kills [times] [--postgres]`.

Six people type without a break in two pads; the server is killed (`kill -9`) at a random moment, a hundred times. Each time
all that was ever acknowledged is looked for in the database. In the end all come back, bring what was not acknowledged, and
must have the same text, with every word in it once.
"""

import argparse
import asyncio
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from random import Random

from websockets.exceptions import ConnectionClosed

from bench.tools import machine
from tests.live.client import Client, until
from tests.live.database import Database, new_database
from tests.live.process import LiveServer

NAMES = ("ada", "bo", "cy")
PADS = 2


async def kill_often(server: LiveServer, database: Database, times: int, chance: Random) -> str:
    """Give a line of figures; raise `RuntimeError` at the first word that is lost."""
    pads = [database.new_pad() for _ in range(PADS)]
    people = [Client(server.port, pad, name) for pad in pads for name in NAMES]
    began = time.monotonic()
    for turn in range(times):
        await asyncio.gather(*(person.join() for person in people))
        typing = [asyncio.create_task(_type(person, turn, chance)) for person in people]
        await asyncio.sleep(0.05 + chance.random())
        server.kill()
        await asyncio.gather(*typing)
        await asyncio.gather(*(person.leave() for person in people))
        _look(database, people)
        await asyncio.to_thread(server.start)
    await asyncio.gather(*(person.join() for person in people))
    for person in people:
        await person.all_saved()
    for pad in pads:
        await _agree(database, pad, [person for person in people if person.ticket.pad == pad])
    await asyncio.gather(*(person.leave() for person in people))
    words, saved = sum(len(person.typed) for person in people), sum(person.saved for person in people)
    return (
        f"killed {times} times in {time.monotonic() - began:.0f} s: {words} words typed, {saved} acknowledged, 0 lost, "
        f"none twice, {len(people)} people level"
    )


async def _type(person: Client, turn: int, chance: Random) -> None:
    number = 0
    while person.close_code is None:
        number += 1
        with suppress(ConnectionClosed):
            await person.type(f"{person.ticket.person}-{turn}-{number} ", at=0)
        await asyncio.sleep(chance.random() / 40)


def _look(database: Database, people: list[Client]) -> None:
    """Look for every word that was acknowledged."""
    texts = {pad: set(database.text(pad).split()) for pad in {person.ticket.pad for person in people}}
    for person in people:
        lost = [word for word in person.typed[: person.saved] if word.strip() not in texts[person.ticket.pad]]
        if lost:
            raise RuntimeError(f"lost: {lost}")


async def _agree(database: Database, pad: str, people: list[Client]) -> None:
    await until(lambda: len({person.text for person in people}) == 1)
    typed = sorted(word.strip() for person in people for word in person.typed)
    if sorted(people[0].text.split()) != typed or database.text(pad) != people[0].text:
        raise RuntimeError("the texts differ")


def main() -> None:
    """Kill as often as asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("times", nargs="?", type=int, default=100)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    print(machine.load(), flush=True)
    kind = "postgres" if asked.postgres else "sqlite"
    with tempfile.TemporaryDirectory() as scratch, new_database(kind, Path(scratch)) as database:
        server = LiveServer(database.url, Path(scratch) / "live.log")
        server.start()
        try:
            print(f"{kind}: {asyncio.run(kill_often(server, database, asked.times, Random(2016)))}", flush=True)
        finally:
            server.end()


if __name__ == "__main__":
    main()
