"""Checks that pages of HTML lead only to files and anchors that are there, and ask nothing of the network."""

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

# What a browser loads by itself, by the attribute that names it; a link of these kinds is only told of.
_LOADS: Final = frozenset({"src", "srcset", "poster", "data", "background"})
_TOLD: Final = frozenset({"canonical", "alternate", "license"})
_OUTSIDE: Final = frozenset({"http", "https", "mailto"})
_ACTIVE: Final = frozenset({"script", "iframe", "object", "embed", "form", "base"})


@dataclass(frozen=True, slots=True)
class Fault:
    """A page, what is wrong in it, and why."""

    page: str
    link: str
    why: str

    def __str__(self) -> str:
        """Return it as one sentence."""
        return f"{self.page}: {self.link} {self.why}"


@dataclass
class _Read(HTMLParser):
    """What a page has: its ids, where it leads, and what it loads."""

    ids: list[str] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    active: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the ids and links of a tag."""
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        if tag in _ACTIVE or any(name.startswith("on") for name in given):
            self.active.append(f"<{tag}>")
        for name, value in given.items():
            if name in _LOADS and tag != "data":
                self.loads.append(value)
            elif name in {"href", "xlink:href"}:
                is_loaded = tag == "use" or (tag == "link" and not _TOLD & set(given.get("rel", "").split()))
                (self.loads if is_loaded else self.leads).append(value)


def faults(files: Mapping[str, bytes | Path]) -> list[Fault]:
    """Return what is wrong in the pages among some files, by their paths: links that lead nowhere, and what asks outside."""
    pages = {path: _read(body) for path, body in files.items() if path.endswith(".html") and isinstance(body, bytes)}
    ids = {path: frozenset(page.ids) for path, page in pages.items()}
    return [fault for path, page in sorted(pages.items()) for fault in _of_page(path, page, files, ids)]


def _read(body: bytes) -> _Read:
    read = _Read()
    read.feed(body.decode())
    read.close()
    return read


def _of_page(path: str, page: _Read, files: Mapping[str, bytes | Path], ids: Mapping[str, frozenset[str]]) -> Iterator[Fault]:
    yield from (Fault(path, tag, "does something by itself") for tag in page.active)
    yield from (Fault(path, f"#{name}", "is there twice") for name, count in Counter(page.ids).items() if count > 1)
    for link in page.loads:
        why = "is loaded from elsewhere" if urlsplit(link).scheme or link.startswith("//") else _why(path, link, files, ids)
        yield from [Fault(path, link, why)] if why else []
    for link in dict.fromkeys(page.leads):
        if urlsplit(link).scheme not in _OUTSIDE:
            why = _why(path, link, files, ids)
            yield from [Fault(path, link, why)] if why else []


def _why(path: str, link: str, files: Mapping[str, bytes | Path], ids: Mapping[str, frozenset[str]]) -> str:
    """Return why a link within does not work from a disk, blank when it does."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return "leads out of the folder"
    aim = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
    if aim not in files:
        return "leads to a file that is not there"
    anchor = unquote(parts.fragment)
    return "leads to an anchor that is not there" if anchor and aim in ids and anchor not in ids[aim] else ""
