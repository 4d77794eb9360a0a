"""The organisers' page of the door."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from midcycle.meetups import actions as meetups
from midcycle.onsite import actions
from midcycle.onsite.access import key_of
from midcycle.onsite.models import Device, DoorEvent
from midcycle.registration.models import Capacity
from tests.world import NOW, ada, bo, browser_of, cy, later
from tests.worlds.onsite import TODAY, Phone, device, on_site
from tests.worlds.registration import opened

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


def desk(meetup, name="desk", *more):
    return reverse(f"onsite:{name}", args=[meetup.slug, *more])


def text_of(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("who", [cy, bo, lambda: None])
def test_a_stranger_finds_no_door_on_the_desk(who):
    meetup = on_site(1)
    made = device(meetup)
    phone = Phone(made)
    phone.send(phone.walk_in("Zoe"), phone.walk_in("Yan"))
    event = DoorEvent.objects.get(outcome="conflict")
    client = browser_of(who())
    asked = [client.get(desk(meetup)), client.get(desk(meetup, "link", made.pk))]
    typed = {"label": "Mallory", "day": "2099-03-02", "time": "10:00"}
    asked += [client.post(desk(meetup, name), typed) for name in ("links", "release")]
    asked += [client.post(desk(meetup, "link", made.pk), {"_method": "delete"}), client.post(desk(meetup, "event", event.pk))]
    assert {answer.status_code for answer in asked} == {404}
    event.refresh_from_db()
    assert (Device.objects.get().revoked_at, event.settled_at, Capacity.objects.get().release_at) == (None, None, None)


def test_a_phone_of_another_meetup_is_not_at_this_desk():
    other = device(on_site(title="Other meetup"))
    meetup = on_site()
    client = browser_of(ada())
    numbers = (other.pk, 10**30)
    assert [client.get(desk(meetup, "link", number)).status_code for number in numbers] == [404, 404]


def test_the_organiser_makes_a_link_shows_it_and_takes_it_back():
    meetup = on_site()
    client = browser_of(ada())
    assert "No phone yet" in text_of(client.get(desk(meetup)))
    shown = client.post(desk(meetup, "links"), {"label": " Phone of \u202eDee "}, follow=True)
    made = Device.objects.get()
    address = f"http://testserver/m/{meetup.slug}/door/#{key_of(made)}"
    assert (made.label, made.made_by, f'value="{address}"' in text_of(shown)) == ("Phone of Dee", ada(), True)
    assert 'role="img" viewBox' in text_of(shown)
    assert shown.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert Phone(made).list().status_code == 200
    taken = client.post(desk(meetup, "link", made.pk), {"_method": "delete"}, follow=True)
    assert "The link of “Phone of Dee” is taken back." in text_of(taken)
    assert (Phone(made).list().status_code, "Taken back" in text_of(taken)) == (410, True)
    assert key_of(made) not in text_of(client.get(desk(meetup, "link", made.pk)))


@pytest.mark.parametrize("label", ["", " \x07 ", "\u202e", "x" * 61])
def test_a_phone_without_a_name_gets_no_link(label):
    meetup = on_site()
    answer = browser_of(ada()).post(desk(meetup, "links"), {"label": label})
    assert (answer.status_code, Device.objects.count()) == (422, 0)


def test_there_are_no_more_than_a_hundred_links():
    meetup = on_site()
    Device.objects.bulk_create([Device(meetup=meetup, label="x", made_by=ada(), made_at=NOW) for _ in range(100)])
    answer = browser_of(ada()).post(desk(meetup, "links"), {"label": "One more"})
    assert (answer.status_code, "There are 100 door links. Take one back first." in text_of(answer)) == (422, True)


def test_a_key_opens_one_phone_and_cannot_be_worked_out_from_another():
    meetup = on_site()
    first, second = device(meetup), device(meetup)
    assert key_of(first) != key_of(second)
    assert re.fullmatch(r"\d+-[0-9a-f]{40}", key_of(first))
    moved = Device(pk=first.pk, meetup=meetup, made_at=later(seconds=1))
    assert key_of(moved) != key_of(first)


def test_the_organiser_states_changes_and_takes_back_the_minute_of_release():
    meetup = on_site()
    client = browser_of(ada())
    answer = client.post(desk(meetup, "release"), {"day": TOMORROW.isoformat(), "time": "10:00"}, follow=True)
    assert f"They are released on {TOMORROW.day} {TOMORROW:%B} at 10:00" in text_of(answer)
    assert Capacity.objects.get().release_at == datetime.combine(TOMORROW, time(10), ZoneInfo("Europe/Lisbon"))
    assert 'value="10:00"' in text_of(answer)
    client.post(desk(meetup, "release"), {"_method": "delete"})
    assert Capacity.objects.get().release_at is None


ODD = [{}, {"day": "x", "time": "10:00"}, {"day": "2099-03-02", "time": "25:00"}, {"time": "\x00"}]


@pytest.mark.parametrize(
    "typed",
    [
        *ODD,
        {"day": "2026-01-02", "time": "10:00"},
        {"day": "0001-01-01", "time": "00:00"},
        {"day": "9999-12-31", "time": "23:59"},
    ],
)
def test_an_odd_minute_is_told(typed):
    meetup = on_site()
    answer = browser_of(ada()).post(desk(meetup, "release"), typed)
    assert (answer.status_code, Capacity.objects.get().release_at) == (422, None)


def test_a_minute_that_is_over_or_on_another_day_is_told():
    meetup = on_site()
    client = browser_of(ada())
    past = client.post(desk(meetup, "release"), {"day": TODAY.isoformat(), "time": "00:00"})
    assert (past.status_code, "This minute is over." in text_of(past)) == (422, True)
    later_on = client.post(desk(meetup, "release"), {"day": (TODAY + timedelta(days=2)).isoformat(), "time": "10:00"})
    assert (later_on.status_code, "Choose a day of the meetup." in text_of(later_on)) == (422, True)


def test_what_could_not_be_done_is_shown_and_settled():
    meetup = on_site(1)
    phone = Phone(device(meetup, "Flo's <phone>"))
    phone.send(phone.walk_in("Zoe"), phone.walk_in("Yan"), phone.walk_in("Xi") | {"email": "xi@<b>"})
    client = browser_of(ada())
    page = text_of(client.get(desk(meetup)))
    assert "Yan Example is in the queue, not checked in." in page
    assert "Typed: Xi Example, xi<wbr>@&lt;b&gt;." in page
    assert "Flo&#x27;s &lt;phone&gt;" in page
    for event in DoorEvent.objects.filter(outcome="conflict"):
        settled = client.post(desk(meetup, "event", event.pk), follow=True)
    assert "To look at" not in text_of(settled)
    event.refresh_from_db()
    assert (event.told, client.post(desk(meetup, "event", event.pk)).status_code) == ({}, 302)


def test_the_page_says_when_checking_in_begins_and_archives_offer_nothing():
    early = opened(2)
    assert "Checking in begins when the meetup is moved on" in text_of(browser_of(ada()).get(desk(early)))
    over = on_site(title="Over")
    device(over)
    for stage in ("wrap_up", "archived"):
        meetups.move_to_stage(over, ada(), stage, now=NOW)
    page = browser_of(ada()).get(desk(over))
    assert re.findall(r'<form(?![^>]*role="search")', page.content.decode()) == []
    assert "archived" in text_of(browser_of(ada()).post(desk(over, "links"), {"label": "Late"}))
    assert Device.objects.count() == 1


def test_the_desk_takes_as_many_statements_for_one_as_for_many(django_assert_num_queries):
    meetup = on_site(1)
    client = browser_of(ada())
    client.get(desk(meetup))
    for turn in (1, 5):
        for number in range(turn):
            phone = Phone(device(meetup, f"Phone {turn}{number}"))
            phone.send(phone.walk_in(f"Zoe{turn}{number}"), phone.walk_in(f"Yan{turn}{number}"))
        with django_assert_num_queries(8):  # session, person; meetup, organiser; capacity, devices, deeds; tabs
            client.get(desk(meetup))


def test_a_link_made_by_somebody_who_left_still_works():
    meetup = on_site()
    made = actions.make_device(meetup, "Phone", by=ada(), now=NOW)
    Device.objects.update(made_by=None)
    made.refresh_from_db()
    phone = Phone(made)
    assert phone.send(phone.walk_in("Zoe"))[0][0] == "done"
