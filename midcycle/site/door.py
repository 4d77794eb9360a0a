"""The outermost door of the web server (WSGI, PEP 3333): what no browser sends is refused before Django reads it.

A thread waits here until the whole form of a slow sender is here, and then for its turn.
"""

import re
from collections.abc import Iterable
from io import BytesIO
from typing import Final

from midcycle.kernel import problems
from midcycle.site.turns import Application, Environ, StartResponse

MOST_BYTES: Final = 1024 * 1024
MOST_BYTES_OF_A_FILE: Final = 5 * 1024 * 1024
MOST_BYTES_OF_A_PICTURE: Final = 8 * 1024 * 1024
_AROUND_A_FILE: Final = 64 * 1024  # the other fields of its form
_TAKES_A_FILE: Final = re.compile(
    r"/m/[-\w]+/(?:desk/(?:seats/imports|agenda/import|pads/import|bank)|hosts/bids/\d{1,18}/plans"
    r"|lists/members/\d{1,18}/[0-9a-f]{32})/"
    r"|/(?:series/[-\w]+|calendar)/file/|/series/[-\w]+/data-points/"
)
_TAKES_A_PICTURE: Final = re.compile(r"/m/[-\w]+/photos/sending/")
_KEEPS_A_PART: Final = re.compile(r"/m/[-\w]+/photos/uploads/[-\w]+/")
_CHARSET: Final = re.compile(r"charset[*\d]*\s*=\s*[\"']?([^\"';,\s]*)", re.IGNORECASE)
_BOUNDARY: Final = re.compile(r";\s*boundary=(\"[^\"]{1,200}\"|[^\";\s]{1,200})", re.IGNORECASE)
_ODD_TEXT: Final = ("415 Unsupported Media Type", b"Send text as UTF-8.")
_NOT_WHOLE: Final = ("400 Bad Request", b"The end of this is missing.")
_TOO_MUCH: Final = ("413 Content Too Large", b"This is too much at once. Go back and send less of it.")
_TOO_LARGE: Final = ("413 Content Too Large", b"This file is larger than 5 MB. Go back and choose a smaller one, or split it.")
_TOO_FINE: Final = ("413 Content Too Large", b"This picture is larger than 8 MB. Go back and choose a smaller one.")


def door(application: Application) -> Application:
    """Refuse text in another encoding than UTF-8, which can break any form, bodies larger than any form is, and half ones.

    The others go on to the application, each once it is here as a whole; `HEAD` as `GET`, of which the server sends the head.
    """

    def answer(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        environ = _measured(environ)
        refused = _why_refused(environ)
        body = b"" if refused else _body(environ)
        if refused is None and body is not None:
            kind = _plain_type(environ.get("CONTENT_TYPE") or "")
            asked = {"REQUEST_METHOD": _asked_as(environ), "CONTENT_TYPE": kind, "wsgi.input": BytesIO(body)}
            return application({**environ, **asked, "CONTENT_LENGTH": str(len(body))}, start_response)
        status, sentence = refused or _NOT_WHOLE
        kind = "text/plain; charset=utf-8"
        if str(environ.get("PATH_INFO")).startswith("/api/"):
            kind, sentence = problems.MEDIA_TYPE, problems.written(problems.problem(int(status[:3])))
        start_response(status, [("Content-Type", kind), ("Content-Length", str(len(sentence)))])
        return [sentence]

    return answer


def takes_a_file(path: str) -> bool:
    """Say whether the form at this address takes a file."""
    return _TAKES_A_FILE.fullmatch(path) is not None or _TAKES_A_PICTURE.fullmatch(path) is not None


def _measured(environ: Environ) -> Environ:
    """Return what came in chunks (RFC 9112 7.1) as one body of a known length, no longer than shows that it is too long."""
    if environ.get("CONTENT_LENGTH") or "HTTP_TRANSFER_ENCODING" not in environ:
        return environ
    body = environ["wsgi.input"].read(_most(environ) + 1)
    return {**environ, "wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}


def _most(environ: Environ) -> int:
    """Return how many bytes a body may have at this address."""
    path = environ.get("PATH_INFO") or ""
    if _TAKES_A_PICTURE.fullmatch(path):
        return MOST_BYTES_OF_A_PICTURE + _AROUND_A_FILE
    return MOST_BYTES_OF_A_FILE + _AROUND_A_FILE if takes_a_file(path) else MOST_BYTES


def _body(environ: Environ) -> bytes | None:
    """Return the body once all of it has arrived, None when its sender went away before.

    Of a picture that comes piece by piece what has arrived is kept (tus 1.0, core protocol): its sender goes on from there.
    """
    length = int(environ.get("CONTENT_LENGTH") or 0)
    body: bytes = environ["wsgi.input"].read(length) if length else b""
    keeps = environ.get("REQUEST_METHOD") == "PATCH" and _KEEPS_A_PART.fullmatch(environ.get("PATH_INFO") or "")
    return body if len(body) == length or keeps else None


def _why_refused(environ: Environ) -> tuple[str, bytes] | None:
    length = environ.get("CONTENT_LENGTH") or "0"
    most = _most(environ)
    if not (length.isascii() and length.isdecimal()) or int(length) > most:
        return {MOST_BYTES: _TOO_MUCH, MOST_BYTES_OF_A_PICTURE + _AROUND_A_FILE: _TOO_FINE}.get(most, _TOO_LARGE)
    said = _CHARSET.findall(environ.get("CONTENT_TYPE") or "")
    return _ODD_TEXT if {charset.lower() for charset in said} - {"utf-8", "utf8"} else None


def _asked_as(environ: Environ) -> str:
    """Return the method the application answers: whatever can be got can be asked for without its body (RFC 9110 9.3.2)."""
    method = str(environ.get("REQUEST_METHOD") or "GET")
    return "GET" if method == "HEAD" else method


def _plain_type(content_type: str) -> str:
    """Return the kind of the body and the boundary of its parts, which is all that is read of it further on."""
    kind = content_type.partition(";")[0].strip()
    boundary = _BOUNDARY.search(content_type)
    return f"{kind}; boundary={boundary[1]}" if boundary else kind
