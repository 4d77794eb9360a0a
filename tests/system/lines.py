"""A light HTTP client for crowds: each line is one kept connection, its answers are read by hand (RFC 9112)."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
_LOCATION = re.compile(rb"\r\nlocation: *([^\r]+)", re.IGNORECASE)
_COOKIE = re.compile(rb"\r\nset-cookie: *([^;\r]+)", re.IGNORECASE)
_CHECK = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')


class CutOffError(ConnectionError):
    """The connection ended before the answer did."""


@dataclass(frozen=True)
class Answer:
    """What came back; `size` counts every byte on the wire."""

    status: int
    head: bytes
    body: bytes
    size: int

    @property
    def location(self) -> str:
        """Return where it leads."""
        found = _LOCATION.search(self.head)
        return found[1].decode() if found else ""

    @property
    def cookies(self) -> str:
        """Return the cookies it sets, as a request sends them back."""
        return b"; ".join(_COOKIE.findall(self.head)).decode()

    @property
    def check(self) -> str:
        """Return the check value of the form in it."""
        found = _CHECK.search(self.body)
        return found[1].decode() if found else ""


class Line(asyncio.Protocol):
    """One connection, one question at a time."""

    def __init__(self) -> None:
        self._got = bytearray()
        self._body = -1  # where the body begins, once the head is here
        self._ends = -1  # where it ends; -1 while nobody knows
        self._answer: asyncio.Future[Answer] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what to write to."""
        self._transport = transport  # type: ignore[assignment]

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits."""
        self._transport = None
        if self._answer and not self._answer.done():
            self._answer.set_exception(CutOffError(str(exc or "closed")))

    def data_received(self, data: bytes) -> None:
        """Take the next part; the answer is given once it is whole."""
        self._got += data
        if self._body < 0:
            end = self._got.find(b"\r\n\r\n")
            if end < 0:
                return
            self._body = end + 4
            length = _LENGTH.search(self._got, 0, self._body)
            self._ends = self._body + int(length[1]) if length else -1 if _CHUNKED.search(self._got, 0, end) else self._body
        whole = len(self._got) >= self._ends if self._ends >= 0 else self._got.endswith(b"\r\n0\r\n\r\n")
        if whole and self._answer and not self._answer.done():
            got, self._got, body, self._body = bytes(self._got), bytearray(), self._body, -1
            text = got[body:] if self._ends >= 0 else _without_chunks(got[body:])
            self._answer.set_result(Answer(int(got[9:12]), got[:body], text, len(got)))

    async def ask(self, request: bytes) -> Answer:
        """Send a request and wait for the answer. Raises CutOffError."""
        if self._transport is None:
            raise CutOffError("not connected")
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()


async def connected(port: int) -> Line:
    """Return a new line to a port of this machine. Raises OSError."""
    transport, line = await asyncio.get_running_loop().create_connection(Line, "127.0.0.1", port)
    if transport.get_extra_info("sockname") == transport.get_extra_info("peername"):
        line.close()  # with nobody there, TCP may connect a port of this machine to itself
        raise CutOffError("met itself")
    return line


def get(path: str, cookies: str = "", **headers: str) -> bytes:
    """Return a GET request."""
    return _request("GET", path, {**({"Cookie": cookies} if cookies else {}), **_named(headers)})


def post(path: str, form: Mapping[str, str], cookies: str = "") -> bytes:
    """Return a form as browsers send it."""
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies}
    return _request("POST", path, kind, urlencode(form).encode())


def post_json(path: str, body: bytes, token: str) -> bytes:
    """Return a request of a machine with its bearer token."""
    return _request("POST", path, {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}, body)


def _request(method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> bytes:
    length = {"Content-Length": str(len(body))} if method == "POST" else {}
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: localhost",
        *(f"{name}: {value}" for name, value in {**headers, **length}.items()),
    ]
    return "\r\n".join((*lines, "", "")).encode() + body


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def _without_chunks(text: bytes) -> bytes:
    parts, at = [], 0
    while (end := text.index(b"\r\n", at)) and (size := int(text[at:end].partition(b";")[0], 16)):
        parts.append(text[end + 2 : end + 2 + size])
        at = end + 2 + size + 2
    return b"".join(parts)
