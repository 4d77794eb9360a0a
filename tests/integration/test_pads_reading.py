"""What readers see of a pad: a page without an editor, and a part of it that is asked for anew every few seconds."""

import gzip

import pytest
from django.core.cache import cache
from django.urls import reverse

from midcycle.engines.crdt.writing import edit_to
from midcycle.meetups import actions as meetups
from midcycle.pads import actions
from midcycle.pads.models import Snapshot, Update, Vote
from midcycle.pads.queries import stored
from tests.world import NOW, ada, bo, browser_of, placed

pytestmark = pytest.mark.django_db


def a_pad(stage="on_site", text="# Notes\n\n- one\n"):
    return actions.open_pad(placed(stage=stage), "notes", title="Notes", by=ada(), now=NOW, text=text)


def url(pad, name):
    return reverse(f"pads:{name}", args=[pad.meetup.slug, pad.name])


def said(answer):
    return " ".join(answer.content.decode().split())


def asked_by(page):
    """Return the address that a page asks for news."""
    return page.partition('data-news="')[2].partition('"')[0]


def says(pad, text, upto):
    Snapshot.objects.filter(pad=pad).update(text=text, upto=upto)


def test_whoever_reads_loads_no_editor_and_whoever_may_write_loads_it_on_edit():
    pad = a_pad()
    page = said(browser_of().get(url(pad, "pad")))
    assert "<li>one</li>" in page
    assert "data-edit" not in page
    assert "/edit-" not in page
    page = said(browser_of(bo()).get(url(pad, "pad")))
    assert "<li>one</li>" in page
    assert "data-edit hidden>Edit</button>" in page
    assert "Writing needs JavaScript." in page
    assert '<script type="module" src="/static/dist/pad-' not in page


def test_whoever_may_only_read_gets_at_changes_this_browser_kept_and_no_edit_button():
    pad = a_pad(stage="wrap_up")
    meetups.move_to_stage(pad.meetup, ada(), "archived", now=NOW)
    page = said(browser_of(bo()).get(url(pad, "pad")))
    assert "data-pad-place" in page
    assert "data-edit hidden" not in page
    assert "Writing needs JavaScript." not in page


def test_a_page_gets_what_is_new_and_nothing_when_nothing_is(django_assert_num_queries):
    pad = a_pad()
    client = browser_of()
    address = asked_by(said(client.get(url(pad, "pad"))))
    assert address.startswith(url(pad, "reading"))
    with django_assert_num_queries(3):
        assert client.get(address).status_code == 204
    says(pad, "# Notes\n\n- two\n<script>x</script>", 1)
    answer = client.get(address)
    assert answer.status_code == 200
    page = said(answer)
    assert "<li>two" in page
    assert "<script>" not in page
    assert "The notes changed at " in page
    assert client.get(asked_by(page)).status_code == 204


def test_the_page_and_what_is_new_come_packed():
    pad = a_pad(text="# Notes\n\n" + "- one more line of notes\n" * 200)
    client = browser_of()
    for address in (url(pad, "pad"), url(pad, "reading")):
        answer = client.get(address, headers={"accept-encoding": "gzip"})
        assert answer["Content-Encoding"] == "gzip"
        assert len(answer.content) < 4000
        assert gzip.decompress(answer.content).decode().count("one more line") == 200


def types(pad, text):
    """Let somebody change a pad to another text, which is in no snapshot yet."""
    whole, log = stored(pad)
    seq = len(log.seqs) + 1
    Update.objects.create(pad=pad, seq=seq, at=NOW, body=edit_to(text, whole, 2_000), authors="[]")
    cache.delete(f"pad-turn:{pad.pk}")  # half a second later


def test_beside_the_editor_one_sees_what_is_committed_and_readers_what_was_saved_some_seconds_ago(django_assert_num_queries):
    pad = a_pad()
    client = browser_of()
    address = asked_by(said(client.get(url(pad, "pad"))))
    for text in ("# Notes\n\n- one\n- two\n", "# Notes\n\n- one\n- two\n- three\n<script>x</script>"):
        types(pad, text)
        answer = client.get(f"{address}&latest=1")
        page = said(answer)
        assert (answer.status_code, text.count("- "), "<script>" in page) == (200, page.count("<li"), False)
        with django_assert_num_queries(3):
            assert client.get(f"{asked_by(page)}&latest=1").status_code == 204
    assert client.get(address).status_code == 204
    assert client.get(asked_by(page)).status_code == 204


def test_whoever_has_more_than_was_laid_out_last_keeps_it():
    pad = a_pad()
    client = browser_of()
    types(pad, "# Notes\n\n- one\n- two\n")
    assert client.get(url(pad, "reading"), {"latest": 1}).status_code == 200
    types(pad, "# Notes\n\n- one\n- two\n- three\n")
    address = asked_by(said(client.get(url(pad, "pad"))))  # all of it
    cache.set(f"pad-turn:{pad.pk}", value=True)  # somebody else lets it be laid out
    assert client.get(f"{address}&latest=1").status_code == 204
    assert (
        client.get(url(pad, "reading"), {"have": "1.0", "latest": 1}).status_code == 204
    )  # what was laid out last is no newer


def test_beside_the_editor_one_sees_votes():
    pad = a_pad()
    client = browser_of()
    address = asked_by(said(client.get(url(pad, "pad"))))
    types(pad, "# Notes\n\n- one\n- two\n")
    Vote.objects.create(pad=pad, client_id=2_000, clock=0, person="7")
    page = said(client.get(f"{address}&latest=1"))
    assert '<span class="pad-votes" title="1 person is for this">+1</span>' in page
    assert client.get(f"{asked_by(page)}&latest=1").status_code == 204


def test_a_page_gets_new_votes():
    pad = a_pad()
    client = browser_of()
    address = asked_by(said(client.get(url(pad, "pad"))))
    Vote.objects.create(pad=pad, client_id=1, clock=9, person="7")
    answer = client.get(address)
    assert answer.status_code == 200
    assert client.get(asked_by(said(answer))).status_code == 204


@pytest.mark.parametrize("have", ["", "x", "-1.0", "\0", "9" * 500 + ".0", "1e9.0", "\u0663.0"])
def test_whatever_a_page_says_it_has_it_gets_an_answer(have):
    pad = a_pad()
    for asked in ({"have": have}, {"have": have, "latest": 1}):
        assert browser_of().get(url(pad, "reading"), asked).status_code in {200, 204}


def test_nothing_is_asked_of_an_archived_pad_and_there_is_none_elsewhere():
    pad = a_pad(stage="wrap_up")
    meetups.move_to_stage(pad.meetup, ada(), "archived", now=NOW)
    assert asked_by(said(browser_of().get(url(pad, "pad")))) == ""
    assert browser_of().get(reverse("pads:reading", args=[pad.meetup.slug, "other"])).status_code == 404
