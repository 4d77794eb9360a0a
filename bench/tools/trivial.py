"""Answers at once with ready bytes of the usual sizes, to find out how fast the crowd itself can be."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvloop

from bench.footprint import free_ports
from tests.system.lines import connected, get

_CHECK = b'<input type="hidden" name="csrfmiddlewaretoken" value="%s">' % (b"x" * 64)


def _page(status: bytes, head: bytes, body: bytes) -> bytes:
    return b"HTTP/1.1 %s\r\n%sContent-Length: %d\r\n\r\n%s" % (status, head, len(body), body)


FORM = _page(b"200 OK", b"Set-Cookie: csrftoken=xxxxxxxx; Path=/\r\n", _CHECK + b" " * 8000)
LEADS = _page(b"302 Found", b"Location: /m/x/seat/token/\r\n", b"")
SHOWN = _page(b"200 OK", b"", b'<span class="badge badge-held">' + b" " * 5000)


class Responder(asyncio.Protocol):
    """Looks at no more than the first words of a request."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what to write to."""
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer."""
        answer = LEADS if data.startswith(b"POST") else SHOWN if b"/seat/token/" in data[:80] else FORM
        self.transport.write(answer)  # type: ignore[attr-defined]


@contextmanager
def responder() -> Iterator[int]:
    """Give the port of a responder in a process of its own."""
    port = free_ports()
    with subprocess.Popen([sys.executable, "-m", "bench.tools.trivial", str(port)]) as process:
        try:
            uvloop.run(_reached(port))
            yield port
        finally:
            process.terminate()


async def _reached(port: int) -> None:
    deadline = time.monotonic() + 10
    while True:
        try:
            line = await connected(port)
            await line.ask(get("/"))
        except OSError:
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.05)
        else:
            line.close()
            return


async def _serve(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Responder, "127.0.0.1", port, backlog=1024)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(_serve(int(sys.argv[1])))
