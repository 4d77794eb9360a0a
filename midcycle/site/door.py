"""The outermost door of the web server (WSGI, PEP 3333): what no browser sends is refused before Django reads it."""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

MOST_BYTES: Final = 1024 * 1024
_CHARSET: Final = re.compile(r"charset[*\d]*\s*=\s*[\"']?([^\"';,\s]*)", re.IGNORECASE)
_BOUNDARY: Final = re.compile(r";\s*boundary=(\"[^\"]{1,200}\"|[^\";\s]{1,200})", re.IGNORECASE)
_ODD_TEXT: Final = ("415 Unsupported Media Type", b"Send text as UTF-8.")
_TOO_MUCH: Final = ("413 Content Too Large", b"This is too much at once.")


def door(application: Application) -> Application:
    """Refuse text in another encoding than UTF-8, which can break any form, and bodies of more than MOST_BYTES."""

    def answer(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        refused = _why_refused(environ)
        if refused is None:
            return application({**environ, "CONTENT_TYPE": _plain_type(environ.get("CONTENT_TYPE") or "")}, start_response)
        status, sentence = refused
        start_response(status, [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(sentence)))])
        return [sentence]

    return answer


def _why_refused(environ: Environ) -> tuple[str, bytes] | None:
    length = environ.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdecimal()) or int(length) > MOST_BYTES:
        return _TOO_MUCH
    said = _CHARSET.findall(environ.get("CONTENT_TYPE") or "")
    return _ODD_TEXT if {charset.lower() for charset in said} - {"utf-8", "utf8"} else None


def _plain_type(content_type: str) -> str:
    """Return the kind of the body and the boundary of its parts, which is all that is read of it further on."""
    kind = content_type.partition(";")[0].strip()
    boundary = _BOUNDARY.search(content_type)
    return f"{kind}; boundary={boundary[1]}" if boundary else kind
