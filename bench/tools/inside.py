"""The whole application in this process, without a socket: requests go in and answers come out by WSGI (PEP 3333)."""

import io
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tests.system.lines import Answer


@dataclass
class Inside:
    """An application that can be asked what a line asks a server."""

    application: Callable[..., Iterable[bytes]]

    def ask(self, request: bytes) -> Answer:
        """Hand one request over and return the answer."""
        said: list[bytes] = []

        def start_response(status: str, headers: list[tuple[str, str]], _error: object = None) -> None:
            lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers), "", ""]
            said.append("\r\n".join(lines).encode())

        answered = self.application(_environ(request), start_response)
        body = b"".join(answered)
        close = getattr(answered, "close", None)
        if close is not None:
            close()
        return Answer(int(said[0][9:12]), said[0], body, len(said[0]) + len(body))


@dataclass(frozen=True)
class Cost:
    """Milliseconds on the clock and of the processor."""

    wall: float
    processor: float


def cost_of(deed: Callable[[], object]) -> Cost:
    """Do it and return what it took."""
    wall, processor = time.perf_counter(), time.process_time()
    deed()
    return Cost((time.perf_counter() - wall) * 1000, (time.process_time() - processor) * 1000)


def _environ(request: bytes) -> dict[str, Any]:
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    method, path, _ = first.split(" ")
    headers = {name.upper().replace("-", "_"): value for name, _, value in (line.partition(": ") for line in lines)}
    plain = {name: headers.pop(name) for name in ("CONTENT_TYPE", "CONTENT_LENGTH") if name in headers}
    return {
        **{f"HTTP_{name}": value for name, value in headers.items()},
        **plain,
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path.partition("?")[0],
        "QUERY_STRING": path.partition("?")[2],
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
