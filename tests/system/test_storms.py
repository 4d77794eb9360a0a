"""Rushes with processes killed at random: nobody loses an answer, and there are never more seats held than there are."""

from random import Random

from tests.postgres import own_database
from tests.system.instance import instance
from tests.system.weather import storms


def test_no_answer_is_lost_and_no_seat_given_twice_while_processes_are_killed(tmp_path):
    with instance(tmp_path / "data") as served:
        passed = list(storms(served, Random(), rushes=12, at_once=4))
        assert [fault for storm in passed for fault in storm.faults] == []
        assert sum(storm.rushes for storm in passed) == 12


def test_nor_on_postgresql(tmp_path):
    with own_database() as url, instance(tmp_path / "data", MIDCYCLE_DATABASE_URL=url) as served:
        passed = list(storms(served, Random(), rushes=4, at_once=4))
        assert [fault for storm in passed for fault in storm.faults] == []
