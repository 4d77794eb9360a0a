"""What a release changed: told on a page for everybody, before it is made, and by letter to those it concerns."""

import pytest

from midcycle.agenda import actions
from midcycle.mailing.models import Letter
from midcycle.registration import actions as registration
from tests.world import NOW, ada, browser_of, cy, dee
from tests.worlds.agenda import at, hall, held, loft, planned, released, session, text_of, url
from tests.worlds.mailing import follow
from tests.worlds.registration import seated
from tests.worlds.topics import proposed, supported

pytestmark = pytest.mark.django_db


def moved(stage="agenda"):
    """Return a meetup with two releases: Ceph, led by Dee, moves, Logs goes, Etcd comes, and Nova stays."""
    meetup = planned(stage)
    ceph, logs = held(meetup, "Ceph", dee()), held(meetup, "Logs", starts="10:30")
    held(meetup, "Nova", where=loft(meetup))
    released(meetup)
    actions.place(ceph, at(meetup, "10:30"), loft(meetup), by=ada(), now=NOW)
    actions.unplace(logs, by=ada(), now=NOW)
    actions.place(session(meetup, "Etcd"), at(meetup, "09:30"), hall(meetup), by=ada(), now=NOW)
    return meetup, ceph


SENTENCES = (
    "“Ceph” moves from Tue 09:30, Hall to Tue 10:30, Loft.",
    "“Etcd” is new: Tue 09:30, Hall.",
    "“Logs” is off: it was Tue 10:30, Hall.",
)


def test_the_page_of_a_release_says_what_it_would_change_and_then_everybody_reads_it():
    meetup, _ = moved()
    page = text_of(browser_of(ada()).get(url("release", meetup)))
    assert [sentence in page for sentence in SENTENCES] == [True] * 3
    released(meetup, "Ceph moves")
    page = text_of(browser_of(None).get(url("changes", meetup)))
    assert [sentence in page for sentence in SENTENCES] == [True] * 3
    assert ("Release 2" in page, "The first one." in page, "Nova" in page, "Ceph moves" in page) == (True, True, False, True)
    assert "No session has moved since release 2." in text_of(browser_of(ada()).get(url("release", meetup)))


def test_the_letter_says_where_a_session_went_however_long_its_title():
    meetup = planned()
    one = held(meetup, "What we learnt from three years of upgrades without downtime on two continents", dee())
    released(meetup)
    actions.place(one, at(meetup, "10:30"), loft(meetup), by=ada(), now=NOW)
    released(meetup)
    follow()
    body = Letter.objects.get(subject__startswith="The agenda", person=dee()).body
    assert "two continents” moves from Tue 09:30, Hall to Tue 10:30, Loft." in body


def test_without_a_release_there_are_no_changes():
    assert "The agenda is not released yet" in text_of(browser_of(None).get(url("changes", planned())))


def test_the_page_of_a_release_says_what_is_still_open():
    meetup = planned()
    one, _ = held(meetup, "Ceph", dee()), held(meetup, "Logs", starts="10:30")
    session(meetup, "Etcd")
    page = " ".join(text_of(browser_of(ada()).get(url("release", meetup))).split())
    for told in ("1 session has no place", "1 session has no lead", "Nobody has been asked yet"):
        assert told in page
    actions.ask_round(meetup, by=ada(), now=NOW)
    actions.answer(meetup, dee(), one.pk, "swap", words="", now=NOW)
    page = " ".join(text_of(browser_of(ada()).get(url("release", meetup))).split())
    assert ("1 cannot be there or would rather swap. 0 have not answered." in page, "Nobody" in page) == (True, False)


def test_the_changelog_costs_the_same_with_one_release_and_with_four(django_assert_num_queries):
    meetup, _ = moved()
    for _ in range(3):
        with django_assert_num_queries(3):
            browser_of(None).get(url("changes", meetup))
        released(meetup)


def test_a_new_lead_and_a_new_title_are_changes():
    meetup, ceph = moved()
    released(meetup)
    actions.change_session(ceph, "Ceph again", abstract="", format="general_session", for_all=False, by=ada(), now=NOW)
    actions.take_part_away(ceph.parts.get(), by=ada(), now=NOW)
    page = text_of(browser_of(ada()).get(url("release", meetup)))
    assert "“Ceph again” was called “Ceph”, and has no lead any more." in page


def test_letters_go_to_those_a_change_concerns_and_to_nobody_else():
    meetup, ceph = moved("registration")
    registration.open_registration(meetup, total=5, by=ada(), now=NOW)
    seated(meetup, "Cy")
    topic = supported(proposed(meetup, "Ceph", cy()), "Bo")
    ceph.topic = topic
    ceph.save()
    Letter.objects.all().delete()
    follow()
    Letter.objects.all().delete()
    released(meetup)
    follow()
    letters = dict(Letter.objects.values_list("person__name", "body"))
    assert set(letters) == {"Dee Example", "Cy Example"}  # Bo wants it and has no seat
    assert "You have a part" not in letters["Cy Example"]
    assert SENTENCES[0] in letters["Dee Example"]
    assert SENTENCES[1] not in letters["Dee Example"]
    assert "You have a part in it." in letters["Dee Example"]
    follow()
    assert Letter.objects.count() == 2


def test_whoever_took_it_out_of_their_agenda_is_not_written_to():
    meetup, ceph = moved("registration")
    registration.open_registration(meetup, total=5, by=ada(), now=NOW)
    seated(meetup, "Cy")
    actions.pick(ceph, cy(), wanted=False, now=NOW)
    ceph.topic = supported(proposed(meetup, "Ceph", dee()), "Cy")
    ceph.save()
    released(meetup)
    follow()
    assert set(Letter.objects.filter(subject__contains="changed").values_list("person__name", flat=True)) == {"Dee Example"}


def test_the_first_release_writes_to_nobody():
    meetup = planned()
    held(meetup, "Ceph", dee())
    released(meetup)
    follow()
    assert Letter.objects.filter(subject__contains="changed").count() == 0
