"""Pads brought in with their past: the versions of Etherpad in the history; and a name that somebody wants away."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from midcycle.engines.crdt.document import Document
from midcycle.engines.crdt.ledger import Ledger
from midcycle.engines.etherpad import read
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.pads import actions, queries
from midcycle.pads.models import Client, Pad, Snapshot, Update, Version
from midcycle.pads.queries import stored
from midcycle.pads.rules import pads_in
from tests.world import NOW, ada, bo, browser_of, cy, placed

pytestmark = pytest.mark.django_db

BEGUN = datetime(2016, 2, 15, 10, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def an_export(begun=BEGUN, **more):
    """Mel writes a line, Al one more ten minutes later; then Mel's goes. The second version has a name."""
    steps = [("Z:1>0$", 0), ("Z:1>4*0|1+4$one\n", 1), ("Z:5>3|1=4*1+3$two", 11), ("Z:8<4|1-4$", 21)]
    pad = {
        "atext": {"text": "two\n", "attribs": "*1+3|1+1"},
        "pool": {"numToAttrib": {"0": ["author", "a.mel"], "1": ["author", "a.al"]}},
        "head": 3, "savedRevisions": [{"revNum": 2, "label": "Lunch"}],
    }  # fmt: skip
    revisions = {
        f"pad:x:revs:{number}": {"changeset": one, "meta": {"timestamp": int((begun + at * MINUTE).timestamp() * 1000)}}
        for number, (one, at) in enumerate(steps)
    }
    authors = {"globalAuthor:a.mel": {"name": "Mel", "colorId": 4}, "globalAuthor:a.al": {"name": "Al", "colorId": 5}}
    return json.dumps({"pad:x": pad, **revisions, **authors, **more}).encode()


def brought(meetup=None, name="x.etherpad", data=None):
    meetup = meetup or placed(stage="on_site")
    return actions.take_over(meetup, pads_in(name, data or an_export()), by=ada(), now=NOW)[0]


def url(meetup, name, *more):
    return reverse(f"pads:{name}", args=[meetup.slug, *more])


def said(answer):
    return " ".join(answer.content.decode().split())


def marks(page):
    return [(mark.author, mark.text, mark.state) for mark in page.marks]


def test_the_history_of_an_export_is_the_history_of_the_pad():
    pad = brought()
    assert queries.text_of_pad(pad) == "two"
    pages = [queries.history_of(pad, at) for at in range(4)]
    assert [page.shown.at - BEGUN for page in pages] == [0 * MINUTE, MINUTE, 11 * MINUTE, 21 * MINUTE]
    assert [marks(page) for page in pages] == [
        [("", "\n", "kept")],
        [("Mel", "one\n", "added"), ("", "\n", "kept")],
        [("Mel", "one\n", "kept"), ("Al", "two", "added"), ("", "\n", "kept")],
        [("Mel", "one\n", "gone"), ("Al", "two", "kept"), ("", "\n", "gone")],
    ]
    assert Version.objects.values_list("seq", "name").get() == (2, "Lunch")
    assert list(Update.objects.order_by("seq").values_list("authors", flat=True)) == ['["import:3"]', '["import:2"]', "[]"]


def test_somebody_signed_in_goes_through_it_and_an_organiser_brings_a_version_back():
    pad = brought()
    page = said(browser_of(bo()).get(url(pad.meetup, "history", pad.name), {"at": 1}))
    assert "2 of 4" in page
    assert "15 February 2016" in page
    actions.restore(pad, 1, by=ada(), now=NOW)
    assert queries.text_of_pad(pad) == "one\n\n"
    assert [mark for mark in marks(queries.history_of(pad)) if mark[2] == "added"] == [("Ada Example", "one\n\n", "added")]


def test_the_live_server_takes_up_where_the_past_ends():
    pad = brought()
    snapshot = Snapshot.objects.get(pad=pad)
    assert (snapshot.upto, snapshot.text) == (3, "two")
    whole = stored(pad)[0]
    Ledger(Document(None, [whole]).clocks(), whole)


def test_the_message_says_that_the_history_came_along():
    meetup = placed(stage="on_site")
    client = browser_of(ada())
    for name, data, told in [
        ("x.etherpad", an_export(), "x brought in with its history."),
        ("y.etherpad", an_export(**{"pad:x:revs:2": None}), "y brought in."),
    ]:
        answer = client.post(url(meetup, "import"), {"file": SimpleUploadedFile(name, data)}, follow=True)
        assert told in said(answer)
    assert sorted(pad.updates.count() for pad in Pad.objects.all()) == [0, 3]


def test_times_that_are_to_come_become_now():
    pad = brought(data=an_export(begun=NOW - MINUTE))
    assert pad.made_at == NOW - MINUTE
    assert set(Update.objects.values_list("at", flat=True)) == {NOW}


def test_a_pad_with_its_past_goes_out_and_comes_in_again():
    pad = brought()
    back = read(queries.written(pad, "etherpad").data)
    assert [(back.authors[run.author].name, run.text) for run in back.runs] == [("Al", "two")]


# A name taken away


def test_a_name_is_taken_from_all_pads_it_came_with_and_from_their_history():
    meetup = placed(stage="on_site")
    pads = [brought(meetup, f"{name}.etherpad") for name in "xy"]
    client = browser_of(ada())
    page = said(client.get(url(meetup, "names")))
    assert page.index("Al") < page.index("Mel")
    assert "2 pads" in page
    assert url(meetup, "names") in said(client.get(url(meetup, "history", pads[0].name)))
    for _ in range(2):
        answer = client.post(url(meetup, "names"), {"name": "Mel"}, follow=True)
        assert "The name is gone; the text stays." in said(answer)
    assert "Mel" not in said(client.get(url(meetup, "names")))
    for pad in pads:
        assert marks(queries.history_of(pad, 1))[0] == ("Somebody", "one\n", "added")
        assert "Mel" not in queries.written(pad, "etherpad").data.decode()
    assert Entry.objects.filter(kind="pads.name_taken_away").values_list("facts", flat=True).get() == {"pads": 2}


def test_no_name_of_somebody_who_signed_in_or_of_another_meetup_is_taken_away():
    meetup, other = placed(stage="on_site"), placed("Other meetup", stage="on_site")
    here, there = brought(meetup), brought(other)
    Client.objects.create(pad=here, client_id=5_000, person=str(bo().pk), name="Mel", colour=1)
    actions.take_name_away(meetup, "Mel", by=ada(), now=NOW)
    assert sorted(Client.objects.filter(name="Mel").values_list("pad", "person")) == sorted([
        (here.pk, str(bo().pk)),
        (there.pk, "import:3"),
    ])  # fmt: skip


def test_a_name_goes_in_an_archived_meetup_too():
    meetup = placed(stage="wrap_up")
    brought(meetup)
    meetups.move_to_stage(meetup, ada(), "archived", now=NOW)
    with pytest.raises(Refusal):
        actions.take_over(meetup, pads_in("y.md", b"x"), by=ada(), now=NOW)
    browser_of(ada()).post(url(meetup, "names"), {"name": "Al"})
    assert not Client.objects.filter(name="Al").exists()


def test_strangers_take_no_name_away_and_do_not_see_the_list():
    pad = brought()
    for client in (browser_of(), browser_of(cy()), browser_of(bo())):
        assert client.get(url(pad.meetup, "names")).status_code == 404
        assert client.post(url(pad.meetup, "names"), {"name": "Mel"}).status_code == 404
        assert url(pad.meetup, "names") not in said(client.get(url(pad.meetup, "history", pad.name)))
    assert Client.objects.filter(name="Mel").count() == 1


@pytest.mark.parametrize("name", ["", "\x00", "x" * 1_000, "<script>"])
def test_a_name_that_is_not_there_takes_nothing_away(name):
    pad = brought()
    browser_of(ada()).post(url(pad.meetup, "names"), {"name": name})
    assert sorted(Client.objects.values_list("name", flat=True)) == ["Al", "Mel"]
    assert Entry.objects.filter(kind="pads.name_taken_away").count() == 0


def test_without_names_the_page_says_so():
    meetup = placed(stage="on_site")
    assert "No name stands in the pads of this meetup." in said(browser_of(ada()).get(url(meetup, "names")))


@pytest.mark.parametrize("amount", [1, 12])
def test_the_list_of_names_takes_one_query(amount, django_assert_num_queries):
    meetup = placed(stage="on_site")
    authors = {f"globalAuthor:a.{number}": {"name": f"N{number}"} for number in range(amount)}
    pool = {str(number): ["author", f"a.{number}"] for number in range(amount)}
    attribs = "".join(f"*{number:x}+1" for number in range(amount))
    atext = {"text": "x" * amount + "\n", "attribs": attribs}
    brought(meetup, data=json.dumps({"pad:x": {"atext": atext, "pool": {"numToAttrib": pool}}, **authors}).encode())
    with django_assert_num_queries(1):
        assert len(queries.names_brought_in(meetup)) == amount
