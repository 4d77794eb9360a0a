"""Servers of pads to be measured, each a fresh process on one processor: ours, and peers from npm."""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.tools import machine
from bench.tools.typists import Post, Speech
from midcycle.engines.crdt.lib0 import buffer
from midcycle.kernel.tickets import PadTicket, issue
from tests.live.database import Database, new_database
from tests.live.nats import Nats
from tests.live.process import SECRET, LiveServer, free_port

SERVER_CORE, OWN_CORE = 0, 1


@dataclass
class Served:
    """A server that runs."""

    name: str
    pid: int
    port: int
    database: Database | None = None
    live: tuple[LiveServer, ...] = ()  # ours, one or several
    killed: bool = False  # the first of several

    def post(self) -> Post:
        """Give a new pad."""
        if self.database is not None:
            post = Post(Speech(acknowledges=True))
            post_names[id(post)] = self.database.new_pad()
            return post
        name = f"pad{len(post_names)}"
        if self.name == "Hocuspocus":
            prefix = buffer(name.encode())
            post = Post(Speech(prefix, (prefix + b"\x02\x00" + buffer(b"token"),)))
        else:
            post = Post(Speech())
        post_names[id(post)] = name
        return post

    def dial(self, post: Post, client: int, *, role: str = "write", text: bool = True) -> str:
        """Give the address of a client: ours with a ticket of a person of their own."""
        name = post_names[id(post)]
        if self.database is None:
            return f"ws://127.0.0.1:{self.port}/{name}"
        ticket = PadTicket(name, f"p{client}", f"Person {client}", client % 8, "read" if role == "read" else "write")
        more = "&messages=text" if text else ""
        there = self.live[1:] if self.killed else self.live
        port = there[client % len(there)].port
        return f"ws://127.0.0.1:{port}/live/pads/{name}?ticket={issue(SECRET, ticket)}{more}"

    def kill(self) -> None:
        """Kill the first of several servers."""
        self.live[0].kill()
        self.killed = True

    def processor(self) -> float:
        """Give the processor seconds so far."""
        return machine.processor_seconds(self.pid)

    def memory_now(self) -> float:
        """Give the memory it holds now, in MB."""
        return int(Path(f"/proc/{self.pid}/status").read_text().partition("VmRSS:")[2].split()[0]) / 1024

    def memory(self) -> int:
        """Give the most memory it held, in MB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) // 1024


post_names: dict[int, str] = {}


@contextmanager
def ours(kind: str = "sqlite") -> Iterator[Served]:
    """Start our live server, with everything on that it has in production."""
    with tempfile.TemporaryDirectory() as scratch, new_database(kind, Path(scratch)) as database:
        server = LiveServer(database.url, Path(scratch) / "live.log")
        server.start()
        _pin(server.pid, SERVER_CORE)
        try:
            yield Served("Midcycle", server.pid, server.port, database, (server,))
        finally:
            server.end()


@contextmanager
def several(amount: int = 2) -> Iterator[Served]:
    """Start several of our live servers on one PostgreSQL, with NATS between them."""
    with tempfile.TemporaryDirectory() as scratch, new_database("postgres", Path(scratch)) as database:
        bus = Nats()
        bus.start()
        servers = tuple(LiveServer(database.url, Path(scratch) / f"{one}.log", bus=bus.url) for one in range(amount))
        for server in servers:
            server.start()
        try:
            yield Served("Midcycle", servers[-1].pid, servers[-1].port, database, servers)
        finally:
            for server in servers:
                server.end()
            bus.kill()


_HOCUSPOCUS = """
import { Server } from "@hocuspocus/server";
new Server({ port: +process.argv[2], address: "127.0.0.1", quiet: true, async onAuthenticate() {} }).listen();
"""
_Y_WEBSOCKET = """
import http from "http";
import { WebSocketServer } from "ws";
import { setupWSConnection } from "@y/websocket-server/utils";
const server = http.createServer();
new WebSocketServer({ server }).on("connection", setupWSConnection);
server.listen(+process.argv[2], "127.0.0.1");
"""
_PEERS = {
    "Hocuspocus": ('{"@hocuspocus/server": "4.7.0"}', _HOCUSPOCUS),
    "y-websocket": ('{"@y/websocket-server": "0.1.1", "yjs": "13.6.33", "ws": "8.18.0"}', _Y_WEBSOCKET),
}


@contextmanager
def peer(name: str) -> Iterator[Served]:
    """Install a peer from npm once for each user of this machine, and start it."""
    needs, program = _PEERS[name]
    home = Path(tempfile.gettempdir()) / f"midcycle-bench-{os.getuid()}" / name
    if not (home / "node_modules").exists():
        home.mkdir(parents=True, exist_ok=True)
        (home / "package.json").write_text(f'{{"type": "module", "dependencies": {needs}}}')
        subprocess.run(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=home, check=True)  # noqa: S607
    (home / "main.mjs").write_text(program)
    port = free_port()
    command = ["taskset", "-c", str(SERVER_CORE), "node", "main.mjs", str(port)]
    process = subprocess.Popen(command, cwd=home, stdout=subprocess.DEVNULL)
    time.sleep(2)
    try:
        yield Served(name, process.pid, port)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)


def _pin(process: int, core: int) -> None:
    """Keep a process and its threads on one processor where there are several."""
    if len(os.sched_getaffinity(0)) > 1 or core in os.sched_getaffinity(0):
        for thread in Path(f"/proc/{process}/task").iterdir():
            os.sched_setaffinity(int(thread.name), {core % (os.cpu_count() or 1)})


def pin_self() -> None:
    """Keep the generator on the other processor. Call after everything was started that must not be here."""
    _pin(os.getpid(), OWN_CORE)
