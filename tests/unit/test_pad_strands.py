"""A text with its past, written as updates: the library reads from them what was meant, version by version."""

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.engines.crdt.document import Document
from midcycle.engines.crdt.ledger import Ledger
from midcycle.engines.crdt.strands import Strand, updates_of
from midcycle.engines.crdt.updates import decode
from midcycle.engines.crdt.weave import weave

ROWS = 4


@st.composite
def strand(draw):
    came = draw(st.integers(0, ROWS))
    went = draw(st.sampled_from([None, *range(came + 1, ROWS + 1)]))
    return Strand(draw(st.integers(1, 4)), draw(st.text("ab é語😀\n", max_size=5)), came, went)


def there(strands, at):
    """Return the text after a row, and who wrote which part of it."""
    seen = [one for one in strands if one.text and one.came <= at and (one.went is None or one.went > at)]
    return [(who, "".join(one.text for one in same)) for who, same in groupby(seen, lambda one: one.client)]


@given(st.lists(strand(), max_size=20))
def test_every_version_says_what_it_said_by_whom(strands):
    first, *rows = updates_of(strands, ROWS)
    whole = Document(None, [first, *rows]).whole()
    made = weave(whole, list(enumerate(rows, 1)))
    for at in range(ROWS + 1):
        assert [(piece.client, piece.text) for piece in made.pieces(at)] == there(strands, at)


@given(st.lists(strand(), max_size=20))
def test_the_live_server_would_take_each_update_in_turn(strands):
    ledger = Ledger({}, Document(None).whole())
    for update in updates_of(strands, ROWS):
        ledger.place(decode(update))


@pytest.mark.parametrize(("text", "expected"), [("a\0b\rc\r\nd", "ab\nc\nd"), ("\ud83d", "\ufffd"), ("\0", "")])
def test_what_no_pad_can_hold_is_left_out(text, expected):
    assert Document(None, updates_of([Strand(2, text, 0)], 0)).text() == expected


def test_a_text_that_grows_at_its_end_is_written_once():
    rows = updates_of([Strand(2, "x" * 1_000, row) for row in range(101)], 100)
    assert sum(map(len, rows)) < 103_000
