"""Links in what people wrote, made for a folder of files: to a file where there is one, else to the site."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html import escape, unescape
from posixpath import dirname, relpath
from typing import Final
from urllib.parse import urljoin, urlsplit

_HREF: Final = re.compile(r'(<a\b[^>]*?)\s+href="([^"]*)"')


@dataclass(frozen=True)
class Places:
    """Where the site is, and which of its paths are which files."""

    base: str
    files: Mapping[str, str]

    def address(self, path: str) -> str:
        """Return the address of a path on the site."""
        return f"{self.base}{path}"

    def link(self, file: str, path: str) -> str | None:
        """Return how a file links to what stands at a path of the site, None when that is no file."""
        found = self.files.get(path) or self.files.get(f"{path}/")
        return None if found is None else relpath(found, dirname(file) or ".")


def relinked(html: str, places: Places, *, file: str, source: str, anchors: Collection[str] = ()) -> str:
    """Return clean HTML that stood at the path `source` of the site, as it stands in a file.

    Of links within the page those to `anchors` stay; others, and what is no address, become plain words.
    """

    def changed(found: re.Match[str]) -> str:
        aim = _aim(unescape(found[2]), places, file=file, source=source, anchors=anchors)
        return found[1] if aim is None else f'{found[1]} href="{escape(aim)}"'

    return _HREF.sub(changed, html)


def _aim(link: str, places: Places, *, file: str, source: str, anchors: Collection[str]) -> str | None:
    if link.startswith("#"):
        return link if link[1:] in anchors else None
    try:
        whole = urljoin(places.address(source), link)
        parts = urlsplit(whole)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https", "mailto"}:
        return None
    own = urlsplit(places.base)
    within = places.link(file, parts.path) if (parts.scheme, parts.netloc) == (own.scheme, own.netloc) else None
    return within or whole
