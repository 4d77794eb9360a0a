"""Speaking with a list's server over HTTP: no redirects, which could carry its password elsewhere, and no waiting for ever."""

import http.client
from typing import IO, Any, Final
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, OpenerDirector, build_opener
from urllib.request import Request as Wanted

from django.conf import settings

from midcycle.engines.maillist import Answer, Request, Trouble
from midcycle.lists import pretend
from midcycle.lists.rules import TOO_MUCH, UNREACHED

SECONDS: Final = 10
MOST_BYTES: Final = 8 * 1024 * 1024


class _Stays(HTTPRedirectHandler):
    """Follows nothing."""

    def redirect_request(self, *_: Any, **__: Any) -> None:  # noqa: ANN401 - the library's signature
        """Follow nothing."""


def fetch(request: Request) -> Answer:
    """Return the answer to a request. Raises Trouble when there is none in time."""
    if settings.MIDCYCLE.demo and request.url.startswith(pretend.URL):
        return pretend.answer(request)
    wanted = Wanted(request.url, request.body or None, dict(request.headers), method=request.method)  # noqa: S310 - the settings take http and https alone
    try:
        with _opener().open(wanted, timeout=SECONDS) as answer:
            return Answer(answer.status, _read(answer))
    except HTTPError as error:
        with error:
            return Answer(error.code, _read(error))
    except (OSError, http.client.HTTPException, ValueError):
        raise Trouble(UNREACHED) from None


def _opener() -> OpenerDirector:
    return build_opener(_Stays)


def _read(answer: IO[bytes]) -> bytes:
    body = answer.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise Trouble(TOO_MUCH)
    return body
