"""Clients that lie, break the protocol, or may not write."""

import hashlib
import json
import random
import urllib.request

import pytest
from itsdangerous import TimestampSigner, URLSafeTimedSerializer
from pycrdt import Doc, Text
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from midcycle.engines.crdt import protocol
from midcycle.engines.crdt.lib0 import buffer, number
from midcycle.kernel.tickets import PadTicket, issue
from tests.live.client import FOURTH, Client, play, until
from tests.live.database import Database
from tests.live.process import ORIGIN, SECRET, LiveServer


def _update(client: int, text: str, base: bytes | None = None) -> bytes:
    """Type `text` at the start under a client id of choice."""
    doc = Doc[Text](client_id=client)
    if base is not None:
        doc.apply_update(base)
    before = doc.get_state()
    doc.get("content", type=Text).insert(0, text)
    return doc.get_update(before)


async def _they_still_write(one: Client, other: Client, words: str) -> None:
    await one.type(words)
    await until(lambda: other.text == one.text)
    await one.all_saved()


def test_a_reader_reads_and_cannot_write(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad("shared ")
        async with Client(server.port, pad, "ada") as ada, Client(server.port, pad, "cy", "read") as cy:
            await cy.type("sneaked in")
            await until(lambda: cy.refused == ["read_only"])
            await ada.type("notes")
            await until(lambda: "notes" in cy.text)
            await ada.all_saved()
            assert (ada.text, database.text(pad), cy.role) == ("shared notes", "shared notes", "read")
            for _ in range(10):
                await cy.type("again")
            assert (await cy.closed(), database.text(pad)) == (4403, "shared notes")

    play(story())


def test_nobody_writes_under_the_client_id_of_another(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with Client(server.port, pad, "ada") as ada, Client(server.port, pad, "bo") as bo:
            await ada.type("mine")
            await until(lambda: bo.text == "mine")
            victim = ada.client_id or 0
            await bo.change(_update(victim, "Ada says so ", bo.whole))
            assert (await bo.closed(), bo.refused) == (4403, ["forged"])
            await ada.all_saved()
            assert (ada.text, database.text(pad)) == ("mine", "mine")
            clients = database.ask("SELECT client_id, person, name, colour FROM pads_client WHERE pad_id = ?", pad)
            assert clients == [(victim, "ada", "Ada", 3)]

    play(story())


def test_nobody_writes_under_a_client_id_that_is_nobodys(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad("template")
        async with Client(server.port, pad, "bo") as bo:
            await bo.change(_update(1, "part of the template ", bo.whole))
            assert (await bo.closed(), bo.refused, database.text(pad)) == (4403, ["forged"], "template")

    play(story())


def test_nobody_writes_under_a_client_id_that_was_handed_to_another(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with Client(server.port, pad, "ada") as ada, Client(server.port, pad, "bo") as bo:
            await bo.change(_update(ada.client_id or 0, "before Ada has written anything"))
            assert (await bo.closed(), bo.refused, database.text(pad)) == (4403, ["forged"], "")

    play(story())


def test_text_of_an_earlier_visit_is_taken_under_the_id_it_was_written_with(server: LiveServer, database: Database) -> None:
    """Ada's page was closed with text that had never reached the server; her browser kept it."""

    async def story() -> None:
        pad = database.new_pad()
        async with Client(server.port, pad, "ada") as ada:
            await ada.change(_update(123_456, "kept over night"))
            await ada.all_saved()
            clients = database.ask("SELECT client_id, person FROM pads_client WHERE pad_id = ?", pad)
            assert (database.text(pad), clients) == ("kept over night", [(123_456, "ada")])

    play(story())


def test_a_client_id_of_another_is_not_given_on_request(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with Client(server.port, pad, "ada") as ada:
            await ada.type("mine")
            await ada.all_saved()
            bo = Client(server.port, pad, "bo")
            bo.client_id = ada.client_id
            await bo.join()
            assert bo.client_id != ada.client_id
            await bo.leave()

    play(story())


def test_a_caret_carries_the_name_of_the_ticket(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad("text")
        async with Client(server.port, pad, "ada") as ada, Client(server.port, pad, "bo") as bo:
            place = {"tname": "content", "item": {"client": 1, "clock": 2}, "assoc": 0, "evil": "<b>"}
            await bo.look({"user": {"name": "Ada"}, "cursor": {"anchor": place, "head": place}, "more": 1})
            await bo.look({"user": {"name": "Ada"}}, client=ada.client_id)
            await until(lambda: bo.client_id in ada.looks)
            clean = {"tname": "content", "item": {"client": 1, "clock": 2}, "assoc": 0}
            assert ada.looks == {
                bo.client_id: {
                    "user": {"id": "bo", "name": "Bo", **FOURTH},
                    "cursor": {"anchor": clean, "head": clean},
                }
            }
            await bo.leave()
            await until(lambda: ada.looks[bo.client_id or 0] is None)

    play(story())


def test_garbage_ends_its_sender_and_nobody_else(server: LiveServer, database: Database) -> None:
    chance = random.Random(7)

    async def story() -> None:
        pad = database.new_pad()
        async with Client(server.port, pad, "ada") as ada, Client(server.port, pad, "bo") as bo:
            for size in (0, 1, 2, 3, 17, 300, 5000):
                async with Client(server.port, pad, "mallory") as mallory:
                    await mallory.send(chance.randbytes(size))
                    assert await mallory.closed() == 4400
            for text in ("", "[]", '{"type":"ack","seq":1}', "[" * 5000, '{"type":"ticket","ticket":7}'):
                async with Client(server.port, pad, "mallory") as mallory:
                    await mallory.send(text)
                    assert await mallory.closed() == 4400
            await _they_still_write(ada, bo, "still here")
            assert database.text(pad) == "still here"

    play(story())


def test_mutated_updates_never_stop_a_pad(server: LiveServer, database: Database) -> None:
    """Three hundred updates with a few bytes changed: honest people write on, and all agree in the end."""
    chance = random.Random(2016)

    async def story() -> None:
        pad = database.new_pad("start 😀 ")
        async with Client(server.port, pad, "ada") as ada, Client(server.port, pad, "bo") as bo:
            pid = server.pid
            mallory = await Client(server.port, pad, "mallory").join()
            for turn in range(300):
                if mallory.close_code is not None:
                    await mallory.leave()
                    mallory = await Client(server.port, pad, f"mallory{turn}").join()
                try:
                    await mallory.change(_mutated(_update(mallory.client_id or 0, "xyz", ada.whole), chance))
                except ConnectionClosed:
                    continue
                if turn % 50 == 0:
                    await _they_still_write(ada, bo, f"{turn} ")
            await mallory.leave()
            await _they_still_write(bo, ada, "end")
            assert (server.pid, _health(server)) == (pid, (200, {"status": "ok"}))
            async with Client(server.port, pad, "cy") as cy:
                assert cy.text == ada.text == bo.text == database.text(pad)

    play(story())


def _mutated(update: bytes, chance: random.Random) -> bytes:
    changed = bytearray(update)
    for _ in range(chance.randint(1, 3)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def test_an_update_that_cuts_a_character_in_two_is_refused(server: LiveServer, database: Database) -> None:
    """Two such updates of twenty bytes make the library panic on honest ones later."""

    async def story() -> None:
        pad = database.new_pad("😀")
        async with Client(server.port, pad, "ada") as ada, Client(server.port, pad, "mallory") as mallory:
            between_the_halves = number(1) + number(0)
            run = number(1) + number(mallory.client_id or 0) + number(0) + b"\x84" + between_the_halves + buffer(b"x")
            await mallory.change(number(1) + run + number(0))
            assert (await mallory.closed(), mallory.refused) == (4409, ["unplaceable"])
            await ada.type("!")
            await ada.all_saved()
            assert database.text(pad) == "😀!"

    play(story())


def test_an_update_whose_neighbours_are_turned_round_is_refused(server: LiveServer, database: Database) -> None:
    """It says that it was typed after the later of two characters and before the earlier: people would see different texts."""

    async def story() -> None:
        pad = database.new_pad("one two")
        async with Client(server.port, pad, "ada") as ada, Client(server.port, pad, "bo") as bo:
            for turn in range(60):
                mallory = await Client(server.port, pad, "mallory").join()
                place = (5, 1) if turn % 2 else (1, 0)
                behind, before = (number(1) + number(clock) for clock in place)
                run = number(1) + number(mallory.client_id or 0) + number(0) + b"\xc4" + behind + before + buffer(b"x")
                await mallory.change(number(1) + run + number(0))
                assert (await mallory.closed(), mallory.refused) == (4400, ["malformed"])
                if turn % 20 == 0:
                    await _they_still_write(ada, bo, f" {turn}")
            await _they_still_write(bo, ada, " end")
            async with Client(server.port, pad, "cy") as cy:
                assert cy.text == ada.text == bo.text == database.text(pad) == "one two 0 20 40 end"

    play(story())


def test_an_update_that_builds_on_missing_text_is_refused_and_never_acknowledged(
    server: LiveServer, database: Database
) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with Client(server.port, pad, "ada") as ada:
            ada.insert("never sent ")
            await ada.type("sent")
            assert (await ada.closed(), ada.refused, ada.saved) == (4409, ["unplaceable"], 0)
            await ada.leave()
            await ada.join()
            await ada.all_saved()
            assert database.text(pad) == "never sent sent"

    play(story())


def test_too_large_a_message_ends_its_sender_and_nobody_else(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with Client(server.port, pad, "ada") as ada, Client(server.port, pad, "bo") as bo:
            async with Client(server.port, pad, "mallory") as mallory:
                await mallory.type("x" * 300_000)
                assert await mallory.closed() in (1009, 1006)
            await _they_still_write(ada, bo, "still here")
            assert database.text(pad) == "still here"

    play(story())


@pytest.mark.parametrize("kind", ["garbage", "empty", "old", "other secret", "other pad"])
def test_without_a_good_ticket_nobody_comes_in(server: LiveServer, database: Database, kind: str) -> None:
    async def story() -> None:
        pad = database.new_pad("secret")
        mine = PadTicket(pad, "cy", "Cy", 1, "write")
        tickets = {
            "garbage": "garbage",
            "empty": "",
            "old": _old_ticket(mine),
            "other secret": issue("another secret", mine),
            "other pad": issue(SECRET, PadTicket(database.new_pad(), "cy", "Cy", 1, "write")),
        }
        cy = Client(server.port, pad, "cy")
        await cy.knock(tickets[kind])
        assert (await cy.closed(), cy.refused, cy.people) == (4401, ["ticket"], {})
        await cy.leave()

    play(story())


class _Yesterday(TimestampSigner):
    def get_timestamp(self) -> int:
        return super().get_timestamp() - 86_400


def _old_ticket(ticket: PadTicket) -> str:
    """Issue a ticket as a server did yesterday."""
    fresh = issue(SECRET, ticket)
    options = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
    today = URLSafeTimedSerializer(SECRET, salt="midcycle.pad-ticket.1", signer_kwargs=options)
    yesterday = URLSafeTimedSerializer(SECRET, salt="midcycle.pad-ticket.1", signer=_Yesterday, signer_kwargs=options)
    return str(yesterday.dumps(today.loads(fresh)))


def test_a_document_before_the_ticket_is_refused(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        async with connect(f"ws://127.0.0.1:{server.port}/live/pads/{database.new_pad()}") as socket:
            await socket.send(protocol.question({}))
            assert json.loads(await socket.recv()) == {"type": "refused", "reason": "malformed"}

    play(story())


def test_a_pad_that_is_not_there_is_refused(server: LiveServer) -> None:
    async def story() -> None:
        cy = Client(server.port, "0" * 32, "cy")
        await cy.join()
        assert (cy.close_code, cy.refused) == (4404, ["unknown"])
        await cy.leave()

    play(story())


def test_only_pages_of_the_web_side_may_connect(server: LiveServer, database: Database) -> None:
    async def story() -> None:
        url = f"ws://127.0.0.1:{server.port}/live/pads/{database.new_pad()}"
        async with connect(url, origin=ORIGIN):  # type: ignore[arg-type]
            pass
        with pytest.raises(InvalidStatus) as refusal:
            async with connect(url, origin="https://evil.example"):  # type: ignore[arg-type]
                pass
        assert refusal.value.response.status_code == 403

    play(story())


def test_the_health_page_answers(server: LiveServer) -> None:
    assert _health(server) == (200, {"status": "ok"})


def _health(server: LiveServer) -> tuple[int, object]:
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/live/healthz") as answer:
        return answer.status, json.load(answer)
