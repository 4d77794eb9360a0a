"""A web side just large enough for the pad editor: one page, its files, and tickets for whoever is named in the address."""

import json
import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from midcycle.kernel.tickets import PadTicket, issue
from tests.live.process import SECRET

DIST = Path(__file__).parents[2] / "midcycle" / "web" / "static" / "dist"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self' ws://127.0.0.1:*; base-uri 'none'; form-action 'self'"
)
WORDS = {"tags": ["ceph", "upgrade"], "people": ["Dee Example"], "authors": []}
_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ceph in production</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="csrf-token" content="a token">
<link rel="stylesheet" href="/{app}"><link rel="stylesheet" href="/{css}"><script type="module" src="/{js}"></script></head>
<body class="page"><main id="main" class="wrap"><h1>Ceph in production</h1>
<div data-pad data-pad-id="{pad}" data-live-url="ws://127.0.0.1:{live}/live/pads/{pad}" data-ticket-url="/ticket?{query}"
 data-words-url="/words" data-person="{person}"></div><p><a href="/elsewhere">After the pad</a></p></main></body></html>"""
_DOOR = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ceph in production</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="csrf-token" content="a token">
<link rel="stylesheet" href="/{app}"><script type="module" src="/{door}"></script></head>
<body class="page"><main id="main" class="wrap"><h1>Ceph in production</h1>
<div class="pad-desk" data-pad-desk data-editor="/{js}" data-plain="/{plain}" data-look="/{css}">{button}
<div data-pad-place data-pad-id="{pad}" data-live-url="ws://127.0.0.1:{live}/live/pads/{pad}" data-ticket-url="/ticket?{query}"
 data-words-url="/words" data-person="{person}"></div><div id="pad-text" class="pad-sheet prose">What readers see.</div></div>
</main></body></html>"""
_BUTTON = '<div class="pad-door"><button type="button" class="button" data-edit hidden>Edit</button></div>'


CHANGES: dict[str, PadTicket] = {}  # what tickets of a pad say from now on, whoever asks: role and rights


class _Handler(BaseHTTPRequestHandler):
    """`GET /?pad=…&person=…&live=PORT&role=write`; with `door=1` the page on which one presses "Edit"."""

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        if url.path == "/words":
            self._send(200, "application/json", json.dumps(WORDS).encode())
            return
        if url.path != "/":
            self._file(url.path)
            return
        asked = {name: values[0] for name, values in parse_qs(url.query).items()}
        names = json.loads((DIST / "manifest.json").read_text())
        files = {"app": names["app.css"], "css": names["pad.css"], "js": names["plain.js" if asked.get("plain") else "pad.js"]}
        files |= {"door": names["edit.js"], "plain": names["plain.js"], "button": _BUTTON if asked["role"] == "write" else ""}
        page = (_DOOR if asked.get("door") else _PAGE).format(
            **files, pad=asked["pad"], live=asked["live"], person=asked["person"], query=url.query.replace("&", "&amp;")
        )
        self._send(200, "text/html; charset=utf-8", page.encode())

    def do_POST(self) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        if self.headers["X-CSRFToken"] != "a token":
            self._send(403, "text/plain", b"")
            return
        person = asked["person"]
        ticket = PadTicket(asked["pad"], person, person.title(), sum(person.encode()) % 8, "write")
        if asked.get("role") == "read":
            ticket = PadTicket(ticket.pad, person, ticket.name, ticket.colour, "read")
        if changed := CHANGES.get(ticket.pad):
            ticket = PadTicket(ticket.pad, person, ticket.name, ticket.colour, changed.role, changed.rights)
        self._send(200, "application/json", json.dumps({"ticket": issue(SECRET, ticket)}).encode())

    def _file(self, path: str) -> None:
        file = DIST / Path(path).name
        if file.exists():
            self._send(200, mimetypes.guess_type(file.name)[0] or "application/octet-stream", file.read_bytes())
        else:
            self._send(404, "text/plain", b"")

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def webside() -> Iterator[str]:
    """Serve; give the origin."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
