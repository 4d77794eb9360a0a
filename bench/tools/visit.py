"""A first visit: a page and everything it makes a browser fetch, with an empty cache, as it comes over the wire."""

import re
from dataclasses import dataclass

import uvloop

from bench.tools.people import BROWSER
from tests.system.lines import connected, get

_FETCHED = re.compile(rb"""<(?:link[^>]+(?:stylesheet|icon|preload|manifest)[^>]*|script[^>]+|img[^>]+)>""")
_ADDRESS = re.compile(rb"""(?:href|src)="(/[^"]+)\"""")
_IN_STYLE = re.compile(rb"""url\(["']?([^"')]+)""")


@dataclass(frozen=True)
class Visit:
    """What a first visit fetches: path and bytes, heads included."""

    parts: tuple[tuple[str, int], ...]

    def __str__(self) -> str:
        """In one line."""
        each = ", ".join(f"{path.rsplit('/', 1)[-1] or 'page'} {size / 1000:.1f}" for path, size in self.parts)
        return f"{sum(size for _, size in self.parts) / 1000:.1f} KB in {len(self.parts)} requests ({each})"


def first_visit(port: int, slug: str) -> Visit:
    """Fetch the form of a meetup with all that belongs to it."""
    return first_visit_of(port, f"/m/{slug}/seat/")


def first_visit_of(port: int, path: str) -> Visit:
    """Fetch a page with all that belongs to it."""
    return uvloop.run(_visit(port, path))


async def _visit(port: int, path: str) -> Visit:
    """Fetch without compression to read, and with it to weigh."""
    line = await connected(port)
    page = await line.ask(get(path))
    paths = [path, *(found[1].decode() for tag in _FETCHED.findall(page.body) for found in [_ADDRESS.search(tag)] if found)]
    for style in [each for each in paths if each.endswith(".css")]:
        text = (await line.ask(get(style))).body
        paths += [address.decode() for address in _IN_STYLE.findall(text) if not address.startswith((b"data:", b"#"))]
    weighed = [(each, (await line.ask(get(each, Accept_Encoding=BROWSER))).size) for each in paths]
    line.close()
    return Visit(tuple(weighed))
