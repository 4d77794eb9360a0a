"""Clients that speak y-protocols and nothing else: the ticket in the address, a client id of their own choice."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from pycrdt import Doc, Text
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from midcycle.engines.crdt import protocol
from midcycle.engines.crdt.updates import decode_vector, encode_vector
from midcycle.kernel.tickets import PadTicket, Role, issue
from tests.live.client import FOURTH, Client, play, until
from tests.live.database import Database
from tests.live.process import SECRET, LiveServer

_IDS = [4_294_967_295, 4_042_322_160, 2**53 - 1]  # the largest of Yjs, one that looks like a character, the largest of yrs


class Stock:
    """A document and its socket; a text message is an error, as it is for y-websocket."""

    def __init__(self, socket: ClientConnection, client_id: int) -> None:
        self.socket = socket
        self.doc = Doc[Text](client_id=client_id)
        self.shared = self.doc.get("content", type=Text)
        self.looks: dict[int, object] = {}

    @property
    def text(self) -> str:
        return str(self.shared)

    async def run(self) -> None:
        await self.socket.send(protocol.question(decode_vector(self.doc.get_state())))
        try:
            async for frame in self.socket:
                assert isinstance(frame, bytes)
                await self._take(protocol.decode(frame))
        except ConnectionClosed:
            pass

    async def type(self, words: str) -> None:
        before = self.doc.get_state()
        self.shared += words
        await self.socket.send(protocol.change(self.doc.get_update(before)))

    async def look(self, state: object, client: int | None = None) -> None:
        entry = protocol.Look(client or self.doc.client_id, 1, json.dumps(state))
        await self.socket.send(protocol.looks([protocol.look(entry)]))

    async def _take(self, message: protocol.Message) -> None:
        match message:
            case protocol.Question(have):
                await self.socket.send(protocol.answer(self.doc.get_update(encode_vector(have))))
            case protocol.Change(body):
                self.doc.apply_update(body)
            case protocol.Looks(entries):
                self.looks.update({entry.client: json.loads(entry.state) for entry in entries})


def _address(port: int, pad: str, person: str, role: Role = "write", *, more: str = "", of: str = "") -> str:
    ticket = issue(SECRET, PadTicket(of or pad, person, person.title(), 1, role))
    return f"ws://127.0.0.1:{port}/live/pads/{pad}{more}?ticket={ticket}"


@asynccontextmanager
async def stock(address: str, client_id: int) -> AsyncIterator[Stock]:
    async with connect(address) as socket:
        one = Stock(socket, client_id)
        running = asyncio.create_task(one.run())
        yield one
        await socket.close()
        await running


@pytest.mark.parametrize("client_id", _IDS)
def test_a_stock_client_writes_beside_a_browser(server: LiveServer, database: Database, client_id: int) -> None:
    async def story() -> None:
        pad = database.new_pad("# Notes 😀\n")
        async with (
            stock(_address(server.port, pad, "bo", more="/room"), client_id) as bo,
            Client(server.port, pad, "ada") as ada,
        ):
            await until(lambda: bo.text == "# Notes 😀\n")
            await bo.type("from bo ")
            await until(lambda: ada.text == bo.text)
            await ada.type("from ada 😀")
            await until(lambda: bo.text == ada.text == "# Notes 😀\nfrom bo from ada 😀")
            written_by = database.ask("SELECT person FROM pads_client WHERE client_id = ? AND pad_id = ?", client_id, pad)
            assert written_by == [("bo",)]

    play(story())


def test_what_a_stock_client_brings_from_offline_is_taken(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with connect(_address(server.port, pad, "bo")) as socket:
            bo = Stock(socket, 77_777)
            bo.shared += "typed on the train"
            running = asyncio.create_task(bo.run())
            await until(lambda: database.text(pad) == "typed on the train")
            await socket.close()
            await running

    play(story())


def test_a_stock_client_is_known_by_its_own_id_and_by_the_name_of_its_ticket(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with Client(server.port, pad, "ada") as ada:
            async with stock(_address(server.port, pad, "bo"), 4_000_000_000) as bo:
                await bo.look({"user": {"name": "Ada"}, "cursor": {"anchor": 3, "head": 3}}, client=ada.client_id)
                await bo.look({"user": {"name": "Ada"}, "cursor": {"anchor": 3, "head": 3}})
                await until(lambda: 4_000_000_000 in ada.looks)
                tint = {"color": "#42551f", "colorLight": "#d3e4b8"}
                assert ada.looks == {4_000_000_000: {"user": {"id": "bo", "name": "Bo", "colour": 1, **tint}}}
                await until(lambda: set(ada.people) == {ada.client_id, 4_000_000_000})
            await until(lambda: ada.looks[4_000_000_000] is None)

    play(story())


def test_an_editor_of_yjs_finds_a_css_colour_for_caret_and_selection(server: LiveServer, database: Database) -> None:
    """y-codemirror.next reads `color` and `colorLight`, y-prosemirror wants six hex digits."""

    async def story() -> None:
        pad = database.new_pad()
        async with Client(server.port, pad, "ada") as ada, stock(_address(server.port, pad, "bo"), 5000) as bo:
            await ada.look({"user": {"color": "red", "colorLight": "url(https://elsewhere.example)"}})
            await until(lambda: ada.client_id in bo.looks)
            assert bo.looks[ada.client_id] == {"user": {"id": "ada", "name": "Ada", **FOURTH}}

    play(story())


def test_a_stock_client_asks_for_everybodys_caret(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with Client(server.port, pad, "ada") as ada, stock(_address(server.port, pad, "bo"), 5000) as bo:
            await ada.look({"user": {}})
            await until(lambda: ada.client_id in bo.looks)
            bo.looks.clear()
            await bo.socket.send(b"\x03")
            await until(lambda: ada.client_id in bo.looks)

    play(story())


def test_a_stock_client_that_may_only_read_changes_nothing(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad("as it was")
        async with stock(_address(server.port, pad, "cy", "read"), 5000) as cy:
            await until(lambda: cy.text == "as it was")
            for _ in range(11):
                await cy.type("sneaked in")
            await cy.socket.wait_closed()
            assert (cy.socket.close_code, database.text(pad)) == (4403, "as it was")

    play(story())


def test_each_ticket_opens_one_connection(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        address = _address(server.port, database.new_pad(), "bo")
        async with connect(address) as first, connect(address) as second:
            await second.wait_closed()
            assert (first.close_code, second.close_code) == (None, 4401)

    play(story())


def test_a_ticket_of_another_pad_opens_nothing(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        address = _address(server.port, database.new_pad("secret"), "cy", of=database.new_pad())
        async with connect(address) as socket:
            await socket.wait_closed()
            assert socket.close_code == 4401

    play(story())


def test_whoever_shows_the_ticket_in_the_address_may_ask_for_acknowledgements(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        address = _address(server.port, database.new_pad(), "bo") + "&messages=text"
        async with connect(address) as socket:
            hello = json.loads(await socket.recv())
            assert (hello["type"], hello["people"][0]["name"]) == ("hello", "Bo")

    play(story())


def test_what_is_typed_before_the_server_has_asked_waits_for_the_answer(server: LiveServer, database: Database) -> None:
    """Stock clients send a key as soon as the socket is open; it may build on what they typed while away."""

    async def story() -> None:
        pad = database.new_pad()
        async with connect(_address(server.port, pad, "bo")) as socket:
            bo = Stock(socket, 77_777)
            bo.shared += "on the train, "
            await bo.type("and at once")
            await asyncio.sleep(0.3)  # the key is there before the rest
            running = asyncio.create_task(bo.run())
            await until(lambda: database.text(pad) == "on the train, and at once")
            await bo.type(", and later")
            await until(lambda: database.text(pad) == "on the train, and at once, and later")
            await socket.close()
            await running

    play(story())
