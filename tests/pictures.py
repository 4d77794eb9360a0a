"""Makes the two pictures of the README from a demo of its own: `python -m tests.pictures`."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from midcycle.accounts.rules import TODAY
from tests.browser.actors import DemoInstance
from tests.chromium import FLAGS, installed
from tests.system.instance import Instance, instance

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "images"
LARGEST = 150_000  # bytes: the README shall load at once on a phone
TALL = 900
MARGIN = 24


@dataclass(frozen=True)
class Picture:
    """A page at one width in CSS pixels; it begins a little above `top`, or at the top of the page without one."""

    name: str
    path: str
    width: int
    top: str = ""


PICTURES = (
    Picture("agenda.png", f"/m/{TODAY}/agenda/", 1280, top="main h2"),  # the last heading is that of today
    Picture("meetup.png", f"/m/{TODAY}/", 360),
)


def main() -> int:
    """Take every picture; return the exit status, 1 when one is too large."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, demo(Path(scratch)) as served, chromium() as browser:
        sizes = {picture.name: take(picture, served, browser) for picture in PICTURES}
    for name, size in sizes.items():
        print(f"docs/images/{name}: {size / 1000:.0f} kB")
    return 1 if max(sizes.values()) > LARGEST else 0


@contextmanager
def demo(data: Path) -> Iterator[Instance]:
    """Load a demo into an empty directory and serve it; stop it at the end."""
    with instance(data) as plain:
        served = DemoInstance(plain.data, plain.port)
        served.run("midcycle.cli.main", "load-demo")
        served.start()
        try:
            yield served
        finally:
            served.stop()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give a Chromium; close it at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def take(picture: Picture, served: Instance, browser: Browser) -> int:
    """Take one picture; return its bytes."""
    page = browser.new_page(viewport={"width": picture.width, "height": TALL}, base_url=f"http://localhost:{served.port}")
    answer = page.goto(picture.path)
    assert answer is not None
    assert answer.status == 200, (picture.path, answer.status)
    page.wait_for_load_state("networkidle")
    top = _top(page, picture.top)
    clip = {"x": 0, "y": top, "width": picture.width, "height": TALL}
    return len(page.screenshot(path=FOLDER / picture.name, full_page=True, clip=clip))


def _top(page: Page, selector: str) -> float:
    box = page.locator(selector).last.bounding_box() if selector else None
    return max(0, box["y"] - MARGIN) if box else 0


if __name__ == "__main__":
    sys.exit(main())
