"""The page of readers beside the editor, on a whole instance: it keeps up with whoever types on."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Response, expect

from tests.browser.actors import DESK, Actor, demo_instance

PAD = "/m/harbour-meetup/pads/LIS-ops-capacity-planning/"
PATIENCE = 20  # seconds


@pytest.mark.parametrize("plain", [False, True], ids=["editor", "plain field"])
def test_what_is_typed_shows_in_the_preview_while_one_types_on(chromium: Browser, tmp_path: Path, plain: bool) -> None:
    with demo_instance(tmp_path) as served:
        served.run("tests.system.harbour")
        ada = Actor(chromium, served, "ada@example.org", size=DESK)
        ada.sign_in("Ada Example")
        if plain:
            ada.page.add_init_script("localStorage.setItem('pad:plain', '1')")
        ada.go(PAD)
        ada.press("Edit")
        ada.page.locator(".pad-plain:not([readonly]), .cm-content[contenteditable=true]").wait_for()
        ada.press("Preview")
        ada.page.locator(".pad-plain, .cm-content").click()
        ada.page.keyboard.press("Control+End")
        fresh: list[str] = []
        ada.page.on("response", lambda answer: fresh.append(_said(answer)))
        ada.page.keyboard.type("Two racks are full. ")
        end = time.monotonic() + PATIENCE
        while not any("Two racks are full." in text for text in fresh):  # nobody makes a pause, so no snapshot is due
            assert time.monotonic() < end
            ada.page.keyboard.type("on ")
        expect(ada.page.locator("#pad-text")).to_contain_text("Two racks are full.")
        ada.page.keyboard.type("The end.")
        expect(ada.page.locator("#pad-text")).to_contain_text("The end.")
        expect(ada.page.locator("#pad-news")).to_have_text("")  # who types need not be told that the notes changed
        assert ada.complaints == []
        ada.close()


def _said(answer: Response) -> str:
    """Return what came for the preview, blank for anything else."""
    return answer.text() if "latest=1" in answer.url and answer.status == 200 else ""
