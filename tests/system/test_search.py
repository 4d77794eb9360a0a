"""A search for a better agenda in a real instance: its process is killed in the midst, and it comes to its end all the same."""

import json

import pytest

from tests.system.instance import instance, wait_until
from tests.system.organiser import Organiser, kill_search


@pytest.fixture
def served(tmp_path):
    with instance(tmp_path) as made:
        yield made


@pytest.fixture
def ada_there(served):
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
    version = {"session": str(taken_off), "place": "tray", "version": "1000000"}
    ada_there.post("desk/agenda/moves/", version)
    assert served.rows("SELECT COUNT(*) FROM agenda_placement") == [(count - 1,)]
    ada_there.post("desk/agenda/search/put/")
    assert served.rows("SELECT COUNT(*) FROM agenda_placement") == [(count,)]
    assert served.rows("SELECT put_version IS NOT NULL FROM agenda_search") == [(1,)]
    assert served.stop() == 0
