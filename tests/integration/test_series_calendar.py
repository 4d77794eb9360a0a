"""The shared calendar: what is on it, what is at the same time, who may add to it; and all of it for machines."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from icalendar import Calendar

from midcycle.accounts.actions import make_administrator
from midcycle.series.models import CalendarEvent
from tests.unit.test_calendar_files import file
from tests.world import NOW, ada, bo, browser_of, cy, dee, idea, placed
from tests.worlds.series import event, past, ruled, series_of

pytestmark = pytest.mark.django_db

CALENDAR = "/calendar/"
EVENT = {"title": "Storage Days", "community": "Storage", "starts_on": "2027-03-03", "city": "Graz", "country": "AT"}
HARM = "<script>alert(1)</script>"
SUMMIT = "UID:1@x|SUMMARY:Summit|DTSTART;VALUE=DATE:20270504|DTEND;VALUE=DATE:20270507|LOCATION:Vancouver"
WEEKLY = "UID:2@x|SUMMARY:Weekly|DTSTART:20270504T100000Z|RRULE:FREQ=WEEKLY"


def page_of(who=None, url: str = f"{CALENDAR}?year=2027") -> str:
    answer = browser_of(who).get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def upload(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("events.ics", data)


def test_meetups_and_events_are_on_it_with_what_is_at_the_same_time():
    placed()
    idea("No day yet")
    event("Storage Days", starts_on=date(2027, 3, 3), ends_on=date(2027, 3, 4), region="europe", url="https://e.org/")
    event()
    page = page_of()
    assert page.count("calendar-item") == 3
    assert page.count("At the same time as Storage Days for 1 day, and in the same region.") == 1
    assert page.count("At the same time as Spring meetup for 1 day, and in the same region.") == 1
    assert "2 of 3 are at the same time" in page
    assert 'href="https://e.org/" rel="noopener noreferrer"' in page
    assert "Change" not in page
    assert "Nothing in 2030" in page_of(url=f"{CALENDAR}?year=2030")


@pytest.mark.parametrize("year", ["", "x", "0000", "9999", "-1", "20271", "%00", "٢٠٢٧"])
def test_an_odd_year_shows_what_is_coming(year):
    assert 'aria-current="page" >Coming' in " ".join(page_of(url=f"{CALENDAR}?year={year}").split())


@pytest.mark.parametrize("count", [1, 10])
def test_it_takes_the_same_queries_for_any_number_of_events(count, django_assert_num_queries):
    series = series_of(*(placed(f"Meetup {number}") for number in range(count)))
    for number in range(count):
        event(f"Event {number}", summit_of=series)
    with django_assert_num_queries(4):
        assert page_of().count("calendar-item") == 2 * count
    client = browser_of(ada())
    with django_assert_num_queries(8):  # session, person, what she tends, whether she may add
        assert client.get(f"{CALENDAR}?year=2027").content.decode().count(">Change</a>") == count
    with django_assert_num_queries(2):
        browser_of().get(f"{CALENDAR}calendar.ics")


def test_organisers_add_events_and_strangers_do_not():
    for who in (None, cy()):
        client = browser_of(who)
        for door in ("events/new/", "file/"):
            assert [client.get(CALENDAR + door).status_code, client.post(CALENDAR + door, EVENT).status_code] == [404, 404]
        assert "Add an event" not in page_of(who)
    placed()
    assert browser_of(ada()).post(f"{CALENDAR}events/new/", EVENT)["Location"] == CALENDAR
    added = CalendarEvent.objects.get()
    assert (added.title, added.ends_on, added.where, added.added_by) == (
        "Storage Days",
        date(2027, 3, 3),
        "Graz, Austria",
        ada(),
    )


def test_an_entry_belongs_to_who_added_it_to_who_tends_its_series_and_to_administrators():
    series = series_of(placed())
    dees = idea("Dee's")
    dees.organisers.all().delete()
    dees.organisers.create(person=dee())
    ours, summit = event("Plain", by=bo()), event("Summit", by=bo(), summit_of=series)
    doors = [f"{CALENDAR}events/{each.pk}/{door}" for each in (ours, summit) for door in ("", "removal/")]
    make_administrator(cy(), now=NOW)
    seen = {who: [browser_of(who).get(door).status_code for door in doors] for who in (None, dee(), ada(), bo(), cy())}
    assert list(seen.values()) == [[404] * 4, [404] * 4, [404, 404, 200, 200], [200] * 4, [200] * 4]
    assert [browser_of(dee()).post(door, EVENT).status_code for door in doors] == [404] * 4
    assert CalendarEvent.objects.filter(title="Storage Days").count() == 0


def test_an_event_is_changed_made_a_summit_and_taken_away():
    series = series_of(placed())
    found = event()
    client, there = browser_of(ada()), f"{CALENDAR}events/{found.pk}/"
    assert 'value="2027-05-04"' in client.get(there).content.decode()
    client.post(there, {**EVENT, "summit_of": "operators"})
    found.refresh_from_db()
    assert (found.title, found.summit_of) == ("Storage Days", series)
    assert "Summit of Operators" in page_of()
    assert client.get(f"{there}removal/").status_code == 200
    client.post(f"{there}removal/")
    assert CalendarEvent.objects.count() == 0


def test_nobody_makes_a_summit_of_a_series_they_do_not_tend():
    series_of(title="Others")
    placed()
    answer = browser_of(ada()).post(f"{CALENDAR}events/new/", {**EVENT, "summit_of": "others"})
    assert (answer.status_code, CalendarEvent.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        *(("title", text) for text in ["", "x" * 161, "\x00"]),
        *(("starts_on", text) for text in ["", "soon", "0001-01-01"]),
        *(("ends_on", text) for text in ["2027-03-02", "2027-09-02"]),
        *(("url", text) for text in ["javascript:alert(1)", "//e.org", "x" * 301]),
        ("country", "XX"),
        ("region", "atlantis"),
    ],
)
def test_a_wrong_event_is_told_beside_the_field_and_nothing_typed_is_lost(field, text):
    placed()
    answer = browser_of(ada()).post(f"{CALENDAR}events/new/", {**EVENT, "city": "Kept", field: text})
    page = answer.content.decode()
    assert (answer.status_code, CalendarEvent.objects.count()) == (422, 0)
    assert f'id="id_{field}_error"' in page
    assert 'value="Kept"' in page


def test_a_calendar_file_is_taken_over_once_and_its_changes_later():
    placed()
    client = browser_of(ada())
    sent = {"file": upload(file(SUMMIT, WEEKLY)), "community": "Cloud", "region": "north-america"}
    page = client.post(f"{CALENDAR}file/", sent, follow=True).content.decode()
    assert ("1 new, 0 changed, 0 as they were." in page, "“Weekly” was left out: it repeats." in page) == (True, True)
    found = CalendarEvent.objects.get()
    assert (found.title, found.ends_on, found.city, found.region) == ("Summit", date(2027, 5, 6), "Vancouver", "north-america")
    client.post(f"{CALENDAR}file/", {"file": upload(file(SUMMIT.replace("20270507", "20270508")))})
    assert CalendarEvent.objects.get().ends_on == date(2027, 5, 7)


@pytest.mark.parametrize("data", [b"", b"hello", b"\xff", b"BEGIN:VCALENDAR", b"x" * 600_000, file(WEEKLY)[:60]])
def test_a_hostile_calendar_is_refused_beside_the_field(data):
    placed()
    answer = browser_of(ada()).post(f"{CALENDAR}file/", {"file": upload(data)})
    assert (answer.status_code, 'id="id_file_error"' in answer.content.decode()) == (422, True)
    assert CalendarEvent.objects.count() == 0


def test_words_of_strangers_stay_words():
    event(HARM, community=HARM, city=HARM)
    assert HARM not in page_of()


def test_it_is_given_to_calendar_programs():
    placed()
    event("A; b, c", starts_on=date(2027, 3, 3), ends_on=date(2027, 3, 3))
    answer = browser_of().get(f"{CALENDAR}calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    found = Calendar.from_ical(answer.content).walk("VEVENT")
    told = [(str(each["summary"]), each.decoded("dtstart"), each.decoded("dtend")) for each in found]
    assert told == [
        ("Spring meetup", date(2027, 3, 2), date(2027, 3, 4)),
        ("A; b, c", date(2027, 3, 3), date(2027, 3, 4)),
    ]
    assert str(found[0]["url"]).endswith("/m/spring-meetup/")
    assert "At the same time as A; b, c for 1 day." in str(found[0]["description"])
    assert browser_of().get(f"{CALENDAR}calendar.ics").content == answer.content


def test_machines_read_a_series_with_verdicts_and_what_comes_next(django_assert_num_queries):
    series = series_of(placed())
    ruled(series)
    past(series)
    event(summit_of=series)
    with django_assert_num_queries(5):
        told = browser_of().get("/api/v1/series/operators").json()
    assert told["rule"]["regions"][2] == {"key": "apac", "name": "Asia-Pacific", "parts": ["asia", "australia"]}
    assert [(row["key"], row["verdict"]["state"], row["path"]) for row in told["editions"]] == [
        ("p-oslo-2025", "kept", ""),
        ("m-spring-meetup", "kept", "/m/spring-meetup/"),
    ]
    assert told["editions"][0]["latitude"] == 59.9
    assert told["proposal"].keys() == {"region", "earliest", "latest", "reasons", "lacks"}
    assert browser_of().get("/api/v1/series").json() == {
        "items": [{"slug": "operators", "title": "Operators", "community": "", "editions": 2}]
    }
    assert [browser_of().get(f"/api/v1/series/{slug}").status_code for slug in ("none", "%00")] == [404, 404]


def test_machines_read_the_calendar():
    placed()
    event("Storage Days", starts_on=date(2027, 3, 3), ends_on=date(2027, 3, 4))
    items = browser_of().get("/api/v1/calendar?since=2027-03-01&until=2027-03-31").json()["items"]
    assert [(item["title"], [clash["sentence"] for clash in item["clashes"]]) for item in items] == [
        ("Spring meetup", ["At the same time as Storage Days for 1 day."]),
        ("Storage Days", ["At the same time as Spring meetup for 1 day."]),
    ]
    assert browser_of().get("/api/v1/calendar?since=2027-03-05&until=2027-03-31").json() == {"items": []}
    wrong = ["since=x", "since=2027-03-05&until=2027-03-01", "since=0001-01-01", "until=9999-12-31"]
    assert [browser_of().get(f"/api/v1/calendar?{query}").status_code for query in wrong] == [422, 409, 409, 409]
