"""The outermost door of the web server (WSGI, PEP 3333): what no browser sends is refused before Django reads it."""

import codecs
from collections.abc import Callable, Iterable
from email.message import Message
from typing import Any, Final

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

MOST_BYTES: Final = 1024 * 1024
_ODD_TEXT: Final = ("415 Unsupported Media Type", b"Send text as UTF-8.")
_TOO_MUCH: Final = ("413 Content Too Large", b"This is too much at once.")


def door(application: Application) -> Application:
    """Refuse text in another encoding than UTF-8, which can break any form, and bodies of more than MOST_BYTES."""

    def answer(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        refused = _why_refused(environ)
        if refused is None:
            return application(environ, start_response)
        status, sentence = refused
        start_response(status, [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(sentence)))])
        return [sentence]

    return answer


def _why_refused(environ: Environ) -> tuple[str, bytes] | None:
    length = environ.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdecimal()) or int(length) > MOST_BYTES:
        return _TOO_MUCH
    return None if _is_utf8(environ.get("CONTENT_TYPE") or "") else _ODD_TEXT


def _is_utf8(content_type: str) -> bool:
    kind = Message()
    kind["Content-Type"] = content_type
    charset = kind.get_param("charset")
    if charset is None:
        return True
    try:
        return codecs.lookup(str(charset)).name in {"utf-8", "ascii"}
    except (LookupError, ValueError):
        return False
