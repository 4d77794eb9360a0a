"""What was acknowledged is never lost, whatever ends the server."""

import asyncio
import random
from contextlib import suppress

from websockets.exceptions import ConnectionClosed

from tests.live.client import Client, play, until
from tests.live.database import Database
from tests.live.process import LiveServer

_ROUNDS = 5
_WRITERS = ("ada", "bo", "cy")


def test_kill_9_in_the_middle_of_typing_loses_nothing_acknowledged(mortal: LiveServer, database: Database) -> None:
    """Five times: three people type, the process dies; the database has every word that was acknowledged."""
    chance = random.Random(2016)

    async def story() -> None:
        pad = database.new_pad()
        people = [Client(mortal.port, pad, name) for name in _WRITERS]
        for turn in range(_ROUNDS):
            await asyncio.gather(*(person.join() for person in people))
            typing = [asyncio.create_task(_type_until_cut(person, turn)) for person in people]
            await _saved_more(people, 5)
            await asyncio.sleep(chance.random() / 5)
            mortal.kill()
            await asyncio.gather(*typing)
            for person in people:
                await person.leave()
            committed = database.text(pad).split()
            for person in people:
                missing = [word for word in person.typed[: person.saved] if word.strip() not in committed]
                assert missing == []
            mortal.start()
        await _all_have_all(people)
        assert sorted(database.text(pad).split()) == sorted(w.strip() for person in people for w in person.typed)

    play(story())


async def _saved_more(people: list[Client], changes: int) -> None:
    goal = sum(person.saved for person in people) + changes
    await until(lambda: sum(person.saved for person in people) >= goal)


async def _type_until_cut(person: Client, turn: int) -> None:
    number = 0
    while person.close_code is None:
        number += 1
        with suppress(ConnectionClosed):
            await person.type(f"{person.ticket.person}-{turn}-{number} ", at=0)
        await asyncio.sleep(0.01)


async def _all_have_all(people: list[Client]) -> None:
    await asyncio.gather(*(person.join() for person in people))
    for person in people:
        await person.all_saved()
    await until(lambda: len({person.text for person in people}) == 1)
    for person in people:
        await person.leave()


def test_a_stopped_server_commits_writes_the_snapshot_and_says_restart(mortal: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad("# Notes\n")
        async with Client(mortal.port, pad, "ada") as ada:
            await ada.type("last words")
            await ada.all_saved()
            status = await asyncio.to_thread(mortal.stop)
            assert (status, await ada.closed()) == (0, 1012)
            assert database.snapshot_text(pad) == "# Notes\nlast words"

    play(story())


def test_a_client_goes_on_after_a_restart_with_what_it_typed_meanwhile(mortal: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        ada = await Client(mortal.port, pad, "ada").join()
        await ada.type("before ")
        await ada.all_saved()
        await asyncio.to_thread(mortal.stop)
        await ada.leave()
        ada.insert("offline ")
        await asyncio.to_thread(mortal.start)
        await ada.join()
        await ada.all_saved()
        await ada.type("after")
        await ada.all_saved()
        assert database.text(pad) == "before offline after"
        await ada.leave()

    play(story())


def test_the_snapshot_follows_a_pause_in_typing(mortal: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad("old")
        async with Client(mortal.port, pad, "ada") as ada:
            await ada.type(" and new")
            await until(lambda: database.snapshot_text(pad) == "old and new")

    play(story())


def test_readers_get_all_text_after_a_kill_once_the_server_is_back(mortal: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad("old")
        async with Client(mortal.port, pad, "ada") as ada:
            await ada.type(" and new")
            await ada.all_saved()
            mortal.kill()
        assert (database.snapshot_text(pad), database.text(pad)) == ("old", "old and new")
        await asyncio.to_thread(mortal.start)
        await until(lambda: database.snapshot_text(pad) == "old and new")

    play(story())
