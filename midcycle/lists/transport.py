"""Speaking with a list's server over HTTP: no redirects, which could carry its password elsewhere, and no waiting for ever."""

import http.client
import re
import time
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, build_opener
from urllib.request import Request as Wanted

from django.conf import settings

from midcycle.engines.maillist import Answer, Request, Trouble
from midcycle.lists import pretend
from midcycle.lists.rules import TOO_MUCH, UNREACHED

SECONDS: Final = 10
MOST_BYTES: Final = 8 * 1024 * 1024
LONGEST_WAIT: Final = 24 * 60 * 60
_PART: Final = 64 * 1024


class _Stays(HTTPRedirectHandler):
    """Follows nothing."""

    def redirect_request(self, *_: Any, **__: Any) -> None:  # noqa: ANN401 - the library's signature
        """Follow nothing."""


def fetch(request: Request, *, seconds: float = SECONDS) -> Answer:
    """Return the answer to a request. Raises Trouble when there is none in time."""
    if settings.MIDCYCLE.demo and request.url.startswith(pretend.URL):
        return pretend.answer(request)
    try:
        return _answer(request, seconds)
    except URLError:  # nobody listens there, or hung up before the request was whole
        raise Trouble(UNREACHED, fate="later") from None
    except (OSError, http.client.HTTPException, ValueError):
        raise Trouble(UNREACHED) from None


def _answer(request: Request, seconds: float) -> Answer:
    until = time.monotonic() + seconds
    wanted = Wanted(request.url, request.body or None, dict(request.headers), method=request.method)  # noqa: S310 - the settings take http and https alone
    try:
        answer = build_opener(_Stays).open(wanted, timeout=seconds)
    except HTTPError as error:
        answer = error
    with answer:
        return Answer(answer.status, _read(answer, until), _wait(answer.headers.get("Retry-After", "")))


def _read(answer: Any, until: float) -> bytes:  # noqa: ANN401 - what urllib opens has no one type
    """Return the body. One that comes drop by drop is given up as one that does not come."""
    body = b""
    while part := answer.read1(_PART):
        body += part
        if len(body) > MOST_BYTES:
            raise Trouble(TOO_MUCH)
        if time.monotonic() > until:
            raise TimeoutError
    return body


def _wait(said: str) -> int:
    """Return the seconds of a `Retry-After` (RFC 9110 section 10.2.3); a date, which no server of lists sends, is a minute."""
    seconds = said.strip()
    if not seconds:
        return 0
    return min(int(seconds), LONGEST_WAIT) if re.fullmatch(r"[0-9]{1,6}", seconds, re.ASCII) else 60
