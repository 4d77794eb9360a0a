"""A search for a better agenda runs beside the board: begun with a draft, told as it goes, stopped, and put on the board."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from midcycle.agenda import actions, queries
from midcycle.agenda.actions import How, tending
from midcycle.agenda.models import Placement, Search
from midcycle.cli.main import main
from midcycle.engines.solver.board import Progress
from midcycle.engines.solver.format import read_instance, read_plan
from midcycle.engines.solver.score import score
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.site.searching import work_on
from tests.world import NOW, ada, bo, browser_of
from tests.worlds.agenda import at, hall, loft, planned, session, slot, text_of, url
from tests.worlds.topics import proposed, supported

pytestmark = pytest.mark.django_db

DEEDS = ("search_on", "search_put")


def clashing():
    """Return a meetup with two pairs of topics, each wanted by the same people, and their sessions set side by side."""
    meetup = planned()
    for name in ("Ceph", "Cells"):
        supported(proposed(meetup, name), "Cy", "Dee")
    for name in ("Upgrades", "Users"):
        supported(proposed(meetup, name), "Eve", "Flo", "Gus")
    actions.draft(meetup, by=ada(), seed=1, now=NOW, moves=2_000)
    first, second = at(meetup, "09:30"), at(meetup, "10:30")
    places = {"Ceph": (first, 1), "Cells": (first, 0), "Upgrades": (second, 1), "Users": (second, 0)}
    for made in Placement.objects.select_related("session"):
        slot, where = places[made.session.title]
        made.slot, made.room = slot, hall(meetup) if where else loft(meetup)
        made.save()
    return meetup


def begun(meetup, **how):
    return actions.begin_search(meetup, by=ada(), now=NOW, how=How(**{"seed": 1, "seconds": 5.0, **how}))


def where():
    return {p.session.title: (p.slot, p.room) for p in Placement.objects.select_related("session", "slot", "room")}


def panel(meetup):
    return " ".join(text_of(browser_of(ada()).get(url("search", meetup), headers={"HX-Request": "true"})).split())


def test_a_better_agenda_is_found_proven_and_put_on_the_board_as_one_move():
    meetup = clashing()
    before = where()
    found = begun(meetup)
    assert "The search for a better agenda waits for its turn" in panel(meetup)
    assert work_on(found.pk) == 0
    assert where() == before
    told = queries.search_of(meetup)
    assert (told.state, told.first_attended, told.attended, told.wanted) == ("ended", 7, 13, 14)
    assert (told.is_proven, told.is_better, told.least_share, told.tenth_share) == (True, True, 75, 75)
    assert "A better agenda was found: 13 wishes instead of 7. It is proven that there is none better." in panel(meetup)
    drafted = actions.put_search(Search.objects.get(), by=ada(), now=NOW)
    assert (drafted.met, drafted.placed) == (13, 4)
    assert "better agenda" not in panel(meetup)
    assert actions.undo(meetup, by=ada(), now=NOW) == "Undone: put the agenda that was found on the board."
    assert where() == before
    assert "A better agenda was found" in panel(meetup)  # and can be put there again
    actions.redo(meetup, by=ada(), now=NOW)
    assert "better agenda" not in panel(meetup)


def test_its_files_prove_the_bound_to_anybody(tmp_path):
    meetup = clashing()
    work_on(begun(meetup).pk)
    files = []
    for name in ("problem", "plan"):
        answer = browser_of(ada()).get(url(f"search_{name}", meetup))
        assert answer["Content-Disposition"] == f'attachment; filename="{meetup.slug}-{name}.json"'
        files.append(tmp_path / f"{name}.json")
        files[-1].write_bytes(answer.content)
    assert main(["verify", *map(str, files)]) == 0
    problem = read_instance(files[0].read_bytes())
    assert score(problem, read_plan(files[1].read_bytes(), problem)).points == 130
    assert [name for name in ("Cy", "Dee", "ada@", "Eve") if name in files[0].read_text() + files[1].read_text()] == []


def test_what_was_pinned_or_added_while_it_searched_has_its_way():
    meetup = clashing()
    work_on(begun(meetup).pk)
    ceph = Placement.objects.get(session__title="Ceph")
    actions.place(ceph.session, at(meetup, "09:30", 2), loft(meetup), by=ada(), now=NOW)
    session(meetup, "Late idea")
    actions.put_search(Search.objects.get(), by=ada(), now=NOW)
    now = where()
    assert now["Ceph"] == (at(meetup, "09:30", 2), loft(meetup))
    assert set(now) == {"Ceph", "Cells", "Upgrades", "Users", "Late idea"}
    assert now["Upgrades"][0] != now["Users"][0]


def test_it_is_not_put_on_a_board_that_is_better_by_now():
    meetup = clashing()
    found = begun(meetup)  # what it has found so far is the board it began from
    actions.draft(meetup, by=ada(), seed=1, now=NOW, moves=2_000)
    Search.objects.filter(pk=found.pk).update(score=1)
    board = where()
    Placement.objects.filter(session__title="Ceph").update(pinned=True)
    Placement.objects.filter(session__title="Cells").update(pinned=True)
    with pytest.raises(Refusal, match=r"The agenda on the board is as good or better by now\."):
        actions.put_search(Search.objects.get(), by=ada(), now=NOW)
    assert where() == board


def test_it_stops_when_asked_keeps_what_it_found_and_goes_on_from_there():
    meetup = clashing()
    found = begun(meetup)
    actions.stop_search(found, by=ada(), now=NOW)
    assert queries.search_of(meetup).state == "ended"
    assert tending.searches_to_do(NOW) == []
    assert "No agenda better than the draft was found." in panel(meetup)
    actions.go_on(found, by=ada(), now=NOW, seconds=5.0)
    with pytest.raises(Refusal, match="under way"):
        actions.go_on(found, by=ada(), now=NOW)
    assert tending.searches_to_do(NOW) == [found.pk]
    work_on(found.pk)
    assert queries.search_of(meetup).attended == 13


def test_going_on_or_after_a_kill_it_tells_no_worse_a_bound_than_was_proven_and_keeps_its_proof():
    meetup = clashing()
    found = begun(meetup, seconds=9.0)
    work_on(found.pk)
    proven = Search.objects.get()
    instance = read_instance(proven.problem.encode())
    first = replace(read_plan(proven.plan.encode(), instance), certificate=None)
    progress = Progress(0.1, first, score(instance, first), 140.0)  # as another process begins: all votes may be met
    tending.tell_progress(found.pk, progress, spent=5.0, now=NOW)
    now = Search.objects.get()
    assert (now.score, now.bound, now.steps[-1]) == (130, 130, [5.0, 130, 130, 13])
    assert read_plan(now.plan.encode(), instance).certificate == read_plan(proven.plan.encode(), instance).certificate
    assert queries.search_of(meetup).is_proven


def test_other_tabs_and_organisers_learn_of_a_search_and_are_sent_nothing_they_have_seen():
    meetup = clashing()
    browser, htmx = browser_of(ada()), {"HX-Request": "true"}
    assert browser.get(url("search", meetup) + "?seen=none", headers=htmx).status_code == 204
    found = begun(meetup)
    seen = f"{url('search', meetup)}?seen={queries.search_of(meetup).mark}"
    assert "waits for its turn" in text_of(browser.get(url("search", meetup) + "?seen=none", headers=htmx))
    assert browser.get(seen, headers=htmx).status_code == 204
    assert work_on(found.pk) == 0
    assert "A better agenda was found" in text_of(browser.get(seen, headers=htmx))
    figures = text_of(browser.get(seen, headers={**htmx, "HX-Target": "search-figures"}))
    assert "Check it yourself" in figures
    assert "A better agenda was found" not in figures


@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {}], ids=["in the page", "without a script"])
@pytest.mark.parametrize(("name", "focused"), [("search_on", "search-details"), ("search_put", "undo")])
def test_the_keyboard_goes_on_where_the_pressed_button_is_gone(name, focused, headers):
    meetup = clashing()
    work_on(begun(meetup).pk)
    page = browser_of(ada()).post(url(name, meetup), headers=headers, follow=True).content.decode()
    assert [tag for tag in re.findall(r"<(?:a|button)[^>]*>", page) if "autofocus" in tag] == [
        tag for tag in re.findall(r"<(?:a|button)[^>]*>", page) if f'id="{focused}"' in tag
    ]


def test_one_that_is_asked_to_stop_while_it_runs_is_told_at_its_next_sign_of_life():
    found = begun(clashing())
    assert tending.take_up(found.pk, now=NOW).seconds == 5.0
    assert tending.tell_alive(found.pk, spent=1.0, now=NOW)
    actions.stop_search(found, by=ada(), now=NOW)
    assert "Stopping." in panel(found.meetup)
    assert not tending.tell_alive(found.pk, spent=2.0, now=NOW)


def test_one_whose_process_is_silent_is_taken_up_again_three_times_at_the_most():
    found = begun(clashing())
    for _ in range(3):
        assert tending.take_up(found.pk, now=NOW) is not None
        assert tending.searches_to_do(NOW + timedelta(seconds=5)) == []
        assert tending.searches_to_do(NOW + timedelta(seconds=20)) == [found.pk]
    assert tending.take_up(found.pk, now=NOW) is None
    assert queries.search_of(found.meetup).state == "failed"
    assert "The search broke off." in panel(found.meetup)


def test_one_whose_process_was_asked_to_end_is_put_back_for_another():
    found = begun(clashing())
    tending.take_up(found.pk, now=NOW)
    assert tending.searches_to_do(NOW) == []
    tending.put_back(found.pk)
    assert tending.searches_to_do(NOW) == [found.pk]
    assert Search.objects.get().tries == 0


def test_a_new_draft_begins_a_new_search_and_the_old_one_ends():
    meetup = clashing()
    old = begun(meetup)
    tending.take_up(old.pk, now=NOW)
    ada_there = browser_of(ada())
    page = text_of(ada_there.post(url("draft", meetup), headers={"HX-Request": "true"}))
    assert "The search for a better agenda waits for its turn" in page
    assert not tending.tell_alive(old.pk, spent=1.0, now=NOW)
    assert Search.objects.get().pk != old.pk


def test_times_no_search_can_follow_leave_the_draft_as_it_is():
    meetup = planned()
    for starts, ends in (("13:00", "14:00"), ("13:50", "14:40"), ("14:30", "17:20"), ("15:40", "16:40")):
        slot(meetup, starts, ends)
    session(meetup)
    page = text_of(browser_of(ada()).post(url("draft", meetup), headers={"HX-Request": "true"}))
    assert "Drafted:" in page
    assert "overlap in a way no search can follow." in page
    assert not Search.objects.exists()


def test_the_deeds_are_told_and_do_not_count_as_moves_of_the_board():
    meetup = clashing()
    version = queries.version_of(meetup)
    found = begun(meetup)
    actions.stop_search(found, by=ada(), now=NOW)
    assert queries.version_of(meetup) == version
    kinds = list(Entry.objects.order_by("pk").values_list("kind", flat=True))[-2:]
    assert kinds == ["agenda.search_begun", "agenda.search_stopped"]


@pytest.mark.parametrize("name", ["search", "search_on", "search_put", "search_problem", "search_plan"])
def test_nobody_but_the_team_sees_a_search_or_moves_it(name):
    meetup = clashing()
    begun(meetup)
    for browser in (browser_of(bo()), browser_of(None)):
        asks = (browser.get, browser.post) if name == "search" else (browser.post,) if name in DEEDS else (browser.get,)
        assert [ask(url(name, meetup)).status_code for ask in asks] == [404] * len(asks)
    assert Search.objects.get().is_stopped is False


@pytest.mark.parametrize("name", ["search_on", "search_put", "search_problem", "search_plan"])
def test_without_a_search_there_is_nothing_to_act_on(name):
    meetup = planned()
    ada_there = browser_of(ada())
    assert ada_there.post(url(name, meetup)).status_code in {404, 405}
    assert "No search was begun yet" in text_of(ada_there.get(url("search", meetup)))
    assert ada_there.post(url("search", meetup), {"_method": "delete"}).status_code == 404


def test_the_page_of_a_search_costs_the_same_however_many_steps(django_assert_num_queries):
    meetup = clashing()
    found = begun(meetup)
    browser = browser_of(ada())
    for steps in (1, 200):
        Search.objects.filter(pk=found.pk).update(steps=[[n / 2, 50, 100, 7] for n in range(steps)], score=50, bound=100)
        with django_assert_num_queries(6):
            page = text_of(browser.get(url("search", meetup)))
    assert [len(re.findall(rf">\s*{wishes}\s*<", page)) for wishes in (7, 12)] == [12, 12]


def test_the_problem_says_which_topics_share_a_tag():
    meetup = clashing()
    topics = {made.session.title: made.session.topic for made in Placement.objects.select_related("session__topic")}
    for name in ("Ceph", "Users"):
        topics[name].tags = ["storage"]
        topics[name].save()
    problem = json.loads(begun(meetup).problem)
    assert problem["weights"]["track_clash"] == 1
    assert sorted(topic["track"] >= 0 for topic in problem["topics"]) == [False, False, True, True]
