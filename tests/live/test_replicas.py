"""Several live servers on one PostgreSQL, with a real NATS between them."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from midcycle.kernel.tickets import PadTicket, issue
from midcycle.live.bus import LocalBus, News, Sighting
from midcycle.live.control import Present
from midcycle.live.limits import Limits
from midcycle.live.natsbus import decode, decode_sighting, encode, encode_sighting
from midcycle.live.store import Author, Row
from tests.live.client import FOURTH, Client, play, until
from tests.live.database import Database, new_database
from tests.live.inside import Guest, registry
from tests.live.nats import Nats
from tests.live.process import SECRET, LiveServer

CARET = {"cursor": {"anchor": {"tname": "content", "assoc": 0}, "head": {"tname": "content", "assoc": 0}}}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with new_database("postgres", tmp_path_factory.mktemp("pads")) as made:
        yield made


@pytest.fixture
def bus() -> Iterator[Nats]:
    running = Nats()
    running.start()
    yield running
    running.kill()


@pytest.fixture
def pair(shared: Database, bus: Nats, tmp_path: Path) -> Iterator[tuple[LiveServer, LiveServer]]:
    servers = [LiveServer(shared.url, tmp_path / f"{name}.log", bus=bus.url) for name in ("one", "other")]
    for server in servers:
        server.start()
    yield servers[0], servers[1]
    for server in servers:
        server.end()


def test_people_at_two_servers_write_one_text(pair: tuple[LiveServer, LiveServer], shared: Database) -> None:
    async def story() -> None:
        pad = shared.new_pad("# Notes\n")
        async with Client(pair[0].port, pad, "ada") as ada, Client(pair[1].port, pad, "bo") as bo:
            for turn in range(20):
                await ada.type(f"a{turn} ")
                await bo.type(f"b{turn} ", at=0)
            await ada.all_saved()
            await bo.all_saved()
            await until(lambda: ada.text == bo.text)
            assert sorted(shared.text(pad).split()) == sorted(
                ["#", "Notes", *(f"{who}{turn}" for who in "ab" for turn in range(20))]
            )

    play(story())


def test_no_server_names_somebody_again_who_took_their_name_away(pair: tuple[LiveServer, LiveServer], shared: Database) -> None:
    async def story() -> None:
        pad, (one, other) = shared.new_pad(), pair
        async with (
            Client(one.port, pad, "ada") as ada,
            Client(other.port, pad, "ada") as there,
            Client(other.port, pad, "bo") as bo,
        ):
            await ada.type("here ")
            await until(lambda: there.text == "here ")
            await there.type("there ")
            await until(lambda: ada.text == bo.text == "here there ")
            shared.forget(pad, "ada")
            for client in (ada, there, bo) * 5:
                await client.type("on ")
            for client in (ada, there, bo):
                await client.all_saved()
            await until(lambda: ada.text == there.text == bo.text == shared.text(pad))
            assert shared.people(pad) == ["bo", "gone"]
            assert shared.writers(pad) == [("bo", "Bo"), ("gone", ""), ("gone", "")]

    play(story())


def test_what_the_bus_lost_is_found_in_the_store(pair: tuple[LiveServer, LiveServer], bus: Nats, shared: Database) -> None:
    async def story() -> None:
        pad = shared.new_pad()
        async with Client(pair[0].port, pad, "ada") as ada, Client(pair[1].port, pad, "bo") as bo:
            await ada.type("with the bus ")
            await until(lambda: bo.text == ada.text)
            bus.kill()
            await ada.type("without it ")
            await until(lambda: bo.text == ada.text)
            await bo.type("and back")
            await until(lambda: bo.text == ada.text == shared.text(pad) == "with the bus without it and back")
            await asyncio.to_thread(bus.start)
            await ada.type(", again")
            await until(lambda: bo.text == ada.text)

    play(story())


def test_a_killed_servers_people_go_on_at_another(pair: tuple[LiveServer, LiveServer], shared: Database) -> None:
    async def story() -> None:
        pad = shared.new_pad()
        ada = await Client(pair[0].port, pad, "ada").join()
        async with Client(pair[1].port, pad, "bo") as bo:
            while ada.saved < 20:
                await ada.type(f"{len(ada.typed)} ")
                await asyncio.sleep(0.005)
            pair[0].kill()
            await ada.closed()
            acknowledged = ada.typed[: ada.saved]
            await ada.leave()
            assert [word for word in acknowledged if word.strip() not in shared.text(pad).split()] == []
            ada.url = ada.url.replace(str(pair[0].port), str(pair[1].port))
            await ada.join()
            await ada.all_saved()
            await until(lambda: bo.text == ada.text == shared.text(pad))
            assert bo.text == "".join(ada.typed)
            await ada.leave()

    play(story())


def test_a_room_at_a_killed_server_goes_on_at_another(pair: tuple[LiveServer, LiveServer], shared: Database) -> None:
    async def story() -> None:
        pad = shared.new_pad()
        room = [await Client(pair[0].port, pad, f"p{number}").join() for number in range(12)]
        async with Client(pair[1].port, pad, "bo") as bo:
            while min(one.saved for one in room) < 5:
                for one in room:
                    await one.type(f"{one.ticket.person}.{len(one.typed)} ")
                await bo.type("bo ")
                await asyncio.sleep(0.01)
            pair[0].kill()
            await asyncio.gather(*(_move(one, pair[1]) for one in room))
            await bo.all_saved()
            await until(lambda: all(one.text == bo.text == shared.text(pad) for one in room))
            assert sorted(bo.text.split()) == sorted("".join("".join(one.typed) for one in (*room, bo)).split())
            await until(
                lambda: {one["person"] for one in bo.people.values()} == {"bo", *(f"p{number}" for number in range(12))}
            )
            for one in room:
                await one.leave()

    play(story())


async def _move(client: Client, to: LiveServer) -> None:
    """Come to another server, as a proxy does it, with what was typed but not saved."""
    await client.closed()
    await client.leave()
    client.url = f"ws://127.0.0.1:{to.port}/live/pads/{client.ticket.pad}"
    await client.join()
    await client.all_saved()


def test_people_at_two_servers_see_each_others_names_and_carets(pair: tuple[LiveServer, LiveServer], shared: Database) -> None:
    async def story() -> None:
        pad = shared.new_pad("Notes")
        async with Client(pair[0].port, pad, "ada") as ada, Client(pair[1].port, pad, "bo") as bo:
            await until(lambda: _names(ada) == _names(bo) == ["Ada", "Bo"])
            await ada.look(CARET)
            await until(lambda: bo.looks.get(_id(ada)) == {"user": {"id": "ada", "name": "Ada", **FOURTH}, **CARET})
            async with Client(pair[1].port, pad, "cy") as cy:
                await until(lambda: _names(ada) == _names(cy) == ["Ada", "Bo", "Cy"])
                await until(lambda: cy.looks.get(_id(ada)) == bo.looks[_id(ada)])
                ada.ticket = replace(ada.ticket, name="Ada Byte", role="read")
                await ada.send(json.dumps({"type": "ticket", "ticket": issue(SECRET, ada.ticket)}))
                await until(lambda: cy.people[_id(ada)]["name"] == "Ada Byte" and cy.people[_id(ada)]["role"] == "read")
            await until(lambda: _names(ada) == _names(bo) == ["Ada Byte", "Bo"])
            await ada.leave()
            await until(lambda: _names(bo) == ["Bo"] and bo.looks[_id(ada)] is None)

    play(story())


def test_people_whom_the_bus_lost_are_told_again(pair: tuple[LiveServer, LiveServer], bus: Nats, shared: Database) -> None:
    async def story() -> None:
        pad = shared.new_pad()
        async with Client(pair[0].port, pad, "ada") as ada, Client(pair[1].port, pad, "bo") as bo:
            await until(lambda: _names(ada) == _names(bo) == ["Ada", "Bo"])
            bus.kill()
            async with Client(pair[0].port, pad, "cy") as cy:
                await cy.look(CARET)
                await asyncio.to_thread(bus.start)
                await until(lambda: _names(bo) == ["Ada", "Bo", "Cy"] and bo.looks[_id(cy)]["cursor"] == CARET["cursor"])

    play(story())


def test_people_of_a_killed_server_are_forgotten(pair: tuple[LiveServer, LiveServer], shared: Database) -> None:
    async def story() -> None:
        pad = shared.new_pad()
        async with Client(pair[1].port, pad, "bo") as bo, Client(pair[0].port, pad, "ada") as ada:
            await ada.look(CARET)
            await until(lambda: _names(bo) == ["Ada", "Bo"] and _id(ada) in bo.looks)
            pair[0].kill()
            await until(lambda: _names(bo) == ["Bo"] and bo.looks[_id(ada)] is None)

    play(story())


class Wide(LocalBus):
    """Loses nothing."""

    wide = True


def test_a_server_that_ends_says_that_its_people_are_gone(shared: Database) -> None:
    async def story() -> None:
        pad, wide, limits = shared.new_pad(), Wide(), Limits(people_again=1000.0)
        async with registry(shared, bus=wide, limits=limits) as other:
            async with registry(shared, bus=wide, limits=limits) as one:
                ada = await Guest(one, pad, "ada").enter()
                bo = await Guest(other, pad, "bo").enter()
                await until(lambda: "bo" in ada.met and "ada" in bo.met)
            await until(lambda: [text["left"] for text in bo.wire.texts if text["type"] == "people"][-1:] == [[ada.client_id]])

    play(story())


class Lossy(LocalBus):
    """Loses most of what is told, by a fixed chance."""

    wide = True

    def __init__(self) -> None:
        super().__init__()
        self._chance = Random(5)

    def publish(self, news: News) -> None:
        if self._chance.random() < 0.3:
            super().publish(news)

    def show(self, sighting: Sighting) -> None:
        if self._chance.random() < 0.5:
            super().show(sighting)


def test_a_bus_that_loses_most_messages_loses_nothing_for_good(shared: Database) -> None:
    """Two copies of a pad in one process hear less than a third of each other."""

    async def story() -> None:
        pad, lossy, limits = shared.new_pad(), Lossy(), Limits(people_again=0.05, poll=0.2)
        async with registry(shared, bus=lossy, limits=limits) as one, registry(shared, bus=lossy, limits=limits) as other:
            ada, bo = await Guest(one, pad, "ada").enter(), await Guest(other, pad, "bo").enter()
            for turn in range(30):
                ada.type(f"a{turn} ")
                bo.type(f"b{turn} ")
                await asyncio.sleep(0.01)
            await until(lambda: ada.acked == bo.acked == 30 and ada.text == bo.text)
            assert sorted(ada.text.split()) == sorted(f"{who}{turn}" for who in "ab" for turn in range(30))
            await until(lambda: "bo" in ada.met and "ada" in bo.met)

    play(story())


def _names(client: Client) -> list[str]:
    return sorted(one["name"] for one in client.people.values())


def _id(client: Client) -> int:
    if client.client_id is None:
        raise RuntimeError("not greeted yet")
    return client.client_id


def test_a_ticket_that_was_used_at_one_server_opens_nothing_at_the_other(
    pair: tuple[LiveServer, LiveServer], shared: Database
) -> None:
    async def story() -> None:
        pad = shared.new_pad()
        ticket = issue(SECRET, PadTicket(pad, "bo", "Bo", 1, "write"))
        async with connect(f"ws://127.0.0.1:{pair[0].port}/live/pads/{pad}?ticket={ticket}") as first:
            await first.recv()
            await asyncio.sleep(0.5)  # for the bus
            async with connect(f"ws://127.0.0.1:{pair[1].port}/live/pads/{pad}?ticket={ticket}") as second:
                with pytest.raises(ConnectionClosed):
                    await second.recv()
                assert second.close_code == 4401

    play(story())


def test_a_server_starts_and_works_while_the_bus_is_away(shared: Database, bus: Nats, tmp_path: Path) -> None:
    bus.kill()
    server = LiveServer(shared.url, tmp_path / "live.log", bus=bus.url)
    server.start()

    async def story() -> None:
        pad = shared.new_pad()
        async with Client(server.port, pad, "ada") as ada:
            await ada.type("alone")
            await ada.all_saved()
            assert shared.text(pad) == "alone"
        assert await asyncio.to_thread(server.stop) == 0

    try:
        play(story())
    finally:
        server.end()


def test_news_are_read_as_they_were_written() -> None:
    news = News("0f" * 16, "me", Row(7, b"\n\x00\xff"), {4_000_000_000: Author("p1", "Ädä\n", 3)})
    assert decode(news.pad, encode(news)) == news


def test_sightings_are_read_as_they_were_written() -> None:
    people = (Present(4_000_000_000, "p1", "Ädä\n", 3, "read"), Present(1000, "p2", "Bo", 0, "write"))
    seen = Sighting("0f" * 16, "me", people, {1000: '{"cursor":null}'}, (7,), asks=True)
    assert decode_sighting(seen.pad, encode_sighting(seen)) == seen


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b'{"sender":"x"}', b'{"sender":"x","people":[[1,"p","P",0,"owner"]],"looks":{},"gone":[],"asks":false}'],
)
def test_what_is_no_sighting_is_refused(data: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        decode_sighting("0f" * 16, data)


@pytest.mark.parametrize("data", [b"", b"\n", b"[]\n", b'{"sender": 1}\n', b'{"sender":"x","seq":1,"authors":[]}\n'])
def test_what_is_no_news_is_refused(data: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        decode("0f" * 16, data)
