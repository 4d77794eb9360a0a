"""One letter a week, asked for, with what somebody needs to know, and none in a week without."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from midcycle.mailing import actions, queries
from midcycle.mailing.access import key_of
from midcycle.mailing.models import Letter, WeeklyWish
from midcycle.mailing.rules.weekly import last_turn
from midcycle.meetups import actions as meetups
from midcycle.registration import actions as registration
from midcycle.registration.access import letter_key
from midcycle.topics import actions as topics
from tests.world import NOW, ada, bo, browser_of, cy, later, person
from tests.worlds.postbox import listening, smtp
from tests.worlds.registration import opened, seated

pytestmark = pytest.mark.django_db
MONDAY = datetime(2027, 1, 11, 6, tzinfo=UTC)  # the morning after NOW, a Sunday
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def wanted(meetup, who=None):
    """Let Bo, or somebody else, ask for the letter."""
    actions.want_weekly(meetup, who or bo(), now=NOW)
    return key_of(meetup.pk, (who or bo()).pk)


def test_a_week_is_told_on_monday_and_only_once():
    meetup = opened(9)
    wanted(meetup)
    for number in range(10):
        topics.propose(meetup, ada(), title=f"Topic {number}", details="", format="general_session", now=later(hours=1))
    registration.open_registration(meetup, total=9, by=ada(), now=later(hours=1))
    meetups.move_to_stage(meetup, ada(), "agenda", now=later(hours=2))
    assert actions.write_weekly(now=MONDAY - timedelta(seconds=1)) == 0
    assert actions.write_weekly(now=MONDAY) == 1
    letter = Letter.objects.get()
    assert (letter.subject, letter.person) == ("This week: Spring meetup", bo())
    assert "The agenda is being made." in letter.body
    assert "/m/spring-meetup/?via=letter\n" in letter.body
    assert "10 new topics:\n- Topic 9\n" in letter.body
    assert "- and 2 more" in letter.body
    assert actions.write_weekly(now=MONDAY) == 0
    assert actions.write_weekly(now=MONDAY + timedelta(days=6)) == 0


def test_a_week_in_which_nothing_happened_has_no_letter():
    meetup = opened(9)
    wanted(meetup)
    WeeklyWish.objects.update(told_at=later(hours=1))
    assert actions.write_weekly(now=MONDAY) == 0
    assert WeeklyWish.objects.get().told_at == MONDAY
    topics.propose(meetup, ada(), title="Storage", details="", format="general_session", now=MONDAY + timedelta(days=2))
    assert actions.write_weekly(now=MONDAY + timedelta(days=7)) == 1
    assert "One new topic:\n- Storage" in Letter.objects.get().body


def test_whoever_waits_is_told_their_place_beside_other_news():
    meetup = opened(1)
    seated(meetup, "Dee")
    seated(meetup, "Bo")
    wanted(meetup)
    meetups.move_to_stage(meetup, ada(), "agenda", now=later(hours=2))
    actions.write_weekly(now=MONDAY)
    assert "You are number 1 in the waitlist." in Letter.objects.get().body


def test_nobody_gets_it_who_did_not_ask_and_one_click_ends_it():
    meetup = opened(9)
    for name in ("Bo", "Dee"):
        seated(meetup, name)
    key = wanted(meetup)
    meetups.move_to_stage(meetup, ada(), "agenda", now=later(hours=2))
    assert actions.write_weekly(now=MONDAY) == 1
    with listening() as box:
        assert actions.deliver(smtp(box.port), now=MONDAY) == 1
    (_, letter), program = box.letters[0], Client(enforce_csrf_checks=True)
    link = f"/m/spring-meetup/letters/{key}/weekly/"
    assert letter["List-Unsubscribe"].strip() == f"<http://127.0.0.1:8000{link}>"
    assert (letter["List-Unsubscribe-Post"], letter["Auto-Submitted"]) == ("List-Unsubscribe=One-Click", "auto-generated")
    assert program.get(link).status_code == 200
    assert WeeklyWish.objects.count() == 1
    assert program.post(link, ONE_CLICK).status_code == 200
    assert WeeklyWish.objects.count() == 0
    assert "Send it to me" in program.get(link).content.decode()
    program.post(link, {"again": "yes"})
    assert queries.wants_weekly(meetup, bo().pk)


def test_the_way_there_is_for_whoever_is_signed_in_or_has_a_proven_seat():
    meetup = opened(9)
    seat = seated(meetup, "Bo")
    door = f"{meetup.path}letters/weekly/"
    assert "sign in" in browser_of().get(door).content.decode()
    assert "Stop it" not in browser_of().get(f"{door}?seat={seat.token}").content.decode()
    browser_of().get(f"{meetup.path}seat/{seat.token}/?letter={letter_key(seat)}")
    registration.prove_address(seat, now=NOW)
    page = browser_of().get(f"{door}?seat={seat.token}", follow=True)
    assert page.redirect_chain == [(f"{meetup.path}letters/{key_of(meetup.pk, bo().pk)}/weekly/", 302)]
    assert browser_of(cy()).get(door).status_code == 302
    assert browser_of().get(f"{door}?seat=unknown").status_code == 404


def test_strangers_open_no_link_of_others():
    meetup = opened(9)
    key = wanted(meetup)
    paths = [f"{meetup.path}letters/{text}/weekly/" for text in (key[:-1], key.upper(), f"{cy().pk}-{key.split('-')[1]}")]
    assert {Client().post(path, ONE_CLICK).status_code for path in paths} == {404}
    assert WeeklyWish.objects.count() == 1


def test_who_is_forgotten_is_told_no_more():
    meetup = opened(9)
    wanted(meetup)
    actions.forget_letters(meetup.pk, bo().pk)
    assert not WeeklyWish.objects.exists()


@pytest.mark.parametrize("people", [1, 3])
def test_looking_for_who_is_due_takes_one_query(people, django_assert_num_queries):
    meetup = opened(9)
    for number in range(people):
        wanted(meetup, person(f"Guest{number}"))
    with django_assert_num_queries(1):
        assert len(queries.weekly_due(MONDAY, 50)) == people


def test_a_week_ends_on_monday_at_six():
    assert last_turn(MONDAY) == MONDAY
    assert last_turn(MONDAY - timedelta(seconds=1)) == MONDAY - timedelta(days=7)
    assert last_turn(MONDAY + timedelta(days=6)) == MONDAY
