"""A schedule of another program comes in as a draft, is looked at before anything is kept, and goes out again."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from midcycle.agenda.models import Placement, Room, Session, Slot
from midcycle.engines.schedules import c3voc, frabxml
from midcycle.journal.models import Entry
from tests.unit.test_schedules import HISTORY, SPRING
from tests.world import ada, bo, browser_of, dee
from tests.worlds.agenda import held, planned, released, text_of, url

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
