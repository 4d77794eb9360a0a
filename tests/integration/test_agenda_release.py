"""A release is a copy: its page, its facts and its schedules stay as they were, and everybody reads the newest."""

import json
import re
from datetime import UTC, date, datetime

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from icalendar import Calendar

from midcycle.agenda import actions, queries
from midcycle.agenda.access import personal_for
from midcycle.agenda.models import Release
from midcycle.agenda.rules import values
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from tests.world import NOW, ada, bo, browser_of, cy, dee, placed
from tests.worlds.agenda import at, hall, held, loft, planned, released, room, session, slot, text_of, url
from tests.worlds.topics import proposed, supported

pytestmark = pytest.mark.django_db

NINE = datetime(2027, 3, 2, 9, 40, tzinfo=UTC)  # Lisbon is on UTC in March


def test_a_release_is_numbered_from_one_and_told():
    meetup = planned()
    held(meetup)
    one, two = released(meetup, " First\r\ndraft "), released(meetup)
    assert (one.number, one.note, one.released_by, two.number) == (1, "First draft", ada(), 2)
    assert Meetup.objects.get(pk=meetup.pk).has_agenda
    entry = Entry.objects.filter(kind="agenda.released").order_by("id").first()
    assert entry is not None
    assert (entry.facts, entry.actor) == ({"number": 1, "sessions": 1, "conflicts": 0}, ada().pk)


def test_nothing_is_released_while_nothing_has_a_place():
    meetup = planned()
    session(meetup)
    with pytest.raises(Refusal, match="No session has a place yet"):
        released(meetup)
    assert Release.objects.count() == 0


def test_conflicts_must_be_known_and_are_told():
    meetup = planned()
    held(meetup, "One")
    held(meetup, "Two")
    with pytest.raises(Refusal, match="The agenda has conflicts") as refused:
        actions.release(meetup, by=ada(), note="", now=NOW, conflicts_known=False)
    assert refused.value.field == "conflicts_known"
    released(meetup)
    assert "Hall holds both One and Two at Tue 09:30." in text_of(browser_of().get(url("agenda", meetup)))


def test_the_same_agenda_makes_the_same_bytes():
    meetup = planned()
    made = held(meetup, "Upgrades", dee())
    one, two = released(meetup), released(meetup)
    assert one.grid == two.grid
    assert bytes(one.schedule_json).replace(b'"version":"1"', b'"version":"2"', 1) == bytes(two.schedule_json)
    event = json.loads(one.schedule_json)["schedule"]["conference"]["days"][0]["rooms"]["Hall"][0]
    assert (event["guid"], event["title"], event["date"], event["duration"]) == (
        str(made.uid),
        "Upgrades",
        "2027-03-02T09:30:00+00:00",
        "00:40",
    )
    assert [person["name"] for person in event["persons"]] == ["Dee Example"]
    (vevent,) = Calendar.from_ical(bytes(two.schedule_ics)).walk("VEVENT")
    assert (str(vevent["UID"]), vevent["SEQUENCE"], str(vevent["LOCATION"])) == (str(made.uid), 2, "Hall")


def test_what_changes_after_a_release_does_not_show():
    meetup = planned()
    made = held(meetup, "Upgrades")
    released(meetup)
    actions.unplace(made, by=ada(), now=NOW)
    actions.change_session(made, "Changed", format="lightning", abstract="", for_all=False, by=ada(), now=NOW)
    actions.remove_room(hall(meetup), by=ada(), now=NOW)
    anyone = browser_of()
    for name in ("agenda", "schedule_json", "schedule_ics"):
        page = text_of(anyone.get(url(name, meetup)))
        assert ("Upgrades" in page, "Changed" in page) == (True, False)
    agenda = queries.released_agenda(meetup)
    assert agenda is not None
    assert agenda.sessions[0] == values.Session(
        made.pk, str(made.uid), "Upgrades", "general_session", slot=at(meetup, "09:30").pk, room=agenda.rooms[0].id
    )


@pytest.mark.parametrize("name", ["schedule_json", "schedule_ics"])
def test_there_is_no_export_before_the_first_release_or_without_dates(name):
    meetup = planned()
    assert browser_of().get(url(name, meetup)).status_code == 404
    assert browser_of().get(url(name, meetup).replace(meetup.slug, "nowhere")).status_code == 404
    held(meetup)
    released(meetup)
    meetups.set_place(meetup, ada(), meetups.Place(city="Lisbon"), now=NOW)
    released(meetup)
    assert browser_of().get(url(name, meetup)).status_code == 404


def test_a_meetup_without_dates_or_rooms_or_times_can_be_released():
    meetup = placed(stage="agenda")
    meetups.set_place(meetup, ada(), meetups.Place(), now=NOW)
    one, two = session(meetup, "One"), session(meetup, "Two")
    actions.place(one, slot(meetup, None, day=1), None, by=ada(), now=NOW)
    actions.place(two, slot(meetup, "11:30", day=2), None, by=ada(), now=NOW)
    made = released(meetup)
    assert (bytes(made.schedule_json), bytes(made.schedule_ics)) == (b"", b"")
    page = text_of(browser_of().get(url("agenda", meetup)))
    for words in ("Day 1", "Day 2", "Time not recorded", "end not recorded", "Room not recorded"):
        assert words in page
    assert "Day 1, time not recorded" in text_of(browser_of().get(url("session", meetup, one.pk)))
    assert "No times are known for this agenda." in text_of(browser_of().get(url("now", meetup)))


@pytest.mark.parametrize(("who", "queries_made"), [(None, 4), (bo, 9)])
def test_the_agenda_page_costs_the_same_with_one_session_and_with_five(who, queries_made, django_assert_num_queries):
    meetup = planned()
    held(meetup, "One", dee())
    released(meetup)
    browser = browser_of(who and who())
    with django_assert_num_queries(queries_made):
        browser.get(url("agenda", meetup))
    for number, starts in enumerate(("09:30", "10:30", "10:30", "09:00")):
        held(meetup, f"More {number}", dee(), starts=starts, where=loft(meetup))
    released(meetup)
    with django_assert_num_queries(queries_made):
        browser.get(url("agenda", meetup))


def test_before_the_first_release_the_page_leads_to_the_topics():
    meetup = planned()
    page = text_of(browser_of().get(url("agenda", meetup)))
    assert "The agenda is not released yet" in page
    assert reverse("topics:topics", args=[meetup.slug]) in page
    assert reverse("agenda:board", args=[meetup.slug]) not in page
    assert reverse("agenda:board", args=[meetup.slug]) in text_of(browser_of(ada()).get(url("agenda", meetup)))


def test_titles_and_names_are_escaped_in_the_released_page():
    meetup = planned()
    held(meetup, "<script>alert(1)</script> & <!--star 1--> 🦆", dee())
    released(meetup)
    for who in (None, bo()):
        page = text_of(browser_of(who).get(url("agenda", meetup)))
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;!--star 1--&gt; 🦆" in page
    assert browser_of().get(url("schedule_json", meetup)).json()["schedule"]["version"] == "1"


def test_a_session_page_tells_when_where_who_and_why():
    meetup = planned()
    made = held(meetup, "Upgrades", dee())
    actions.give_part(made, bo(), "note_taker", by=ada(), now=NOW)
    actions.change_session(made, "Upgrades", format="working_group", abstract="**Why**", for_all=False, by=ada(), now=NOW)
    released(meetup)
    page = text_of(browser_of().get(url("session", meetup, made.pk)))
    for words in (
        "Working group",
        "Tuesday 2 March, 09:30 to 10:10",
        "Hall",
        "Dee Example",
        "note-taker",
        "<strong>Why</strong>",
    ):
        assert words in page
    assert "@example.org" not in page


def test_a_session_is_public_once_it_is_released():
    meetup, other = planned(), planned()
    made = held(meetup)
    assert browser_of(ada()).get(url("session", meetup, made.pk)).status_code == 404
    released(meetup)
    assert browser_of().get(url("session", meetup, made.pk)).status_code == 200
    late = held(meetup, "Late", starts="10:30")
    assert browser_of().get(url("session", meetup, late.pk)).status_code == 404
    held(other)
    released(other)
    assert browser_of().get(url("session", other, made.pk)).status_code == 404


def test_a_session_without_a_place_is_told_with_its_reason():
    meetup = planned()
    held(meetup, "Placed")
    supported(proposed(meetup, "Left out"), "Cy")
    session(meetup, "Waiting", topic=meetup.topics.get())
    released(meetup)
    page = text_of(browser_of().get(url("agenda", meetup)))
    assert '<strong>Waiting</strong> <span class="muted">Not placed yet; a room is free at Tue 09:30.</span>' in page


def test_now_and_next_on_the_wall():
    meetup = planned()
    held(meetup, "Upgrades", dee())
    held(meetup, "Ceph", starts="10:30")
    assert queries.now_next(meetup, NINE).sentence == "The agenda is not released yet."
    released(meetup)
    page = queries.now_next(meetup, NINE)
    assert page.now is not None
    assert page.next is not None
    assert [shown.session.title for shown in page.now.sessions] == ["Upgrades"]
    assert (page.next.words, page.local.hour) == (("Coffee",), 9)
    wall = browser_of().get(url("now", meetup))
    assert '<meta http-equiv="refresh" content="30">' in text_of(wall)
    part = text_of(browser_of().get(url("now", meetup), headers={"HX-Request": "true"}))
    assert part.strip().startswith("<main\n")
    assert "<html" not in part


def test_the_wall_tells_the_time_of_the_meetup():
    meetup = planned()
    meetups.set_place(meetup, ada(), meetups.Place(starts_on=date(2027, 3, 2), timezone="Asia/Tokyo"), now=NOW)
    held(meetup)
    held(meetup, "Ceph", starts="10:30")
    released(meetup)
    page = queries.now_next(meetup, datetime(2027, 3, 2, 0, 45, tzinfo=UTC))
    html = render_to_string("agenda/now_next.html", {"now_next": page, "meetup": meetup})
    assert re.findall(r"(?:until|at)\s+(\d\d:\d\d)", html) == ["10:10", "10:10"]
    assert '"2027-03-02T10:10:00+09:00"' in html


def test_my_agenda_holds_parts_plenaries_supports_and_stars():
    meetup = planned()
    made = {
        title: held(meetup, title, starts=starts)
        for title, starts in (("Led", "09:30"), ("Starred", "10:30"), ("Other", "10:30"))
    }
    actions.give_part(made["Led"], bo(), "shadow", by=ada(), now=NOW)
    welcome = session(meetup, "Welcome", for_all=True)
    actions.place(welcome, at(meetup, "09:00"), hall(meetup), by=ada(), now=NOW)
    wanted = session(meetup, "Supported", topic=supported(proposed(meetup, "Supported", cy()), "Bo"))
    actions.place(wanted, at(meetup, "09:30"), loft(meetup), by=ada(), now=NOW)
    assert queries.my_agenda(personal_for(bo(), meetup.slug), NOW).released is False
    released(meetup)
    actions.pick(made["Starred"], bo(), wanted=True, now=NOW)
    (day,) = queries.my_agenda(personal_for(bo(), meetup.slug), NOW).days
    assert [(entry.session.title, entry.starts, entry.why, entry.clashes) for entry in day.entries] == [
        ("Welcome", "09:00", "For everybody", ()),
        ("Led", "09:30", "Shadow", ("Supported",)),
        ("Supported", "09:30", "You support it", ("Led",)),
        ("Starred", "10:30", "You chose it", ()),
    ]
    for taken in (wanted, welcome, made["Led"]):
        actions.pick(taken, bo(), wanted=False, now=NOW)
    (day,) = queries.my_agenda(personal_for(bo(), meetup.slug), NOW).days
    assert [entry.session.title for entry in day.entries] == ["Led", "Starred"]
    assert [entry.session.title for entry in queries.my_agenda(personal_for(cy(), meetup.slug), NOW).days[0].entries] == [
        "Welcome",
        "Supported",
    ]


def test_my_agenda_asks_to_sign_in_and_costs_the_same_with_one_session_and_three(django_assert_num_queries):
    meetup = planned()
    actions.pick(held(meetup, "One"), bo(), wanted=True, now=NOW)
    released(meetup)
    asked = browser_of().get(url("my_agenda", meetup))
    assert (asked.status_code, asked.headers["Location"]) == (302, f"/sign-in/?next={url('my_agenda', meetup)}")
    browser = browser_of(bo())
    with django_assert_num_queries(3):
        assert "One" in text_of(browser.get(url("my_agenda", meetup)))
    for title in ("Two", "Three"):
        actions.pick(held(meetup, title, starts="10:30"), bo(), wanted=True, now=NOW)
    released(meetup)
    with django_assert_num_queries(3):
        page = text_of(browser.get(url("my_agenda", meetup)))
    assert "2 of your sessions run at the same time." in page


def test_a_star_is_put_and_taken_by_a_plain_form_and_by_htmx():
    meetup = planned()
    made = held(meetup)
    released(meetup)
    browser = browser_of(bo())
    assert 'aria-pressed="false"' in text_of(browser.get(url("agenda", meetup)))
    answer = browser.post(url("pick", meetup, made.pk), {"wanted": "1", "back": "agenda"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{url('agenda', meetup)}#session-{made.pk}")
    assert 'aria-pressed="true"' in text_of(browser.get(url("agenda", meetup)))
    part = browser.post(url("pick", meetup, made.pk), {"wanted": "0"}, headers={"HX-Request": "true"})
    assert (part.status_code, 'aria-pressed="false"' in text_of(part)) == (200, True)
    for back, where in (
        ("session", url("session", meetup, made.pk)),
        ("mine", f"{url('my_agenda', meetup)}#session-{made.pk}"),
    ):
        assert browser.post(url("pick", meetup, made.pk), {"wanted": "1", "back": back}).headers["Location"] == where
    off = browser.post(url("pick", meetup, made.pk), {"wanted": "1", "back": "https://evil.example/"})
    assert off.headers["Location"] == f"{url('agenda', meetup)}#session-{made.pk}"


def test_nobody_reads_what_only_the_board_has_by_a_star():
    meetup = planned()
    released_one = held(meetup)
    assert browser_of(bo()).post(url("pick", meetup, released_one.pk), {"wanted": "1"}).status_code == 404
    released(meetup)
    secret = held(meetup, "Who will be laid off", starts="10:30")
    part = browser_of(bo()).post(url("pick", meetup, secret.pk), {"wanted": "1"}, headers={"HX-Request": "true"})
    assert (part.status_code, "laid off" in text_of(part), secret.picks.count()) == (404, False, 0)
    released_one.title = "Who will be laid off"
    released_one.save()
    part = browser_of(bo()).post(url("pick", meetup, released_one.pk), {"wanted": "1"}, headers={"HX-Request": "true"})
    assert (part.status_code, "laid off" in text_of(part)) == (200, False)


def test_strangers_have_no_stars():
    meetup, other = planned(), planned()
    made = held(meetup)
    released(meetup)
    assert "agenda-star" not in text_of(browser_of().get(url("agenda", meetup)))
    assert browser_of().post(url("pick", meetup, made.pk), {"wanted": "1"}).status_code == 302
    assert browser_of(cy()).post(url("pick", other, made.pk), {"wanted": "1"}).status_code == 404
    assert browser_of(cy()).get(url("pick", meetup, made.pk)).status_code == 405
    assert made.picks.count() == 0


def test_my_calendar_opens_with_its_key_alone():
    meetup, other = planned(), planned()
    made = held(meetup, "Mine")
    held(meetup, "Not mine", starts="10:30")
    actions.pick(made, bo(), wanted=True, now=NOW)
    key = actions.open_feed(meetup, bo(), now=NOW).key
    anyone = browser_of()
    assert anyone.get(url("my_calendar", meetup), {"key": key}).status_code == 404
    for public in (meetup, other):
        held(public, "Also there", starts="09:00")
        released(public)
    answer = anyone.get(url("my_calendar", meetup), {"key": key})
    assert [str(event["SUMMARY"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")] == ["Mine"]
    assert answer.headers["Cache-Control"] == "private, max-age=60"
    for where, wrong in ((meetup, ""), (meetup, f"{key}x"), (meetup, "\x00"), (other, key)):
        assert anyone.get(url("my_calendar", where), {"key": wrong}).status_code == 404
    assert browser_of(bo()).get(url("my_calendar", meetup)).status_code == 404
    meetups.set_place(meetup, ada(), meetups.Place(starts_on=None), now=NOW)
    released(meetup)
    assert anyone.get(url("my_calendar", meetup), {"key": key}).status_code == 404


def test_a_grid_of_many_days_has_a_way_to_each():
    meetup = planned()
    held(meetup)
    late = session(meetup, "Late")
    actions.place(late, at(meetup, "09:30", 2), room(meetup, "Attic", None), by=ada(), now=NOW)
    released(meetup)
    page = text_of(browser_of().get(url("agenda", meetup)))
    for words in ('href="#day-1"', 'href="#day-2"', 'id="day-2"', "Wednesday 3 March", "Attic"):
        assert words in page
    assert queries.released_agenda(meetup).starts_on == date(2027, 3, 2)  # type: ignore[union-attr]
