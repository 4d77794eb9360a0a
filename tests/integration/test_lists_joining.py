"""Joining a list: nobody is put on one but by whoever reads their mail, and nobody learns who is on it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from midcycle.accounts.models import Person
from midcycle.engines.maillist import Answer
from midcycle.kernel.refusal import Refusal
from midcycle.lists import actions
from midcycle.lists.access import invitation_key
from midcycle.lists.models import JoinRequest, MailList
from midcycle.mailing.models import Letter
from tests.world import NOW, ada, bo, browser_of, cy, later, placed
from tests.worlds.lists import OPS, Fake, connected, named
from tests.worlds.mailing import follow
from tests.worlds.registration import opened, seated

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _connected():
    with connected(ops=OPS):
        yield


def asked(found, email="bo@example.org", **more):
    """Let a stranger type an address on the page of a list; return the page that follows."""
    page = browser_of().post(f"/m/spring-meetup/lists/{found.pk}/", {"email": email, **more}, follow=True)
    follow()
    return page


def link_in(letter):
    """Return the path of the link in a letter."""
    return re.search(r"http://[^/]+(/m/\S+)", letter.body)[1]


def test_the_link_of_a_letter_and_a_press_of_the_button_put_somebody_on_a_list():
    found, server = named(placed()), Fake()
    asked(found, digest="on")
    letter = Letter.objects.get()
    assert (letter.person.email, letter.subject) == ("bo@example.org", "Do you want to join Operators?")
    link, program = link_in(letter), browser_of()
    page = program.get(link)  # as a program does that looks for viruses
    assert "With b…@example.org, and one letter now and then" in page.content.decode()
    assert actions.put_on_lists(server, now=timezone.now()) == 0
    assert "You are being put on Operators" in program.post(link, follow=True).content.decode()
    assert actions.put_on_lists(server, now=timezone.now()) == 1
    assert b"subscriber=bo%40example.org" in server.asked[0].body
    assert b"delivery_mode=plaintext_digests" in server.asked[0].body
    assert "You are on Operators" in " ".join(program.get(link).content.decode().split())
    assert program.post(link, follow=True).status_code == 200
    assert actions.put_on_lists(server, now=timezone.now()) == 0


def test_nothing_of_the_address_is_left_when_it_is_done():
    found = named(placed())
    asked(found, "new@example.org")
    browser_of().post(link_in(Letter.objects.get()))
    actions.put_on_lists(Fake(), now=timezone.now())
    assert JoinRequest.objects.values_list("email", "state").get() == ("", "joined")
    assert not Person.objects.filter(email="new@example.org").exists()
    assert not Letter.objects.exists()


def test_whoever_asks_reads_the_same_whether_the_address_is_known_or_not():
    meetup = opened(9)
    found, server = named(meetup), Fake()
    seated(meetup, "Bo")
    first = asked(found)
    browser_of().post(link_in(Letter.objects.get(key__startswith="lists.")))
    server.status, server.body = 409, b'{"description": "Member already subscribed"}'
    actions.put_on_lists(server, now=timezone.now())
    again, stranger = asked(found), asked(found, "nobody@example.org")
    text = [re.sub(r'content="[^"]{64}"', "", page.content.decode()) for page in (first, again, stranger)]
    assert text[0] == text[1] == text[2]
    assert "a letter is on its way to that address" in text[0]


def test_asking_again_and_again_fills_no_mailbox():
    found = named(placed())
    for _ in range(5):
        asked(found)
    assert (Letter.objects.count(), JoinRequest.objects.count()) == (1, 1)


def test_organisers_do_not_see_who_asked():
    found = named(placed())
    asked(found)
    page = browser_of(ada()).get("/m/spring-meetup/desk/letters/")
    assert "Do you want to join" not in page.content.decode()


def test_a_link_that_is_too_old_joins_nobody_and_is_forgotten():
    found = named(placed())
    actions.ask_to_join(found, placed("Other"), "new@example.org", digest=False, now=NOW)
    wish = JoinRequest.objects.get()
    with pytest.raises(Refusal):
        actions.confirm(wish, now=later(days=8))
    assert actions.forget_requests(now=later(days=6)) == 0
    assert actions.forget_requests(now=later(days=8)) == 1
    assert not JoinRequest.objects.exists()


def test_a_server_that_cannot_be_reached_is_asked_again():
    found, server = named(placed()), Fake()
    actions.ask_to_join(found, placed("Other"), "bo@example.org", digest=False, now=NOW)
    wish = JoinRequest.objects.get()
    actions.confirm(wish, now=NOW)
    server.status = 503
    assert actions.put_on_lists(server, now=NOW) == 0  # the other meetup may not use the list at all
    JoinRequest.objects.update(meetup=found.meetup, next_try_at=NOW)
    assert actions.put_on_lists(server, now=NOW) == 0
    server.status = 201
    assert actions.put_on_lists(server, now=NOW + timedelta(minutes=1)) == 0
    assert actions.put_on_lists(server, now=NOW + timedelta(minutes=6)) == 1


def test_whoever_comes_by_an_invitation_of_their_own_joins_with_one_press():
    meetup = opened(9)
    found, server = named(meetup), Fake()
    seated(meetup, "Bo")
    path, visitor = f"/m/spring-meetup/lists/invited/{invitation_key(meetup.pk, bo().pk)}/", browser_of()
    page = visitor.get(path).content.decode()
    assert "b…@example.org" in page
    assert "bo@example.org" not in page
    assert "You are being put on" in visitor.post(f"{path}{found.pk}/", {"digest": "on"}, follow=True).content.decode()
    assert actions.put_on_lists(server, now=timezone.now()) == 1
    assert b"plaintext_digests" in server.asked[0].body
    assert Person.objects.filter(email="bo@example.org").exists()


def test_strangers_find_no_link_that_is_not_theirs():
    meetup, other = opened(9), placed("Other meetup")
    found, key = named(meetup), invitation_key(meetup.pk, bo().pk)
    actions.ask_to_join(found, meetup, "bo@example.org", digest=False, now=NOW)
    token = JoinRequest.objects.get().token
    own, digest = key.split("-")
    keys = [key[:-1], key.upper(), f"{cy().pk}-{digest}", f"{own}-{'0' * 32}", "9" * 30]
    paths = [f"{meetup.path}lists/invited/{each}/" for each in keys]
    paths += [f"{meetup.path}lists/join/{each}/" for each in (token[:-1], token[:-1] + "é", "x" * 43)]
    paths += [f"{other.path}lists/join/{token}/", f"{other.path}lists/invited/{key}/", f"{other.path}lists/{found.pk}/"]
    assert {path: browser_of(cy()).get(path).status_code for path in paths} == dict.fromkeys(paths, 404)
    assert browser_of().post(f"{meetup.path}lists/invited/{keys[3]}/{found.pk}/").status_code == 404


def test_a_series_has_its_lists_on_each_of_its_meetups_and_a_page_costs_the_same(django_assert_num_queries):
    meetup = placed()
    page = browser_of().get(f"{meetup.path}lists/")
    assert "No list is named yet" in page.content.decode()
    for count in (1, 6):
        while MailList.objects.count() < count:
            named(meetup, "")
        with django_assert_num_queries(3):
            page = browser_of().get(f"{meetup.path}lists/")
    assert page.content.decode().count("card-title") == 6
    assert browser_of().get(f"{meetup.path}lists/{MailList.objects.first().pk}/").status_code == 200


@pytest.mark.parametrize("typed", ["", "no address", "bo@example.org\r\nBcc: x@y.zz", "\x00@example.org", "x" * 300 + "@a.bc"])
def test_what_is_no_address_is_told_beside_the_field(typed):
    found = named(placed())
    page = browser_of().post(f"/m/spring-meetup/lists/{found.pk}/", {"email": typed})
    assert (page.status_code, JoinRequest.objects.count()) == (422, 0)


def test_a_server_that_is_away_holds_nobody_else_up():
    meetup = placed()
    found, server = named(meetup), Fake()
    for name in ("a", "b", "c"):
        actions.ask_to_join(found, meetup, f"{name}@example.org", digest=False, now=NOW)
    for wish in JoinRequest.objects.all():
        actions.confirm(wish, now=NOW)
    server.status = 500
    assert actions.put_on_lists(server, now=NOW) == 0
    assert len(server.asked) == 1
    assert actions.put_on_lists(server, now=NOW) == 0
    assert len(server.asked) == 1
    server.status = 201
    assert actions.put_on_lists(server, now=later(minutes=2)) == 3


def test_an_address_is_forgotten_when_its_list_cannot_be_asked_for_a_week():
    found = named(placed())
    asked(found)
    wish = JoinRequest.objects.get()
    actions.confirm(wish, now=timezone.now())
    with connected():  # the settings name it no more
        for days in range(14):
            actions.put_on_lists(Fake(), now=timezone.now() + timedelta(days=days))
            assert actions.forget_requests(now=timezone.now() + timedelta(days=days)) == 0
        assert actions.forget_requests(now=timezone.now() + timedelta(days=14)) == 1
    assert not Person.objects.filter(email="bo@example.org").exists()


def test_a_server_that_wants_to_be_left_alone_is_asked_for_nobody_meanwhile():
    found = named(placed())
    for name in ("bo", "cy", "dee"):
        actions.ask_to_join(found, found.meetup, f"{name}@example.org", digest=False, now=NOW)
        actions.confirm(JoinRequest.objects.get(email=f"{name}@example.org"), now=NOW)
    server, calls = Fake(), []

    def fetch(request):
        calls.append(request)
        return Answer(429, b"", 300) if len(calls) == 1 else server(request)

    assert [actions.put_on_lists(fetch, now=later(seconds=seconds)) for seconds in (0, 299, 300)] == [0, 0, 3]
