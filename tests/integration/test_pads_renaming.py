"""Pads stored under the old name of their shared text keep every word, author and version."""

import zlib
from importlib import import_module

import pytest
from django.apps import apps
from pycrdt import Doc, Text

from midcycle.engines.crdt.document import text_of
from midcycle.engines.crdt.updates import decode
from midcycle.engines.crdt.weave import weave
from midcycle.pads import actions
from midcycle.pads.models import Snapshot, Update
from tests.world import NOW, ada, placed

renaming = import_module("midcycle.pads.migrations.0003_the_shared_text_is_called_content")


@pytest.mark.django_db
def test_a_stored_pad_says_the_same_under_its_new_name() -> None:
    """State and log rows are written anew: same text, same authors, same history; a second time changes nothing."""
    pad = actions.open_pad(placed(), "notes", title="Notes", by=ada(), now=NOW)
    first, second = Doc[Text](client_id=7), Doc[Text](client_id=9)
    first.get("text", type=Text).insert(0, "text 😀 of the first")
    state = first.get_update()
    second.apply_update(state)
    said = second.get("text", type=Text)
    before = second.get_state()
    said.insert(0, "before ")
    del said[7:11]
    row = second.get_update(before)
    Snapshot.objects.update_or_create(
        pad=pad, defaults={"upto": 3, "state": zlib.compress(state), "text": "text 😀 of the first", "at": NOW}
    )
    Update.objects.create(pad=pad, seq=4, at=NOW, body=row, authors="[]")
    for _ in range(2):
        renaming.rename(apps, None)
        kept = Snapshot.objects.get(pad=pad)
        body = bytes(Update.objects.get(pad=pad).body)
        assert text_of(bytes(kept.state), [body]) == "before  😀 of the first"
        assert set(decode(body).runs) == {9}
        whole = Doc[Text]()
        whole.apply_update(zlib.decompress(bytes(kept.state)))
        whole.apply_update(body)
        assert [(piece.client, piece.text) for piece in weave(whole.get_update(), [(4, body)]).pieces(4)] == [
            (9, "before "),
            (7, " 😀 of the first"),
        ]
