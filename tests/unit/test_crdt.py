"""The text of a pad: what is taken, what is refused, and that nothing panics."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Array, Doc, Map, Text

from midcycle.engines.crdt import protocol
from midcycle.engines.crdt.document import Document, Poisoned, pack, state_from_text, text_of
from midcycle.engines.crdt.ledger import Ledger, Unplaceable
from midcycle.engines.crdt.lib0 import LARGEST, Malformed, Reader, buffer, number
from midcycle.engines.crdt.updates import Update, decode, decode_vector, encode_vector

WRITERS = (2000, 2001, 2002)
# Words with characters of one, two, three and four bytes: pairs of surrogates are where it hurts.
words = st.text(alphabet="ab \né語😀🎉", min_size=1, max_size=5)


# Numbers and strings


@given(st.integers(min_value=0, max_value=LARGEST))
def test_a_number_is_read_as_written(value: int) -> None:
    assert Reader(number(value)).number() == value


@pytest.mark.parametrize("data", [b"", b"\x80", b"\xff" * 11, number(LARGEST + 1)])
def test_what_is_no_number_is_malformed(data: bytes) -> None:
    with pytest.raises(Malformed):
        Reader(data).number()


@given(st.dictionaries(st.integers(0, LARGEST), st.integers(0, LARGEST)))
def test_a_state_vector_is_read_as_written(clocks: dict[int, int]) -> None:
    assert decode_vector(encode_vector(clocks)) == clocks


# A pad's text


@given(st.text())
def test_a_template_becomes_the_text_of_the_pad(text: str) -> None:
    plain = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    assert text_of(state_from_text(text)) == plain


def test_the_same_template_gives_the_same_state() -> None:
    assert state_from_text("# Ceph\n") == state_from_text("# Ceph\n")


def test_a_pad_without_a_state_is_empty() -> None:
    assert text_of(None) == ""


def test_the_text_is_the_state_with_the_later_rows() -> None:
    state = state_from_text("before ")
    document = Document(state)
    row = document.apply([_typed(2000, "after", at=7, base=document.whole())])
    assert text_of(state, [row]) == "before after"
    assert text_of(pack(document.whole())) == "before after"


def test_a_document_counts_its_bytes() -> None:
    assert Document(state_from_text("é😀")).size() == 6


# People who edit honestly


class Crowd:
    """Three honest editors that exchange their updates when told."""

    def __init__(self, start: str) -> None:
        self.state = state_from_text(start)
        self.docs = {client: Doc[Text](client_id=client) for client in WRITERS}
        self.unsent: dict[int, list[bytes]] = {client: [] for client in WRITERS}
        for doc in self.docs.values():
            doc.apply_update(Document(self.state).whole())
            doc.get("content", type=Text)

    def edit(self, client: int, place: int, word: str, *, delete: bool) -> None:
        doc = self.docs[client]
        text, before = doc["content"], doc.get_state()
        content = str(text)
        at = place % (len(content) + 1)
        start = len(content[:at].encode())
        if delete and content:
            del text[start : start + len(content[at : at + 2].encode())]
        else:
            text.insert(start, word)
        self.unsent[client].append(doc.get_update(before))

    def exchange(self) -> list[bytes]:
        """Let everybody see everything; give the updates in an order of arrival."""
        sent = [update for client in WRITERS for update in self.unsent[client]]
        self.unsent = {client: [] for client in WRITERS}
        for doc in self.docs.values():
            for update in sent:
                doc.apply_update(update)
        return sent


edits = st.lists(st.tuples(st.sampled_from(WRITERS), st.integers(0, 50), words, st.booleans(), st.booleans()), max_size=25)


@given(words, edits)
@settings(deadline=None)
def test_honest_edits_are_all_taken_and_everybody_ends_with_one_text(
    start: str, steps: Sequence[tuple[int, int, str, bool, bool]]
) -> None:
    crowd, rows = Crowd(start), []
    document = Document(crowd.state)
    ledger = Ledger(document.clocks(), document.whole())
    for client, place, word, delete, exchange in steps:
        crowd.edit(client, place, word, delete=delete)
        if exchange:
            rows.append(_take(crowd.exchange(), document, ledger))
    rows.append(_take(crowd.exchange(), document, ledger))
    assert {str(doc["content"]) for doc in crowd.docs.values()} == {document.text()}
    assert text_of(crowd.state, [row for row in rows if row]) == document.text()
    assert ledger.clocks == document.clocks()


def _take(updates: list[bytes], document: Document, ledger: Ledger) -> bytes:
    for update in updates:
        ledger.place(decode(update))
    return document.apply(updates)


def test_many_updates_become_one_that_says_the_same() -> None:
    crowd = Crowd("start")
    for client in WRITERS:
        crowd.edit(client, 3, "new", delete=False)
    document = Document(crowd.state)
    merged = document.apply(crowd.exchange())
    assert text_of(crowd.state, [merged]) == document.text()
    assert document.apply([merged]) == b""


def test_somebody_who_has_a_part_gets_the_rest() -> None:
    document = Document(state_from_text("one"))
    first = document.clocks()
    document.apply([_typed(2000, " two", at=3, base=document.whole())])
    late = Document(state_from_text("one"))
    late.apply([document.since(first)])
    assert late.text() == "one two"


def test_a_state_vector_of_a_liar_does_no_harm() -> None:
    document = Document(state_from_text("one"))
    assert decode(document.since({1: LARGEST, 5: LARGEST})).empty


# Updates that are refused


@pytest.mark.parametrize("value", [Map({"a": 1}), Array([1]), Text("x")], ids=["map", "array", "text"])
def test_only_the_one_text_of_a_pad_is_taken(value: Map[int] | Array[int] | Text) -> None:
    doc = Doc[Any](client_id=2000)
    doc["elsewhere"] = value
    with pytest.raises(Malformed):
        decode(doc.get_update())


def test_a_format_is_no_plain_text() -> None:
    doc = Doc[Text](client_id=2000)
    text = doc.get("content", type=Text)
    text.insert(0, "bold", {"bold": True})
    with pytest.raises(Malformed):
        decode(doc.get_update())


RUN = number(1) + number(2000)  # one run of client 2000, its clock follows
NEW = b"\x04\x01" + buffer(b"content")  # a string at the start of the text, its content follows


@pytest.mark.parametrize(
    "update",
    [
        b"",
        b"\x01",
        b"\x00\x00\x00",
        b"\xff\xff\xff\xff\x0f\x00",
        number(1) + RUN + number(0) + NEW + buffer(b"") + number(0),
        number(1) + RUN + number(0) + NEW + buffer(b"\xf0\x9f") + number(0),
        number(1) + RUN + number(2**40) + NEW + buffer(b"x") + number(0),
        number(2) + 2 * (RUN + number(0) + NEW + buffer(b"x")) + number(0),
        number(0) + number(1) + number(2000) + number(1) + number(0) + number(0),
    ],
    ids=["nothing", "short", "long", "counts", "empty run", "half utf-8", "far clock", "twice", "empty deletion"],
)
def test_an_update_that_breaks_the_format_is_malformed(update: bytes) -> None:
    with pytest.raises(Malformed):
        decode(update)


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_malformed_or_an_update(data: bytes) -> None:
    _ends_well(data)


@given(st.data())
def test_a_mutated_update_is_malformed_or_an_update(data: st.DataObject) -> None:
    update = bytearray(_typed(2000, "héllo 😀", at=0, base=None))
    for _ in range(data.draw(st.integers(1, 4))):
        update[data.draw(st.integers(0, len(update) - 1))] = data.draw(st.integers(0, 255))
    _ends_well(bytes(update))


def _ends_well(data: bytes) -> None:
    try:
        decoded = decode(data)
    except Malformed:
        return
    assert isinstance(decoded, Update)


@given(st.binary(max_size=60))
def test_arbitrary_frames_are_malformed_or_a_message(data: bytes) -> None:
    try:
        message = protocol.decode(data)
    except Malformed:
        return
    assert isinstance(message, protocol.Question | protocol.Change | protocol.Looks)


def _insert(client: int, clock: int, text: str, origin: tuple[int, int], right: tuple[int, int] | None = None) -> bytes:
    """Write an update by hand: one run after `origin`, before `right`."""
    info = 0x84 | (0x40 if right else 0)
    ids = b"".join(number(part) for one in (origin, right) if one for part in one)
    return number(1) + number(1) + number(client) + number(clock) + bytes((info,)) + ids + buffer(text.encode()) + number(0)


def _delete(client: int, clock: int, length: int) -> bytes:
    return number(0) + number(1) + number(client) + number(1) + number(clock) + number(length)


@pytest.mark.parametrize(
    "update",
    [
        _insert(2000, 1, "x", (1, 0)),
        _insert(2000, 0, "x", (1, 4)),
        _insert(2000, 0, "x", (1, 0), (3000, 0)),
        _insert(2000, 0, "x", (2000, 0)),
        _delete(1, 3, 2),
        _delete(9, 0, 1),
    ],
    ids=["gap", "after nothing", "before nothing", "after itself", "beyond the end", "of nobody"],
)
def test_an_update_that_builds_on_missing_text_is_unplaceable(update: bytes) -> None:
    document = Document(state_from_text("a😀b"))
    ledger = Ledger(document.clocks(), document.whole())
    with pytest.raises(Unplaceable):
        ledger.place(decode(update))
    assert ledger.clocks == {1: 4}


@pytest.mark.parametrize(
    "update",
    [
        _insert(2000, 0, "x", (1, 1)),
        _insert(2000, 0, "x", (1, 0), (1, 2)),
        _delete(1, 1, 1),
        _delete(1, 2, 1),
        _insert(1, 3, "😀", (1, 2)),
    ],
    ids=["after a half", "before a half", "first half", "second half", "from a half"],
)
def test_an_update_that_cuts_a_character_in_two_is_unplaceable(update: bytes) -> None:
    document = Document(state_from_text("a😀b"))
    ledger = Ledger(document.clocks(), document.whole())
    with pytest.raises(Unplaceable):
        ledger.place(decode(update))


def test_pairs_that_came_with_an_update_are_known_too() -> None:
    ledger = Ledger({}, protocol.EMPTY)
    ledger.place(decode(_typed(2000, "😀", at=0, base=None)))
    with pytest.raises(Unplaceable):
        ledger.place(decode(_insert(2001, 0, "x", (2000, 0))))
    ledger.place(decode(_insert(2001, 0, "x", (2000, 1))))
    assert ledger.clocks == {2000: 2, 2001: 1}


def test_runs_that_need_each_other_are_placed_in_any_order() -> None:
    one = number(1) + number(2000) + number(0) + NEW + buffer(b"a")
    other = number(1) + number(2001) + number(0) + b"\x84" + number(2000) + number(0) + buffer(b"b")
    for runs in (one + other, other + one):
        ledger = Ledger({}, protocol.EMPTY)
        ledger.place(decode(number(2) + runs + number(0)))
        assert ledger.clocks == {2000: 1, 2001: 1}


def test_writers_are_those_who_bring_something_new() -> None:
    update = decode(_typed(2000, "abc", at=0, base=None))
    assert (update.writers({}), update.writers({2000: 2}), update.writers({2000: 3})) == ({2000}, {2000}, set())


ids = st.tuples(st.sampled_from((1, *WRITERS)), st.integers(0, 12))
crafted = st.one_of(
    st.builds(_insert, st.sampled_from(WRITERS), st.integers(0, 8), words, ids, st.none() | ids),
    st.builds(_delete, st.sampled_from((1, *WRITERS)), st.integers(0, 12), st.integers(1, 4)),
)


@given(st.lists(crafted, max_size=30))
@settings(deadline=None, max_examples=200)
def test_what_the_ledger_lets_through_never_panics_and_is_never_pending(updates: list[bytes]) -> None:
    document = Document(state_from_text("a😀bc"))
    ledger = Ledger(document.clocks(), document.whole())
    rows = []
    for update in updates:
        try:
            ledger.place(decode(update))
        except Unplaceable:
            continue
        rows.append(document.apply([update]))
        assert ledger.clocks == document.clocks()
    replayed = Document(state_from_text("a😀bc"), [row for row in rows if row])
    assert replayed.clocks() == Document(pack(document.whole())).clocks() == document.clocks()
    assert len(replayed.text().encode()) == document.size()


@pytest.mark.parametrize("update", [b"\xff", bytes.fromhex("010101048401040000")], ids=["error", "panic"])
def test_a_panic_of_the_library_is_an_exception_of_ours(update: bytes) -> None:
    with pytest.raises(Poisoned):
        Document(state_from_text("abcd")).apply([update])


def _typed(client: int, text: str, *, at: int, base: bytes | None) -> bytes:
    """Type with the library itself; `at` in bytes."""
    doc = Doc[Text](client_id=client)
    if base is not None:
        doc.apply_update(base)
    before = doc.get_state()
    doc.get("content", type=Text).insert(at, text)
    return doc.get_update(before)
