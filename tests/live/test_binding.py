"""Rows of the log that the snapshot has are bound into chapters, and nothing is lost, whatever happens meanwhile."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from pycrdt import Doc, Text

from midcycle.engines.crdt.chapters import unpack
from midcycle.engines.crdt.document import Document, pack
from midcycle.live.chapters import AT_LEAST, AT_ONCE, FULL, Unproven
from midcycle.live.limits import Limits
from midcycle.live.store import Author, Entry, Snapshot, Store, open_store
from tests.live.client import play, until
from tests.live.database import Database
from tests.live.inside import Guest, registry

AT = datetime(2026, 2, 16, 9, 0, 0, 250_000, tzinfo=UTC)


_NAMED = "SELECT DISTINCT {} FROM {} WHERE pad_id = ?"
_RENAME = "UPDATE {0} SET {1} = ? WHERE pad_id = ? AND {1} = ?"


class Writer:
    """Somebody who types a letter in each row, and the snapshot of what is there."""

    def __init__(self, store: Store, pad: str, person: str = "ada", client: int = 5000) -> None:
        self.store, self.pad, self.person, self.client = store, pad, person, client
        self.doc = Doc[Text](client_id=client)
        self.upto = 0

    def type(self, letters: str) -> None:
        text = self.doc.get("content", type=Text)
        entries = []
        for letter in letters:
            before = self.doc.get_state()
            text.insert(len(text), letter)
            author = {self.client: Author(self.person, self.person, 1)}
            entries.append(Entry(self.pad, AT, self.doc.get_update(before), (self.person,), author))
        self.upto = [seq or 0 for seq in self.store.append(entries)][-1]

    def save(self) -> dict[int, int]:
        document = Document(None, [self.doc.get_update()])
        self.store.save(Snapshot(self.pad, self.upto, pack(document.whole()), document.text(), AT))
        return document.clocks()


def chapters(database: Database, pad: str) -> list[tuple[int, int]]:
    found = database.ask("SELECT first, last, body FROM pads_chapter WHERE pad_id = ? ORDER BY first", pad)
    for first, last, body in found:
        assert list(unpack(bytes(body)).seqs) == list(range(first, last + 1))
    return [(first, last) for first, last, _ in found]


def seqs(database: Database, pad: str) -> list[int]:
    return [seq for (seq,) in database.ask("SELECT seq FROM pads_update WHERE pad_id = ? ORDER BY seq", pad)]


def test_rows_become_a_chapter_and_the_text_stays(database: Database) -> None:
    pad, store = database.new_pad(), open_store(database.url)
    ada = Writer(store, pad)
    ada.type("x" * (AT_ONCE + 100))
    clocks = ada.save()
    assert [store.bind(pad, ada.upto, clocks) for _ in range(2)] == [AT_ONCE, AT_ONCE]
    assert (chapters(database, pad), len(seqs(database, pad))) == ([(1, AT_ONCE)], 100)
    assert database.text(pad) == "x" * (AT_ONCE + 100)
    ((people, body),) = database.ask("SELECT people, body FROM pads_chapter WHERE pad_id = ?", pad)
    chapter = unpack(bytes(body))
    assert (people, set(chapter.times), set(chapter.writers)) == ('["ada"]', {int(AT.timestamp() * 1000)}, {0})
    ada.type("y" * AT_LEAST)
    assert store.append([Entry(pad, AT, b"\x00\x00", (), {})]) == [ada.upto + 1]
    store.close()


def test_few_rows_stay_as_they_are_and_so_do_those_after_the_snapshot(database: Database) -> None:
    pad, store = database.new_pad(), open_store(database.url)
    ada = Writer(store, pad)
    ada.type("x" * (AT_LEAST - 1))
    clocks = ada.save()
    ada.type("y" * AT_LEAST)
    assert (store.bind(pad, AT_LEAST - 1, clocks), chapters(database, pad)) == (0, [])
    store.close()


def test_a_chapter_is_written_on_until_it_is_full(database: Database) -> None:
    pad, store = database.new_pad(), open_store(database.url)
    ada = Writer(store, pad)
    ada.type("x" * (FULL + AT_ONCE))
    clocks = ada.save()
    while store.bind(pad, ada.upto, clocks) < ada.upto:
        pass
    assert (chapters(database, pad), seqs(database, pad)) == ([(1, FULL), (FULL + 1, FULL + AT_ONCE)], [])
    assert (store.heads([pad]), pad in store.stale()) == ({pad: ada.upto}, False)
    store.close()


def test_rows_whose_text_the_snapshot_lacks_are_not_bound(database: Database) -> None:
    pad, store = database.new_pad(), open_store(database.url)
    ada = Writer(store, pad)
    ada.type("x" * AT_LEAST)
    clocks = ada.save()
    with pytest.raises(Unproven):
        store.bind(pad, ada.upto, {5000: clocks[5000] - 1})
    assert (chapters(database, pad), len(seqs(database, pad))) == ([], AT_LEAST)
    store.close()


def test_several_bind_at_once_while_somebody_is_forgotten(database: Database) -> None:
    """Four servers bind the same pad, and the web side takes a name out of it: each row is in one place, without the name."""
    pad, store = database.new_pad(), open_store(database.url)
    ada = Writer(store, pad)
    ada.type("x" * 3000)
    clocks = ada.save()

    def bind() -> None:
        mine = store.twin()
        for _ in range(30):
            mine.bind(pad, ada.upto, clocks)
        mine.close()

    def forget() -> None:
        for table, column in (("pads_update", "authors"), ("pads_chapter", "people")):
            while named := [people for (people,) in database.ask(_NAMED.format(column, table), pad) if "ada" in people]:
                for people in named:
                    database.ask(_RENAME.format(table, column), people.replace("ada", "gone"), pad, people)

    with ThreadPoolExecutor(5) as threads:
        for done in [*(threads.submit(bind) for _ in range(4)), threads.submit(forget)]:
            done.result()
    bound = [seq for first, last in chapters(database, pad) for seq in range(first, last + 1)]
    assert bound + seqs(database, pad) == list(range(1, 3001))
    assert database.text(pad) == "x" * 3000
    named = database.ask("SELECT people FROM pads_chapter WHERE pad_id = ?", pad)
    assert not any("ada" in json.loads(people) for (people,) in named)
    store.close()


def test_a_server_that_missed_rows_learns_them_from_the_snapshot(database: Database) -> None:
    """Another server committed rows, and bound them before this one heard of them."""

    async def story() -> None:
        pad = database.new_pad("start ")
        async with registry(database, limits=Limits(poll=0.2)) as pads:
            bo = await Guest(pads, pad, "bo").enter()
            bo.type("bo")
            await until(lambda: bo.acked == 1)
            elsewhere = open_store(database.url)
            ada = Writer(elsewhere, pad)
            assert bo.text == "start bo"
            ada.doc.apply_update(bo.doc.get_update())
            ada.type("x" * AT_LEAST)
            clocks = ada.save()
            assert elsewhere.bind(pad, ada.upto, clocks) == ada.upto
            elsewhere.close()
            await until(lambda: bo.text == f"start bo{'x' * AT_LEAST}")
            bo.type("!")
            await until(lambda: bo.acked == 2)
            assert database.text(pad) == f"start bo{'x' * AT_LEAST}!"

    play(story())


def test_a_live_server_binds_what_is_typed_and_a_later_one_goes_on_with_it(database: Database) -> None:
    async def story() -> None:
        pad = database.new_pad("long " * 20_000)
        async with registry(database, limits=Limits(quiet=0.1)) as pads:
            ada = await Guest(pads, pad, "ada").enter()
            for number in range(AT_LEAST):
                ada.type("x")
                await until(lambda at=number: ada.acked == at + 1)  # type: ignore[misc]
            await until(lambda: chapters(database, pad) == [(1, AT_LEAST)])
        assert seqs(database, pad) == []
        async with registry(database) as pads:
            bo = await Guest(pads, pad, "bo").enter()
            await until(lambda: bo.text == "long " * 20_000 + "x" * AT_LEAST)
            bo.type("!")
            await until(lambda: bo.acked == 1)
        assert (seqs(database, pad), database.text(pad)[-2:]) == ([AT_LEAST + 1], "x!")

    play(story())
