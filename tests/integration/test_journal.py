"""The journal is read in order, each entry by each follower, and none is skipped."""

import pytest

from midcycle.journal import actions, queries
from midcycle.journal.models import Cursor, Entry
from tests.world import NOW

pytestmark = pytest.mark.django_db


def test_an_entry_that_becomes_visible_late_is_not_skipped():
    late = Entry.objects.create(kind="x.late", at=NOW)
    late_id, late.pk = late.pk, None
    Entry.objects.filter(pk=late_id).delete()  # as seen by others: not committed yet
    actions.record("x.early", at=NOW)
    actions.number_entries()
    read: list[str] = []
    handlers = {"x.early": lambda e: read.append(e.kind), "x.late": lambda e: read.append(e.kind)}
    assert actions.read_on("reader", handlers) == 1
    Entry.objects.create(pk=late_id, kind="x.late", at=NOW)  # now it commits, with the smaller id
    actions.number_entries()
    assert actions.read_on("reader", handlers) == 1
    assert read == ["x.early", "x.late"]


def test_a_handler_that_fails_is_asked_again():
    actions.record("x.one", at=NOW)
    actions.number_entries()
    tried: list[int] = []

    def refuse_once(entry: Entry) -> None:
        tried.append(entry.pk)
        if len(tried) == 1:
            raise ValueError("not now")

    with pytest.raises(ValueError, match="not now"):
        actions.read_on("reader", {"x.one": refuse_once})
    assert actions.read_on("reader", {"x.one": refuse_once}) == 1
    assert len(tried) == 2
    assert actions.read_on("reader", {"x.one": refuse_once}) == 0


def test_lag_counts_what_is_unread():
    for _ in range(3):
        actions.record("x.one", at=NOW)
    actions.number_entries()
    actions.read_on("reader", {"x.one": lambda _: None}, at_most=1)
    assert queries.lags(("reader",)) == (queries.Lag("reader", 2),)
    assert Cursor.objects.get(name="reader").position == 1


def test_a_follower_that_passes_over_the_past_reads_what_comes_later():
    actions.record("x.past", at=NOW)
    actions.pass_over("reader")
    actions.record("x.later", at=NOW)
    actions.number_entries()
    read: list[str] = []
    handlers = {"x.past": lambda e: read.append(e.kind), "x.later": lambda e: read.append(e.kind)}
    assert actions.read_on("reader", handlers) == 1
    assert read == ["x.later"]


def test_what_a_follower_does_not_read_does_not_count_as_lag():
    actions.record("x.one", at=NOW)
    actions.record("x.other", at=NOW)
    actions.number_entries()
    assert actions.read_on("reader", {"x.one": lambda _: None}) == 1
    assert queries.lags(("reader",)) == (queries.Lag("reader", 0),)
