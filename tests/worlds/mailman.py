"""A real Mailman 3 core, as a process of its own: its REST interface, LMTP for what comes in, SMTP for what goes out.

Mailman is free software under the GPL; it is run, never imported.
"""

import json
import os
import socket
import subprocess
import sys
import time
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from midcycle.conf.schema import ListServer

USER, SECRET, HOST = "restadmin", "not-a-secret", "lists.test"
_UNUSED = ("archive", "bounces", "command", "nntp", "retry", "task", "digest")
_CONFIG = """
[mailman]
layout: here
site_owner: postmaster@{host}
[paths.here]
var_dir: {var}
[database]
url: sqlite:///{var}/mailman.db
[webservice]
port: {rest}
workers: 1
admin_user: {user}
admin_pass: {secret}
[mta]
incoming: mailman.mta.null.NullMTA
lmtp_port: {lmtp}
smtp_host: 127.0.0.1
smtp_port: {smtp}
"""


@dataclass
class MailmanCore:
    """A running Mailman."""

    rest: int
    lmtp: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.rest}/3.1"

    def ask(self, method: str, path: str, **said):
        """Return status and told of a request."""
        token = b64encode(f"{USER}:{SECRET}".encode()).decode()
        body = urlencode(said).encode() if said else None
        request = Request(f"{self.url}/{path}", body, {"Authorization": f"Basic {token}"}, method=method)  # noqa: S310
        try:
            with urlopen(request, timeout=20) as answer:  # noqa: S310
                text = answer.read()
                return answer.status, json.loads(text) if text else {}
        except HTTPError as error:
            with error:
                return error.code, {}

    def new_list(self, name: str) -> str:
        """Return the id of a new list."""
        status, _ = self.ask("POST", "lists", fqdn_listname=f"{name}@{HOST}")
        assert status == 201
        return f"{name}.{HOST}"

    def members(self, list_id: str) -> dict[str, str]:
        """Return the addresses on a list, each with how it gets letters."""
        _, told = self.ask("GET", f"lists/{list_id}/roster/member?count=5000&page=1")
        return {entry["email"]: entry["delivery_mode"] for entry in told.get("entries", ())}

    def add(self, list_id: str, address: str) -> None:
        """Put an address on a list."""
        flags = {"pre_verified": "true", "pre_confirmed": "true", "pre_approved": "true", "send_welcome_message": "false"}
        self.ask("POST", "members", list_id=list_id, subscriber=address, **flags)

    def server(self, list_id: str, *open_to: str, secret: str = SECRET) -> ListServer:
        """Return what the settings say of a list."""
        said = {"kind": "mailman", "url": self.url, "user": USER, "secret": secret, "list": list_id}
        return ListServer(**said, open_to=open_to or ("spring-meetup",))


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def start(folder: Path, smtp: int):
    """Start Mailman; return its process and the running core once it answers."""
    rest, lmtp = free_port(), free_port()
    said = {"host": HOST, "var": folder / "var", "user": USER, "secret": SECRET, "rest": rest, "lmtp": lmtp, "smtp": smtp}
    config = folder / "mailman.cfg"
    config.write_text(_CONFIG.format(**said) + "".join(f"[runner.{name}]\nstart: no\n" for name in _UNUSED))
    programs = Path(sys.executable).parent
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    env = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"}
    process = subprocess.Popen([programs / "master", "-C", str(config)], cwd=folder, env=env, **quiet)
    core = MailmanCore(rest, lmtp)
    for _ in range(600):
        try:
            core.ask("GET", "system/versions")
        except (URLError, OSError):
            assert process.poll() is None
            time.sleep(0.2)
            continue
        core.ask("POST", "domains", mail_host=HOST)
        return process, core
    process.terminate()
    raise AssertionError("Mailman does not answer")
