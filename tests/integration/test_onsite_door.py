"""What phones fetch and send: who gets it, what is in it, and what hostile messages do."""

import json
import re
from contextlib import closing
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from midcycle.engines import tickets
from midcycle.meetups.models import Meetup
from midcycle.onsite import actions
from midcycle.onsite.access import key_of
from midcycle.onsite.models import Device, DoorEvent
from midcycle.registration import actions as registration
from midcycle.registration.models import Seat
from tests.spoken import spoken
from tests.world import NOW, ada, browser_of, cy, later
from tests.worlds.onsite import FORGOTTEN, Phone, device, milliseconds, on_site
from tests.worlds.registration import ANSWERS, crowd, seated, states

pytestmark = pytest.mark.django_db
EMPTY = {"cursor": 0, "sent_at": 0, "events": []}


def status_of(address):
    with closing(Client().get(address)) as answer:
        return answer.status_code


def test_a_stranger_gets_neither_list_nor_news():
    meetup = on_site()
    seat = seated(meetup, "Bo")
    phone = Phone(device(meetup))
    of_other = key_of(device(on_site(title="Other meetup")))
    right = key_of(phone.of)
    wrong = ["", "x", right[:-1], right[:-1] + ("0" if right[-1] != "0" else "1"), f"9{right}", of_other, seat.token, "1-\x00"]
    body = json.dumps({**EMPTY, "events": [phone.check_in(seat)]})
    for key in wrong:
        headers = {"Authorization": f"Bearer {key}"}
        for client in (Client(), browser_of(cy()), browser_of(ada())):
            assert client.get(f"/m/{meetup.slug}/door/list/", headers=headers).status_code == 404
            sent = client.post(f"/m/{meetup.slug}/door/events/", body, content_type="application/json", headers=headers)
            assert sent.status_code == 404
    assert (states(meetup), DoorEvent.objects.count()) == ({"Bo": "held"}, 0)


def test_a_link_that_was_taken_back_is_told_so_that_the_phone_forgets():
    meetup = on_site()
    seat = seated(meetup, "Bo")
    phone = Phone(device(meetup))
    actions.revoke_device(phone.of, by=ada(), now=NOW)
    answers = [phone.list(), phone.post({**EMPTY, "events": [phone.check_in(seat)]})]
    assert [(answer.status_code, answer.json()) for answer in answers] == [
        (410, {"detail": "This door link was taken back. Ask the organisers for a new one."})
    ] * 2
    assert states(meetup) == {"Bo": "held"}


def test_two_days_after_the_meetup_the_list_is_not_given_out_and_late_deeds_still_count():
    meetup = on_site()
    seat = seated(meetup, "Bo")
    phone = Phone(device(meetup, now=later(days=-400)))
    Meetup.objects.update(starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 2), stage="wrap_up")
    answer = phone.list()
    assert (answer.status_code, answer.json()["detail"]) == (
        410,
        "This meetup is over, and its list is not given out any more.",
    )
    told = phone.post({**EMPTY, "events": [phone.check_in(seat)]}).json()
    assert ([answer["outcome"] for answer in told["answers"]], told["rows"]) == (["done"], [])


def test_the_list_has_what_a_phone_needs_and_no_address():
    meetup = on_site(3)
    bo = seated(meetup, "Bo")
    registration.change_answers(bo, ANSWERS.__class__(role="vendor", organisation="ACME", photos=False), name="Bo B", now=NOW)
    seated(meetup, "Flo")
    registration.cancel_seat(seated(meetup, "Gus"), now=NOW)
    registration.check_in(Seat.objects.get(name="Flo Example"), by=ada(), now=later(hours=1))
    answer = Phone(device(meetup)).list()
    told = answer.json()
    rows = {row["state"]: row for row in told["rows"]}
    assert (rows["held"]["name"], rows["held"]["organisation"], rows["held"]["no_photos"]) == ("Bo B", "ACME", True)
    assert rows["held"]["role"] == "Vendor, wearing a user's hat"
    assert (rows["checked_in"]["at"], rows["checked_in"]["by"]) == (milliseconds(later(hours=1)), "at the desk")
    assert (rows["cancelled"]["name"], len(rows["cancelled"]["code"])) == ("", 20)
    assert told["kept_until"] == milliseconds(FORGOTTEN)
    assert "@" not in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_key_on_the_phone_reads_the_tickets_of_this_instance(settings):
    meetup = on_site()
    seat = seated(meetup, "Bo")
    told = Phone(device(meetup)).list().json()
    text = tickets.sign(settings.SECRET_KEY, meetup.pk, seat.code)
    assert tickets.read(bytes.fromhex(told["key"]), text) == tickets.Ticket(told["meetup"], told["rows"][0]["code"])


def test_news_are_what_moved_since():
    meetup = on_site()
    seats = crowd(meetup, 3)
    phone = Phone(device(meetup))
    phone.list()
    assert phone.post({**EMPTY, "cursor": phone.cursor}).json()["rows"] == []
    registration.check_in(seats[1], by=ada(), now=NOW)
    told = phone.post({**EMPTY, "cursor": phone.cursor}).json()
    assert [(row["name"], row["state"]) for row in told["rows"]] == [("Guest2 Example", "checked_in")]
    assert (told["reload"], told["figures"]["here"]) == (False, 1)
    assert phone.post({**EMPTY, "cursor": told["cursor"]}).json()["rows"] == []
    assert phone.post({**EMPTY, "cursor": told["cursor"] + 10**9}).json()["reload"] is True


def test_somebody_of_the_waitlist_who_joined_the_queue_is_news_for_the_others():
    meetup = on_site(1)
    _, waits = crowd(meetup, 2)
    dee, flo = Phone(device(meetup)), Phone(device(meetup))
    flo.list()
    dee.send(dee.deed("queue", waits))
    (row,) = flo.post({**EMPTY, "cursor": flo.cursor}).json()["rows"]
    assert (row["name"], row["state"], row["queued"] is not None) == ("Guest2 Example", "waiting", True)


@pytest.mark.parametrize(
    "body",
    [
        "", "null", "[]", "7", '"x"', "{", "\x00", b"\xff\xfe", "[" * 100_000, '{"cursor": 1e999}', json.dumps([EMPTY]),
        json.dumps({**EMPTY, "cursor": -1}), json.dumps({**EMPTY, "cursor": 2**63}), json.dumps({**EMPTY, "sent_at": 1.5}),
        json.dumps({**EMPTY, "sent_at": "1"}), json.dumps({**EMPTY, "events": {}}), json.dumps({**EMPTY, "events": [None]}),
    ],
)  # fmt: skip
def test_a_message_no_phone_of_ours_sends_is_refused(body):
    answer = Phone(device(on_site())).post(body)
    assert (answer.status_code, answer.json()["detail"][:19]) == (400, "The server does not")


@pytest.mark.parametrize(
    "odd",
    [
        {"id": "x"}, {"id": None}, {"id": 7}, {"kind": "king"}, {"kind": None}, {"count": -1}, {"count": 2**64},
        {"count": True}, {"at": -1}, {"at": 10**30}, {"at": None}, {"seat": 0}, {"seat": 10**30}, {"seat": "1"},
        {"code": "x" * 41}, {"code": "\x00"}, {"code": 7}, {"name": "x" * 121}, {"name": "\ud800"}, {"email": "x" * 300},
        {"role": []}, {"of": "nobody"}, {"move": -1},
    ],
)  # fmt: skip
def test_an_odd_deed_is_refused_with_all_that_came_with_it(odd):
    meetup = on_site()
    seat = seated(meetup, "Bo")
    phone = Phone(device(meetup))
    answer = phone.post({**EMPTY, "events": [phone.check_in(seat), phone.check_in(seat) | odd]})
    assert (answer.status_code, states(meetup), DoorEvent.objects.count()) == (400, {"Bo": "held"}, 0)


def test_hostile_text_is_kept_as_text():
    meetup = on_site()
    phone = Phone(device(meetup, "<b>\u202ePhone"))
    name = "=1+1\x00\u202e<script>alert(1)</script>\r\nBcc: x"
    phone.send(phone.walk_in("Zoe") | {"name": name, "organisation": "\x00'; DROP TABLE", "role": "king"})
    seat = Seat.objects.get()
    assert (seat.name, seat.organisation, seat.role) == ("=1+1 <script>alert(1)</script> Bcc: x", "'; DROP TABLE", "")
    assert phone.send(phone.walk_in("Yan") | {"name": name, "email": "\x00"})[0][0] == "conflict"
    assert DoorEvent.objects.get(outcome="conflict").told["email"] == ""


def test_more_than_a_message_may_bring_is_refused_whole():
    meetup = on_site()
    seat = seated(meetup, "Bo")
    phone = Phone(device(meetup))
    assert phone.post({**EMPTY, "events": [phone.check_in(seat) for _ in range(501)]}).status_code == 400
    assert phone.post(json.dumps(EMPTY) + " " * 2_000_000).status_code in {400, 413}
    assert DoorEvent.objects.count() == 0


@pytest.mark.slow
def test_a_thousand_deeds_arrive_in_parts():
    meetup = on_site(40)
    seats = crowd(meetup, 40)
    phone = Phone(device(meetup))
    phone.list()
    deeds = [phone.check_in(seats[number % 40]) for number in range(1_000)]
    outcomes = [outcome for start in range(0, 1_000, 250) for outcome, _ in phone.send(*deeds[start : start + 250])]
    assert (outcomes.count("done"), outcomes.count("already")) == (40, 960)
    assert [outcome for outcome, _ in phone.send(*deeds[:250])] == outcomes[:250]
    assert DoorEvent.objects.count() == 1_000
    assert set(states(meetup).values()) == {"checked_in"}


def test_the_page_holds_nobodys_data_and_may_use_the_camera():
    meetup = on_site()
    seated(meetup, "Bo")
    place = reverse("onsite:door", args=[meetup.slug])
    stranger, organiser = Client().get(place), browser_of(ada()).get(place)
    assert stranger.content == organiser.content
    assert "Bo Example" not in stranger.content.decode()
    assert stranger.headers["Permissions-Policy"].startswith("camera=(self),")
    assert "camera=()" in Client().get(f"/m/{meetup.slug}/").headers["Permissions-Policy"]
    assert (stranger.headers.get("Vary"), stranger.cookies) == ("Accept-Language, HX-Request", {})
    assert "script-src 'self'" in stranger.headers["Content-Security-Policy"]
    assert Client().get("/m/nowhere/door/").status_code == 404


def test_the_page_can_be_installed_and_its_script_keeps_every_part():
    meetup = on_site(title='A "quoted" <meetup>')
    place = reverse("onsite:door", args=[meetup.slug])
    about = Client().get(f"{place}app.webmanifest")
    told = about.json()
    assert (about.headers["Content-Type"], told["scope"], told["start_url"]) == ("application/manifest+json", place, place)
    assert {icon["sizes"] for icon in told["icons"]} == {"192x192", "512x512"}
    page, script = Client().get(place).content.decode(), Client().get(f"{place}offline.js")
    assert script.headers["Content-Type"] == "text/javascript; charset=utf-8"
    kept = json.loads(re.search(r"self.kept = (\{.*\});\n", script.content.decode())[1])
    parts = set(re.findall(r'(?:href|src|data-decoder)="(/static/[^"]+)"', page))
    assert (kept["page"], set(kept["parts"])) == (place, parts)
    pictures = [icon["src"] for icon in told["icons"]]
    assert {status_of(address) for address in [*parts, *pictures]} == {200}


def test_the_page_is_kept_in_the_language_it_was_opened_in(tmp_path):
    place = reverse("onsite:door", args=[on_site().slug])
    with spoken(tmp_path, "pl", {"Got a seat": "Ma miejsce"}):
        pages = [Client(headers={"accept-language": language}) for language in ("en", "pl")]
        english, polish = (client.get(place).content.decode() for client in pages)
        scripts = [client.get(f"{place}offline.js").content.decode() for client in pages]
    assert ('<html lang="pl" dir="ltr">' in polish, '{"Got a seat": "Ma miejsce"}' in polish) == (True, True)
    assert ('<html lang="en" dir="ltr">' in english, 'id="words"' in english) == (True, False)
    kept = [json.loads(re.search(r"self.kept = (\{.*\});\n", script)[1]) for script in scripts]
    assert [one["language"] for one in kept] == ["en", "pl"]
    assert kept[0]["version"] != kept[1]["version"]


def test_a_phone_is_seen_once_a_minute_at_most():
    phone = Phone(device(on_site(), now=later(days=-400)))
    phone.post(EMPTY)
    seen = Device.objects.get().seen_at
    phone.post(EMPTY)
    assert seen is not None
    assert Device.objects.get().seen_at == seen


def test_the_list_takes_as_many_statements_for_one_as_for_many(django_assert_num_queries):
    meetup = on_site(99)
    phone = Phone(device(meetup))
    for people in (1, 30):
        for seat in crowd(meetup, people)[-1:]:
            phone.send(phone.check_in(seat))
        with django_assert_num_queries(7):  # device; last move; capacity; moves, queue, seats; to look at
            phone.list()
        with django_assert_num_queries(9):  # device, seen; queue, moves, last move; capacity; moves, queue, seats; to look at
            phone.post(EMPTY)
