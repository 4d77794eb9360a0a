"""Answers that are the same bytes for everybody: made once for each content, kept with their gzip, and served ready.

Strong ETags (RFC 9110 section 8.8) come from the bytes themselves and are not the same for the packed ones, so that a cache
or a browser that has them is told so in a few bytes.
"""

import gzip
import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Final, Self

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

SMALL: Final = 200  # bytes, of which packing saves none worth it
_KEPT_BYTES: Final = 48 * 1024 * 1024  # in each process
_GZIP: Final = re.compile(r"(?:^|,)\s*(?:gzip|x-gzip|\*)\s*(?:;\s*q=([0-9.]+)\s*)?(?=,|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ready:
    """What is sent: the bytes, the same packed (empty when that saves nothing), what they are, and their validator."""

    body: bytes
    packed: bytes
    kind: str
    validator: str

    @classmethod
    def of(cls, body: bytes, kind: str) -> Self:
        """Return the bytes made ready, the same for the same bytes."""
        packed = gzip.compress(body, 9, mtime=0) if len(body) > SMALL else b""
        saves = len(packed) < len(body)
        return cls(body, packed if saves else b"", kind, hashlib.sha256(kind.encode() + body).hexdigest()[:24])

    @property
    def size(self) -> int:
        """How many bytes it takes to keep it."""
        return len(self.body) + len(self.packed)


class Shelf:
    """Keeps what was made, and lets go of what was asked for longest ago when there is too much of it."""

    def __init__(self, most: int = _KEPT_BYTES) -> None:
        """Begin with nothing; `most` is in bytes."""
        self._kept: OrderedDict[Hashable, Ready] = OrderedDict()
        self._most, self._size, self._lock = most, 0, Lock()

    def get(self, content: Hashable) -> Ready | None:
        """Return what is kept for a content, None when nothing is."""
        with self._lock:
            found = self._kept.get(content)
            if found is not None:
                self._kept.move_to_end(content)
            return found

    def keep(self, content: Hashable, ready: Ready) -> Ready:
        """Keep what was made for a content, and return it."""
        with self._lock:
            before = self._kept.pop(content, None)
            self._size += ready.size - (before.size if before else 0)
            self._kept[content] = ready
            while self._size > self._most and len(self._kept) > 1:
                self._size -= self._kept.popitem(last=False)[1].size
        return ready

    def get_or_make(self, content: Hashable, make: Callable[[], Ready]) -> Ready:
        """Return what is kept for a content, made now when nothing is. Two who come at once may both make it."""
        return self.get(content) or self.keep(content, make())

    def clear(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._kept.clear()
            self._size = 0


def answer(request: HttpRequest, ready: Ready, *, caching: str, vary: tuple[str, ...] = ()) -> HttpResponseBase:
    """Send ready bytes, or say that the visitor has them. `caching` is the Cache-Control."""
    packs = bool(ready.packed) and takes_gzip(request.headers.get("Accept-Encoding", ""))
    etag = f'"{ready.validator}-gzip"' if packs else f'"{ready.validator}"'
    found = get_conditional_response(request, etag=etag)
    if found is None:
        body = ready.packed if packs else ready.body
        found = HttpResponse(b"" if request.method == "HEAD" else body, content_type=ready.kind)
        found.headers["Content-Length"] = str(len(body))
        if packs:
            found.headers["Content-Encoding"] = "gzip"
    found.headers["ETag"] = etag
    found.headers["Cache-Control"] = caching
    patch_vary_headers(found, ["Accept-Encoding", *vary])
    return found


def takes_gzip(accepted: str) -> bool:
    """Say whether an Accept-Encoding allows gzip (RFC 9110 section 12.5.3); what names it outweighs the star."""
    found = [(mark[0], mark[1]) for mark in _GZIP.finditer(accepted)]
    named = [quality for text, quality in found if "*" not in text] or [quality for _, quality in found]
    return bool(named) and any(_weight(quality) > 0 for quality in named)


def _weight(quality: str | None) -> float:
    try:
        return 1.0 if quality is None else float(quality)
    except ValueError:
        return 0.0
