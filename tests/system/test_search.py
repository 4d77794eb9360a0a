"""Searches for a better agenda in a real instance: a process is killed in the midst, and the search ends all the same."""

import json

import pytest

from tests.system.instance import instance, wait_until
from tests.system.organiser import Organiser, kill_search

PAGE = "desk/agenda/replan/"


@pytest.fixture
def served(tmp_path):
    with instance(tmp_path) as made:
        yield made


@pytest.fixture
def ada_there(served):
    served.make_tables()
    known = json.loads(served.run("tests.system.prepare_search"))
    served.start()
    return Organiser(served, known["slug"], known["session"])


def search_of(served, kind="draft"):
    ((*facts,),) = served.rows("SELECT id, state, score, bound, tries FROM agenda_search WHERE kind = ?", kind)
    return facts


def test_a_search_whose_process_is_killed_ends_with_a_proof_and_is_put_on_the_board(served, ada_there):
    ada_there.post("desk/agenda/draft/")
    number, *_ = search_of(served)
    kill_search(served, number)
    wait_until(lambda: search_of(served)[1] == "ended")
    _, state, score, bound, tries = search_of(served)
    assert (state, score, tries) == ("ended", bound, 2)
    assert "It is proven that there is none better." in " ".join(ada_there.get("desk/agenda/").split())

    ((taken_off, count),) = served.rows("SELECT MIN(session_id), COUNT(*) FROM agenda_placement")
    version = {"session": str(taken_off), "place": "tray", "version": ""}
    ada_there.post("desk/agenda/moves/", version)
    assert served.rows("SELECT COUNT(*) FROM agenda_placement") == [(count - 1,)]
    ada_there.post("desk/agenda/search/put/")
    assert served.rows("SELECT COUNT(*) FROM agenda_placement") == [(count,)]
    assert served.rows("SELECT put_version IS NOT NULL FROM agenda_search") == [(1,)]
    assert served.stop() == 0


def test_on_the_day_both_options_are_proven_though_one_process_was_killed_and_one_is_chosen_and_released(served, ada_there):
    ada_there.post("desk/agenda/draft/")
    ada_there.post("desk/agenda/release/", {"note": "", "conflicts_known": "on"}, seen="desk/agenda/release/")
    ((session, lead, slot),) = served.rows(
        "SELECT part.session_id, part.person_id, placement.slot_id FROM agenda_sessionpart AS part "
        "JOIN agenda_placement AS placement ON placement.session_id = part.session_id WHERE part.part = 'lead' LIMIT 1"
    )
    ada_there.post(f"{PAGE}away/", {"person": str(lead), "slots": str(slot)}, seen=PAGE)
    ada_there.post(PAGE, seen=PAGE)
    assert ada_there.get(PAGE).count('id="choose-') == 2
    kill_search(served, search_of(served, "best")[0])
    wait_until(lambda: [search_of(served, kind)[1] for kind in ("few", "best")] == ["ended", "ended"])
    (_, _, few, few_bound, _), (_, _, best, best_bound, tries) = (search_of(served, kind) for kind in ("few", "best"))
    assert (few, best, tries) == (few_bound, best_bound, 2)
    assert ada_there.get(PAGE).count("proven: none of its kind is better") == 2

    assert ada_there.post(f"{PAGE}few/", seen=PAGE) == f"/m/{ada_there.slug}/desk/agenda/release/"
    assert served.rows("SELECT slot_id FROM agenda_placement WHERE session_id = ?", session) != [(slot,)]
    ada_there.post("desk/agenda/release/", {"note": "Somebody is away.", "conflicts_known": "on"}, seen="desk/agenda/release/")
    assert served.rows("SELECT MAX(number) FROM agenda_release") == [(2,)]
    assert served.stop() == 0
