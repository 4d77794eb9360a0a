"""What a list's server may answer: anything, slowly, or nothing. It is trouble, told in a sentence, and never a crash."""

import socket
import time
from contextlib import contextmanager
from functools import partial
from threading import Thread

import pytest

from midcycle.engines.maillist import Mailman, Request, Trouble
from midcycle.lists.transport import LONGEST_WAIT, fetch

HURRIED = partial(fetch, seconds=0.5)


@contextmanager
def answering(*parts, pause=0.0):
    """Give the address of a server that answers with these parts, waits before each but the first, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer():
            line, _ = server.accept()
            with line:
                line.recv(65536)
                try:
                    for number, part in enumerate(parts):
                        time.sleep(pause if number else 0)
                        line.sendall(part)
                except OSError:  # the other side had enough
                    return

        thread = Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/3.1"
        thread.join()


def head(status, *more, length=1000):
    return "\r\n".join([f"HTTP/1.1 {status} Said", f"Content-Length: {length}", *more, "", ""]).encode()


@pytest.mark.parametrize(
    ("parts", "pause"),
    [
        ([b"\x00\xff\r\n\r\n"], 0),
        ([b""], 0),
        ([head(500), b"abc"], 1),  # and for a long time no more of it
        ([b"HTTP/1.1 500 Said\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"], 0),
        ([b"HTTP/1.1 200 Said\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"], 0),
        ([head(200), *[b"x"] * 5], 0.2),  # drop by drop
        ([head(302, "Location: http://127.0.0.1:1/", length=0)], 0),
        ([head(200, length=100_000), b"[" * 100_000], 0),
        ([head(200, length=9_000_000), b"x" * 9_000_000], 0),
    ],
)
def test_an_odd_answer_is_trouble(parts, pause):
    with answering(*parts, pause=pause) as url, pytest.raises(Trouble) as trouble:
        Mailman(url, "restadmin", "hush", "ops.lists.test").about(HURRIED)
    assert "hush" not in str(trouble.value)


@pytest.mark.parametrize(
    ("said", "wait"), [("40", 40), ("", 0), ("Fri, 27 Nov 2026 14:00:00 GMT", 60), ("999999", LONGEST_WAIT), ("-5", 60)]
)
def test_a_server_says_how_long_it_wants_to_be_left_alone(said, wait):
    with answering(head(429, f"Retry-After: {said}", length=2), b"{}") as url:
        assert fetch(Request("GET", url, {})).wait == wait


@pytest.mark.parametrize("url", ["http://[::1/3.1", "https://127.0.0.1:9/3.1", "http://127.0.0.1:99999/3.1", "http://a..b/3.1"])
def test_an_address_that_leads_nowhere_is_trouble(url):
    with pytest.raises(Trouble, match="could not be reached"):
        fetch(Request("GET", url, {}))
