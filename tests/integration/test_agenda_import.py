"""A schedule of another program comes in as a draft, is looked at before anything is kept, and goes out again."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from midcycle.agenda.models import Placement, Room, Session, Slot
from midcycle.engines.schedules import c3voc, frabxml, reading
from midcycle.journal.models import Entry
from tests.unit.test_schedules import HISTORY, SPRING
from tests.world import ada, bo, browser_of, dee
from tests.worlds.agenda import held, loft, planned, released, text_of, url

pytestmark = pytest.mark.django_db


def file(data: bytes) -> dict[str, SimpleUploadedFile]:
    """Return what a form sends."""
    return {"file": SimpleUploadedFile("schedule", data)}


def packed(page: str) -> str:
    """Return what the page of what was looked at sends on."""
    return re.findall(r'name="packed" value="([^"]+)"', page)[0]


@pytest.mark.parametrize("writer", [c3voc.to_json, frabxml.to_xml])
def test_a_schedule_is_looked_at_brought_in_and_taken_out(writer):
    meetup = planned()
    held(meetup, "Mine")
    browser = browser_of(ada())
    page = " ".join(text_of(browser.post(url("import", meetup), file(writer(SPRING)))).split())
    for words in ("2 sessions on 2", "15 February 2016", "The pub track", "This meetup begins on 2 March 2027", "day 1,"):
        assert words in page
    assert (Session.objects.count(), Entry.objects.filter(kind="agenda.imported").count()) == (1, 0)
    assert browser.post(url("import_looked_at", meetup), {"packed": packed(page)}).headers["Location"] == url("board", meetup)
    made = Session.objects.get(uid=HISTORY.uid)
    assert (made.format, made.abstract.startswith("With Ada Example, Bo Example.")) == ("plenary", True)
    placement = Placement.objects.select_related("slot", "room").get(session=made)
    assert placement.room is not None
    assert (placement.room.name, placement.slot.day, f"{placement.slot.starts:%H:%M}") == ("Main hall", 1, "09:30")
    assert not meetup.releases.exists()
    again = browser.post(url("import_looked_at", meetup), {"packed": packed(page)}, follow=True)
    assert "Every session of this file is here already." in text_of(again)
    assert Session.objects.count() == 3
    Session.objects.filter(uid=HISTORY.uid).delete()
    again = browser.post(url("import_looked_at", meetup), {"packed": packed(page)}, follow=True)
    assert "Here already, and left as it was: 1 session." in text_of(again)
    browser.post(url("undo_import", meetup))
    with_nothing_left = browser.post(url("undo_import", meetup), follow=True)
    assert "There is no import to undo." in text_of(with_nothing_left)


def test_nothing_is_brought_onto_a_frozen_board_or_taken_from_it():
    meetup = planned()
    browser = browser_of(ada())
    page = packed(text_of(browser.post(url("import", meetup), file(c3voc.to_json(SPRING)))))
    for came in (0, 2):
        browser.post(url("freeze", meetup))
        for name in ("import_looked_at", "undo_import"):
            assert "The agenda is frozen." in text_of(browser.post(url(name, meetup), {"packed": page}, follow=True))
        assert Session.objects.count() == came
        browser.post(url("freeze", meetup), {"_method": "delete"})
        browser.post(url("import_looked_at", meetup), {"packed": page})


def test_undoing_takes_out_what_came_and_nothing_else():
    meetup = planned()
    held(meetup, "Mine")
    before = (Room.objects.count(), Slot.objects.count())
    browser = browser_of(ada())
    page = text_of(browser.post(url("import", meetup), file(c3voc.to_json(SPRING))))
    browser.post(url("import_looked_at", meetup), {"packed": packed(page)})
    assert (Room.objects.count(), Slot.objects.count()) == (before[0] + 1, before[1] + 2)
    said = browser.post(url("undo_import", meetup), follow=True)
    assert "Taken out: 2 sessions of the last import" in text_of(said)
    assert [session.title for session in Session.objects.all()] == ["Mine"]
    assert (Room.objects.count(), Slot.objects.count()) == before


def test_what_another_meetup_released_comes_in_with_ids_of_its_own():
    one, two = planned(), planned()
    made = held(one, "Upgrades", dee())
    released(one)
    data = browser_of().get(url("schedule_json", one)).content
    browser = browser_of(ada())
    page = text_of(browser.post(url("import", two), file(data)))
    browser.post(url("import_looked_at", two), {"packed": packed(page)})
    (copy,) = Session.objects.filter(meetup=two)
    assert (copy.title, copy.uid == made.uid) == ("Upgrades", False)
    assert Placement.objects.get(session=copy).slot.meetup == two
    assert Room.objects.filter(meetup=two).count() == 2  # Hall was there


@pytest.mark.parametrize(
    "data", [b"<!DOCTYPE a><a/>", b"{}", b"\x00", json.dumps({"schedule": {"conference": {"title": "M"}}}).encode()]
)
def test_what_is_no_schedule_is_told_beside_the_field(data):
    meetup = planned()
    page = text_of(browser_of(ada()).post(url("import", meetup), file(data)))
    assert ("This is not a schedule we can read" in page) or ("There is no session" in page)
    assert 'name="packed"' not in page


def test_only_what_was_looked_at_comes_in_and_strangers_see_nothing():
    meetup = planned()
    for name in ("import", "import_looked_at", "undo_import"):
        for who in (None, bo()):
            assert browser_of(who).post(url(name, meetup), {"packed": "x"}).status_code == 404
    browser = browser_of(ada())
    assert browser.post(url("import_looked_at", meetup), {"packed": "x"}).headers["Location"] == url("import", meetup)
    assert browser.get(url("import", meetup)).status_code == 200
    assert "Choose a file." in text_of(browser.post(url("import", meetup)))
    assert Session.objects.count() == 0


@pytest.mark.parametrize("form", ["json", "xml", "schedule2", "csv"])
def test_what_one_meetup_released_another_brings_in_releases_and_gives_the_same(form):
    one, two = planned(), planned()
    held(one, "Upgrades & <b>downgrades</b>")
    held(one, "=1+1", starts="10:30", where=loft(one))
    released(one)
    names = {"json": "schedule_json", "xml": "schedule_xml", "schedule2": "schedule2", "csv": "schedule_csv"}
    data = browser_of().get(url(names[form], one)).content
    bring_in(two, data)
    released(two)
    first, second = (browser_of().get(url("schedule_json", meetup)).json()["schedule"]["conference"] for meetup in (one, two))
    assert facts_of(second) == facts_of(first)
    before = Session.objects.filter(meetup=one).count()
    browser_of(ada()).post(url("undo_import", two))
    assert (Session.objects.filter(meetup=two).count(), Session.objects.filter(meetup=one).count()) == (0, before)


def bring_in(meetup, data: bytes):
    """Look at a file and bring it in; return what the page says then."""
    browser = browser_of(ada())
    page = text_of(browser.post(url("import", meetup), file(data)))
    return text_of(browser.post(url("import_looked_at", meetup), {"packed": packed(page)}, follow=True))


def facts_of(conference):
    """Return what a schedule says of its sessions, without ids and addresses, which are of one meetup."""
    events = [event for day in conference["days"] for events in day["rooms"].values() for event in events]
    return [{key: event[key] for key in ("title", "date", "end", "room", "type", "abstract")} for event in events]


def test_a_file_brought_in_twice_is_known_also_where_its_ids_belong_to_another_meetup():
    one, two = planned(), planned()
    held(one, "Upgrades")
    released(one)
    data = browser_of().get(url("schedule_json", one)).content
    bring_in(two, data)
    assert "Every session of this file is here already." in bring_in(two, data)
    assert Session.objects.filter(meetup=two).count() == 1


def test_what_goes_on_past_midnight_and_where_its_notes_are_is_told():
    meetup = planned()
    late = replace(HISTORY, starts=HISTORY.starts.replace(hour=22), ends=HISTORY.starts.replace(hour=23) + timedelta(hours=3))
    said = bring_in(meetup, c3voc.to_json(replace(SPRING, sessions=(late,))))
    assert "Past midnight, and without an end here: 1 session." in said
    made = Session.objects.get()
    assert made.abstract.endswith("Notes: <https://ops.example.org/m/spring/pads/s1>")
    assert '<a href="https://ops.example.org/m/spring/pads/s1"' in made.abstract_html
    assert (Slot.objects.get(starts="22:30").ends, Placement.objects.get().slot.day) == (None, 1)


def test_a_file_that_is_too_large_is_refused_before_it_is_read():
    meetup = planned()
    page = text_of(browser_of(ada()).post(url("import", meetup), file(b"{" * (reading.MOST_BYTES + 1))))
    assert "This file is larger than 5 MB. Choose the schedule alone." in page


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ('"Europe/London"', '"../../etc/passwd"', "is not known; times are read as of Europe/Lisbon"),
        ("22222222-2222-4222-8222-222222222222", "11111111-1111-4111-8111-111111111111", "the file has it twice"),
        ('"duration":"00:45"', '"duration":"99:99"', "2 sessions on 2"),
        ('"date":"2016-02-15T09:30', '"date":"9999-12-31T23:59', "it says no day and time"),
        ('"daysCount":2', '"daysCount":1000000000', "on 31"),
    ],
)
def test_odd_files_are_looked_at_and_told(was, now, told):
    meetup = planned()
    data = c3voc.to_json(SPRING).decode()
    assert was in data
    answer = browser_of(ada()).post(url("import", meetup), file(data.replace(was, now).encode()))
    page = " ".join(text_of(answer).split())
    assert (answer.status_code, told in page) == (200, True)
