"""More than anybody honest sends: the sender is stopped or slowed down, and the others go on."""

import asyncio
import json
from contextlib import suppress
from pathlib import Path

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from midcycle.engines.crdt import protocol
from midcycle.engines.crdt.lib0 import buffer, number
from midcycle.kernel.tickets import PadTicket, issue
from tests.live.client import Client, play, until
from tests.live.database import Database
from tests.live.process import SECRET, LiveServer

MEGABYTE = 2**20
FIRST_LETTER = number(1) + buffer(b"content") + buffer(b"x")


def _memory(server: LiveServer) -> int:
    """Read the most memory the server ever held, in megabytes."""
    status = Path(f"/proc/{server.pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


async def _goes_on(ada: Client, bo: Client) -> None:
    await ada.type("on ")
    await ada.all_saved()
    await until(lambda: ada.text == bo.text)
    assert (ada.close_code, bo.close_code) == (None, None)


def _letters(first: int, amount: int) -> bytes:
    """Write a letter under each of so many client ids."""
    runs = (number(1) + number(first + each) + number(0) + b"\x04" + FIRST_LETTER for each in range(amount))
    return number(amount) + b"".join(runs) + number(0)


def test_sixty_four_megabytes_are_not_taken_in(server: LiveServer, database: Database) -> None:
    """As one message, and as one in a thousand pieces that never ends."""

    async def story() -> None:
        pad = database.new_pad("text ")
        async with Client(server.port, pad, "ada") as ada, Client(server.port, pad, "bo") as bo:
            before = _memory(server)
            for message in (b"\0" * 64 * MEGABYTE, (b"\0" * 64 * 1024 for _ in range(1024))):
                ticket = issue(SECRET, PadTicket(pad, "mallory", "Mallory", 1, "write"))
                async with connect(f"ws://127.0.0.1:{server.port}/live/pads/{pad}", max_size=None) as socket:
                    await socket.send(json.dumps({"type": "ticket", "ticket": ticket}))
                    with suppress(ConnectionClosed):
                        await socket.send(message)
                        await asyncio.wait_for(socket.wait_closed(), 15)
                    assert socket.close_code in (1006, 1009, 4413)
            await _goes_on(ada, bo)
            assert _memory(server) - before < 16

    play(story())


def test_a_hundred_thousand_client_ids_are_not_let_in(server: LiveServer, database: Database) -> None:
    """Each would cost everybody who opens the pad some bytes for good."""

    async def story() -> None:
        pad = database.new_pad("text ")
        async with Client(server.port, pad, "ada") as ada, Client(server.port, pad, "bo") as bo:
            for turn in range(10):
                mallory = await Client(server.port, pad, "mallory").join()
                await mallory.change(_letters(10_000 + turn * 10_000, 10_000))
                assert (await mallory.closed(), mallory.refused) == (4429, ["too_many"])
            await _goes_on(ada, bo)
            clients = database.ask("SELECT person FROM pads_client WHERE pad_id = ?", pad)
            assert (clients, database.text(pad)) == ([("ada",)], ada.text)

    play(story())


def test_a_question_with_many_client_ids_is_answered(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad("text ")
        async with Client(server.port, pad, "ada") as ada, Client(server.port, pad, "bo") as bo:
            cy = await Client(server.port, pad, "cy").join()
            cy.synced = False
            await cy.send(protocol.question(dict.fromkeys(range(20000), 2**30)))
            await until(lambda: cy.synced)
            await _goes_on(ada, bo)
            await cy.leave()

    play(story())


def test_a_flood_of_carets_reaches_nobody(server: LiveServer, database: Database) -> None:
    """A thousand of one's own, and those of three hundred who are not there: the others hear of the newest one."""

    async def story() -> None:
        pad = database.new_pad("text ")
        async with Client(server.port, pad, "ada") as ada, Client(server.port, pad, "bo") as bo:
            mallory = await Client(server.port, pad, "mallory").join()
            entries = [protocol.look(protocol.Look(9000 + each, 1, "{}")) for each in range(300)]
            await mallory.send(protocol.looks(entries))
            for turn in range(200):
                place = {"tname": "content", "item": {"client": 1, "clock": turn % 5}, "assoc": 0}
                await mallory.look({"cursor": {"anchor": place, "head": place}}, clock=turn)
            await until(lambda: mallory.client_id in ada.looks)
            await _goes_on(ada, bo)
            assert [client for client in ada.looks if client != mallory.client_id] == []
            await mallory.leave()

    play(story())


def test_a_storm_of_joins_is_let_in_by_and_by(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad("text ")
        async with Client(server.port, pad, "ada") as ada, Client(server.port, pad, "bo") as bo:
            crowd = [Client(server.port, pad, f"p{each}") for each in range(150)]
            coming = asyncio.gather(*(one.join() for one in crowd))
            await _goes_on(ada, bo)
            await coming
            await until(lambda: {one.text for one in crowd} == {ada.text})
            await until(lambda: len(ada.people) == 152)
            assert {one.close_code for one in crowd} == {None}
            await asyncio.gather(*(one.leave() for one in crowd))
            await until(lambda: len(ada.people) == 2)

    play(story())
