"""A demo deletes its own files, in its own directory, and nothing else."""

import json

import pytest

from midcycle.kernel.refusal import Refusal
from midcycle.site.demo import marker

DATABASE = "midcycle.sqlite3"


def names(data):
    return sorted(path.name for path in data.iterdir())


def loaded(data):
    marker.begin(data)
    (data / DATABASE).write_text("a demo")
    marker.finish(data)


def test_a_demo_is_loaded_once_it_is_finished(tmp_path):
    data = tmp_path / "demo"
    marker.begin(data)
    (data / DATABASE).write_text("half a demo")
    assert marker.is_loaded(data) is False
    marker.finish(data)
    assert (marker.is_loaded(data), marker.has_these_tables(data)) == (True, True)


def test_a_demo_whose_database_is_gone_is_not_loaded(tmp_path):
    loaded(tmp_path)
    (tmp_path / DATABASE).unlink()
    assert marker.is_loaded(tmp_path) is False


def test_what_an_interrupted_loading_left_is_deleted(tmp_path):
    marker.begin(tmp_path)
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", "midcycle.toml", "secret-key"):
        (tmp_path / name).write_text("half")
    marker.begin(tmp_path)
    assert names(tmp_path) == ["demo.json", "midcycle.toml", "secret-key"]


@pytest.mark.parametrize("deed", [marker.begin, marker.start_over])
def test_an_instance_that_is_no_demo_is_never_touched(tmp_path, deed):
    (tmp_path / DATABASE).write_text("years of work")
    with pytest.raises(Refusal, match="holds an instance that is not a demo; choose another directory with --data"):
        deed(tmp_path)
    assert names(tmp_path) == [DATABASE]
    assert (tmp_path / DATABASE).read_text() == "years of work"


def test_running_in_the_directory_of_a_real_instance_is_refused_and_leaves_no_mark(tmp_path):
    (tmp_path / DATABASE).write_text("years of work")
    with pytest.raises(Refusal, match="is not a demo"), marker.only_one(tmp_path):
        pass
    assert names(tmp_path) == [DATABASE]


def test_starting_over_forgets_a_demo_and_keeps_what_is_not_ours(tmp_path):
    loaded(tmp_path)
    for name in ("wake.socket", "holiday.jpg"):
        (tmp_path / name).write_text("x")
    marker.start_over(tmp_path)
    assert names(tmp_path) == ["demo.json", "holiday.jpg"]
    assert marker.is_loaded(tmp_path) is False


def test_starting_over_where_nothing_is_does_nothing(tmp_path):
    marker.start_over(tmp_path / "new")
    assert (tmp_path / "new").exists() is False


def test_two_demos_do_not_run_in_one_directory(tmp_path):
    with marker.only_one(tmp_path):
        loaded(tmp_path)
        with pytest.raises(Refusal, match=f"a demo runs in {tmp_path} already"), marker.only_one(tmp_path):
            pass
    with marker.only_one(tmp_path):
        assert marker.is_loaded(tmp_path) is True


@pytest.mark.parametrize("torn", ["", "{", "[]", "7", "\udcff"])
def test_a_torn_marker_means_not_loaded(tmp_path, torn):
    loaded(tmp_path)
    (tmp_path / marker.NAME).write_bytes(torn.encode(errors="surrogateescape"))
    assert (marker.is_loaded(tmp_path), marker.has_these_tables(tmp_path)) == (False, False)


def made_with(data, tables):
    """Load a demo and let its marker say that it was made with these tables."""
    loaded(data)
    (data / marker.NAME).write_text(json.dumps({"state": "loaded", "tables": tables}))


def test_a_demo_made_before_the_newest_migration_is_brought_up_to_date(tmp_path):
    made_with(tmp_path, dict(list(marker.tables().items())[:-1]))
    assert (marker.is_loaded(tmp_path), marker.has_these_tables(tmp_path)) == (True, False)


def test_a_demo_made_with_another_django_is_brought_up_to_date(tmp_path):
    made_with(tmp_path, {**marker.tables(), "django": "5.1"})
    assert (marker.is_loaded(tmp_path), marker.has_these_tables(tmp_path)) == (True, False)


@pytest.mark.parametrize("name", ["meetups/0001_initial.py", "meetups/0001_gone.py"])
def test_a_demo_made_with_a_migration_that_was_rewritten_is_loaded_anew(tmp_path, name):
    made_with(tmp_path, {**marker.tables(), name: "of last year"})
    assert marker.is_loaded(tmp_path) is False


def test_the_demo_stays_away_from_database_servers():
    marker.check_database("")
    with pytest.raises(Refusal, match="the demo keeps to a SQLite file of its own; unset MIDCYCLE_DATABASE_URL"):
        marker.check_database("postgresql://midcycle@db/real")
