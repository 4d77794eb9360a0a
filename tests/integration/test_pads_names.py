"""Whose names stand in the pads of a meetup, and how an organiser takes one away."""

import pytest
from django.urls import reverse

from midcycle.accounts.models import Person
from midcycle.engines.etherpad import read
from midcycle.journal.models import Entry
from midcycle.meetups.models import Meetup
from midcycle.pads import actions, queries
from midcycle.pads.models import Client, Guest, Update, Vote
from tests.world import NOW, ada, bo, browser_of, cy, person, placed

pytestmark = pytest.mark.django_db


def a_pad(name="notes", meetup=None):
    meetup = meetup or placed(stage="on_site")
    return actions.open_pad(meetup, name, title=name.title(), by=ada(), now=NOW, text="Notes\n")


def wrote(pad, key, name, client):
    Update.objects.create(pad=pad, seq=client, at=NOW, body=b"\0\0", authors=f'["{key}"]')
    return Client.objects.create(pad=pad, client_id=client, person=key, name=name, colour=1)


def url(meetup, name, *more):
    return reverse(f"pads:{name}", args=[meetup.slug, *more])


def said(answer):
    return " ".join(answer.content.decode().split())


def test_organisers_find_everybody_who_wrote_signed_in_and_take_a_name_from_all_pads():
    first = a_pad()
    second = a_pad("wrap-up", first.meetup)
    wrote(first, str(bo().pk), "Bo Example", 2_000)
    wrote(second, str(bo().pk), "Bo E. Example", 2_001)
    kept = wrote(first, str(cy().pk), "Cy Example", 2_002)
    Vote.objects.create(pad=second, client_id=2_002, clock=0, person=str(bo().pk))
    client = browser_of(ada())
    assert f'href="{url(first.meetup, "names")}">Who wrote</a>' in said(client.get(url(first.meetup, "pads")))
    page = said(client.get(url(first.meetup, "names")))
    assert page.index('<th scope="row">Bo E. Example</th> <td data-label="Wrote in"> 2 pads') < page.index("Cy Example")
    number = Client.objects.get(client_id=2_001).pk
    address = url(first.meetup, "take_name", number)
    assert f'href="{address}"' in page
    page = said(client.get(address))
    assert "Take the name Bo E. Example away" in page
    assert "Their earlier names go, too: Bo Example." in page
    assert [url(first.meetup, "history", pad.name) in page for pad in (first, second)] == [True, True]
    assert "Their text stays, by <em>Somebody</em>, and the name does not come back." in page
    assert Client.objects.filter(name="").count() == 0
    answer = client.post(address, follow=True)
    assert "The name Bo E. Example is gone; the text stays." in said(answer)
    assert list(Client.objects.exclude(name="")) == [kept]
    assert sorted(Update.objects.values_list("authors", flat=True)) == sorted([f'["{cy().pk}"]', '["gone"]', '["gone"]'])
    assert not Vote.objects.exists()
    assert {one.name for one in read(queries.written(second, "etherpad").data).authors.values()} <= {""}
    assert "Bo E" not in said(client.get(url(first.meetup, "names")))
    told = Entry.objects.filter(kind="pads.writer_forgotten").values_list("actor", "facts").get()
    assert told == (ada().pk, {"pads": 2})
    assert client.post(address).status_code == 404


def test_the_name_of_an_account_that_is_gone_and_of_a_program_goes_too():
    pad = a_pad()
    former = person("Flo")
    wrote(pad, str(former.pk), "Flo Example", 2_000)
    wrote(pad, "api:Flo's bot", "Flo's bot", 2_001)
    Person.objects.filter(pk=former.pk).delete()
    client = browser_of(ada())
    for one in Client.objects.all():
        client.post(url(pad.meetup, "take_name", one.pk))
    assert list(Client.objects.values_list("person", "name")) == [("gone", ""), ("gone", "")]


def test_guests_and_names_brought_in_are_taken_away_where_they_are_listed():
    pad = a_pad()
    guest = Guest.objects.create(meetup=pad.meetup, name="Grace", came_at=NOW)
    others = [wrote(pad, f"guest:{guest.pk.hex}", "Grace (guest)", 2_000), wrote(pad, "import:3", "Mel", 2_001)]
    client = browser_of(ada())
    assert [client.post(url(pad.meetup, "take_name", one.pk)).status_code for one in others] == [404, 404]
    page = said(client.get(url(pad.meetup, "names")))
    assert ("Grace (guest)" in page, '<th scope="row">Mel</th>' in page) == (False, True)
    assert f'href="{url(pad.meetup, "writers")}">Guests are on the page of who writes</a>' in page


def test_strangers_and_organisers_of_another_meetup_take_no_name_away():
    pad, other = a_pad(), a_pad(meetup=placed("Other meetup", stage="on_site"))
    one = wrote(pad, str(bo().pk), "Bo Example", 2_000)
    address = url(pad.meetup, "take_name", one.pk)
    for client in (browser_of(), browser_of(cy()), browser_of(bo())):
        assert [client.get(address).status_code, client.post(address).status_code] == [404, 404]
    assert browser_of(ada()).post(url(other.meetup, "take_name", one.pk)).status_code == 404
    assert browser_of(ada()).post(url(pad.meetup, "take_name", 10**20)).status_code == 404
    assert Client.objects.get().name == "Bo Example"


def test_a_name_goes_in_an_archived_meetup_and_its_page_keeps_the_button():
    pad = a_pad()
    one = wrote(pad, str(bo().pk), "<b>Bo", 2_000)
    Meetup.objects.update(stage="archived")
    client = browser_of(ada())
    assert f'href="{url(pad.meetup, "names")}">Who wrote</a>' in said(client.get(url(pad.meetup, "pads")))
    page = said(client.get(url(pad.meetup, "take_name", one.pk)))
    assert ('<form class="form form-lasting" method="post">' in page, "<b>Bo" in page) == (True, False)
    client.post(url(pad.meetup, "take_name", one.pk))
    assert Client.objects.get().name == ""


@pytest.mark.parametrize("amount", [1, 30])
def test_the_list_takes_two_queries_and_its_page_as_many_however_long_it_is(amount, django_assert_num_queries):
    pad = a_pad()
    for number in range(amount):
        wrote(pad, f"{9_000 + number}", f"N{number}", 2_000 + number)
    with django_assert_num_queries(2):
        assert len(queries.names_in_pads(pad.meetup)) == amount
    client = browser_of(ada())
    client.get(url(pad.meetup, "names"))
    with django_assert_num_queries(10):
        client.get(url(pad.meetup, "names"))
