"""A release in other people's formats: the same bytes for everybody, told apart by strong ETags, packed beside plain."""

import csv
import gzip
import json
from xml.etree import ElementTree as ET

import pytest

from midcycle.agenda import actions
from midcycle.agenda.models import Feed
from midcycle.engines.tables import unguarded
from midcycle.journal.models import Entry
from midcycle.meetups import actions as meetups
from tests.unit.test_schedule_formats import validator, xsd
from tests.world import NOW, ada, bo, browser_of, dee
from tests.worlds.agenda import held, planned, released, text_of, url
from tests.worlds.topics import proposed, supported

pytestmark = pytest.mark.django_db

FORMATS = {
    "schedule_json": "application/json",
    "schedule_ics": "text/calendar; charset=utf-8",
    "schedule_xml": "application/xml; charset=utf-8",
    "schedule2": "application/json",
    "schedule_xcal": "application/calendar+xml; charset=utf-8",
    "schedule_csv": "text/csv; charset=utf-8",
}
names = pytest.mark.parametrize("name", FORMATS)


@names
def test_a_release_is_given_as_ready_bytes_with_a_strong_etag(name):
    meetup = planned()
    made = held(meetup, "Upgrades <now> & later", dee())
    first = released(meetup)
    anyone = browser_of()
    answer = anyone.get(url(name, meetup))
    etag = answer.headers["ETag"]
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, FORMATS[name])
    assert (etag[0], answer.headers["Cache-Control"]) == ('"', "public, max-age=60")
    assert (answer.headers["Access-Control-Allow-Origin"], answer.headers["Vary"]) == ("*", "Accept-Encoding")
    assert not answer.cookies
    if name in vars(first):
        assert answer.content == bytes(vars(first)[name])
    assert str(made.uid).encode() in answer.content
    head = anyone.head(url(name, meetup))
    assert (head.content, head.headers["Content-Length"], head.headers["ETag"]) == (b"", str(len(answer.content)), etag)
    packed = anyone.get(url(name, meetup), headers={"Accept-Encoding": "br, gzip"})
    assert (packed.headers["Content-Encoding"], gzip.decompress(packed.content)) == ("gzip", answer.content)
    assert packed.headers["ETag"] == f'{etag[:-1]}-gzip"'
    for sent in (etag, f'"x", W/{etag}', "*"):
        again = anyone.get(url(name, meetup), headers={"If-None-Match": sent})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
    released(meetup)
    if name != "schedule_csv":  # a table has no number of a release
        assert anyone.get(url(name, meetup), headers={"If-None-Match": etag}).status_code == 200


@names
def test_a_fresh_file_costs_two_queries_and_a_kept_one_one(name, django_assert_num_queries):
    meetup = planned()
    held(meetup)
    released(meetup)
    anyone = browser_of()
    for cost in (2, 1, 1):
        with django_assert_num_queries(cost):
            anyone.get(url(name, meetup))
    for number in range(2):
        held(meetup, f"More {number}", starts="10:30")
    released(meetup)
    for cost in (2, 1):
        with django_assert_num_queries(cost):
            anyone.get(url(name, meetup))


@names
def test_there_is_nothing_before_the_first_release_without_dates_or_elsewhere(name):
    meetup = planned()
    anyone = browser_of()
    assert anyone.get(url(name, meetup)).status_code == 404
    assert anyone.get(url(name, meetup).replace(meetup.slug, "nowhere")).status_code == 404
    assert anyone.post(url(name, meetup)).status_code == 405
    held(meetup)
    meetups.set_place(meetup, ada(), meetups.Place(city="Lisbon"), now=NOW)
    released(meetup)
    assert anyone.get(url(name, meetup)).status_code == 404


def test_the_files_of_a_release_keep_to_their_schemas_and_to_what_was_released():
    meetup = planned()
    made = held(meetup, "=1+1", dee())
    actions.change_session(made, "=1+1", format="lightning", abstract="**Why**", for_all=False, by=ada(), now=NOW)
    released(meetup)
    actions.change_session(made, "Changed", format="lightning", abstract="Changed", for_all=False, by=ada(), now=NOW)
    anyone = browser_of()
    xml = text_of(anyone.get(url("schedule_xml", meetup)))
    xsd().validate(xml)
    newer = anyone.get(url("schedule2", meetup)).json()
    validator("schema2.json").validate(newer)
    assert [event["title"] for event in newer["schedule"]["events"]] == ["=1+1"]
    assert ET.fromstring(xml).findtext(".//event/abstract") == "**Why**"  # noqa: S314 - our own
    head, row = csv.reader(text_of(anyone.get(url("schedule_csv", meetup))).removeprefix("\ufeff").splitlines())
    assert (head[5], row[5][0], unguarded(row[5]), row[2:5]) == ("Title", "'", "=1+1", ["09:30", "10:10", "Hall"])


def test_the_page_of_strangers_is_ready_bytes_too():
    meetup = planned()
    made = held(meetup, "Upgrades", dee())
    released(meetup)
    anyone = browser_of()
    page = anyone.get(url("agenda", meetup), headers={"Accept-Encoding": "gzip"})
    assert (page.headers["Content-Encoding"], page.headers["Cache-Control"]) == ("gzip", "no-cache")
    assert not page.cookies
    assert {"Cookie", "Accept-Encoding"} <= {each.strip() for each in page.headers["Vary"].split(",")}
    same = anyone.get(url("agenda", meetup), headers={"Accept-Encoding": "gzip", "If-None-Match": page.headers["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    actions.link_notes(meetup, {made.pk: "/m/x/pads/1/"}, by=ada(), now=NOW)
    assert 'href="/m/x/pads/1/"' in text_of(anyone.get(url("agenda", meetup)))
    meetups.set_place(meetup, ada(), meetups.Place(city="Porto", timezone="Asia/Tokyo"), now=NOW)
    assert "Times of Tokyo" in text_of(anyone.get(url("agenda", meetup)))
    assert "Sign out" in text_of(browser_of(bo()).get(url("agenda", meetup)))
    assert "Sign out" not in text_of(anyone.get(url("agenda", meetup)))


def test_the_address_of_a_calendar_can_be_made_anew_and_taken_back(django_assert_num_queries):
    meetup = planned()
    made = held(meetup, "Mine")
    actions.pick(made, bo(), wanted=True, now=NOW)
    released(meetup)
    browser, anyone = browser_of(bo()), browser_of()
    assert "?key=" not in text_of(browser.get(url("my_agenda", meetup)))
    keys = []
    for _ in range(2):
        assert browser.post(url("feed", meetup)).headers["Location"] == f"{url('my_agenda', meetup)}#calendar"
        keys.append(Feed.objects.get().key)
        assert f"?key={keys[-1]}" in text_of(browser.get(url("my_agenda", meetup)))
    answers = [anyone.get(url("my_calendar", meetup), {"key": key}) for key in keys]
    assert [answer.status_code for answer in answers] == [404, 200]
    with django_assert_num_queries(3):
        again = anyone.get(url("my_calendar", meetup), {"key": keys[1]}, headers={"If-None-Match": answers[1].headers["ETag"]})
    assert again.status_code == 304
    assert browser_of(ada()).post(url("feed", meetup), {"_method": "delete"}).status_code == 302  # has none, takes none
    assert anyone.get(url("my_calendar", meetup), {"key": keys[1]}).status_code == 200
    browser.post(url("feed", meetup), {"_method": "delete"})
    assert anyone.get(url("my_calendar", meetup), {"key": keys[1]}).status_code == 404
    kinds = list(Entry.objects.filter(kind__startswith="agenda.feed").order_by("id").values_list("kind", "actor"))
    assert kinds == [("agenda.feed_opened", None), ("agenda.feed_opened", None), ("agenda.feed_closed", None)]


def test_calendar_apps_get_what_they_ask_for_until_the_address_is_taken_back():
    meetup = planned()
    actions.pick(held(meetup, "Mine"), bo(), wanted=True, now=NOW)
    released(meetup)
    key = actions.open_feed(meetup, bo(), now=NOW).key
    app, address = browser_of(), {"key": key}
    as_calendars_do = {"Accept": "text/calendar", "Accept-Encoding": "gzip", "User-Agent": "iOS/18 dataaccessd/1.0"}
    first = app.get(url("my_calendar", meetup), address, headers=as_calendars_do)
    assert (first.status_code, first.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert b"SUMMARY:Mine" in gzip.decompress(first.content)
    told = {name: first.headers[name] for name in ("Cache-Control", "Content-Disposition", "X-Robots-Tag", "ETag")}
    assert told == {
        "Cache-Control": "private, max-age=60",
        "Content-Disposition": f'inline; filename="{meetup.slug}.ics"',
        "X-Robots-Tag": "noindex",
        "ETag": told["ETag"],
    }
    assert (first.cookies, "Access-Control-Allow-Origin" in first.headers) == ({}, False)
    head = app.head(url("my_calendar", meetup), address, headers=as_calendars_do)
    assert (head.content, head.headers["ETag"], head.headers["Content-Length"]) == (b"", told["ETag"], str(len(first.content)))
    known = {**as_calendars_do, "If-None-Match": told["ETag"]}
    assert app.get(url("my_calendar", meetup), address, headers=known).status_code == 304
    actions.pick(held(meetup, "More", starts="10:30"), bo(), wanted=True, now=NOW)
    released(meetup)
    assert app.get(url("my_calendar", meetup), address, headers=known).status_code == 200
    actions.close_feed(meetup, bo(), now=NOW)
    for method in (app.get, app.head):
        assert method(url("my_calendar", meetup), address, headers=known).status_code == 404
    assert app.post(url("my_calendar", meetup), address).status_code == 405


@pytest.mark.parametrize("count", [1, 12])
def test_a_personal_agenda_costs_three_queries_whatever_its_size(count, django_assert_num_queries):
    meetup, who = planned(), bo()
    for number in range(count):
        actions.pick(held(meetup, f"Session {number}", dee()), who, wanted=True, now=NOW)
        supported(proposed(meetup, f"Topic {number}", who), "Cy")
    released(meetup)
    actions.open_feed(meetup, who, now=NOW)
    browser = browser_of(who)
    with django_assert_num_queries(3):
        assert text_of(browser.get(url("my_agenda", meetup))).count('id="session-') == count


def test_strangers_have_no_calendar():
    meetup = planned()
    assert browser_of().post(url("feed", meetup)).headers["Location"].startswith("/sign-in/")
    assert browser_of(bo()).post(url("feed", meetup).replace(meetup.slug, "nowhere")).status_code == 404
    assert browser_of(bo()).get(url("feed", meetup)).status_code == 405
    assert Feed.objects.count() == 0


def test_search_engines_find_the_sessions_in_the_page():
    meetup = planned()
    held(meetup, "</script><b>Upgrades", dee())
    released(meetup)
    page = text_of(browser_of().get(url("agenda", meetup)))
    block = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    found = json.loads(block)
    assert (found["@type"], found["subEvent"][0]["name"]) == ("Event", "</script><b>Upgrades")
    assert "<b>Upgrades" not in page


def test_the_agenda_can_stand_within_a_page_of_another_site_and_no_other_page_can():
    meetup = planned()
    anyone = browser_of()
    assert "not released yet" in text_of(anyone.get(url("embedded", meetup)))
    made = held(meetup, "<b>Upgrades", dee())
    released(meetup)
    page = anyone.get(url("embedded", meetup))
    policy = page.headers["Content-Security-Policy"]
    assert (policy.endswith("frame-ancestors *"), "script" in policy, "X-Frame-Options" in page.headers) == (True, False, False)
    assert not page.cookies
    text = text_of(page)
    assert ("&lt;b&gt;Upgrades" in text, "<script" in text, "<form" in text, "<!--star" in text) == (True, False, False, False)
    assert url("session", meetup, made.pk) in text
    assert text_of(browser_of(bo()).get(url("embedded", meetup))) == text
    other = anyone.get(url("agenda", meetup))
    assert other.headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")
    assert other.headers["X-Frame-Options"] == "DENY"
    assert anyone.get(url("embedded", meetup).replace(meetup.slug, "nowhere")).status_code == 404
    again = anyone.get(url("embedded", meetup), headers={"If-None-Match": page.headers["ETag"]})
    assert (again.status_code, again.headers["Content-Security-Policy"]) == (304, policy)
