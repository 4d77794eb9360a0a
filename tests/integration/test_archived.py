"""What is archived stays as it is: every deed of an organiser is refused with a sentence, and the forms are gone."""

import re
from datetime import time
from threading import Event, Thread

import pytest
from django.db import connection, transaction
from django.urls import get_resolver

from midcycle.agenda import actions as agenda
from midcycle.agenda.models import Room, Session, Slot
from midcycle.feedback import actions as feedback
from midcycle.feedback.models import HandCount, Remark, Survey
from midcycle.funding import actions as funding
from midcycle.funding.models import Underwriter
from midcycle.hosting.models import Call
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup, Organiser
from midcycle.meetups.rules import ARCHIVED
from midcycle.pads import actions as pads
from midcycle.pages import actions as pages
from midcycle.registration.models import Capacity, Seat
from midcycle.report import actions as report
from midcycle.report.models import Report
from tests.world import NOW, ada, bo, browser_of, cy
from tests.worlds.feedback import came, said
from tests.worlds.registration import opened

pytestmark = pytest.mark.django_db
DESK = "/m/spring-meetup/desk/"


def archived() -> Meetup:
    """Return a meetup of which everything was used, archived while registration and survey were open."""
    world = came(2)
    meetup = world.meetup
    agenda.add_room(meetup, "Hall", by=ada(), now=NOW)
    agenda.add_slot(meetup, day=1, starts=time(9), ends=time(10), by=ada(), now=NOW)
    agenda.add_session(meetup, "Opening", by=ada(), now=NOW)
    funding.thank(meetup, "Example Hosting", is_host=True, by=ada(), now=NOW)
    feedback.count_hands(meetup, "on_list", yes=1, no=1, by=ada(), now=NOW)
    feedback.note_remark(meetup, "lesson", "More free time", by=ada(), now=NOW)
    feedback.open_survey(meetup, by=ada(), now=NOW)
    pads.open_pads(meetup, by=ada(), now=NOW)
    report.publish(meetup, by=ada(), now=NOW)
    pages.move_on(meetup, "archived", by=ada(), now=NOW)
    return meetup


def desk_addresses() -> list[str]:
    """Return every address of the desk there is, with the numbers of all that is there."""
    rows = (Room, Slot, Session, Seat, HandCount, Remark)
    numbers = {str(pk) for model in rows for pk in model.objects.values_list("pk", flat=True)}
    found = []
    for part in get_resolver().url_patterns:
        for pattern in getattr(part, "url_patterns", [part]):
            route = str(pattern.pattern)
            if route.startswith("m/<slug:slug>/desk/"):
                path = "/" + route.replace("<slug:slug>", "spring-meetup")
                found += sorted({re.sub(r"<int:[a-z]+>", number, path) for number in numbers})
    return found


def everything():
    """All that organisers can change."""
    rows = (Capacity, Room, Slot, Session, Underwriter, HandCount, Remark, Survey, Report, Organiser, Meetup, Seat)
    return [list(model.objects.order_by("pk").values()) for model in rows]


def test_archiving_closes_what_was_open():
    meetup = archived()
    assert Capacity.objects.get().is_open is False
    assert Survey.objects.get().is_open is False
    assert not Call.objects.filter(closed_at=None).exists()
    assert "How was it?" not in browser_of().get(meetup.path).content.decode()


@pytest.mark.slow
def test_every_form_of_the_desk_is_refused_and_leads_back():
    archived()
    room, slot = Room.objects.get(), Slot.objects.get()
    typed = {
        "title": "Changed", "summary": "x", "notice": "x", "email": "cy@example.org", "name": "Changed", "city": "Porto",
        "country": "PT", "starts_on": "2027-03-02", "timezone": "Europe/Lisbon", "total": "9", "capacity": "9", "day": "1",
        "starts": "09:00", "ends": "11:00", "kind": "session", "label": "x", "format": "plenary", "body": "Changed",
        "question": "on_list", "yes": "2", "no": "0", "text": "x", "part": "lead", "place": f"{slot.pk}-{room.pk}",
        "note": "x", "conflicts_known": "on", "session": "40", "pause": "0", "together": "0", "lunch_at": "12:00", "lunch": "0",
        "free_at": "15:00", "free": "0", "publish": "1",
    }  # fmt: skip
    before, there = everything(), browser_of(ada())
    forms = desk_addresses()
    assert len(forms) > 40
    for form in forms:
        for sent in (typed, {**typed, "_method": "delete"}):
            answer = there.post(form, sent, headers={"Referer": f"http://testserver{DESK}"})
            assert answer.status_code in {200, 302, 404, 405, 422}, (form, answer.status_code)
    assert everything() == before


def test_a_refusal_no_view_tells_leads_back_with_its_sentence():
    archived()
    there = browser_of(ada())
    for back, leads_to in (
        (f"http://testserver{DESK}about/", f"http://testserver{DESK}about/"),
        ("https://evil.example/", "/"),
    ):
        answer = there.post(f"{DESK}about/", {"title": "Changed"}, headers={"Referer": back})
        assert (answer.status_code, answer["Location"]) == (302, leads_to)
        assert ARCHIVED in there.get(f"{DESK}about/").content.decode()
    asked = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{DESK}agenda/"}
    answer = there.post(f"{DESK}about/", {"title": "Changed"}, headers=asked)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"http://testserver{DESK}agenda/")


def test_the_desk_says_so_and_shows_no_form():
    archived()
    for path in (DESK, f"{DESK}rooms/", f"{DESK}feedback/", f"{DESK}seats/"):
        page = browser_of(ada()).get(path).content.decode()
        assert (ARCHIVED in page, " is-archived" in page) == (True, True), path
    for who in (None, bo(), cy()):
        assert ARCHIVED not in browser_of(who).get("/m/spring-meetup/").content.decode()


def test_machines_and_late_answers_are_refused_too():
    meetup = archived()
    seat = Seat.objects.select_related("meetup").order_by("pk")[0]
    with pytest.raises(Refusal, match="The survey is closed"):
        feedback.answer_survey(seat, said(words="Late"), now=NOW)
    with pytest.raises(Refusal, match="archived"):
        agenda.add_room(meetup, "Attic", by=None, now=NOW)


def test_going_back_to_before_registration_closes_it():
    meetup = opened(2)
    pages.move_on(meetup, "hosting", by=ada(), now=NOW)
    assert Capacity.objects.get().is_open is False
    Capacity.objects.update(is_open=True)  # however it came about
    answer = browser_of().post(f"{meetup.path}seat/", {"name": "Bo", "email": "bo@example.org", "role": "operator"})
    assert (answer.status_code, Seat.objects.count()) == (422, 0)


@pytest.mark.django_db(transaction=True)
def test_an_edit_and_the_archive_wait_for_each_other():
    meetup = came(1).meetup
    started, archived_as = Event(), []

    def archive():
        try:
            started.wait(5)
            pages.move_on(Meetup.objects.get(pk=meetup.pk), "archived", by=ada(), now=NOW)
            archived_as.append(Meetup.objects.get(pk=meetup.pk).title)
        finally:
            connection.close()

    other = Thread(target=archive)
    other.start()
    with transaction.atomic():
        meetups.describe(meetup, ada(), title="Changed in time", summary="", notice="", now=NOW)
        started.set()
        other.join(0.5)
        assert archived_as == []
    other.join(10)
    assert archived_as == ["Changed in time"]
