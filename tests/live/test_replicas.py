"""Several live servers on one PostgreSQL, with a real NATS between them."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from socket import create_connection

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from midcycle.kernel.tickets import PadTicket, issue
from midcycle.live.bus import News
from midcycle.live.natsbus import decode, encode
from midcycle.live.store import Author, Row
from tests.live.client import Client, play, until
from tests.live.database import Database, new_database
from tests.live.process import SECRET, LiveServer, free_port


class Nats:
    """Started, killed and started again on the same port."""

    def __init__(self) -> None:
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"nats://127.0.0.1:{self.port}"

    def start(self) -> None:
        binary = Path(sys.prefix) / "bin" / "nats-server"
        command = (str(binary), "--addr", "127.0.0.1", "--port", str(self.port))
        self._process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        while True:
            with suppress(OSError), closing(create_connection(("127.0.0.1", self.port), 1)):
                return

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


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


@pytest.mark.parametrize("data", [b"", b"\n", b"[]\n", b'{"sender": 1}\n', b'{"sender":"x","seq":1,"authors":[]}\n'])
def test_what_is_no_news_is_refused(data: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        decode("0f" * 16, data)
