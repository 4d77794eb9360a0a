"""People at their own browsers, and an instance they all visit."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.system.instance import PATIENCE, Instance, instance

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}


class DemoInstance(Instance):
    """An instance that shows its mail, so that people can read their codes."""

    def environment(self) -> dict[str, str]:
        """Return the environment of a demo."""
        return {**super().environment(), "MIDCYCLE_DEMO": "1"}


@contextmanager
def demo_instance(directory: Path) -> Iterator[Instance]:
    """Give a started instance with nothing in it."""
    with instance(directory) as plain:
        served = DemoInstance(plain.data, plain.port)
        served.make_tables()
        served.start()
        try:
            yield served
        finally:
            served.stop()


class Actor:
    """Somebody with a browser of their own."""

    def __init__(self, browser: Browser, served: Instance, email: str, *, size: dict[str, int]) -> None:
        self.base = f"http://localhost:{served.port}"
        self.email = email
        self.context = browser.new_context(viewport=size, base_url=self.base)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.complaints: list[str] = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _listen(self, message) -> None:
        if message.type == "error" and "404" not in message.text:
            self.complaints.append(message.text)

    def sign_in(self, name: str) -> None:
        """Ask for a code, read it in the demo's inbox, type it, and say a name when asked for one."""
        self.page.goto("/sign-in/")
        self.page.get_by_label("E-mail").fill(self.email)
        self.page.get_by_role("button", name="Send me a code").click()
        self.page.wait_for_url("**/sign-in/code/")
        code = self.read_letter(r"Your sign-in code: ([A-Z0-9-]+)")
        self.page.get_by_label("Code").fill(code)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(lambda url: "/sign-in/" not in url)
        if "/you/" in self.page.url:
            self.page.get_by_label("Your name").fill(name)
            self.page.get_by_role("button", name="Save").click()
            self.page.get_by_text("Your name is saved").wait_for()

    def read_letter(self, pattern: str) -> str:
        """Look into the demo's inbox until the newest letter that fits is there; return what the pattern's group holds."""
        with self.context.new_page() as inbox:
            deadline = time.monotonic() + PATIENCE
            while True:
                inbox.goto(f"{self.base}/demo/inbox/?to={self.email}")
                if found := re.findall(pattern, inbox.content()):
                    return found[0]
                assert time.monotonic() < deadline, f"{self.email} got no letter with {pattern}"
                time.sleep(0.2)

    def go(self, path: str) -> None:
        """Open a page of the instance, and see that it fits the screen."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == 200, (path, answer.status)
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= self.page.viewport_size["width"], (path, width)

    def press(self, button: str) -> None:
        """Press a button by its name."""
        self.page.get_by_role("button", name=button, exact=True).first.click()

    def fill(self, **fields: str) -> None:
        """Type into fields by their names."""
        for name, text in fields.items():
            field = self.page.locator(f"#id_{name}")
            if field.evaluate("element => element.tagName") == "SELECT":
                field.select_option(text)
            else:
                field.fill(text)

    def close(self) -> None:
        """Close the browser."""
        self.context.close()
