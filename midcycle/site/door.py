"""The outermost door of the web server (WSGI, PEP 3333): what no browser sends is refused before Django reads it."""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

MOST_BYTES: Final = 1024 * 1024
MOST_BYTES_OF_A_FILE: Final = 5 * 1024 * 1024
_AROUND_A_FILE: Final = 64 * 1024  # the other fields of its form
_TAKES_A_FILE: Final = re.compile(r"/m/[-\w]+/desk/seats/imports/")
_CHARSET: Final = re.compile(r"charset[*\d]*\s*=\s*[\"']?([^\"';,\s]*)", re.IGNORECASE)
_BOUNDARY: Final = re.compile(r";\s*boundary=(\"[^\"]{1,200}\"|[^\";\s]{1,200})", re.IGNORECASE)
_ODD_TEXT: Final = ("415 Unsupported Media Type", b"Send text as UTF-8.")
_TOO_MUCH: Final = ("413 Content Too Large", b"This is too much at once.")
_TOO_LARGE: Final = ("413 Content Too Large", b"This file is larger than 5 MB. Go back and choose a smaller one, or split it.")


def door(application: Application) -> Application:
    """Refuse text in another encoding than UTF-8, which can break any form, and bodies that are larger than any form is."""

    def answer(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        refused = _why_refused(environ)
        if refused is None:
            return application({**environ, "CONTENT_TYPE": _plain_type(environ.get("CONTENT_TYPE") or "")}, start_response)
        status, sentence = refused
        start_response(status, [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(sentence)))])
        return [sentence]

    return answer


def takes_a_file(path: str) -> bool:
    """Say whether the form at this address takes a file."""
    return _TAKES_A_FILE.fullmatch(path) is not None


def _why_refused(environ: Environ) -> tuple[str, bytes] | None:
    length = environ.get("CONTENT_LENGTH") or "0"
    with_file = takes_a_file(environ.get("PATH_INFO") or "")
    most = MOST_BYTES_OF_A_FILE + _AROUND_A_FILE if with_file else MOST_BYTES
    if not (length.isascii() and length.isdecimal()) or int(length) > most:
        return _TOO_LARGE if with_file else _TOO_MUCH
    said = _CHARSET.findall(environ.get("CONTENT_TYPE") or "")
    return _ODD_TEXT if {charset.lower() for charset in said} - {"utf-8", "utf8"} else None


def _plain_type(content_type: str) -> str:
    """Return the kind of the body and the boundary of its parts, which is all that is read of it further on."""
    kind = content_type.partition(";")[0].strip()
    boundary = _BOUNDARY.search(content_type)
    return f"{kind}; boundary={boundary[1]}" if boundary else kind
