"""Chapters of a pad's log: they say all that the history needs of their rows, in few bytes, and nothing odd is read as one."""

import zlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.engines.crdt.chapters import Chapter, Row, joined, pack, told, unpack
from midcycle.engines.crdt.lib0 import Malformed, number
from midcycle.engines.crdt.weave import woven
from tests.unit.test_weave import WRITERS, Room, edit, edits, words

PEOPLE = ("5", "17", "240")
START = 1_771_232_400_000


def rows_of(room: Room) -> list[Row]:
    """Give the rows of a room as they are in the log: by different people, with clocks that go back now and then."""
    return [Row(seq, START + seq * 700 % 2_000, PEOPLE[: seq % 4], body) for seq, body in room.rows]


@given(words, edits, st.integers(0, 25))
def test_versions_are_the_same_whether_their_rows_are_bound_or_not(
    first: str, deeds: list[tuple[int, int, bool, str, bool]], cut: int
) -> None:
    room = Room(first)
    for client, at, delete, word, commit in deeds:
        edit(room, client, at, cut=delete, word=word)
        if commit:
            room.commit(client)
            room.level(client)
    room.commit(*WRITERS)
    rows, people = rows_of(room), list[str]()
    parts = [told(part, people) for part in (rows[:cut], rows[cut:])]
    bound = joined(*(unpack(pack(part)) for part in parts))
    made = woven(room.served.whole(), bound)
    assert [made.text(at) for at in range(len(room.texts))] == room.texts
    assert [made.changes(*at) for at in pairwise(range(len(room.texts)))] == [
        room.weave().changes(*at) for at in pairwise(range(len(room.texts)))
    ]
    assert (list(bound.seqs), list(bound.times)) == ([row.seq for row in rows], [row.at for row in rows])
    assert _writers(bound, people) == [row.people for row in rows]


def _writers(chapter: Chapter, people: list[str]) -> list[tuple[str, ...]]:
    places = iter(chapter.writers)
    return [tuple(people[next(places)] for _ in range(amount)) for amount in chapter.crowds]


def test_a_thousand_keystrokes_take_less_than_two_thousand_bytes() -> None:
    room = Room()
    for number_ in range(1_000):
        room.type(2000, number_, "e")
        room.commit(2000)
    assert len(pack(told(rows_of(room), []))) < 2_000


def test_a_chapter_without_rows_is_one() -> None:
    assert unpack(pack(told([], []))) == told([], [])


def test_a_row_that_is_no_update_is_not_bound() -> None:
    with pytest.raises(Malformed):
        told([Row(1, START, (), b"\x01")], [])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x02",
        b"\x01",
        b"\x01 no zlib",
        b"\x01" + zlib.compress(b"\x00" * 12),
        b"\x01" + zlib.compress(b"\x00" * 14),
        b"\x01" + zlib.compress(b"\x00" + number(9) * 12 + b"\x00" * 72),
        b"\x01" + zlib.compress(b"\x00" * 13)[:-1],
        b"\x01" + zlib.compress(b"\x00" * (64 * 2**20 + 1)),
    ],
)
def test_what_is_no_chapter_is_malformed(data: bytes) -> None:
    with pytest.raises(Malformed):
        unpack(data)
