"""One question over HTTPS: bounded in time and size, no redirect followed, no proxy asked, nothing kept open."""

import socket
import ssl
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Timer
from typing import Final
from urllib.parse import urlsplit

from midcycle.invoicing.payments.provider import UnansweredError

WITHIN: Final = 8.0
"""Seconds in which the whole answer is here, however it trickles."""
_MOST_BYTES: Final = 256 * 1024
_VERSION: Final = "2024-11-20.acacia"
"""The version of the API in which answers are read; events have the version of the account."""


@dataclass(frozen=True)
class Question:
    """What is asked: a path below an address, with a form to send it, and the key that makes asking twice the same as once."""

    base: str
    path: str
    secret: str = field(repr=False)
    form: str | None = None
    key: str = ""
    within: float = WITHIN


def ask(question: Question) -> tuple[int, bytes]:
    """Return status and body of the answer. Raises UnansweredError when none came in time, or one too long or broken."""
    connection = _connection(question)
    ends_at = time.monotonic() + question.within
    try:
        connection.connect()
        watch = Timer(max(0.0, ends_at - time.monotonic()), _hang_up, [connection.sock])
        watch.daemon = True
        watch.start()
        try:
            found = _answer(connection, question)
        finally:
            watch.cancel()
        if time.monotonic() >= ends_at:
            raise UnansweredError("the answer was cut off")
    except (OSError, HTTPException, ValueError) as error:
        raise UnansweredError(type(error).__name__) from None
    finally:
        connection.close()
    return found


def _answer(connection: HTTPConnection, question: Question) -> tuple[int, bytes]:
    headers = {
        "Authorization": f"Bearer {question.secret}",
        "Stripe-Version": _VERSION,
        "User-Agent": "Midcycle",
        "Accept": "application/json",
        "Connection": "close",
    }
    if question.form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    if question.key:
        headers["Idempotency-Key"] = question.key
    body = None if question.form is None else question.form.encode()
    connection.request("GET" if body is None else "POST", question.path, body=body, headers=headers)
    response = connection.getresponse()
    read = response.read(_MOST_BYTES + 1)
    if len(read) > _MOST_BYTES:
        raise UnansweredError("the answer is too long")
    if response.length:  # what is still to come
        raise UnansweredError("the answer is not whole")
    return response.status, read


def _connection(question: Question) -> HTTPConnection:
    parts = urlsplit(question.base)
    host = parts.hostname or ""
    if parts.scheme == "https":
        return HTTPSConnection(host, parts.port, timeout=question.within, context=ssl.create_default_context())
    return HTTPConnection(host, parts.port, timeout=question.within)


def _hang_up(connected: socket.socket) -> None:
    """End a conversation that takes too long, past the layer that encrypts it: whoever reads there finds its end."""
    try:
        socket.socket.shutdown(connected, socket.SHUT_RDWR)
    except OSError:
        return
