"""A team grows by an address, is told so by a letter, and lets go of anybody but the last."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from midcycle.journal import queries as journal
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.mailing.models import Letter
from midcycle.meetups import actions
from midcycle.meetups.models import Meetup, Organiser
from tests.rush import all_at_once
from tests.world import NOW, ada, bo, browser_of, cy, dee, idea, placed
from tests.worlds.mailing import follow

pytestmark = pytest.mark.django_db


def team_of(*others) -> Meetup:
    """Return a meetup of Ada's with these people on its team as well."""
    meetup = placed()
    for other in others:
        actions.add_organiser(meetup, other, by=ada(), now=NOW)
    return meetup


def row_of(person) -> Organiser:
    return Organiser.objects.get(person=person)


def address_of(person) -> str:
    row = row_of(person)
    return reverse("pages:organiser", args=[row.meetup.slug, row.pk])


def names(meetup) -> list[str]:
    return sorted(meetup.organisers.values_list("person__name", flat=True))


def said(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_a_typo_is_taken_away_again():
    meetup = team_of(bo())
    answer = browser_of(ada()).post(address_of(bo()))
    assert (answer["Location"], said(answer)) == (f"{meetup.path}desk/team/", ["Bo Example is not on the team any more."])
    assert names(meetup) == ["Ada Example"]
    assert browser_of(bo()).get(f"{meetup.path}desk/").status_code == 404
    (entry,) = journal.entries_of(meetup.pk, "meetups.organiser_removed")
    assert (entry.actor, entry.facts) == (ada().pk, {"person": bo().pk})


def test_whoever_leaves_lands_on_the_meetup():
    meetup = team_of(bo())
    answer = browser_of(bo()).post(address_of(bo()))
    assert (answer["Location"], names(meetup)) == (meetup.path, ["Ada Example"])


def test_the_last_one_stays():
    meetup = team_of()
    page = browser_of(ada()).get(f"{meetup.path}desk/team/").content.decode()
    assert "Take away" not in page
    answer = browser_of(ada()).post(address_of(ada()))
    assert said(answer) == ["Somebody has to look after this meetup. Add another person first."]
    assert names(meetup) == ["Ada Example"]
    assert browser_of(ada()).get(f"{meetup.path}desk/team/").status_code == 200


def test_whoever_was_taken_off_takes_nobody_off():
    team_of(bo(), dee())
    rows = [row_of(person) for person in (ada(), bo(), dee())]
    actions.remove_organiser(rows[1], by=ada(), now=NOW)
    with pytest.raises(Refusal, match="You are not on this team any more"):
        actions.remove_organiser(rows[0], by=bo(), now=NOW)
    actions.remove_organiser(rows[1], by=dee(), now=NOW)  # gone already: nothing more happens
    assert Organiser.objects.count() == 2
    assert Entry.objects.filter(kind="meetups.organiser_removed").count() == 1


@pytest.mark.parametrize("visitor", [None, cy])
def test_strangers_take_nobody_off(visitor):
    meetup = team_of(bo())
    browser = browser_of(visitor() if visitor else None)
    assert browser.post(address_of(bo())).status_code == 404
    assert names(meetup) == ["Ada Example", "Bo Example"]


def test_an_organiser_touches_no_other_team():
    team_of(bo())
    other = idea("Autumn meetup")
    row = row_of(bo())
    for address in (f"/m/{other.slug}/desk/team/{row.pk}/", f"/m/{other.slug}/desk/team/{10**30}/"):
        assert browser_of(ada()).post(address).status_code == 404
    assert browser_of(ada()).get(address_of(bo()))["Location"] == "/m/spring-meetup/desk/"  # only sent to
    assert Organiser.objects.count() == 3


def test_a_hostile_name_is_shown_harmless():
    meetup = placed()
    typed = {"email": "eve@example.org", "name": "<script>alert(1)</script>"}
    page = browser_of(ada()).post(f"{meetup.path}desk/team/", typed, follow=True).content.decode()
    assert ("<script>alert" in page, "&lt;script&gt;alert(1)&lt;/script&gt; is on the team." in page) == (False, True)


def test_whoever_is_added_gets_a_letter_and_whoever_opened_the_idea_does_not():
    team_of(bo())
    follow()
    letter = Letter.objects.get()
    assert (letter.person, letter.subject) == (bo(), "You are on the team of Spring meetup")
    assert "http://127.0.0.1:8000/m/spring-meetup/desk/" in letter.body.splitlines()


def test_added_taken_off_and_added_again_is_one_letter():
    meetup = team_of(bo())
    for _ in range(3):
        actions.remove_organiser(row_of(bo()), by=ada(), now=NOW)
        actions.add_organiser(meetup, bo(), by=ada(), now=NOW)
    follow()
    assert Letter.objects.count() == 1


def test_a_typo_taken_away_at_once_gets_no_letter():
    team_of(bo())
    actions.remove_organiser(row_of(bo()), by=ada(), now=NOW)
    follow()
    assert Letter.objects.count() == 0


@pytest.mark.parametrize("people", [0, 2])
def test_the_page_takes_the_same_queries_for_few_and_many(people, django_assert_num_queries):
    meetup = team_of(*[bo(), dee()][:people])
    browser = browser_of(ada())
    with django_assert_num_queries(6):  # session, person, meetup, organiser, team, tabs
        browser.get(f"{meetup.path}desk/team/")


@pytest.mark.django_db(transaction=True)
def test_two_who_take_each_other_off_at_once_leave_one():
    meetup = team_of(bo())
    rows = {person: row_of(person) for person in (ada(), bo())}
    off = [
        lambda: actions.remove_organiser(rows[ada()], by=bo(), now=NOW),
        lambda: actions.remove_organiser(rows[bo()], by=ada(), now=NOW),
    ]
    (refused,) = all_at_once(off)
    assert (type(refused), meetup.organisers.count()) == (Refusal, 1)
