"""What axe-core finds wrong, on every kind of page of a demo: in English and in Arabic, in light and in dark, on a phone.

`python -m bench.axe [address]`: walks the demo at this address, or one of its own. Prints each finding with the page it is on,
and the number of pages looked at. WCAG 2.2 AA is what axe knows of it; its best practices are looked at as well.
"""

import re
import subprocess
import sys
import tempfile
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Final
from urllib.parse import urldefrag, urljoin, urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.axe import faults
from tests.chromium import FLAGS, installed

LANGUAGES: Final = ("en", "ar")
SCHEMES: Final = ("light", "dark")
WHO: Final = ("", "Ada")
OF_A_KIND: Final = 1  # pages of one kind that are looked at
_NUMBER: Final = re.compile(r"\d+|(?<=/m/)[^/]+|[\w-]{20,}|[0-9a-f]{8}-[0-9a-f-]{27}")
_FILE: Final = re.compile(r"\.\w+$")
_LEAVES: Final = ("/sign-out/", "/demo/", "/static/", "/language/?")


@contextmanager
def a_demo() -> Iterator[str]:
    """Run a demo with a directory of its own, and stop it."""
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "midcycle.cli.main", "demo", "--port", "8765", "--data", str(Path(data) / "demo")]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            for line in process.stdout or ():
                if "Ctrl-C" in line:
                    break
            yield "http://127.0.0.1:8765"
        finally:
            process.terminate()
            process.wait()


def signed_in(page: Page, base: str, name: str) -> None:
    """Be somebody of the demo's cast."""
    page.goto(f"{base}/demo/")
    links: list[str] = page.eval_on_selector_all(
        "a", "(all, name) => all.filter((a) => a.textContent.includes(name)).map((a) => a.href)", name
    )
    page.goto(links[0])


def walk(page: Page, base: str) -> Iterator[str]:
    """Go to pages, one of each kind, and yield the address each time one is open."""
    seen: Counter[str] = Counter()
    queue = deque([f"{base}/"])
    while queue:
        address = urldefrag(queue.popleft()).url
        path = urlsplit(address).path
        kind = _NUMBER.sub("N", path)
        if not address.startswith(base) or path.startswith(_LEAVES) or _FILE.search(path) or seen[kind] >= OF_A_KIND:
            continue
        seen[kind] += 1
        page.goto(address)
        yield address
        found: list[str] = page.eval_on_selector_all("a[href]", "(all) => all.map((a) => a.href)")
        queue.extend(urljoin(address, link) for link in found)


def look(browser: Browser, base: str, language: str, scheme: str, who: str) -> tuple[int, list[str]]:
    """Return how many pages were looked at and what was found on them."""
    size = {"width": 360, "height": 740}
    context = browser.new_context(
        viewport=size,  # type: ignore[arg-type]  # a mapping does
        locale=language, color_scheme=scheme,  # type: ignore[arg-type]  # one of two words
        bypass_csp=True,
    )  # fmt: skip
    context.add_cookies([{"name": "language", "value": language, "url": base}])
    page, pages, found = context.new_page(), 0, []
    if who:
        signed_in(page, base, who)
    for address in walk(page, base):
        pages += 1
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        wrong = [*faults(page), *(["wider than the phone"] if wide else [])]
        found += [f"{language} {scheme} {who or 'visitor'} {urlsplit(address).path}: {fault}" for fault in wrong]
    context.close()
    return pages, found


def main(base: str) -> int:
    """Print what is found; return the number of findings."""
    pages, found = 0, []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=list(FLAGS))
        for language, scheme, who in product(LANGUAGES, SCHEMES, WHO):
            looked, wrong = look(browser, base, language, scheme, who)
            pages, found = pages + looked, found + wrong
        browser.close()
    print("\n".join(found))
    print(f"{pages} pages looked at, {len(found)} findings")
    return len(found)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(main(sys.argv[1]) > 0)
    with a_demo() as address:
        sys.exit(main(address) > 0)
