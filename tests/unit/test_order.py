"""Characters and the neighbours they name: nobody honest is ever doubted for long."""

from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Doc, Text

from midcycle.engines.crdt.document import Document, state_from_text
from midcycle.engines.crdt.ledger import Ledger
from midcycle.engines.crdt.order import Order
from midcycle.engines.crdt.updates import decode
from tests.unit.test_weave import WRITERS, Room, edit, edits, words


@given(words, edits, st.booleans())
def test_whoever_types_honestly_stands_between_the_neighbours(
    first: str, deeds: list[tuple[int, int, bool, str, bool]], whole: bool
) -> None:
    room, order = Room(first), Order()
    ledger = Ledger(room.served.clocks(), room.served.whole())
    for client, at, cut, word, commit in [*deeds, *((client, 0, False, "end", True) for client in WRITERS)]:
        edit(room, client, at, cut=cut, word=word)
        if not commit:
            continue
        update = decode(room.docs[client].get_update() if whole else room.docs[client].get_update(_vector(room)))
        doubts = list(order.doubts(update, ledger.clocks))
        ledger.place(update)
        room.commit(client)
        for doubt in doubts:
            before, here, after = room.served.stand(*doubt)
            assert before <= here <= after - (not update.deletions)
        room.level(client)


def _vector(room: Room) -> bytes:
    served = Doc[Text]()
    served.apply_update(room.served.whole())
    return served.get_state()


def test_only_the_first_of_what_is_typed_without_a_jump_is_doubted() -> None:
    served, order, doubted = Document(state_from_text("ab")), Order(), []
    doc = Doc[Text](client_id=5000)
    doc.apply_update(served.whole())
    text = doc.get("content", type=Text)
    for place in (1, 2, 3, 5, 1):
        before, known = doc.get_state(), served.clocks()
        text.insert(place, "x")
        update = doc.get_update(before)
        doubted += [new for _, new, _ in order.doubts(decode(update), known)]
        served.apply([update])
    assert doubted == [(5000, 0), (5000, 4)]
