"""An organiser in front of a whole instance: pages and forms over HTTP, and the processes that search."""

import os
import re
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from tests.system.instance import Answer, Instance, wait_until

_CHECK = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass
class Organiser:
    """Somebody signed in at an instance, as a browser without scripts has it."""

    served: Instance
    slug: str
    session: str

    def get(self, path: str) -> str:
        """Return what a page of the meetup says."""
        return self._look(path).body.decode()

    def post(self, path: str, fields: dict[str, str] | None = None, *, seen: str = "desk/agenda/") -> str:
        """Send a form of the page that was seen; return where it leads."""
        page = self._look(seen)
        cookies = [header.split(";")[0] for header in page.headers.get_all("Set-Cookie") or ()]
        typed = {**(fields or {}), "csrfmiddlewaretoken": _CHECK.search(page.body)[1].decode()}
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": "; ".join([self.session, *cookies])}
        answer = self.served.ask("POST", f"/m/{self.slug}/{path}", urlencode(typed), headers)
        assert answer.status == 302, answer.body
        return answer.headers["Location"]

    def _look(self, path: str) -> Answer:
        answer = self.served.ask("GET", f"/m/{self.slug}/{path}", headers={"Cookie": self.session})
        assert answer.status == 200, answer.body
        return answer


def kill_search(served: Instance, number: int) -> None:
    """Kill the process that works on a search as soon as it does."""
    wait_until(lambda: served.rows("SELECT state FROM agenda_search WHERE id = ?", number) == [("running",)])
    (process,) = [process for process, words in processes_of(served) if f"search {number}" in words]
    os.kill(process, signal.SIGKILL)


def processes_of(served: Instance) -> list[tuple[int, tuple[str, str]]]:
    """Return the processes of an instance with their names and commands."""
    found = []
    for directory in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            number = int(directory.name)
            if os.getpgid(number) == served.process.pid:
                command = (directory / "cmdline").read_text().replace("\0", " ").strip()
                found.append((number, ((directory / "comm").read_text().strip(), command.partition("midcycle.cli.main ")[2])))
    return found
