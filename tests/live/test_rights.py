"""Whoever is in a pad when the rights to it change shows a new ticket, or goes."""

import json
from dataclasses import replace

from websockets.asyncio.client import connect

from midcycle.kernel.tickets import issue
from midcycle.live.limits import Limits
from tests.live.client import Client, play, until
from tests.live.database import Database
from tests.live.inside import Guest, registry
from tests.live.process import SECRET, LiveServer


def _raise(database: Database, pad: str, rights: int) -> None:
    database.ask("UPDATE pads_pad SET rights = ? WHERE id = ?", rights, pad)


async def _show(client: Client) -> None:
    await client.send(json.dumps({"type": "ticket", "ticket": issue(SECRET, client.ticket)}))


def test_a_locked_pad_is_read_at_once_and_written_again_when_it_is_unlocked(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with Client(server.port, pad, "ada") as ada, Client(server.port, pad, "bo") as bo:
            await ada.type("before ")
            await ada.all_saved()
            _raise(database, pad, 1)
            await until(lambda: (ada.renewals, bo.renewals) == (1, 1))
            for one in (ada, bo):
                one.ticket = replace(one.ticket, role="read", rights=1)
                await _show(one)
            await until(lambda: {one["role"] for one in bo.people.values()} == {"read"})
            await ada.type("locked ")
            await until(lambda: ada.refused == ["read_only"])
            _raise(database, pad, 2)
            await until(lambda: (ada.renewals, bo.renewals) == (2, 2))
            for one in (ada, bo):
                one.ticket = replace(one.ticket, role="write", rights=2)
                await _show(one)
            await until(lambda: bo.text == "before locked ")
            await ada.type("after")
            await until(lambda: bo.text == database.text(pad) == "before locked after")

    play(story())


def test_whoever_shows_no_new_ticket_goes_and_comes_back_only_with_one(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad("# Notes\n")
        async with Client(server.port, pad, "ada") as ada, Client(server.port, pad, "silent") as silent:
            old = issue(SECRET, silent.ticket)
            address = (
                f"ws://127.0.0.1:{server.port}/live/pads/{pad}?ticket={issue(SECRET, replace(ada.ticket, person='stock'))}"
            )
            async with connect(address) as stock:
                await stock.recv()
                _raise(database, pad, 1)
                await until(lambda: ada.renewals == 1)
                ada.ticket = replace(ada.ticket, rights=1)
                await _show(ada)
                assert (await silent.closed(), silent.refused) == (4401, ["ticket"])
                await stock.wait_closed()
                assert stock.close_code == 4401
            await silent.leave()
            await silent.knock(old)
            assert await silent.closed() == 4401
            await silent.leave()
            silent.ticket = replace(silent.ticket, rights=1)
            await silent.join()
            await silent.type("back")
            await until(lambda: ada.text == "# Notes\nback")
            assert (ada.renewals, silent.renewals) == (1, 1)

    play(story())


def test_an_old_ticket_shown_again_does_not_help(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with Client(server.port, pad, "ada") as ada:
            _raise(database, pad, 1)
            await until(lambda: ada.renewals == 1)
            await _show(ada)  # fresh, and made before the change
            assert (await ada.closed(), ada.refused) == (4401, ["ticket"])

    play(story())


def test_a_newer_ticket_tells_of_the_change_before_the_database_is_asked(database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with registry(database, limits=Limits(rights=60.0)) as pads:
            ada, bo = await Guest(pads, pad, "ada").enter(), Guest(pads, pad, "bo")
            bo.ticket = replace(bo.ticket, rights=1)
            await bo.enter()
            assert [text["type"] for text in ada.wire.texts if text["type"] == "renew"] == ["renew"]
            assert [text["type"] for text in bo.wire.texts if text["type"] == "renew"] == []

    play(story())


def test_a_server_that_opens_a_pad_knows_its_rights(mortal: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        _raise(database, pad, 7)
        ada = Client(mortal.port, pad, "ada")
        ada.ticket = replace(ada.ticket, rights=6)
        await ada.knock(issue(SECRET, ada.ticket))
        assert (await ada.closed(), ada.people) == (4401, {})
        await ada.leave()
        ada.ticket = replace(ada.ticket, rights=7)
        async with ada:
            await ada.type("in")
            await ada.all_saved()

    play(story())
