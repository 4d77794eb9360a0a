"""+1 for a line: one for each person, kept in the database, the same at every server."""

import asyncio
import json
from pathlib import Path

import pytest

from midcycle.live.limits import Limits
from tests.live.client import Client, play, until
from tests.live.database import Database, new_database
from tests.live.inside import Guest, registry
from tests.live.nats import Nats
from tests.live.process import LiveServer


def rows(database: Database, pad: str) -> list[tuple[int, int, str]]:
    return sorted(database.ask("SELECT client_id, clock, person FROM pads_vote WHERE pad_id = ?", pad))


def test_a_vote_is_counted_once_shown_to_all_and_taken_back(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad("- one\n- two\n")
        async with Client(server.port, pad, "ada") as ada, Client(server.port, pad, "bo") as bo:
            for _ in range(3):
                await ada.vote("1:6")
            await bo.vote("1:6")
            await until(lambda: ada.votes == bo.votes == {"1:6": ["ada", "bo"]})
            assert rows(database, pad) == [(1, 6, "ada"), (1, 6, "bo")]
            async with Client(server.port, pad, "cy", "read") as cy:
                await until(lambda: cy.votes == {"1:6": ["ada", "bo"]})
            await ada.vote("1:6", on=False)
            await until(lambda: bo.votes == {"1:6": ["bo"]})
            assert rows(database, pad) == [(1, 6, "bo")]

    play(story())


def test_a_vote_for_a_line_that_was_typed_just_now_finds_it(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with Client(server.port, pad, "ada") as ada:
            await ada.type("- new")
            await ada.vote(f"{ada.client_id}:0")
            await until(lambda: ada.votes == {f"{ada.client_id}:0": ["ada"]})

    play(story())


def test_a_vote_outlives_the_server(mortal: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad("- one\n")
        ada = await Client(mortal.port, pad, "ada").join()
        await ada.vote("1:0")
        await until(lambda: ada.votes == {"1:0": ["ada"]})
        mortal.kill()
        await ada.closed()
        mortal.start()
        await ada.join()
        await until(lambda: ada.votes == {"1:0": ["ada"]})
        await ada.leave()

    play(story())


def test_whoever_may_only_read_has_no_vote(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad("- one\n")
        async with Client(server.port, pad, "cy", "read") as cy:
            for _ in range(11):
                await cy.vote("1:0")
            assert await cy.closed() == 4403
            assert set(cy.refused) == {"read_only"}
        assert rows(database, pad) == []

    play(story())


@pytest.mark.parametrize("anchor", ["1:99", "7:0", f"{2**53 - 1}:{2**53 - 1}", "0:0"])
def test_a_vote_for_text_that_is_not_there_is_not_counted(server: LiveServer, database: Database, anchor: str) -> None:
    async def story() -> None:
        pad = database.new_pad("- one\n")
        async with Client(server.port, pad, "mallory") as mallory:
            await mallory.vote(anchor)
            await until(lambda: mallory.uncounted == [anchor])
            assert mallory.votes == {anchor: []}
        assert rows(database, pad) == []

    play(story())


@pytest.mark.parametrize(
    "message",
    [
        {"anchor": "1:0"},
        {"anchor": "1:0", "on": 1},
        {"anchor": [1, 0], "on": True},
        {"anchor": "-1:0", "on": True},
        {"anchor": "1:0:0", "on": True},
        {"anchor": f"1:{2**53}", "on": True},
        {"anchor": "1:" + "9" * 5000, "on": True},
        {"anchor": "\u0661:0", "on": True},
        {"anchor": " 1:0", "on": True},
    ],
)
def test_what_is_no_vote_ends_the_connection(server: LiveServer, database: Database, message: dict[str, object]) -> None:
    async def story() -> None:
        pad = database.new_pad("- one\n")
        async with Client(server.port, pad, "mallory") as mallory:
            await mallory.send(json.dumps({"type": "vote", **message}))
            assert await mallory.closed() == 4400
        assert rows(database, pad) == []

    play(story())


def test_nobody_votes_before_the_ticket(database: Database) -> None:
    async def story() -> None:
        async with registry(database) as pads:
            mallory = Guest(pads, database.new_pad("- one\n"), "mallory")
            mallory.connection.receive('{"type": "vote", "anchor": "1:0", "on": true}')
            assert mallory.wire.code == 4400

    play(story())


def test_a_person_has_so_many_votes_in_a_pad_and_others_have_theirs(database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad("- one\n- two\n- three\n")
        async with registry(database, limits=Limits(votes=2)) as pads:
            ada, bo = await Guest(pads, pad, "ada").enter(), await Guest(pads, pad, "bo").enter()
            for clock in (0, 6, 12):
                ada.connection.receive(json.dumps({"type": "vote", "anchor": f"1:{clock}", "on": True}))
            bo.connection.receive('{"type": "vote", "anchor": "1:12", "on": true}')
            refused = {
                "type": "votes",
                "votes": [{"anchor": "1:12", "count": 0, "people": []}],
                "refused": True,
            }
            await until(lambda: refused in ada.wire.texts and len(rows(database, pad)) == 3)
            assert rows(database, pad) == [(1, 0, "ada"), (1, 6, "ada"), (1, 12, "bo")]

    play(story())


def test_a_flood_of_votes_is_read_slowly_and_disturbs_nobody(database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad("- one\n")
        async with registry(database) as pads:
            mallory, bo = await Guest(pads, pad, "mallory").enter(), await Guest(pads, pad, "bo").enter()
            for turn in range(1000):
                mallory.connection.receive(json.dumps({"type": "vote", "anchor": "1:0", "on": turn % 2 == 0}))
            assert not mallory.wire.reading
            bo.type("- two")
            await until(lambda: bo.acked == 1)

    play(story())


def test_what_the_web_side_takes_away_is_gone_for_those_in_the_pad(database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad("- one\n")
        async with registry(database, limits=Limits(poll=0.0)) as pads:
            ada = await Guest(pads, pad, "ada").enter()
            ada.connection.receive('{"type": "vote", "anchor": "1:0", "on": true}')
            there = {"type": "votes", "votes": [{"anchor": "1:0", "count": 1, "people": ["ada"]}]}
            await until(lambda: there in ada.wire.texts)
            await asyncio.to_thread(database.ask, "DELETE FROM pads_vote WHERE pad_id = ?", pad)
            gone = {"type": "votes", "votes": [{"anchor": "1:0", "count": 0, "people": []}]}
            await until(lambda: ada.wire.texts[-1] == gone)

    play(story())


@pytest.mark.parametrize("with_bus", [True, False])
def test_two_servers_agree_on_the_votes(tmp_path: Path, with_bus: bool) -> None:
    async def story(one: LiveServer, other: LiveServer, pad: str) -> None:
        async with Client(one.port, pad, "ada") as ada, Client(other.port, pad, "bo") as bo:
            await ada.type("- new")
            await ada.all_saved()
            anchor = f"{ada.client_id}:0"
            await bo.vote(anchor)  # perhaps before its server has heard of the line
            await ada.vote("1:0")
            await until(lambda: ada.votes == bo.votes == {anchor: ["bo"], "1:0": ["ada"]})

    bus = Nats()
    with new_database("postgres", tmp_path) as shared:
        servers = [
            LiveServer(shared.url, tmp_path / f"{name}.log", bus=bus.url if with_bus else "") for name in ("one", "other")
        ]
        try:
            if with_bus:
                bus.start()
            for server in servers:
                server.start()
            play(story(*servers, shared.new_pad("- one\n")))
        finally:
            for server in servers:
                server.end()
            bus.kill()


def test_many_votes_in_a_full_room_are_told_together(database: Database) -> None:
    """Here a byte takes an hour, so that after the first message nothing is told at once."""

    async def story() -> None:
        pad = database.new_pad("- one\n- two\n")
        async with registry(database, limits=Limits(votes_bytes=1 / 3600)) as pads:
            ada, bo = await Guest(pads, pad, "ada").enter(), await Guest(pads, pad, "bo").enter()
            ada.connection.receive('{"type": "vote", "anchor": "1:0", "on": true}')
            await until(lambda: any(text["type"] == "votes" for text in bo.wire.texts))
            for guest in (ada, bo):
                guest.connection.receive('{"type": "vote", "anchor": "1:6", "on": true}')
            await until(lambda: len(rows(database, pad)) == 3)
            await asyncio.sleep(Limits().votes_gap * 2)
            assert sum(text["type"] == "votes" for text in bo.wire.texts) == 1

    play(story())
