"""The weave of a pad: every version cut from one document, and who wrote what."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Doc, Text

from midcycle.engines.crdt.document import Document, state_from_text, text_of
from midcycle.engines.crdt.ledger import Ledger
from midcycle.engines.crdt.lib0 import Malformed
from midcycle.engines.crdt.updates import ROOT, decode
from midcycle.engines.crdt.weave import Change, Line, Piece, Weave, weave
from midcycle.engines.crdt.writing import edit_to, state_from_pieces

WRITERS = (2000, 2001, 2002)
words = st.text(alphabet="ab \né語😀🎉", min_size=1, max_size=5)
edits = st.lists(st.tuples(st.sampled_from(WRITERS), st.integers(0, 30), st.booleans(), words, st.booleans()), max_size=25)


class Room:
    """People who type in one pad, and what the server keeps of it."""

    def __init__(self, first: str = "") -> None:
        self.served = Document(state_from_text(first))
        self.docs: dict[int, Doc[Any]] = {client: Doc(client_id=client) for client in WRITERS}
        for client in WRITERS:
            self.level(client)
        self.rows: list[tuple[int, bytes]] = []
        self.texts = [self.served.text()]

    def level(self, client: int) -> None:
        self.docs[client].apply_update(self.served.whole())

    def text(self, client: int) -> Text:
        return self.docs[client].get(ROOT, type=Text)

    def type(self, client: int, at: int, word: str) -> None:
        self.text(client).insert(at, word)

    def commit(self, *clients: int) -> None:
        news = self.served.apply([self.docs[client].get_update() for client in clients])
        if news:
            self.rows.append((len(self.rows) + 1, news))
            self.texts.append(self.served.text())

    def weave(self) -> Weave:
        return weave(self.served.whole(), self.rows)


def edit(room: Room, client: int, at: int, *, cut: bool, word: str) -> None:
    """Type or delete somewhere; places are counted in whole characters, which the library does in bytes."""
    text = str(room.text(client))
    place = len(text[: at % (len(text) + 1)].encode())
    if cut and text[at % (len(text) + 1) :]:
        del room.text(client)[place : place + len(text[at % (len(text) + 1)].encode())]
    else:
        room.type(client, place, word)


@given(words, edits)
def test_every_version_is_cut_from_the_last_one(first: str, deeds: list[tuple[int, int, bool, str, bool]]) -> None:
    room = Room(first)
    for client, at, cut, word, commit in deeds:
        edit(room, client, at, cut=cut, word=word)
        if commit:
            room.commit(client)
            room.level(client)
    room.commit(*WRITERS)
    made = room.weave()
    assert [made.text(at) for at in range(len(room.texts))] == room.texts
    assert ["".join(piece.text for piece in made.pieces(at)) for at in range(len(room.texts))] == room.texts


def test_it_is_known_who_wrote_what_and_what_changed() -> None:
    room = Room("Notes: ")
    room.type(2000, 7, "one two")
    room.commit(2000)
    room.level(2001)
    room.type(2001, 11, "and ")
    del room.text(2001)[0:7]
    room.commit(2001)
    made = room.weave()
    assert made.pieces(1) == [Piece(1, "Notes: "), Piece(2000, "one two")]
    assert made.pieces(2) == [Piece(2000, "one "), Piece(2001, "and "), Piece(2000, "two")]
    assert made.changes(1, 2) == [
        Change(1, "Notes: ", "gone"),
        Change(2000, "one ", "kept"),
        Change(2001, "and ", "added"),
        Change(2000, "two", "kept"),
    ]


def test_what_was_typed_and_deleted_within_one_row_was_never_seen() -> None:
    room = Room("x")
    room.type(2000, 1, "abc")
    del room.text(2000)[2:3]
    room.commit(2000)
    assert room.weave().pieces(1) == [Piece(1, "x"), Piece(2000, "ac")]


def test_a_long_text_needs_both_digits() -> None:
    room = Room("é" * 20_000)
    room.type(2000, 20_000, "😀" * 17_000)
    room.commit(2000)
    assert room.weave().text(1) == room.texts[1]


def test_an_empty_pad_has_an_empty_weave() -> None:
    assert weave(Document(None).whole(), []).pieces(0) == []


@pytest.mark.parametrize("data", [b"", b"\x01", b"\x00\x00\x00", b"\xff" * 20])
def test_what_is_no_document_is_malformed(data: bytes) -> None:
    with pytest.raises(Malformed):
        weave(data, [])


# Text written by this side


pieces = st.lists(st.builds(Piece, st.sampled_from((1, 2, 3)), words), max_size=8)


@given(pieces)
def test_a_pad_can_begin_with_pieces_of_several_authors(made: list[Piece]) -> None:
    document = Document(state_from_pieces(made))
    found = weave(document.whole(), []).pieces(0)
    assert document.text() == "".join(piece.text for piece in made)
    assert [(piece.client, letter) for piece in found for letter in piece.text] == [
        (piece.client, letter) for piece in made for letter in piece.text
    ]


@given(words, words, words)
def test_an_edit_brings_a_text_back_and_is_one_the_server_takes(old: str, new: str, same: str) -> None:
    document = Document(state_from_text(f"{old}\n{same}\n{old}"))
    ledger = Ledger(document.clocks(), document.whole())
    target = f"{new}\n{same}\n{new}{old}"
    edit = edit_to(target, document.whole(), 5000)
    if edit:
        ledger.place(decode(edit))
        document.apply([edit])
    assert document.text() == target


def test_an_edit_leaves_lines_that_stay_to_their_authors() -> None:
    state = state_from_pieces([Piece(2, "one\n"), Piece(3, "two\n"), Piece(2, "three\n")])
    document = Document(state)
    document.apply([edit_to("one\ntwo and a half\nthree\n", document.whole(), 5000)])
    assert weave(document.whole(), []).pieces(0) == [
        Piece(2, "one\n"),
        Piece(5000, "two and a half\n"),
        Piece(2, "three\n"),
    ]


def test_what_is_very_long_is_replaced_as_a_whole() -> None:
    document = Document(state_from_text("x\n" * 3_000))
    edit = edit_to("y\n" * 3_000, document.whole(), 5000)
    assert text_of(None, [document.whole(), edit]) == "y\n" * 3_000


def test_no_edit_is_needed_for_what_is_there() -> None:
    assert edit_to("x", Document(state_from_text("x")).whole(), 5000) == b""


def test_each_line_says_who_wrote_how_much_of_it_and_when_it_last_changed():
    room = Room("# Notes\n")
    room.type(2000, 8, "one\ntwo\nthree\n")
    room.commit(2000)
    room.level(2001)
    room.type(2001, 11, " and a half")
    room.commit(2001)
    made = room.weave()
    assert made.lines(1) == [
        Line("# Notes", {1: 7}, 0),
        Line("one", {2000: 3}, 1),
        Line("two", {2000: 3}, 1),
        Line("three", {2000: 5}, 1),
        Line("", {}, 0),
    ]
    assert made.lines(2)[1] == Line("one and a half", {2000: 3, 2001: 11}, 2)


def test_a_line_changes_when_something_in_it_goes_and_not_when_the_one_before_it_does():
    room = Room("one\ntwo\nthree")
    room.level(2000)
    del room.text(2000)[4:8]
    room.commit(2000)
    assert room.weave().lines(1) == [Line("one", {1: 3}, 0), Line("three", {1: 5}, 0)]
    del room.text(2000)[4:5]
    room.commit(2000)
    assert room.weave().lines(2) == [Line("one", {1: 3}, 0), Line("hree", {1: 4}, 2)]


@given(edits)
def test_the_lines_of_every_version_are_its_text(steps: list[tuple[int, int, bool, str, bool]]):
    room = Room("ab\né")
    for client, at, cut, word, both in steps:
        edit(room, client, at, cut=cut, word=word)
        room.commit(*(WRITERS if both else (client,)))
        for one in WRITERS:
            room.level(one)
    made = room.weave()
    for at, text in enumerate(room.texts):
        lines = made.lines(at)
        assert [line.text for line in lines] == text.split("\n")
        assert [sum(line.amounts.values()) for line in lines] == [len(line.text.encode("utf-16-le")) // 2 for line in lines]
        assert all(0 <= line.changed <= at for line in lines)
