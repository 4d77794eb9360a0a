"""How a session was: two taps, once in a browser, counted without a row, shown without small groups."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from midcycle.agenda import actions as agenda
from midcycle.agenda.models import Session
from midcycle.feedback import actions, queries
from midcycle.feedback.models import SessionTally
from midcycle.journal.queries import entries_of
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from tests.world import NOW, ada, bo, browser_of, cy, dee, placed

pytestmark = pytest.mark.django_db
BEGAN = datetime(2027, 3, 2, 9, tzinfo=UTC)  # Lisbon keeps UTC in winter


def held(meetup: Meetup | None = None, title: str = "Upgrades", at: int = 9) -> Session:
    """A session in the Hall on the first day, led by Dee."""
    meetup = meetup or placed(stage="on_site")
    session = agenda.add_session(meetup, title, by=ada(), now=NOW)
    room = meetup.rooms.first() or agenda.add_room(meetup, "Hall", by=ada(), now=NOW)
    slot = agenda.add_slot(meetup, day=1, starts=time(at), ends=time(at + 1), by=ada(), now=NOW)
    agenda.place(session, slot, room, by=ada(), now=NOW)
    agenda.give_part(session, dee(), "lead", by=ada(), now=NOW)
    return session


def today(session: Session) -> str:
    """Move its meetup to today, so that views, which look at the clock, find it going on; return where people answer."""
    began = (timezone.now() - timedelta(hours=1)).astimezone(ZoneInfo(session.meetup.timezone))
    Meetup.objects.filter(pk=session.meetup_id).update(starts_on=began.date(), ends_on=began.date())
    session.placement.slot.__class__.objects.filter(meetup=session.meetup_id).update(starts=began.time(), ends=None)
    return f"/m/spring-meetup/agenda/{session.pk}/feedback/"


def counts():
    rows = SessionTally.objects.filter(count__gt=0).order_by("mark", "reason")
    return list(rows.values_list("mark", "reason", "count"))


def test_a_session_without_a_place_is_not_judged_before_the_meetup_begins():
    session = agenda.add_session(placed(stage="agenda"), "Upgrades", by=ada(), now=NOW)
    with pytest.raises(Refusal, match="has not begun"):
        actions.judge_session(session, "good", now=NOW)
    actions.judge_session(session, "good", now=BEGAN)
    assert counts() == [("good", "", 1)]


def test_two_taps_and_once_in_a_browser():
    url = today(held())
    visitor = browser_of()
    assert "Or send it with a reason" in visitor.get(url).content.decode()
    assert visitor.post(url, {"mark": "good", "reason": "learned"}).status_code == 302
    assert "It is counted" in visitor.get(url).content.decode()
    visitor.post(url, {"mark": "poor"})
    browser_of().post(url, {"mark": "good"})
    assert counts() == [("good", "", 1), ("good", "learned", 1)]
    assert visitor.cookies["midcycle_said"]["path"] == "/m/spring-meetup/"


def test_a_forged_cookie_counts_as_none_and_says_nothing():
    url = today(held())
    visitor = browser_of()
    visitor.cookies["midcycle_said"] = "1.2.3:x:y"
    assert visitor.post(url, {"mark": "mixed"}).status_code == 302
    assert counts() == [("mixed", "", 1)]


@pytest.mark.parametrize("sent", [{}, {"mark": "great"}, {"mark": "good", "reason": "x" * 5000}, {"mark": "good\x00"}])
def test_what_is_no_answer_is_refused(sent):
    assert (browser_of().post(today(held()), sent).status_code, counts()) == (422, [])


def test_nothing_is_counted_before_it_began_and_once_figures_are_shown():
    """Whoever watches a figure change, knowing who was asked just now, would know what one person said."""
    session = held()
    shown = BEGAN + timedelta(hours=12)
    for moment, told in ((NOW, "not begun"), (shown, "your own way"), (datetime(2027, 3, 19, tzinfo=UTC), "two weeks ago")):
        with pytest.raises(Refusal, match=told):
            actions.judge_session(session, "good", now=moment)
    actions.judge_session(session, "good", now=BEGAN)
    assert counts() == [("good", "", 1)]
    (entry,) = entries_of(session.meetup_id, "feedback.session_judged")
    assert (entry.actor, entry.at, entry.facts) == (None, BEGAN.replace(hour=0), {"session": session.pk})


def test_small_groups_are_folded_and_figures_wait_half_a_day():
    session = held()
    for mark, reason, people in (("good", "learned", 9), ("good", "", 3), ("mixed", "crowded", 2), ("poor", "unheard", 4)):
        for _ in range(people):
            actions.judge_session(session, mark, reason, now=BEGAN)
    assert queries.session_figures(session, now=BEGAN).why == "Figures are shown half a day after it began."
    found = queries.session_figures(session, now=datetime(2027, 3, 2, 21, tzinfo=UTC))
    assert (found.whole, [(g.label, g.count) for g in found.marks]) == (18, [("Good", 12), ("other answers", 6)])
    assert [(g.label, g.count) for g in found.reasons] == [("I learned something", 9)]


def test_a_reason_is_not_told_where_one_to_four_people_gave_another_or_none():
    session = held()
    for reason in ["learned"] * 9 + ["unheard"]:
        actions.judge_session(session, "good", reason, now=BEGAN)
    assert queries.session_figures(session, now=BEGAN + timedelta(hours=12)).reasons == ()


def test_where_every_group_is_small_the_page_says_how_many_spoke_and_no_more():
    session = held()
    for mark, people in (("good", 4), ("mixed", 3), ("poor", 2)):
        for _ in range(people):
            actions.judge_session(session, mark, now=BEGAN)
    found = queries.session_figures(session, now=datetime(2027, 3, 3, tzinfo=UTC))
    assert (found.marks, found.why) == ((), "9 people said how it was. Any figure would tell a small group.")


def test_moderators_see_their_own_and_the_team_sees_all():
    session = held()
    other = held(session.meetup, "Storage", 11)
    agenda.take_part_away(other.parts.get(), by=ada(), now=NOW)
    own, others = (f"/m/spring-meetup/agenda/{each.pk}/feedback/" for each in (session, other))
    seen = {
        who.__name__: ["What people said" in browser_of(who()).get(path).content.decode() for path in (own, others)]
        for who in (ada, bo, cy, dee)
    }
    assert seen == {"ada": [True, True], "bo": [False, False], "cy": [False, False], "dee": [True, False]}
    assert [browser_of(who()).get("/m/spring-meetup/desk/feedback/sessions/").status_code for who in (ada, dee, cy)] == [
        200,
        404,
        404,
    ]


def test_the_code_at_a_door_leads_to_the_session_that_began_there_last():
    first = held()
    second = held(first.meetup, "Storage", 11)
    assert queries.held_last(first.meetup, "Hall", now=BEGAN) == first
    assert queries.held_last(first.meetup, "Hall", now=datetime(2027, 3, 2, 23, tzinfo=UTC)) == second
    assert queries.held_last(first.meetup, "Attic", now=datetime(2027, 3, 2, 23, tzinfo=UTC)) is None
    today(first)
    led = browser_of().get("/m/spring-meetup/feedback/sessions/?room=Hall")
    assert (led.status_code, led.headers["Location"].startswith("/m/spring-meetup/agenda/")) == (302, True)
    for room in ("Attic", "x" * 5000):
        page = browser_of().get("/m/spring-meetup/feedback/sessions/", {"room": room})
        assert "No session has begun here" in page.content.decode()
    assert browser_of().get("/m/spring-meetup/feedback/sessions/", {"room": "\x00"}).status_code == 302


def test_a_session_of_another_meetup_is_not_found():
    session = held()
    placed("Autumn meetup")
    assert browser_of().get(f"/m/autumn-meetup/agenda/{session.pk}/feedback/").status_code == 404
    meetups.move_to_stage(session.meetup, ada(), "wrap_up", now=NOW)
    meetups.move_to_stage(session.meetup, ada(), "archived", now=NOW)
    with pytest.raises(Refusal, match="archived"):
        actions.judge_session(session, "good", now=BEGAN)


@pytest.mark.parametrize("rows", [1, 4])
def test_the_page_of_sessions_takes_the_same_queries_for_few_and_many(rows, django_assert_num_queries):
    session = held()
    for number in range(1, rows):
        held(session.meetup, f"Session {number}", 9 + number)
    for each in session.meetup.sessions.all():
        for _ in range(rows):
            actions.judge_session(each, "good", now=queries.when_held(each).starts)
    there = browser_of(ada())
    with django_assert_num_queries(7):
        there.get("/m/spring-meetup/desk/feedback/sessions/")
