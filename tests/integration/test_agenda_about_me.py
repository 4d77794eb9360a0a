"""What the agenda holds about somebody: they see it, take it away, and have it erased."""

import json
from datetime import time

import pytest

from midcycle.accounts.models import Person
from midcycle.agenda import actions, queries
from midcycle.agenda.access import duties_key
from midcycle.agenda.actions import Offer
from midcycle.agenda.models import Absence, Feed, Invite, Moderator, Pick, Question, RemoteWindow, SessionPart
from midcycle.journal.models import Entry
from midcycle.registration import actions as registration
from midcycle.registration.models import Seat
from midcycle.site.followers import FOLLOWERS
from tests.world import NOW, ada, bo, browser_of, cy, dee
from tests.worlds.agenda import at, held, planned, released, text_of, url
from tests.worlds.registration import opened, seated

pytestmark = pytest.mark.django_db
AWAY = frozenset
SAID = NOW.isoformat().replace("+00:00", "Z")


def known(meetup, who: Person, *, number: int = 1) -> None:
    """Let the agenda hold something of every kind about somebody, of some kinds as often as told."""
    offer = Offer(str(who), 3, 2, languages="en, fr", wish="Not too early", away=AWAY({at(meetup, "10:30").pk}))
    actions.volunteer(meetup, who, offer, now=NOW)
    RemoteWindow.objects.create(meetup=meetup, person=who, timezone="Africa/Accra", starts=time(9), ends=time(17, 30))
    actions.keep_apart(meetup, who, ada(), by=ada(), now=NOW)
    actions.open_feed(meetup, who, now=NOW)
    for count in range(number):
        made = held(meetup, f"Session {count}", who)
        Invite.objects.create(session=made, person=who, part="shadow", state="declined", answered_at=NOW)
        Question.objects.create(
            session=made, person=who, slot=at(meetup, "09:30"), place="Tue 09:30", answer="no", note="Train"
        )
        actions.pick(made, who, wanted=True, now=NOW)


def test_everything_is_shown_and_taken_away():
    meetup = planned()
    known(meetup, dee())
    released(meetup)
    there = browser_of(dee())
    page = text_of(there.get(url("about_me", meetup)))
    for words in ("2 at most, 3 led before", "en, fr", "Tue 10:30", "09:00 to 17:30, Africa/Accra", "Download it all"):
        assert words in page
    file = there.get(url("about_me_file", meetup))
    assert (file["Content-Type"], file["Cache-Control"]) == ("application/json", "private, no-store")
    assert json.loads(file.content) == {
        "meetup": {"title": "Spring meetup", "page": meetup.path},
        "volunteered": {
            "led": 3, "most": 2, "languages": "en, fr", "word_to_the_team": "Not too early", "at": SAID,
        },
        "away": ["Tue 10:30"],
        "from_afar": {"timezone": "Africa/Accra", "from": "09:00", "until": "17:30"},
        "asked_to_moderate": [
            {"session": "Session 0", "part": "Shadow", "state": "declined", "answered_at": SAID}
        ],
        "asked_before_a_release": [{"session": "Session 0", "place": "Tue 09:30", "answer": "no", "note": "Train"}],
        "parts": [{"session": "Session 0", "part": "Lead"}],
        "chosen": [{"session": "Session 0", "wanted": True}],
        "kept_apart_from": 1,
        "has_calendar_address": True,
    }  # fmt: skip
    assert Feed.objects.get().key not in file.content.decode()
    assert "ada" not in file.content.decode().lower()
    for name in ("my_agenda", "volunteer"):
        assert url("about_me", meetup) in text_of(there.get(url(name, meetup)))


def test_everything_is_erased_but_a_part_and_twice_is_once():
    meetup = planned()
    known(meetup, dee())
    known_to_others = Moderator.objects.create(meetup=meetup, person=bo(), volunteered_at=NOW)
    there = browser_of(dee())
    for _ in range(2):
        there.post(url("about_me", meetup), {"_method": "delete"})
    traces = queries.traces_of(meetup, dee())
    assert (traces.count, [part["part"] for part in traces.parts]) == (0, ["Lead"])
    assert [entry.facts for entry in Entry.objects.filter(kind="agenda.traces_erased")] == [{"rows": 8}]
    assert Moderator.objects.get() == known_to_others
    assert "Erase it all" not in text_of(there.get(url("about_me", meetup)))


def test_nothing_is_held_about_who_did_nothing():
    meetup = planned()
    assert "Nothing yet" in text_of(browser_of(cy()).get(url("about_me", meetup)))


@pytest.mark.parametrize("number", [1, 3])
def test_looking_costs_the_same_for_one_and_for_many(number, django_assert_num_queries):
    meetup = planned()
    who = dee()
    known(meetup, who, number=number)
    with django_assert_num_queries(10):
        queries.traces_of(meetup, who)


def test_strangers_are_asked_to_sign_in_and_see_their_own_alone():
    meetup = planned()
    known(meetup, dee())
    stranger = browser_of()
    assert stranger.get(url("about_me", meetup)).headers["Location"].startswith("/sign-in/")
    assert stranger.get(url("about_me_file", meetup)).status_code == 404
    stranger.post(url("about_me", meetup), {"_method": "delete"})
    browser_of(bo()).post(url("about_me", meetup), {"_method": "delete"})
    assert "en, fr" not in text_of(browser_of(bo()).get(url("about_me_file", meetup)))
    assert browser_of(bo()).get(url("about_me", meetup).replace(meetup.slug, "nowhere")).status_code == 404
    assert (Moderator.objects.count(), Pick.objects.count()) == (1, 1)


def test_who_asks_for_their_seat_to_be_forgotten_is_forgotten_here_too():
    meetup = opened()
    seat = seated(meetup, "Gil")
    person = seat.person
    offer = Offer("Gil", 0, 1)
    actions.volunteer(meetup, person, offer, now=NOW)
    actions.open_feed(meetup, person, now=NOW)
    made = actions.add_session(meetup, "Upgrades", by=ada(), now=NOW)
    actions.pick(made, person, wanted=True, now=NOW)
    registration.erase_seat(Seat.objects.get(pk=seat.pk), now=NOW)
    entry = Entry.objects.get(kind="registration.seat_erased")
    for _ in range(2):
        FOLLOWERS["agenda"]["registration.seat_erased"](entry)
    assert (Pick.objects.count(), Feed.objects.count(), Person.objects.filter(email="gil@example.org").count()) == (0, 0, 0)


def test_who_leaves_the_pool_is_away_for_as_long_as_they_have_a_part():
    meetup = planned()
    known(meetup, dee())
    actions.leave_pool(Moderator.objects.get(), by=dee(), now=NOW)
    assert Absence.objects.count() == 1
    SessionPart.objects.all().delete()
    actions.volunteer(meetup, dee(), Offer("Dee", away=AWAY({at(meetup, "10:30").pk})), now=NOW)
    actions.leave_pool(Moderator.objects.get(), by=dee(), now=NOW)
    assert Absence.objects.count() == 0


def test_the_page_of_a_moderator_leads_there():
    meetup = planned()
    known(meetup, dee())
    page = text_of(browser_of().get(f"{url('volunteer', meetup)}{duties_key(meetup, dee())}/"))
    assert url("about_me", meetup) in page
