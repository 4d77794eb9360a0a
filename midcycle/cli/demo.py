"""`midcycle demo`: loads the demo in a process of its own, then runs it. Django is not loaded here: it costs memory."""

import argparse
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Final

from midcycle.cli.serve import take_address
from midcycle.conf.schema import Settings, load
from midcycle.site.demo import marker
from midcycle.site.ports import check_ports
from midcycle.site.processes import die_with_parent, supervise

HINT: Final = 'make demo ARGS="--port {port}", or midcycle demo --port {port}'


def run(arguments: argparse.Namespace) -> int:
    """Load what is missing, run every process until told to stop, and say who a visitor can be."""
    take_address(arguments)
    os.environ.setdefault("MIDCYCLE_LOG_LEVEL", "WARNING")  # the links shall not scroll away
    settings = load()
    marker.check_database(settings.database_url)
    check_ports(settings, hint=HINT)
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
