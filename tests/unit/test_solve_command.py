"""`midcycle solve` and `midcycle verify` as an operator runs them."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bench.tools.events import SIZES, Size, event
from midcycle.engines.solver.format import read_plan, write_instance
from midcycle.engines.solver.instance import Instance, Theme
from midcycle.engines.solver.score import score

SMALL = event(Size(30, 10, 3, 5, 4), 3)


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "midcycle.cli.main", *map(str, arguments)]


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*arguments), capture_output=True, text=True, timeout=60, check=False)


def problem(folder: Path, instance: Instance) -> Path:
    path = folder / "problem.json"
    path.write_bytes(write_instance(instance))
    return path


def test_a_problem_is_solved_and_its_plan_verified(tmp_path: Path) -> None:
    path, out = problem(tmp_path, SMALL), tmp_path / "plan.json"
    done = run("solve", path, "--out", out, "--seconds", "20", "--seed", "7")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    plan = read_plan(out.read_bytes(), SMALL)
    assert (done.returncode, list(lines[-1])) == (0, ["t", "score", "bound"])
    assert lines[-1]["score"] == lines[-1]["bound"] == score(SMALL, plan).points
    assert [line["bound"] for line in lines] == sorted((line["bound"] for line in lines), reverse=True)
    assert "the best there is" in done.stderr
    checked = run("verify", path, out)
    assert (checked.returncode, checked.stdout.splitlines()[0]) == (0, "rules: all kept")
    assert checked.stdout.splitlines()[2].endswith("proven; no plan is better than this one")


def test_a_plan_without_proof_is_not_verified(tmp_path: Path) -> None:
    path, out = problem(tmp_path, SMALL), tmp_path / "plan.json"
    out.write_text('{"assign": {}}')
    checked = run("verify", path, out)
    lines = checked.stdout.splitlines()
    assert (checked.returncode, lines[0], lines[-1]) == (1, "rules: 10 broken", "bound: the plan has no certificate")


def test_a_signal_ends_the_search_with_the_best_plan_so_far(tmp_path: Path) -> None:
    path, out = problem(tmp_path, event(SIZES["summit"], 1)), tmp_path / "plan.json"
    with subprocess.Popen(
        command("solve", path, "--out", out, "--seconds", "500"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        first = json.loads(running.stdout.readline())
        running.send_signal(signal.SIGTERM)
        rest, told = running.communicate(timeout=20)
    assert (running.returncode, first["score"] > 0, "votes attended" in told) == (0, True, True)
    last = [first, *map(json.loads, rest.splitlines())][-1]
    instance = event(SIZES["summit"], 1)
    assert score(instance, read_plan(out.read_bytes(), instance)).points == last["score"]


def test_why_there_is_no_plan_is_said(tmp_path: Path) -> None:
    fixed = Theme(must=True, fixed_slot=1, fixed_room=0)
    path = problem(tmp_path, Instance(SMALL.slots, SMALL.rooms, (fixed, fixed), ()))
    done = run("solve", path, "--out", tmp_path / "plan.json", "--seconds", "5")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[0] == "midcycle: No agenda can meet these demands together; give up one of them:"
    assert len(done.stderr.splitlines()) == 7


def test_what_can_be_counted_is_said_at_once(tmp_path: Path) -> None:
    crowd = tuple(Theme(must=True, needed=(7,)) for _ in range(9))
    path = problem(tmp_path, replace(SMALL, topics=crowd, votes=(), rooms=SMALL.rooms[:1]))
    done = run("solve", path, "--out", tmp_path / "plan.json", "--seconds", "500")
    sentence = "midcycle: The topics that must take place need 9 places (a room in a slot), but only 5 are open."
    assert (done.returncode, done.stderr.splitlines()) == (1, [sentence])


def test_a_pipe_nobody_writes_into_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    done = run("solve", tmp_path / "pipe", "--out", tmp_path / "plan.json")
    assert (done.returncode, done.stderr) == (2, "midcycle: The file is empty.\n")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [("{", "The file is not JSON: Expecting property name"), ('{"format": 1}', "The problem is not of the format")],
)
def test_a_file_that_is_no_problem_is_refused(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "problem.json"
    path.write_text(content)
    done = run("solve", path, "--out", tmp_path / "plan.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr
