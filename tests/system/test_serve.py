"""One instance on a port, and nothing left of a web server that was killed."""

import os
import signal
import socket
from pathlib import Path

import pytest

from tests.system.instance import instance, wait_until


@pytest.fixture
def served(tmp_path):
    with instance(tmp_path) as made:
        made.make_tables()
        yield made


def web_and_workers(served) -> tuple[int, list[int]]:
    (web,) = (c for c in children_of(served.process.pid) if "midcycle.site.web" in Path(f"/proc/{c}/cmdline").read_text())
    return web, [child for child in children_of(web) if "midcycle" in Path(f"/proc/{child}/cmdline").read_text()]


def children_of(process: int) -> list[int]:
    found = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [int(number) for number in found]


@pytest.mark.parametrize(("offset", "which"), [(0, "web"), (1, "live")])
def test_a_port_that_is_taken_is_refused(served, offset, which):
    with socket.create_server(("127.0.0.1", served.port + offset)):
        answer = served.try_command("serve", "--port", str(served.port))
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"midcycle: the {which} server cannot listen on 127.0.0.1:{served.port + offset} (address")
    assert "midcycle serve --port" in answer.stderr


def test_a_second_instance_on_the_same_port_is_refused(served):
    served.start()
    answer = served.try_command("serve", "--port", str(served.port))
    assert (answer.returncode, answer.stdout) == (1, "")
    assert served.is_up()


def test_a_killed_web_worker_is_replaced_while_the_others_serve(served):
    served.settings = {"MIDCYCLE_WEB_WORKERS": "2"}
    served.start()
    web, workers = web_and_workers(served)
    assert len(workers) == 2
    os.kill(workers[0], signal.SIGKILL)
    wait_until(lambda: not Path(f"/proc/{workers[0]}").exists())
    wait_until(served.is_up)
    wait_until(lambda: len(web_and_workers(served)[1]) == 2)
    assert web_and_workers(served)[0] == web
    assert workers[1] in web_and_workers(served)[1]
    assert served.stop() == 0


def test_a_killed_web_server_leaves_no_worker_behind(served):
    served.start()
    web, workers = web_and_workers(served)
    assert workers != []
    os.kill(web, signal.SIGKILL)
    wait_until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))
    wait_until(served.is_up)
    assert served.stop() == 0
