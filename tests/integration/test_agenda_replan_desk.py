"""The page for the day itself: what happened is said there, one option is chosen, and what no longer fits is refused."""

from datetime import UTC, datetime

import pytest

from midcycle.agenda import actions, queries
from midcycle.agenda.actions import tending
from midcycle.agenda.models import Absence, Closure, Move, Search, Session
from midcycle.agenda.queries.replanning import options
from midcycle.agenda.rules.bounds import Presence
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.site.searching import work_on
from tests.world import NOW, ada, bo, browser_of, cy, dee
from tests.worlds.agenda import at, hall, loft, released, session, slot, text_of, url
from tests.worlds.replan import away, called, choose, moves, on_site, page, put, refusal_of, where
from tests.worlds.topics import proposed, supported

pytestmark = pytest.mark.django_db

RUNNING = datetime(2027, 3, 2, 9, 45, tzinfo=UTC)  # in Lisbon the sessions of 09:30 are under way
OVER = datetime(2027, 3, 3, 12, 0, tzinfo=UTC)
NAMES = ("replan", "replan_away", "replan_shut")


def test_an_option_is_refused_when_its_session_was_moved_since():
    meetup = away(on_site())
    actions.move(called("Ceph"), at(meetup, "10:30"), loft(meetup), by=ada(), now=NOW)
    assert refusal_of(meetup) == "“Ceph” has been moved since. Work it out again."


def test_an_option_is_refused_when_its_time_has_begun():
    meetup = away(on_site())
    assert refusal_of(meetup, RUNNING) == "On Tue at 09:30 it has begun meanwhile: “Ceph”. Work it out again."


def test_an_option_is_refused_when_it_would_make_a_conflict_by_now():
    meetup = away(on_site())
    target = at(meetup, "09:30", 2)
    put(session(meetup, "New", dee()), target, loft(meetup))
    assert refusal_of(meetup) == (
        "It would make a conflict by now: Dee Example is needed in both Ceph and New at Wed 09:30. Work it out again."
    )


def test_an_option_is_refused_when_its_session_time_or_room_is_gone():
    meetup = away(on_site())
    actions.remove_slot(at(meetup, "09:30", 2), by=ada(), now=NOW)
    assert refusal_of(meetup) == "A time or a room was removed meanwhile. Work it out again."
    assert "a time that was removed" in page(meetup)
    actions.remove_session(called("Ceph"), by=ada(), now=NOW)
    assert refusal_of(meetup) == "A session was removed meanwhile. Work it out again."
    assert "A session that was removed" in page(meetup)


def test_one_option_can_be_chosen_and_then_not_the_other():
    meetup = away(on_site())
    choose(meetup)
    shown = page(meetup)
    assert "On the board" in shown
    assert 'id="choose-best"' not in shown
    assert refusal_of(meetup) == "“Ceph” has been moved since. Work it out again."
    actions.undo(meetup, by=ada(), now=NOW)
    assert "Something has changed since this was worked out." in page(meetup)


def test_a_frozen_agenda_is_thawed_with_one_tap_that_leads_back():
    meetup = away(on_site())
    actions.freeze(meetup, by=ada(), now=NOW)
    assert refusal_of(meetup) == "The agenda is frozen. Thaw it first, on the page “Before the release”."
    assert "Thaw it" in page(meetup)
    answer = browser_of(ada()).post(url("freeze", meetup), {"_method": "delete", "back": "replan"})
    assert answer["Location"] == url("replan", meetup)
    assert "Something has changed" not in page(meetup)
    assert choose(meetup) == 1


def test_nothing_is_worked_out_when_all_is_over_or_nothing_is_there():
    meetup = on_site()
    for state, sentence in (
        (OVER, "No time for sessions is to come, so nothing can be moved any more."),
        (NOW, "There is no session yet. Add one first."),
        (NOW, "There is no room yet. Add the rooms first."),
    ):
        with pytest.raises(Refusal) as refused:
            actions.replan(meetup, by=ada(), now=state)
        assert str(refused.value) == sentence
        Session.objects.all().delete()
        if sentence.startswith("There is no session"):
            hall(meetup).delete()
            loft(meetup).delete()


def test_times_no_search_can_follow_are_told():
    meetup = on_site()
    for starts, ends in (("13:00", "14:00"), ("13:50", "14:40"), ("14:30", "17:20"), ("15:40", "16:40")):
        slot(meetup, starts, ends)
    shown = text_of(browser_of(ada()).post(url("replan", meetup), follow=True))
    assert "overlap in a way no search can follow. Move the sessions by hand on the board." in shown
    assert not Search.objects.exists()


def test_both_are_there_at_once_before_any_process_has_begun():
    meetup = on_site()
    actions.be_away(meetup, dee(), [at(meetup, "09:30").pk], by=ada(), now=NOW)
    answer = browser_of(ada()).post(url("replan", meetup))
    assert answer["Location"] == f"{url('replan', meetup)}#options"
    found = options(meetup, NOW)
    assert found.is_under_way
    assert [(list(moves(option)), option.proof) for option in found.others] == [(["Ceph"], "not proven yet")] * 2
    panel = page(meetup, **{"HX-Request": "true"})
    assert 'hx-trigger="every 500ms"' in panel
    assert "The options are ready." not in panel
    for search in Search.objects.all():
        work_on(search.pk)
    panel = page(meetup, **{"HX-Request": "true"})
    assert "hx-trigger" not in panel
    assert "The options are ready." in panel


def test_searches_somebody_waits_for_do_not_wait_for_drafts():
    meetup = on_site()
    actions.begin_search(meetup, by=ada(), now=NOW)
    actions.replan(meetup, by=ada(), now=NOW)
    draft, few, best = Search.objects.order_by("pk")
    assert tending.searches_to_do(NOW, ("few", "best")) == [few.pk, best.pk]
    assert tending.searches_to_do(NOW, ("draft",)) == [draft.pk]
    tending.take_up(few.pk, now=NOW)
    assert tending.searches_to_do(NOW, ("few", "best")) == [best.pk]
    tending.let_go([few.pk])
    assert tending.searches_to_do(NOW, ("few", "best")) == [few.pk, best.pk]


def test_what_happened_is_said_with_two_taps_and_kept_beside_what_was_known():
    meetup = on_site()
    later = at(meetup, "09:30", 2)
    actions.set_presence(meetup, dee(), Presence(frozenset({later.pk})), by=ada(), now=NOW)
    ada_there = browser_of(ada())
    ticked = {"person": dee().pk, "slots": [at(meetup, "09:30").pk]}
    shown = text_of(ada_there.post(url("replan_away", meetup), ticked, follow=True))
    assert "Dee Example is away at Tue 09:30. Work out what to do." in shown
    assert set(Absence.objects.values_list("slot", flat=True)) == {later.pk, at(meetup, "09:30").pk}
    shown = text_of(ada_there.post(url("replan_shut", meetup), {"room": loft(meetup).pk}, follow=True))
    assert "Loft is shut from now on. Work out what to do." in shown
    assert Closure.objects.filter(room=loft(meetup)).count() == 4
    assert loft(meetup).capacity == 10


@pytest.mark.parametrize("name", ["replan_away", "replan_shut"])
@pytest.mark.parametrize("value", ["", "0", "999999", "x", "1;drop", "\x00", "9" * 400])
@pytest.mark.parametrize("field", ["who", "slots"])
def test_what_nobody_could_have_chosen_is_refused_beside_the_field(name, value, field):
    meetup = on_site()
    right = {"person": dee().pk, "room": loft(meetup).pk}
    sent = {**right, "slots": value} if field == "slots" else {"person": value, "room": value}
    answer = browser_of(ada()).post(url(name, meetup), sent)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in text_of(answer)
    assert not Absence.objects.exists()
    assert not Closure.objects.exists()


def test_people_rooms_and_times_of_others_cannot_be_named():
    meetup = on_site()
    other = meetups.open_idea(bo(), title="Other", summary="Two days.", region="europe", now=NOW)
    theirs = actions.add_room(other, "Cellar", by=bo(), now=NOW)
    ada_there = browser_of(ada())
    assert ada_there.post(url("replan_shut", meetup), {"room": theirs.pk}).status_code == 422
    assert ada_there.post(url("replan_away", meetup), {"person": cy().pk}).status_code == 422
    free = at(meetup, "11:10").pk
    assert ada_there.post(url("replan_shut", meetup), {"room": loft(meetup).pk, "slots": [free]}).status_code == 422


def test_nobody_but_the_team_sees_it_or_does_it():
    meetup = away(on_site())
    before = where()
    addresses = [*(url(name, meetup) for name in NAMES), *(url("replan_choose", meetup, kind) for kind in ("few", "best"))]
    for browser in (browser_of(bo()), browser_of(None)):
        assert {browser.post(address).status_code for address in addresses} == {404}
        assert browser.get(addresses[0]).status_code == 404
    ada_there = browser_of(ada())
    assert {ada_there.get(address).status_code for address in addresses[1:]} == {302}  # only sent to
    assert [ada_there.post(url("replan_choose", meetup, kind)).status_code for kind in ("draft", "none", "x")] == [404] * 3
    assert where() == before


def test_without_anything_worked_out_there_is_nothing_to_choose():
    meetup = on_site()
    assert browser_of(ada()).post(url("replan_choose", meetup, "few")).status_code == 404
    shown = page(meetup)
    assert "Nothing that is known." in shown
    assert "Work out what to do" in shown


def test_choosing_leads_to_the_release_which_tells_those_concerned():
    meetup = on_site()
    released(meetup)
    away(meetup)
    answer = browser_of(ada()).post(url("replan_choose", meetup, "few"))
    assert answer["Location"] == url("release", meetup)
    shown = text_of(browser_of(ada()).get(url("release", meetup)))
    assert "Ceph" in shown
    assert Move.objects.filter(by=ada()).last().words == "moved 1 session after a change on the day"
    assert "Release again" in page(meetup)
    assert browser_of(ada()).post(url("replan_choose", meetup, "best"))["Location"] == f"{url('replan', meetup)}#options"


def test_it_is_on_the_way_while_the_meetup_is_on():
    meetup = on_site()
    ada_there = browser_of(ada())
    for address in (url("board", meetup), f"/m/{meetup.slug}/desk/", f"/m/{meetup.slug}/desk/door/"):
        assert f'href="{url("replan", meetup)}"' in text_of(ada_there.get(address)), address


def test_when_it_is_archived_it_is_there_to_read():
    meetup = away(on_site())
    for stage in ("wrap_up", "archived"):
        meetups.move_to_stage(meetup, ada(), stage, now=NOW)
    shown = page(meetup)
    assert "Work it out again" not in shown
    assert 'id="choose-few"' not in shown
    with pytest.raises(Refusal, match="archived"):
        actions.replan(meetup, by=ada(), now=NOW)


def test_the_page_costs_the_same_however_large_the_agenda(django_assert_num_queries):
    meetup = on_site()
    actions.be_away(meetup, dee(), [at(meetup, "09:30").pk], by=ada(), now=NOW)
    actions.replan(meetup, by=ada(), now=NOW)
    browser = browser_of(ada())
    for more in (0, 5):
        for number in range(more):
            fans = [f"Fan{number}{n}" for n in range(12)]
            made = session(meetup, f"More {number}", dee(), topic=supported(proposed(meetup, f"More {number}"), *fans))
            actions.pick(made, cy(), wanted=True, now=NOW)
            put(made, at(meetup, "10:30"), loft(meetup))
        with django_assert_num_queries(29):
            browser.get(url("replan", meetup))
        with django_assert_num_queries(16):
            browser.get(url("replan", meetup), headers={"HX-Request": "true"})


def test_the_first_day_s_places_tell_which_are_past_only_once_they_are():
    meetup = on_site()
    times = [name for _, name in queries.times_to_come(meetup, NOW)]
    assert times == ["Tue 09:00", "Tue 09:30", "Tue 10:30", "Wed 09:30"]
    assert [name for _, name in queries.times_to_come(meetup, RUNNING)] == ["Tue 10:30", "Wed 09:30"]
    assert queries.times_to_come(meetup, OVER) == ()
