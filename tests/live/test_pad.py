"""What an open pad does when clients, the database or the CRDT misbehave. No sockets."""

import asyncio
import json
from collections.abc import Sequence

from midcycle.engines.crdt import protocol
from midcycle.engines.crdt.document import Document, Poisoned
from midcycle.engines.crdt.updates import decode
from midcycle.kernel.tickets import issue
from midcycle.live.bus import LocalBus
from midcycle.live.limits import Limits
from tests.live.client import play, until
from tests.live.database import Database
from tests.live.inside import SECRET, Guest, lock, registry


def test_nothing_is_shown_or_acknowledged_before_the_commit(database: Database) -> None:
    """Somebody else holds a lock in the database: people wait, and then all is there."""

    async def story() -> None:
        pad = database.new_pad()
        async with registry(database) as pads:
            ada, bo = await Guest(pads, pad, "ada").enter(), await Guest(pads, pad, "bo").enter()
            with_lock = lock(database)
            ada.type("waits")
            await asyncio.sleep(0.3)
            assert (ada.acked, bo.text) == (0, "")
            late = Guest(pads, pad, "cy")
            asking = asyncio.create_task(late.enter())
            with_lock.close()
            await asking
            await until(lambda: ada.acked == 1 and bo.text == "waits" and late.text == "waits")
            assert database.text(pad) == "waits"

    play(story())


def test_who_asks_before_the_greeting_is_let_in_once_and_answered_once(database: Database) -> None:
    """A stock client does not wait for a greeting."""

    async def story() -> None:
        pad = database.new_pad("text")
        async with registry(database) as pads:
            ada = await Guest(pads, pad, "ada").enter()
            eager = Guest(pads, pad, "bo")
            eager.connection.receive(json.dumps({"type": "ticket", "ticket": issue(SECRET, eager.ticket), "client_id": 5000}))
            eager.connection.receive(protocol.question({}))
            eager.connection.receive(protocol.answer(protocol.EMPTY))
            await until(lambda: eager.acked == 1)
            answers = [frame for frame in eager.wire.frames if isinstance(frame, protocol.Change)]
            assert ([one["type"] for one in eager.wire.texts], len(answers)) == (["hello", "ack"], 1)
            assert [sorted(one.members) for one in pads.pads] == [sorted([ada.client_id, 5000])]
            assert eager.wire.code is None

    play(story())


class Fragile(Document):
    """A document that panics on one word, and is unusable afterwards."""

    def apply(self, updates: Sequence[bytes]) -> bytes:
        if any(b"panic" in update for update in updates):
            self.clocks = self.whole = self.since = None  # type: ignore[method-assign,assignment]
            raise Poisoned("index out of range")
        return super().apply(updates)


def test_a_panic_costs_its_sender_the_connection_and_nobody_else_anything(database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad("start ")
        async with registry(database, make=Fragile) as pads:
            ada, bo, mallory = [await Guest(pads, pad, name).enter() for name in ("ada", "bo", "mallory")]
            ada.type("one ")
            mallory.type("panic")
            bo.type("two ")
            ada.type("three ")
            await until(lambda: ada.acked == 2 and bo.acked == 1)
            assert (mallory.wire.code, mallory.acked) == (4400, 0)
            await until(lambda: ada.text == bo.text)
            assert sorted(ada.text.split()) == ["one", "start", "three", "two"]
            assert database.text(pad) == ada.text

    play(story())


def test_a_slow_reader_is_skipped_and_gets_one_difference_later(database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with registry(database) as pads:
            ada, slow = await Guest(pads, pad, "ada").enter(), await Guest(pads, pad, "slow").enter()
            await until(lambda: any(isinstance(frame, protocol.Change) for frame in slow.wire.frames))
            slow.wire.stuck = 70_000
            before = len(slow.wire.frames)
            for number in range(1, 6):
                ada.type(f"{number} ")
                await _acked(ada, number)
            assert len([f for f in slow.wire.frames[before:] if isinstance(f, protocol.Change)]) == 0
            slow.wire.stuck = 0
            slow.connection.drained()
            assert len([f for f in slow.wire.frames[before:] if isinstance(f, protocol.Change)]) == 1
            assert slow.text == "1 2 3 4 5 "

    play(story())


async def _acked(guest: Guest, number: int) -> None:
    await until(lambda: guest.acked == number)


def test_a_reader_who_never_reads_is_sent_away(database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with registry(database, limits=Limits(stalled=0.1)) as pads:
            slow = await Guest(pads, pad, "slow").enter()
            slow.wire.stuck = 70_000
            await until(lambda: slow.wire.code == 4408)

    play(story())


def test_too_many_messages_are_delayed_and_not_lost(database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        limits = Limits(updates_at_once=5, updates_per_second=50)
        async with registry(database, limits=limits) as pads:
            ada = await Guest(pads, pad, "ada").enter()
            for number in range(20):
                ada.type(f"{number} ")
            assert ada.wire.reading is False
            await until(lambda: ada.acked == 20)
            await until(lambda: ada.wire.reading)
            assert database.text(pad) == "".join(f"{number} " for number in range(20))

    play(story())


def test_a_ticket_must_be_shown_in_time_and_renewed(database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with registry(database, limits=Limits(ticket_wait=0.05, ticket_life=0.5)) as pads:
            silent = Guest(pads, pad, "silent")
            await until(lambda: silent.wire.code == 4408)
            ada = await Guest(pads, pad, "ada").enter()
            await until(lambda: ada.wire.code == 4401)
            assert ada.wire.texts[-1] == {"type": "refused", "reason": "ticket"}

    play(story())


def test_the_same_page_coming_back_takes_the_place_of_its_old_connection(database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with registry(database) as pads:
            old = await Guest(pads, pad, "ada").enter()
            old.type("kept")
            await until(lambda: old.acked == 1)
            new = await Guest(pads, pad, "ada").enter(old.client_id)
            assert (new.client_id, old.wire.code) == (old.client_id, 4409)
            assert [one["client_id"] for one in new.wire.texts[0]["people"]] == [old.client_id]
            await until(lambda: new.text == "kept")

    play(story())


def test_a_full_pad_takes_deletions_only(database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad("x" * 200)
        async with registry(database, limits=Limits(text=100)) as pads:
            ada, bo = await Guest(pads, pad, "ada").enter(), await Guest(pads, pad, "bo").enter()
            await until(lambda: len(bo.text) == len(ada.text) == 200)
            bo.type("more")
            await until(lambda: bo.wire.code == 4413)
            before = ada.doc.get_state()
            del ada.doc["content"][0:150]
            ada.connection.receive(protocol.change(ada.doc.get_update(before)))
            await until(lambda: ada.acked == 1)
            assert database.text(pad) == "x" * 50

    play(story())


def test_two_processes_on_a_bus_show_each_other_everything(database: Database) -> None:
    async def story() -> None:
        pad, bus = database.new_pad(), LocalBus()
        async with registry(database, bus=bus) as one, registry(database, bus=bus) as other:
            ada, bo = await Guest(one, pad, "ada").enter(), await Guest(other, pad, "bo").enter()
            ada.type("from one ")
            await until(lambda: bo.text == "from one ")
            bo.type("from two")
            await until(lambda: ada.text == "from one from two")
            assert database.text(pad) == ada.text

    play(story())


def test_two_processes_without_a_bus_agree_through_the_database(database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with registry(database, limits=Limits(poll=0.1)) as one, registry(database, limits=Limits(poll=0.1)) as other:
            ada, bo = await Guest(one, pad, "ada").enter(), await Guest(other, pad, "bo").enter()
            ada.type("from one ")
            await until(lambda: bo.text == "from one ")
            bo.type("from two")
            await until(lambda: ada.text == "from one from two")
            assert database.text(pad) == ada.text

    play(story())


def test_somebody_who_moves_to_another_process_is_understood_there(database: Database) -> None:
    """The second process does not know yet what its client has seen in the first."""

    async def story() -> None:
        pad = database.new_pad()
        far = Limits(poll=3600)
        async with registry(database, limits=far) as one, registry(database, limits=far) as other:
            await Guest(other, pad, "cy").enter()
            ada, bo = await Guest(one, pad, "ada").enter(), await Guest(one, pad, "bo").enter()
            ada.type("seen ")
            await until(lambda: bo.text == "seen ")
            bo.type("and answered")
            await until(lambda: bo.acked == 1)
            moved = await Guest(other, pad, "bo").enter(bo.client_id)
            moved.doc = bo.doc
            moved.type(" elsewhere")
            await until(lambda: moved.acked == 1)
            assert database.text(pad) == "seen and answered elsewhere"

    play(story())


def test_a_pad_that_is_deleted_sends_its_people_away(database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with registry(database, limits=Limits(poll=0.1)) as pads:
            ada = await Guest(pads, pad, "ada").enter()
            database.ask("DELETE FROM pads_pad WHERE id = ?", pad)
            await until(lambda: ada.wire.code == 4404)

    play(story())


def test_a_pad_that_the_database_refuses_does_not_stop_the_others(database: Database) -> None:
    async def story() -> None:
        good, bad = database.new_pad(), database.new_pad()
        _forbid(database, bad)
        async with registry(database) as pads:
            ada, bo = await Guest(pads, good, "ada").enter(), await Guest(pads, bad, "bo").enter()
            bo.type("never")
            ada.type("still")
            await until(lambda: bo.wire.code == 1011)
            await until(lambda: ada.acked == 1)
            assert (bo.acked, database.text(good), database.text(bad)) == (0, "still", "")
            assert pads.healthy()

    play(story())


def _forbid(database: Database, pad: str) -> None:
    if database.url.startswith("sqlite"):
        when = f"BEFORE INSERT ON pads_update WHEN NEW.pad_id = '{pad}'"
        rule = f"CREATE TRIGGER no_{pad} {when} BEGIN SELECT RAISE(ABORT, 'no'); END"
    else:
        rule = f"ALTER TABLE pads_update ADD CONSTRAINT no_{pad} CHECK (pad_id <> '{pad}')"
    database.ask(rule)


def test_authors_of_a_row_are_those_who_changed_something(database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad()
        async with registry(database) as pads:
            ada, bo = await Guest(pads, pad, "ada").enter(), await Guest(pads, pad, "bo").enter()
            ada.type("hers")
            bo.answer()
            await until(lambda: ada.acked == 1 and bo.acked == 1)
            assert database.ask("SELECT seq, authors FROM pads_update WHERE pad_id = ?", pad) == [(1, '["ada"]')]
            (body,) = database.ask("SELECT body FROM pads_update WHERE pad_id = ?", pad)[0]
            assert set(decode(bytes(body)).runs) == {ada.client_id}

    play(story())
