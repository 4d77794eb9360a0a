"""`midcycle demo`: loads the demo in a process of its own, then runs it. Django is not loaded here: it costs memory."""

import argparse
import json
import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from typing import Final

from midcycle.cli.serve import take_address
from midcycle.conf.schema import Settings, load
from midcycle.kernel.refusal import Refusal
from midcycle.site.demo import marker
from midcycle.site.processes import die_with_parent, supervise

_LAST_PORT: Final = 65_534  # the live server takes the one after it


def run(arguments: argparse.Namespace) -> int:
    """Load what is missing, run every process until told to stop, and say who a visitor can be."""
    take_address(arguments)
    os.environ.setdefault("MIDCYCLE_LOG_LEVEL", "WARNING")  # the links shall not scroll away
    settings = load()
    marker.check_database(settings.database_url)
    _check_ports(settings)
    with marker.only_one(settings.data):
        if arguments.fresh:
            marker.start_over(settings.data)
        is_there = marker.is_loaded(settings.data) and marker.has_these_tables(settings.data)
        loading = Loading()
        try:
            if not is_there and loading.finish() != 0:
                return 1
            return supervise(settings, when_ready=lambda: _announce(settings, loading))
        finally:
            loading.stop()


@dataclass
class Loading:
    """`midcycle load-demo` in a process of its own: before the servers start when there is no demo yet, after them later."""

    process: subprocess.Popen[str] | None = None
    answer: str = ""

    def finish(self) -> int:
        """Run it to its end, once, keep what it printed, and return its exit status."""
        if self.process is None:
            command = (sys.executable, "-m", "midcycle.cli.main", "load-demo")
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=die_with_parent)  # noqa: S603, PLW1509 - our own command, before any thread
            self.answer = self.process.communicate()[0] or ""
        return self.process.returncode

    def stop(self) -> None:
        """End it if it still runs."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait()


def _announce(settings: Settings, loading: Loading) -> None:
    """Print the address, then the links; should the loading have failed, they are behind "Be somebody else" as well."""
    _print(f"Ready: {settings.public_url_used}")
    if loading.finish() == 0:
        cast = json.loads(loading.answer)["cast"]
        wide = max(len(member["part"]) for member in cast)
        links = (f"  {member['part']:{wide}}  {member['name']:14} {member['url']}" for member in cast)
        _print("", "Be somebody; each link signs you in:", *links)
    _print("", f"The demo is kept in {settings.data}. Ctrl-C stops it; make demo FRESH=1 starts over.")


def _print(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def _check_ports(settings: Settings) -> None:
    """Raise Refusal when the web server or the live server could not listen."""
    for port, whose in ((settings.port, "web"), (settings.live_port_used, "live")):
        fault = _fault_of(settings.host, port)
        if fault:
            other = _free_port(settings.host, settings.port)
            raise Refusal(
                f"the {whose} server cannot listen on {settings.host}:{port} ({fault}); choose another port:"
                f' make demo ARGS="--port {other}", or midcycle demo --port {other}'
            )


def _fault_of(host: str, port: int) -> str:
    """Return why nobody can listen there, empty when somebody can."""
    if port > _LAST_PORT + 1:
        return "there is no such port"
    try:
        with socket.create_server((host, port)):
            return ""
    except OSError as error:
        return (os.strerror(error.errno) if error.errno and error.errno > 0 else str(error)).lower()


def _free_port(host: str, port: int) -> int:
    """Return a port that is free, with the one after it."""
    candidates = (*range(port + 10, min(port + 200, _LAST_PORT)), 8123)
    return next((p for p in candidates if not _fault_of(host, p) and not _fault_of(host, p + 1)), 8123)
