"""Lines found again by a character of theirs, whatever was typed and deleted around it."""

from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Doc, Text

from midcycle.engines.crdt.anchors import lines_of
from midcycle.engines.crdt.document import Document, state_from_text
from midcycle.engines.crdt.weave import starts_of
from midcycle.pads.rules import chipped, marked, voices, with_votes


class Page:
    """A text that one person edits under client id 1000, as offsets in UTF-8."""

    def __init__(self, text: str) -> None:
        self._doc: Doc[Text] = Doc(client_id=1000, skip_gc=True)
        self._doc.apply_update(Document(state_from_text(text)).whole())
        self._text = self._doc.get("content", type=Text)

    def edit(self, first: int, last: int, new: str = "") -> "Page":
        if last > first:
            del self._text[first:last]
        if new:
            self._text.insert(first, new)
        return self

    def text(self) -> str:
        return str(self._text)

    def starts(self) -> list[tuple[int, int] | None]:
        return starts_of(self._doc.get_update())

    def lines(self, *anchors: tuple[int, int]) -> dict[tuple[int, int], int]:
        return dict(lines_of(self._doc.get_update(), anchors))


def test_each_line_is_found_by_its_first_character():
    assert Page("- one\n- two 😀\n- drei").lines((1, 0), (1, 6), (1, 15)) == {(1, 0): 0, (1, 6): 1, (1, 15): 2}


def test_a_line_stays_itself_when_text_comes_before_it_and_in_it():
    page = Page("- one\n- two").edit(0, 0, "# Title\n\n").edit(11, 11, "very ")
    assert page.lines((1, 0), (1, 6)) == {(1, 0): 2, (1, 6): 3}


def test_a_line_stays_itself_when_its_bullet_is_replaced():
    assert Page("- one\n- two").edit(0, 2, "- [ ] ").lines((1, 0)) == {(1, 0): 0}


def test_a_deleted_line_is_not_found_even_when_another_takes_its_place():
    page = Page("- one\n- two\n- three").edit(6, 12)
    assert page.lines((1, 6), (1, 12)) == {(1, 12): 1}
    assert page.edit(6, 6, "- new\n").lines((1, 6), (1, 12)) == {(1, 12): 2}


def test_an_emptied_line_is_not_found():
    assert Page("- one\n- two").edit(0, 5).lines((1, 0), (1, 6)) == {(1, 6): 1}


def test_a_line_joined_to_the_one_before_goes_on_in_it():
    assert Page("- one\n- two").edit(5, 6).lines((1, 0), (1, 6)) == {(1, 0): 0, (1, 6): 0}


def test_what_was_never_there_is_not_found():
    assert Page("- one").lines((1, 99), (7, 0), (2**53 - 1, 2**53 - 1)) == {}
    assert lines_of(Document(None).whole(), [(1, 0)]) == {}


_EDITS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from(["", "x", "\n", "- y\n", "zz"])), max_size=12
)


@given(st.lists(st.sampled_from(["- a", "- bb", "c", ""]), max_size=8), _EDITS)
def test_every_character_that_is_there_is_found_in_its_line(lines: list[str], edits: list[tuple[int, int, str]]):
    page = Page("\n".join(lines))
    for one, other, new in edits:
        size = len(page._text)
        first, last = sorted((min(one, size), min(other, size)))
        page.edit(first, last, new)
    text = str(page._text)
    found = page.lines(*((client, clock) for client in (1, 1000) for clock in range(80)))
    assert set(found.values()) == {number for number, line in enumerate(text.split("\n")) if line}


def test_counts_stand_behind_items_of_lists_only():
    text = "# Title\n- one  \n* [ ] two\n3. three\n-\nfour"
    counts = {0: 9, 1: 3, 2: 1, 3: 2, 4: 9, 5: 9, 99: 9}
    assert with_votes(text, counts) == "# Title\n- one (+3)\n* [ ] two (+1)\n3. three (+2)\n-\nfour"


def test_nobody_can_type_a_chip():
    assert (
        chipped(marked("- \ue0009\ue001 x", {0: 2})) == '- 9 x <span class="pad-votes" title="2 people are for this">+2</span>'
    )


def test_whoever_is_for_two_lines_that_were_joined_counts_once():
    assert voices({(1, 0): 0, (1, 6): 0}, [(1, 0, "ada"), (1, 6, "ada"), (1, 6, "bo"), (9, 9, "cy")]) == {0: 2}


def test_each_line_tells_the_character_it_begins_with():
    page = Page("- one\n\n- two 😀\n- drei")
    assert page.starts() == [(1, 0), None, (1, 7), (1, 16)]
    assert page.edit(0, 0, "# Title\n").starts() == [(1000, 0), (1, 0), None, (1, 7), (1, 16)]
    assert Page("- one\n- two").edit(0, 2, "- [ ] ").starts() == [(1000, 0), (1, 6)]
    assert starts_of(Document(None).whole()) == [None]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12), st.text("ab\n", max_size=6)), max_size=12))
def test_the_character_a_line_begins_with_leads_to_that_line(edits):
    page = Page("- one\n- two\n\n- three")
    for first, length, new in edits:
        size = len(page.text())
        begin = min(first, size)
        page.edit(begin, min(begin + length, size), new)
    starts = page.starts()
    assert [start is not None for start in starts] == [bool(line) for line in page.text().split("\n")]
    anchors = [start for start in starts if start is not None]
    assert page.lines(*anchors) == {start: number for number, start in enumerate(starts) if start is not None}
