"""`midcycle demo` as a visitor runs it."""

import os
import re
import signal
import socket
import subprocess
import sys

import pytest

from midcycle.accounts.rules import CAST
from midcycle.site.demo import marker
from tests.system.instance import PATIENCE, ROOT, Instance, hear_ctrl_c, instance, wait_until

COMMAND = (sys.executable, "-m", "midcycle.cli.main")
LOADS_WITHIN = 180.0  # seconds, beside other tests
LINK = re.compile(r"^  (.+?)  +(.+?)  +http://127\.0\.0\.1:\d+(/demo/sign-in/\S+)$", re.MULTILINE)


def start(demo: Instance, *arguments: str, command: str = "demo") -> None:
    """Start a command in a process group of its own; what it prints goes to a file."""
    given = (command, "--data", str(demo.data), *(("--port", str(demo.port)) if command == "demo" else ()), *arguments)
    with printed_by(demo).open("w") as out:
        demo.process = subprocess.Popen(
            (*COMMAND, *given),
            cwd=ROOT,
            env=demo.environment(),
            start_new_session=True,
            stdout=out,
            stderr=out,
            preexec_fn=hear_ctrl_c,  # noqa: PLW1509 - one call, no locks
        )


def printed_by(demo: Instance):
    return demo.data.with_suffix(".out")


def wait_for(demo: Instance, words: str) -> str:
    """Wait until it has printed these words; return all it printed."""
    wait_until(lambda: words in printed_by(demo).read_text() or demo.process.poll() is not None, LOADS_WITHIN)
    assert words in printed_by(demo).read_text()
    return printed_by(demo).read_text()


def press_ctrl_c(demo: Instance) -> int:
    """Send what a terminal sends, to the whole group; return the exit status."""
    os.killpg(demo.process.pid, signal.SIGINT)
    return demo.process.wait(PATIENCE)


def refused(*arguments: str, **environment: str) -> tuple[int, str]:
    """Run `midcycle demo`, which must give up; return its status and what it says."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MIDCYCLE_")}
    done = subprocess.run(
        (*COMMAND, "demo", *arguments), cwd=ROOT, env={**kept, **environment}, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


@pytest.fixture
def demo(tmp_path):
    with instance(tmp_path / "demo") as made:
        yield made


def test_a_demo_from_its_first_start_to_a_fresh_one(demo):
    start(demo, command="load-demo")
    wait_for(demo, "Replaying Manchester 2016")
    demo.kill()
    assert marker.is_loaded(demo.data) is False

    start(demo)
    said = wait_for(demo, "Ctrl-C stops it")
    assert said.count("Making the tables") == 1
    links = {part: link for part, _, link in LINK.findall(said)}
    assert list(links) == [member.part for member in CAST]
    assert [signs_in(demo, links[member.part]) for member in CAST] == [(member.starts_at, member.name) for member in CAST]
    assert press_ctrl_c(demo) == 0
    wait_until(lambda: not demo.has_processes())
    meetups = demo.rows("SELECT slug, stage FROM meetups_meetup ORDER BY slug")
    assert len(meetups) == 7

    start(demo)
    again = wait_for(demo, "Ctrl-C stops it")
    assert "Making the tables" not in again
    assert len(LINK.findall(again)) == len(CAST)
    assert demo.rows("SELECT slug, stage FROM meetups_meetup ORDER BY slug") == meetups
    status, sentence = refused("--data", str(demo.data), "--port", str(demo.port + 100))
    assert (status, sentence) == (
        1,
        f"midcycle: a demo runs in {demo.data} already; stop it first, or choose another directory with --data\n",
    )
    assert press_ctrl_c(demo) == 0
    wait_until(lambda: not demo.has_processes())

    start(demo, "--fresh")
    wait_for(demo, "Replaying Manchester 2016")
    assert marker.is_loaded(demo.data) is False


def test_ctrl_c_while_it_loads_leaves_no_process(demo):
    start(demo)
    wait_for(demo, "Replaying Manchester 2016")
    assert press_ctrl_c(demo) == 130
    wait_until(lambda: not demo.has_processes())


@pytest.mark.parametrize(("which", "offset"), [("web", 0), ("live", 1)])
def test_a_port_that_is_taken_is_told_in_one_sentence(demo, which, offset):
    with socket.create_server(("127.0.0.1", demo.port + offset)):
        status, sentence = refused("--data", str(demo.data), "--port", str(demo.port))
    other = re.search(r"--port (\d+)\"", sentence)[1]
    assert status == 1
    assert sentence == (
        f"midcycle: the {which} server cannot listen on 127.0.0.1:{demo.port + offset} (address already in use); choose"
        f' another port: make demo ARGS="--port {other}", or midcycle demo --port {other}\n'
    )
    assert demo.data.exists() is False


@pytest.mark.parametrize("arguments", [(), ("--fresh",)])
def test_a_real_instance_is_left_alone(demo, arguments):
    demo.data.mkdir()
    database = demo.data / "midcycle.sqlite3"
    database.write_text("years of work")
    status, sentence = refused("--data", str(demo.data), "--port", str(demo.port), *arguments)
    assert (status, sentence) == (
        1,
        f"midcycle: {demo.data} holds an instance that is not a demo; choose another directory with --data\n",
    )
    assert database.read_text() == "years of work"


def test_a_database_server_is_left_alone(demo):
    status, sentence = refused("--data", str(demo.data), MIDCYCLE_DATABASE_URL="postgresql://nobody@127.0.0.1:1/real")
    assert (status, sentence) == (
        1,
        "midcycle: the demo keeps to a SQLite file of its own; unset MIDCYCLE_DATABASE_URL, or database_url in midcycle.toml\n",
    )


def test_the_process_that_waits_has_not_loaded_django():
    program = "import midcycle.cli.demo, sys; sys.stdout.write(str(sorted({'django', 'yaml', 'pycrdt'} & set(sys.modules))))"
    assert subprocess.run((sys.executable, "-c", program), cwd=ROOT, capture_output=True, text=True, check=True).stdout == "[]"


def signs_in(demo: Instance, link: str) -> tuple[str, str]:
    """Follow a link; return where it leads, and the name at the top of the page there."""
    answer = demo.ask("GET", link)
    cookie = "; ".join(header.split(";")[0] for header in answer.headers.get_all("Set-Cookie"))
    leads_to = answer.headers["Location"]
    page = demo.ask("GET", leads_to, headers={"Cookie": cookie}).body.decode()
    return leads_to, next((member.name for member in CAST if f">{member.name}<" in page), "nobody")
