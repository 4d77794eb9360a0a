"""The history of a pad: every version with who wrote what, named, brought back as an edit; and people who are forgotten."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from midcycle.agenda.models import SessionPart
from midcycle.engines.crdt import chapters
from midcycle.engines.crdt.chapters import Row
from midcycle.engines.crdt.document import Document, pack
from midcycle.engines.crdt.ledger import Ledger
from midcycle.engines.crdt.updates import decode
from midcycle.engines.crdt.writing import edit_to
from midcycle.engines.etherpad import Author, Notes, Run, read
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.pads import actions, queries
from midcycle.pads.models import Chapter, Client, Pad, Snapshot, Update, Version, Vote
from midcycle.pads.queries import stored
from midcycle.pads.rules import Incoming
from midcycle.pads.tasks import seat_erased
from tests.spoken import spoken
from tests.world import NOW, ada, bo, browser_of, cy, dee, placed
from tests.worlds.agenda import planned, session

pytestmark = pytest.mark.django_db


def a_pad(text="Notes\n", stage="on_site"):
    meetup = placed(stage=stage)
    return actions.open_pad(meetup, "notes", title="Notes", by=ada(), now=NOW, text=text)


def types(pad, who, text, *, after, client):
    """Let somebody change a pad to another text, as the live server commits it."""
    whole, rows = stored(pad)
    Client.objects.get_or_create(pad=pad, client_id=client, person=str(who.pk), name=str(who), colour=who.pk % 8)
    authors = f'["{who.pk}"]'
    seq, at = len(rows) + 1, NOW + timedelta(minutes=after)
    Update.objects.create(pad=pad, seq=seq, at=at, body=edit_to(text, whole, client), authors=authors)


def a_story():
    """Bo adds a line, and minutes later Cy deletes the first one and adds another."""
    pad = a_pad()
    types(pad, bo(), "Notes\nby Bo\n", after=10, client=2_000)
    types(pad, cy(), "by Bo\nby Cy\n", after=20, client=2_001)
    return pad


def url(pad, name):
    return reverse(f"pads:{name}", args=[pad.meetup.slug, pad.name])


def said(answer):
    return " ".join(answer.content.decode().split())


def marks(page):
    return [(mark.author, mark.text, mark.state) for mark in page.marks]


def test_each_version_says_who_wrote_what_and_what_changed():
    pad = a_story()
    first, second, third = (queries.history_of(pad, at) for at in range(3))
    assert marks(first) == [("", "Notes\n", "kept")]
    assert marks(second) == [("", "Notes\n", "kept"), ("Bo Example", "by Bo\n", "added")]
    assert marks(third) == [("", "Notes\n", "gone"), ("Bo Example", "by Bo\n", "kept"), ("Cy Example", "by Cy\n", "added")]
    assert [(writer.name, writer.initials, writer.amount) for writer in third.writers] == [
        ("Bo Example", "BE", 6),
        ("Cy Example", "CE", 6),
    ]
    assert [step.at - NOW for step in third.steps] == [timedelta(), timedelta(minutes=10), timedelta(minutes=20)]


def test_the_newest_version_is_shown_first_and_any_other_on_demand():
    pad = a_story()
    client = browser_of(bo())
    assert "3 of 3" in said(client.get(url(pad, "history")))
    assert ">by Bo\n</ins>" in client.get(url(pad, "history"), {"at": 1}).content.decode()
    for odd in ("-1", "x", "99", "9" * 40, "\x00"):
        assert "3 of 3" in said(client.get(url(pad, "history"), {"at": odd}))


def test_what_is_typed_without_a_pause_is_one_step():
    pad = a_pad()
    for number in range(5):
        types(pad, bo(), "x" * (number + 1), after=1 + number / 60, client=2_000)
    assert [step.seq for step in queries.history_of(pad).steps] == [0, 5]


@pytest.mark.parametrize("amount", [1, 30])
def test_the_history_takes_six_queries_however_long_and_three_the_next_time(amount, django_assert_num_queries):
    pad = a_pad()
    for number in range(amount):
        types(pad, bo(), f"{number}", after=number * 5, client=2_000)
    with django_assert_num_queries(6):
        first = queries.history_of(pad)
    with django_assert_num_queries(3):
        assert queries.history_of(pad) == first
    types(pad, bo(), "and on", after=500, client=2_000)
    assert queries.history_of(pad).last == first.last + 1


def lines(page):
    return [(line.number, line.text, line.author, line.others, line.changed_at - NOW) for line in page.lines]


def test_line_by_line_it_says_who_wrote_most_of_it_and_when_it_last_changed():
    pad = a_pad("Notes\n\nby many\n")
    types(pad, bo(), "Notes\n\nby many people\nby Bo\n", after=10, client=2_000)
    types(pad, cy(), "Notes\n\nby many people who care for it\nby Bo\n", after=20, client=2_001)
    assert lines(queries.history_of(pad, by_line=True)) == [
        (1, "Notes", "", 0, timedelta()),
        (3, "by many people who care for it", "Cy Example", 0, timedelta(minutes=20)),
        (4, "by Bo", "Bo Example", 0, timedelta(minutes=10)),
    ]
    assert lines(queries.history_of(pad, 0, by_line=True)) == [
        (1, "Notes", "", 0, timedelta()),
        (3, "by many", "", 0, timedelta()),
    ]


def test_the_page_shows_a_version_line_by_line_and_goes_on_so():
    pad = a_story()
    html = said(browser_of(bo()).get(url(pad, "history"), {"at": 1, "lines": "on"}))
    assert '<span class="pad-line">by Bo</span>' in html
    assert "What it began with" in html
    assert '<a href="?at=2&amp;lines=on" rel="next"' in html
    assert "pad-lines" not in said(browser_of(bo()).get(url(pad, "history"), {"at": 1}))
    assert "pad-lines" in said(browser_of(bo()).get(url(pad, "history"), {"at": "x", "lines": "on"}))


def test_lines_of_notes_that_were_brought_in_have_their_authors():
    notes = Notes((Run("a", "from Ann\n"), Run("", "from nobody\n")), {"a": Author("Ann Elsewhere", 3)})
    pad = actions.take_over(placed(stage="on_site"), [Incoming("Old notes", notes)], by=ada(), now=NOW)[0]
    assert lines(queries.history_of(pad, by_line=True)) == [
        (1, "from Ann", "Ann Elsewhere", 0, timedelta()),
        (2, "from nobody", "", 0, timedelta()),
    ]


def test_lines_of_whoever_was_forgotten_have_no_name():
    pad = a_story()
    seat_erased(Entry(kind="registration.seat_erased", meetup=pad.meetup_id, actor=bo().pk, at=NOW))
    html = said(browser_of(cy()).get(url(pad, "history"), {"lines": "on"}))
    assert ("Bo Example" in html, "Somebody" in html) == (False, True)


@pytest.mark.parametrize("amount", [1, 30])
def test_lines_take_six_queries_however_many(amount, django_assert_num_queries):
    pad = a_pad("x\n" * amount)
    with django_assert_num_queries(6):
        assert len(queries.history_of(pad, by_line=True).lines) == amount


def test_markup_in_a_text_is_shown_as_text():
    pad = a_pad("<script>alert(1)</script>")
    for asked in ({}, {"lines": "on"}):
        assert "<script>alert(1)" not in browser_of(bo()).get(url(pad, "history"), asked).content.decode()


def test_markup_in_a_name_is_shown_as_text():
    pad = a_story()
    Client.objects.filter(client_id=2_000).update(name="<img src=x onerror=alert(1)> Bo")
    page = browser_of(bo()).get(url(pad, "history"), {"at": 1}).content.decode()
    assert ("<img src=x" in page, "&lt;img src=x" in page) == (False, True)


def test_a_version_gets_a_name_and_another_one_later():
    pad = a_story()
    client = browser_of(ada())
    for name in ("Before lunch", "After lunch"):
        answer = client.post(url(pad, "name_version"), {"seq": 1, "name": name}, follow=True)
        assert f"This version is called {name} now." in said(answer)
    assert Version.objects.values_list("seq", "name").get() == (1, "After lunch")
    assert '<a href="?at=1">After lunch</a>' in said(client.get(url(pad, "history")))


@pytest.mark.parametrize("seq", ["99", "-1", "x", "", "9" * 30])
def test_no_version_that_is_not_there_gets_a_name(seq):
    browser_of(ada()).post(url(a_story(), "name_version"), {"seq": seq, "name": "x"})
    assert Version.objects.count() == 0


def test_an_older_version_comes_back_as_an_edit_that_the_live_server_takes():
    pad = a_story()
    whole, _ = stored(pad)
    told = actions.restore(pad, 1, by=ada(), now=NOW + timedelta(minutes=30))
    assert told == "The pad says this again. What it said before stays in its history."
    row = Update.objects.get(seq=3)
    assert (queries.text_of_pad(pad), row.authors) == ("Notes\nby Bo\n", f'["{ada().pk}"]')
    Ledger(Document(None, [whole]).clocks(), whole).place(decode(bytes(row.body)))
    assert marks(queries.history_of(pad)) == [
        ("Ada Example", "Notes\n", "added"),
        ("Bo Example", "by Bo\n", "kept"),
        ("Cy Example", "by Cy\n", "gone"),
    ]


def test_the_page_brings_a_version_back_and_says_so():
    pad = a_story()
    answer = browser_of(ada()).post(url(pad, "restore"), {"seq": 1}, follow=True)
    assert "What it said before stays in its history." in said(answer)
    assert queries.text_of_pad(pad) == "Notes\nby Bo\n"


def test_what_it_says_already_is_not_brought_back():
    with pytest.raises(Refusal, match="says this already"):
        actions.restore(a_story(), 2, by=ada(), now=NOW)


def test_a_version_comes_back_on_top_of_a_snapshot_that_has_seen_more_rows():
    pad = a_story()
    whole, _ = stored(pad)
    Snapshot.objects.filter(pad=pad).update(upto=7, state=pack(whole), text="by Bo\nby Cy\n")
    actions.restore(pad, 0, by=ada(), now=NOW)
    assert Update.objects.order_by("seq").last().seq == 8
    assert queries.text_of_pad(pad) == "Notes\n"


def test_the_history_is_for_whoever_is_signed_in_and_the_deeds_for_whoever_tends_the_pad():
    pad = a_story()
    assert browser_of().get(url(pad, "history")).status_code == 404
    for client in (browser_of(), browser_of(cy())):
        assert client.post(url(pad, "name_version"), {"seq": 1, "name": "x"}).status_code == 404
        assert client.post(url(pad, "restore"), {"seq": 1}).status_code == 404
    assert "Bring this version back" not in said(browser_of(cy()).get(url(pad, "history"), {"at": 1}))


def test_whoever_has_a_part_in_the_session_tends_its_pad():
    meetup = planned()
    held = session(meetup, "Upgrades")
    SessionPart.objects.create(session=held, person=dee(), part="note_taker")
    actions.open_pads(meetup, by=ada(), now=NOW)
    pad = Pad.objects.get()
    answer = browser_of(dee()).post(url(pad, "name_version"), {"seq": 0, "name": "Start"}, follow=True)
    assert "This version is called Start now." in said(answer)


def test_in_an_archived_meetup_nothing_is_named_or_brought_back():
    pad = a_pad(stage="wrap_up")
    types(pad, bo(), "x", after=1, client=2_000)
    meetups.move_to_stage(pad.meetup, ada(), "archived", now=NOW)
    for deed in (
        lambda: actions.restore(pad, 0, by=ada(), now=NOW),
        lambda: actions.name_version(pad, 0, "x", by=ada(), now=NOW),
    ):
        with pytest.raises(Refusal):
            deed()


def binds(pad, rows):
    """Write the snapshot and bind the first rows into a chapter, as the live server does."""
    whole, log = stored(pad)
    Snapshot.objects.filter(pad=pad).update(upto=len(log), state=pack(whole), text=queries.text_of_pad(pad))
    found = Update.objects.filter(pad=pad, seq__lte=rows).order_by("seq")
    log = [Row(row.seq, round(row.at.timestamp() * 1000), tuple(json.loads(row.authors)), bytes(row.body)) for row in found]
    people = []
    body = chapters.pack(chapters.told(log, people))
    Chapter.objects.create(pad=pad, first=1, last=rows, people=json.dumps(people), body=body)
    found.delete()


@pytest.mark.parametrize("rows", [1, 2])
def test_a_chapter_says_all_that_its_rows_said(rows):
    pad = a_story()
    actions.name_version(pad, 1, "Before lunch", by=ada(), now=NOW)
    before = [queries.history_of(pad, at) for at in range(3)]
    binds(pad, rows)
    types(pad, cy(), "by Bo\nby Cy!\n", after=30, client=2_001)
    assert [marks(queries.history_of(pad, at)) for at in range(3)] == [marks(page) for page in before]
    assert queries.history_of(pad).steps[:3] == before[0].steps
    assert marks(queries.history_of(pad)) == [
        ("Bo Example", "by Bo\n", "kept"),
        ("Cy Example", "by Cy\n", "gone"),
        ("Cy Example", "by Cy!\n", "added"),
    ]


def test_a_version_in_a_chapter_gets_a_name_and_comes_back():
    pad = a_story()
    binds(pad, 2)
    assert actions.name_version(pad, 2, "Lunch", by=ada(), now=NOW) == "This version is called Lunch now."
    with pytest.raises(Refusal):
        actions.name_version(pad, 3, "Later", by=ada(), now=NOW)
    actions.restore(pad, 1, by=ada(), now=NOW)
    assert (queries.text_of_pad(pad), Update.objects.get().seq) == ("Notes\nby Bo\n", 3)
    assert queries.written(pad, "md").data == b"Notes\nby Bo\n"


@pytest.mark.parametrize("bound", [0, 1, 2])
def test_a_forgotten_person_leaves_text_and_no_name_anywhere(bound):
    pad = a_story()
    if bound:
        binds(pad, bound)
    entry = Entry.objects.create(kind="registration.seat_erased", at=NOW, meetup=pad.meetup_id, actor=bo().pk)
    for _ in range(2):
        seat_erased(entry)
    assert marks(queries.history_of(pad))[1] == ("Somebody", "by Bo\n", "kept")
    rows = [json.loads(people) for people in Update.objects.values_list("authors", flat=True)]
    rows += [json.loads(people) for people in Chapter.objects.values_list("people", flat=True)]
    assert sorted(person for people in rows for person in people) == sorted(["gone", str(cy().pk)])
    assert {author.name for author in read(queries.written(pad, "etherpad").data).authors.values()} == {"Cy Example"}
    assert Entry.objects.filter(kind="pads.writer_forgotten").count() == 1
    assert queries.text_of_pad(pad) == "by Bo\nby Cy\n"


def test_whoever_wrote_takes_their_own_name_away_without_a_seat_and_in_an_archived_meetup():
    pad, client = a_story(), browser_of(bo())
    Meetup.objects.update(stage="archived")
    assert "Take my name away" in said(client.get(url(pad, "history")))
    assert "Take my name away" not in said(browser_of(dee()).get(url(pad, "history")))
    for _ in range(2):
        page = said(client.post(url(pad, "forget_me"), follow=True))
        assert "Your name is gone from the pads; the text stays." in page
    assert "Take my name away" not in page
    assert sorted(Client.objects.values_list("name", flat=True)) == ["", "Cy Example"]
    assert queries.text_of_pad(pad) == "by Bo\nby Cy\n"


def test_the_live_server_hears_in_which_pads_a_name_was_taken_away():
    pad = a_story()
    voted, other = (actions.open_pad(pad.meetup, name, title=name, by=ada(), now=NOW) for name in ("voted", "other"))
    Vote.objects.create(pad=voted, client_id=1, clock=0, person=str(bo().pk))
    for _ in range(2):
        browser_of(bo()).post(url(pad, "forget_me"))
    assert [Pad.objects.get(pk=one.pk).rights for one in (pad, voted, other)] == [1, 1, 0]
    assert not Vote.objects.exists()


def test_whoever_only_voted_is_forgotten_by_the_same_button():
    pad = a_story()
    Vote.objects.create(pad=pad, client_id=1, clock=0, person=str(dee().pk))
    assert "Take my name away" in said(browser_of(dee()).get(url(pad, "history")))
    page = said(browser_of(dee()).post(url(pad, "forget_me"), follow=True))
    assert ("Take my name away" in page, Vote.objects.exists()) == (False, False)


def test_a_stranger_takes_no_name_away():
    pad = a_story()
    assert browser_of().post(url(pad, "forget_me")).status_code == 404
    assert Client.objects.exclude(name="").count() == 2


def test_in_another_meetup_the_name_stays():
    pad = a_story()
    assert actions.forget_writer(placed("Other").pk, bo().pk, now=NOW) == 0
    assert Client.objects.filter(pad=pad, name="Bo Example").exists()


def test_that_somebody_is_a_guest_or_forgotten_is_told_in_the_language_of_the_reader(tmp_path):
    pad = a_story()
    Client.objects.filter(pad=pad, client_id=2_000).update(person="guest:1", name="Grace (guest)")
    Client.objects.filter(pad=pad, client_id=2_001).update(name="")
    with spoken(tmp_path, "de", {"%(name)s (guest)": "%(name)s (Gast)", "Somebody": "Jemand"}):
        assert {writer.name for writer in queries.history_of(pad).writers} == {"Grace (Gast)", "Jemand"}
    assert {writer.name for writer in queries.history_of(pad).writers} == {"Grace (guest)", "Somebody"}
