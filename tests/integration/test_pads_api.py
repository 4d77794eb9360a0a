"""Pads for machines: everybody reads, a token for this meetup and `pads:write` writes."""

from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from midcycle.agenda.models import SessionPart
from midcycle.kernel.tickets import read
from midcycle.meetups import actions as meetups
from midcycle.pads import actions, queries
from midcycle.pads.models import Snapshot, Update
from tests.world import NOW, ada, bo, browser_of, dee, placed
from tests.worlds.agenda import planned, session

pytestmark = pytest.mark.django_db


def a_pad():
    meetup = placed(stage="on_site")
    return meetup, actions.open_pad(meetup, "LIS-ops-notes", title="Notes", by=ada(), now=NOW, text="# Notes")


def ask_ticket(meetup, pad, token, name="Bot"):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    url = f"/api/v1/meetups/{meetup.slug}/pads/{pad}/ticket"
    return browser_of().post(url, {"name": name}, content_type="application/json", headers=headers)


def test_everybody_reads(settings):
    meetup, pad = a_pad()
    base = f"/api/v1/meetups/{meetup.slug}/pads"
    page = f"{settings.MIDCYCLE.public_url_used}/m/{meetup.slug}/pads/LIS-ops-notes"
    shown = {
        "id": str(pad.pk), "name": "LIS-ops-notes", "title": "Notes", "url": f"{page}/", "markdown_url": f"{page}.md",
        "session": None, "locked": False, "published": None, "updated": "2027-01-10T12:00:00Z",
        "parts": {"moderators": [], "note_takers": [], "publishers": []},
    }  # fmt: skip
    assert browser_of().get(base).json() == {"items": [shown], "open": True}
    actions.lock(pad, by=ada(), now=NOW)
    actions.publish(pad, by=ada(), now=NOW)
    (listed,) = browser_of().get(base).json()["items"]
    assert (listed["locked"], listed["published"]) == (True, "2027-01-10T12:00:00Z")
    assert browser_of().get(f"{base}/{pad.name}").json() == {"name": "LIS-ops-notes", "text": "# Notes"}


def test_the_text_is_where_the_list_says(settings):
    meetup, _ = a_pad()
    (listed,) = browser_of().get(f"/api/v1/meetups/{meetup.slug}/pads").json()["items"]
    text = browser_of().get(listed["markdown_url"].removeprefix(settings.MIDCYCLE.public_url_used))
    assert (text["Content-Type"], text.content) == ("text/markdown; charset=utf-8", b"# Notes")


def test_the_list_tells_when_a_pad_changed_last():
    meetup, pad = a_pad()
    Snapshot.objects.filter(pad=pad).update(at=NOW + timedelta(minutes=1))
    assert queries.listed_pads(meetup).get().updated == NOW + timedelta(minutes=1)
    for seq, minutes in [(1, 3), (2, 5)]:
        Update.objects.create(pad=pad, seq=seq, at=NOW + timedelta(minutes=minutes), body=b"", authors="[]")
    assert queries.listed_pads(meetup).get().updated == NOW + timedelta(minutes=5)


@pytest.mark.parametrize("amount", [1, 3])
def test_the_list_takes_as_many_queries_for_many_pads(amount, django_assert_num_queries):
    meetup = planned()
    for number in range(amount):
        held = session(meetup, f"Session {number}")
        SessionPart.objects.create(session=held, person=dee(), part="note_taker")
    actions.open_pads(meetup, by=ada(), now=NOW)
    with django_assert_num_queries(3):
        pads = list(queries.listed_pads(meetup))
    assert [[str(part.person) for part in pad.session.parts.all()] for pad in pads] == [["Dee Example"]] * amount


def test_a_token_gets_a_ticket_to_write(settings):
    meetup, pad = a_pad()
    answer = ask_ticket(meetup, pad.name, meetups.make_token(meetup, "pads:write", now=NOW)).json()
    ticket = read(settings.SECRET_KEY, answer["ticket"], 60)
    assert (ticket.pad, ticket.role, ticket.name, ticket.person) == (pad.pk.hex, "write", "Bot", "api:Bot")
    assert answer["url"].endswith(f"/live/pads/{pad.pk}")


def test_a_token_of_another_meetup_or_scope_gets_nothing():
    meetup, pad = a_pad()
    other = placed("Other meetup", stage="on_site")
    tokens = [
        meetups.make_token(other, "pads:write", now=NOW),
        meetups.make_token(meetup, "seats:write", now=NOW),
        "made-up",
        None,
    ]
    assert [ask_ticket(meetup, pad.name, token).status_code for token in tokens] == [404, 403, 401, 401]


def test_an_archived_pad_cannot_be_written():
    meetup = placed(stage="wrap_up")
    pad = actions.open_pad(meetup, "notes", title="Notes", by=ada(), now=NOW)
    meetups.move_to_stage(meetup, ada(), "archived", now=NOW)
    answer = ask_ticket(meetup, pad.name, meetups.make_token(meetup, "pads:write", now=NOW))
    assert (answer.status_code, answer.json()["detail"]) == (409, "The pads of an archived meetup can be read only.")


@pytest.mark.parametrize("name", ["", "x" * 500, "a\x01b", "<b>", "\u202eevil"])
def test_a_hostile_name_is_made_harmless(name, settings):
    meetup, pad = a_pad()
    answer = ask_ticket(meetup, pad.name, meetups.make_token(meetup, "pads:write", now=NOW), name)
    ticket = read(settings.SECRET_KEY, answer.json()["ticket"], 60)
    assert len(ticket.name) <= 80
    assert not set(ticket.name) & {"\x01", "\u202e"}


def ask_address(browser, pad, token=""):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return browser.post(f"/api/v1/pads/{pad}/ticket", content_type="application/json", headers=headers)


def in_address(answer, settings):
    url = urlsplit(answer.json()["url"])
    assert url.scheme == "ws"
    return url.path, read(settings.SECRET_KEY, parse_qs(url.query)["ticket"][0], 60)


def test_a_token_gets_an_address_that_any_client_can_open(settings):
    meetup, pad = a_pad()
    answer = ask_address(browser_of(), pad.pk, meetups.make_token(meetup, "pads:write", now=NOW))
    path, ticket = in_address(answer, settings)
    assert (path, ticket.pad, ticket.role, ticket.person) == (f"/live/pads/{pad.pk}", pad.pk.hex, "write", "api:API")
    assert datetime.fromisoformat(answer.json()["expires"]) <= timezone.now() + timedelta(seconds=60)


def test_two_addresses_are_never_the_same():
    meetup, pad = a_pad()
    token = meetups.make_token(meetup, "pads:write", now=NOW)
    assert len({ask_address(browser_of(), pad.pk, token).json()["url"] for _ in range(3)}) == 3


def test_who_is_signed_in_gets_an_address_of_their_own(settings):
    _, pad = a_pad()
    _, ticket = in_address(ask_address(browser_of(bo()), pad.pk), settings)
    assert (ticket.person, ticket.role) == (str(bo().pk), "write")


def test_a_stranger_gets_no_address():
    meetup, pad = a_pad()
    other = meetups.make_token(placed("Other meetup", stage="on_site"), "pads:write", now=NOW)
    tokens = [other, meetups.make_token(meetup, "seats:write", now=NOW), "made-up", ""]
    assert [ask_address(browser_of(), pad.pk, token).status_code for token in tokens] == [404, 403, 401, 401]


@pytest.mark.parametrize("pad", ["0" * 32, "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_there_is_no_address_of_a_pad_that_is_not_there(pad):
    meetup, _ = a_pad()
    token = meetups.make_token(meetup, "pads:write", now=NOW)
    assert ask_address(browser_of(), pad, token).status_code == 404


def test_a_stranger_without_a_token_is_told_so_and_a_session_without_its_csrf_token_is_refused():
    _, pad = a_pad()
    stranger, person = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    person.force_login(bo())
    answers = [each.post(f"/api/v1/pads/{pad.pk}/ticket", content_type="application/json") for each in (stranger, person)]
    assert [answer.status_code for answer in answers] == [401, 403]
    assert answers[0].headers["WWW-Authenticate"] == 'Bearer realm="midcycle"'
