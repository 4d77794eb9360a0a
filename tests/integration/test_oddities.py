"""What no browser sends and no person types: it is refused in a line, and holds up nobody."""

import json
import logging
from datetime import date
from io import BytesIO
from threading import Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, RequestFactory

from midcycle.agenda import actions as agenda
from midcycle.agenda.models import Slot
from midcycle.kernel.redact import redact
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.tickets import BadTicket, read
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.site.door import door
from midcycle.site.worker import do_chore
from tests.integration.test_agenda_places import USUAL
from tests.world import NOW, ada, browser_of, cy, placed

pytestmark = pytest.mark.django_db


def at_the_door(path, body=b"", **environ):
    """Knock as granian does; return the status and the text of the answer. Behind the door everything is well."""
    said = []

    def inside(_environ, start_response):
        start_response("200 OK", [])
        return [b"inside"]

    asked = {**RequestFactory().generic("POST" if body else "GET", path, body).environ, **environ}
    text = b"".join(door(inside)(asked, lambda status, _headers: said.append(status)))
    return int(said[0][:3]), text


ODD = ["hex", "rot13", "utf-7", "unicode_escape", "idna", "undefined", "no-such", "utf_8", "u8", "", "utf-8; charset=punycode"]


@pytest.mark.parametrize("encoding", ODD)
def test_text_is_taken_as_utf8_alone(encoding):
    refused = (415, b"Send text as UTF-8.")
    assert at_the_door("/?q=%ED%A0%80", CONTENT_TYPE=f"text/plain; charset={encoding}") == refused
    body = b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\n+2AA-\\ud800\r\n--b--\r\n'
    kind = f"multipart/form-data; boundary=b; charset={encoding}"
    for path in ("/m/spring-meetup/seat/", "/sign-in/", "/m/spring-meetup/topics/"):
        assert at_the_door(path, body, CONTENT_TYPE=kind) == refused


@pytest.mark.parametrize(
    "kind", ["text/plain; charset=UTF-8", 'text/plain; charset="utf8"', "text/plain", "", ";;=;", "x" * 9999]
)
def test_utf8_goes_by_any_of_its_names(kind):
    assert at_the_door("/", CONTENT_TYPE=kind) == (200, b"inside")


def test_what_goes_in_says_nothing_of_letters_any_more():
    seen = []

    def inside(environ, _start_response):
        seen.append(environ["CONTENT_TYPE"])
        return []

    sent = ("multipart/form-data; charset=utf-8; boundary=----x", 'a/b; boundary="y z"; q=1', "text/plain;charset=UTF-8", "")
    for kind in sent:
        door(inside)({"CONTENT_TYPE": kind, "CONTENT_LENGTH": ""}, lambda *_: None)
    assert seen == ["multipart/form-data; boundary=----x", 'a/b; boundary="y z"', "text/plain", ""]


@pytest.mark.parametrize(("method", "becomes"), [("HEAD", "GET"), ("GET", "GET"), ("POST", "POST"), ("PURGE", "PURGE")])
def test_whatever_can_be_got_can_be_asked_for_without_its_body(method, becomes):
    seen = []

    def inside(environ, _start_response):
        seen.append(environ["REQUEST_METHOD"])
        return []

    door(inside)({"REQUEST_METHOD": method, "CONTENT_LENGTH": ""}, lambda *_: None)
    assert seen == [becomes]


@pytest.mark.parametrize("length", ["150000000", "-5", "many", "²"])
def test_a_huge_body_is_refused_before_it_is_read(length):
    assert at_the_door("/sign-in/", b"a=b", CONTENT_LENGTH=length) == (
        413,
        b"This is too much at once. Go back and send less of it.",
    )


@pytest.mark.parametrize(("size", "status"), [(0, 200), (1024 * 1024, 200), (1024 * 1024 + 1, 413), (5_000_000, 413)])
def test_a_body_in_chunks_is_read_as_far_as_any_other(size, status):
    read_inside = []

    def inside(environ, start_response):
        start_response("200 OK", [])
        read_inside.append(len(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))))
        return []

    said, stream = [], BytesIO(b"x" * size)
    environ = {"PATH_INFO": "/m/x/", "HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": stream}
    door(inside)(environ, lambda status, _headers: said.append(int(status[:3])))
    assert (said, read_inside) == ([status], [size] if status == 200 else [])
    assert stream.tell() <= 1024 * 1024 + 1


@pytest.mark.parametrize(
    ("said", "status"), [({"CONTENT_LENGTH": "1048577"}, 413), ({"CONTENT_TYPE": "application/json; charset=utf-16"}, 415)]
)
def test_machines_are_told_at_the_door_in_their_way(said, status):
    answered, text = at_the_door("/api/v1/meetups/x/seats", b"{}", **said)
    told = json.loads(text)
    assert (answered, told["status"], sorted(told)) == (status, status, ["detail", "status", "title", "type"])


def test_half_a_form_is_none():
    half = {"CONTENT_LENGTH": "4000", "wsgi.input": BytesIO(b"email=bo@example.org")}
    assert at_the_door("/sign-in/", **half) == (400, b"The end of this is missing.")


def test_no_form_takes_a_file():
    answer = browser_of().post("/sign-in/", {"email": "bo@example.org", "a": SimpleUploadedFile("a", b"x" * 4000)})
    assert answer.status_code == 400


def test_a_name_with_a_nul_is_nothing():
    for path in ("/api/v1/meetups/%00/pads/x", "/api/v1/meetups/spring-meetup/pads/%00", "/m/spring-meetup/pads/%00/"):
        assert browser_of().get(path).status_code == 404


def test_a_meetup_of_a_hundred_years_gets_no_slots():
    meetup = placed()
    Meetup.objects.update(starts_on=date(2000, 1, 1), ends_on=date(2099, 12, 31))
    meetup.refresh_from_db()
    with pytest.raises(Refusal, match="is said to last 36525 days"):
        agenda.fill_days(meetup, USUAL, by=ada(), now=NOW)
    assert Slot.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_ideas_of_one_name_opened_at_once_get_names_of_their_own():
    person = ada()

    def open_one():
        try:
            meetups.open_idea(person, title="Twin idea", summary="", now=NOW)
        finally:
            connection.close()

    threads = [Thread(target=open_one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    slugs = sorted(Meetup.objects.values_list("slug", flat=True))
    assert slugs == ["twin-idea", *(f"twin-idea-{number}" for number in range(2, 9))]


def test_a_chore_that_fails_holds_up_nobody(caplog):
    def broken(_now):
        raise ValueError("cannot be a header")

    with caplog.at_level(logging.ERROR, logger="midcycle.worker"):
        do_chore("break", {"break": broken})
    assert caplog.messages == ["a chore failed"]


@pytest.mark.parametrize("text", ["\ud800", "\N{SNOWMAN}", "é.é.é"])
def test_a_ticket_of_other_letters_is_none(text):
    with pytest.raises(BadTicket):
        read("secret", text, 60)


@pytest.mark.parametrize(
    "address",
    ["bo@example.org", "ada@[127.0.0.1]", "/@example.org", "a@\N{SNOWMAN}.net", "a!b#$&*/=?^`|~@localhost", "reject@localhost"],
)
def test_no_address_reaches_the_log(address):
    assert redact(f"{{'{address}': (550, b'no')}}") == "{'<email>': (550, b'no')}"


def test_no_token_reaches_the_log_and_names_of_errors_do():
    token = "SMTPServerDisconnectedx0123456789abc"
    assert redact(f"SMTPServerDisconnected {token} OperationalErrorOfSomeKindX") == "SMTPServerDisconnected <token> <token>"
    assert redact("smtplib.SMTPAuthenticationError: no") == "smtplib.SMTPAuthenticationError: no"


def test_pages_of_somebody_signed_in_are_theirs_alone():
    placed()
    there = browser_of(ada())
    for path in ("/", "/you/", "/m/spring-meetup/desk/", "/m/spring-meetup/desk/team/", "/m/spring-meetup/desk/letters/"):
        assert there.get(path)["Cache-Control"] == "private, no-cache", path
    assert "Cache-Control" not in Client().get("/").headers


def test_a_forbidden_page_of_a_meetup_looks_like_one_of_none():
    placed()
    pages = [browser_of(cy()).get(f"/m/{slug}/desk/seats/") for slug in ("spring-meetup", "no-such-meetup")]
    texts = [page.content.decode().split("<main")[1].split("</main>")[0] for page in pages]
    assert ([page.status_code for page in pages], texts[0] == texts[1]) == ([404, 404], True)
