"""Underwriters are thanked by name, once, and taken off the list."""

import pytest

from midcycle.funding import actions, queries
from midcycle.funding.models import Underwriter
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from tests.world import NOW, ada, browser_of, cy, placed

pytestmark = pytest.mark.django_db

DESK = "/m/spring-meetup/desk/underwriters/"


def thanked(meetup, name, *, is_host=False):
    return actions.thank(meetup, name, is_host=is_host, by=ada(), now=NOW)


def kinds():
    return list(Entry.objects.filter(kind__startswith="funding.").order_by("id").values_list("kind", flat=True))


def test_hosts_come_first_and_then_the_alphabet():
    meetup = placed()
    for name, is_host in (("zeta", False), ("Beta", False), ("Docks", True), ("alpha", False)):
        thanked(meetup, name, is_host=is_host)
    assert [row.name for row in queries.underwriters(meetup)] == ["Docks", "alpha", "Beta", "zeta"]
    assert queries.underwriters(placed("Autumn meetup")) == []


def test_an_underwriter_is_thanked_once_and_may_become_the_host():
    meetup = placed()
    first = thanked(meetup, " Example\r\nUniversity ")
    again = thanked(meetup, "EXAMPLE university")
    host = thanked(meetup, "Example University", is_host=True)
    still = thanked(meetup, "Example University")
    assert first.pk == again.pk == host.pk == still.pk
    assert (Underwriter.objects.get().name, Underwriter.objects.get().is_host) == ("Example University", True)
    assert (again.is_host, host.is_host, still.is_host) == (False, True, True)
    assert kinds() == ["funding.underwriter_thanked", "funding.underwriter_thanked"]
    entry = Entry.objects.filter(kind="funding.underwriter_thanked").first()
    assert (entry.meetup, entry.actor, entry.facts) == (meetup.pk, ada().pk, {"underwriter": first.pk})


@pytest.mark.parametrize("name", ["", " \x00 ", "x" * 161])
def test_a_wrong_name_is_refused(name):
    with pytest.raises(Refusal) as refusal:
        thanked(placed(), name)
    assert (refusal.value.field, Underwriter.objects.count(), kinds()) == ("name", 0, [])


def test_taking_somebody_off_twice_is_taking_them_off_once():
    underwriter = thanked(placed(), "Example University")
    actions.remove(underwriter, by=ada(), now=NOW)
    actions.remove(underwriter, by=ada(), now=NOW)
    assert (Underwriter.objects.count(), kinds().count("funding.underwriter_removed")) == (0, 1)


def test_an_organiser_adds_and_removes():
    placed()
    client = browser_of(ada())
    assert client.post(DESK, {"name": "Example University", "is_host": "on"})["Location"] == DESK
    underwriter = Underwriter.objects.get()
    assert underwriter.is_host
    page = client.get(DESK).content.decode()
    assert '<th scope="row">Example University</th>' in page
    assert client.post(f"{DESK}{underwriter.pk}/").status_code == 404
    assert client.post(f"{DESK}{underwriter.pk}/", {"_method": "delete"})["Location"] == DESK
    assert "Nobody is thanked yet" in client.get(DESK).content.decode()


@pytest.mark.parametrize("name", ["", " ", "\x00", "x" * 161, "x" * 200_000])
def test_a_wrong_name_is_told_beside_the_field_and_nothing_typed_is_lost(name):
    placed()
    answer = browser_of(ada()).post(DESK, {"name": name, "is_host": "on"})
    page = answer.content.decode()
    assert (answer.status_code, Underwriter.objects.count()) == (422, 0)
    assert 'id="id_name_error"' in page
    assert 'id="id_is_host" checked' in page


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "🦉" * 160, "{{ 7 }}", "a\r\nb", "9" * 160])
def test_strange_names_are_shown_as_text(name):
    placed()
    client = browser_of(ada())
    assert client.post(DESK, {"name": name}).status_code == 302
    assert "<script>alert" not in client.get(DESK).content.decode()
    assert Underwriter.objects.get().name == name.replace("\r\n", " ")


def test_the_list_is_for_organisers_alone():
    underwriter = thanked(placed(), "Example University")
    one = f"{DESK}{underwriter.pk}/"
    for who in (None, cy()):
        client = browser_of(who)
        assert [client.get(DESK).status_code, client.post(DESK, {"name": "Mine"}).status_code] == [404, 404]
        assert [client.post(one, {"_method": "delete"}).status_code, client.delete(one).status_code] == [404, 404]
    assert [row.name for row in Underwriter.objects.all()] == ["Example University"]


def test_an_underwriter_is_removed_on_its_own_meetup_alone():
    underwriter = thanked(placed(), "Example University")
    placed("Autumn meetup")
    client = browser_of(ada())
    for url in (f"/m/autumn-meetup/desk/underwriters/{underwriter.pk}/", f"{DESK}0/", f"{DESK}{10**30}/"):
        assert client.post(url, {"_method": "delete"}).status_code == 404
    assert Underwriter.objects.count() == 1


@pytest.mark.parametrize("names", [["A"], ["A", "B", "C", "D"]])
def test_the_page_takes_the_same_queries_for_one_and_for_many(names, django_assert_num_queries):
    meetup = placed()
    for name in names:
        thanked(meetup, name)
    client = browser_of(ada())
    with django_assert_num_queries(1):
        assert len(queries.underwriters(meetup)) == len(names)
    with django_assert_num_queries(6):  # session, person, meetup, organiser, underwriters, tabs
        client.get(DESK)
