"""A long pad is sent as it is stored, and read only when that is needed."""

import asyncio
import zlib
from collections.abc import Sequence

from pycrdt import Doc, Text

from midcycle.engines.crdt import protocol
from midcycle.engines.crdt.document import Document
from midcycle.engines.crdt.updates import decode_vector, encode_vector
from midcycle.kernel.tickets import PadTicket
from tests.live.client import play, until
from tests.live.database import Database
from tests.live.inside import Guest, registry

LONG = "".join(f"{number * 7919 % 99_991:x} " for number in range(20_000))


class Read(Document):
    """A document that counts how often one is read."""

    times = 0

    def __init__(self, state: bytes | None, updates: Sequence[bytes] = ()) -> None:
        type(self).times += 1
        super().__init__(state, updates)


def test_for_readers_alone_it_is_never_read(database: Database) -> None:
    async def story() -> None:
        pad, before = database.new_pad(LONG), Read.times
        async with registry(database, make=Read) as pads:
            cy = Guest(pads, pad, "cy")
            cy.ticket = PadTicket(pad, "cy", "Cy", 1, "read")
            await cy.enter()
            await until(lambda: cy.text == LONG)
            await asyncio.sleep(0.2)
            assert Read.times == before
            bo = await Guest(pads, pad, "bo").enter()
            await until(lambda: bo.text == LONG and any(isinstance(one, protocol.Question) for one in bo.wire.frames))
            assert Read.times == before + 1

    play(story())


def test_who_writes_at_once_is_not_made_to_wait(database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad(LONG)
        async with registry(database) as pads:
            ada, bo = await Guest(pads, pad, "ada").enter(), await Guest(pads, pad, "bo").enter()
            assert ada.text == LONG
            ada.type("!")
            await until(lambda: ada.acked == 1 and bo.text == f"{LONG}!")
        assert database.text(pad) == f"{LONG}!"

    play(story())


def test_who_comes_back_with_text_of_the_time_away_gets_what_is_new_and_is_asked(database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad(LONG)
        async with registry(database) as pads:
            ada = await Guest(pads, pad, "ada").enter()
            assert ada.text == LONG
        doc = Doc[Text](client_id=ada.client_id)
        doc.apply_update(ada.doc.get_update())
        text = doc.get("content", type=Text)
        text.insert(len(text), " typed offline")
        async with registry(database) as pads:
            back = Guest(pads, pad, "ada")
            await back.enter(ada.client_id)
            back.doc = doc
            back.connection.receive(protocol.question(decode_vector(doc.get_state())))
            await until(lambda: any(isinstance(one, protocol.Question) for one in back.wire.frames))
            (asked,) = [one for one in back.wire.frames if isinstance(one, protocol.Question)]
            back.connection.receive(protocol.answer(doc.get_update(encode_vector(asked.have))))
            await until(lambda: back.acked == 1)
        assert database.text(pad) == f"{LONG} typed offline"

    play(story())


def test_a_pad_whose_stored_state_is_broken_is_refused_and_the_others_go_on(database: Database) -> None:
    async def story() -> None:
        pad, other = database.new_pad(LONG), database.new_pad("fine")
        broken = zlib.compress(LONG.encode())[:-2] + b"xx"
        database.ask("UPDATE pads_snapshot SET state = ? WHERE pad_id = ?", broken, pad)
        async with registry(database) as pads:
            ada = await Guest(pads, pad, "ada").enter()
            await until(lambda: ada.wire.code == 1011)
            bo = await Guest(pads, other, "bo").enter()
            bo.type("!")
            await until(lambda: bo.acked == 1)

    play(story())
