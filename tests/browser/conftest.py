"""One Chromium for all browser tests."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.phones import Door
from tests.chromium import FLAGS, installed


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the Chromium of this machine; `make test` makes sure there is one."""
    # Playwright's loop then runs in the tests' thread for good, which Django would take for async views.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium, live_server):
    """Give a way to open phones, and see that none of them complained."""
    doors = []

    def open_one(made, script=""):
        doors.append(Door(chromium, live_server.url, made, script))
        return doors[-1]

    yield open_one
    complaints = [door.complaints for door in doors]
    for door in doors:
        door.context.close()
    assert complaints == [[]] * len(doors)
