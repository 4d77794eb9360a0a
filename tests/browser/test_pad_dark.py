"""Pads on a dark screen, where everything can be read; and in an archived meetup, where a name still can be taken away."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.actors import DESK, PHONE, Actor, demo_instance
from tests.browser.axe import faults
from tests.system.instance import Instance

MEETUP = "/m/harbour-meetup"
PAD = f"{MEETUP}/pads/LIS-ops-capacity-planning/"


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """Run an instance with a meetup that has pads."""
    with demo_instance(tmp_path_factory.mktemp("harbour")) as served:
        served.run("tests.system.harbour")
        yield served


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_everything_about_a_pad_can_be_read_in_the_dark(chromium: Browser, harbour: Instance, size: dict[str, int]) -> None:
    found: dict[str, list[str]] = {}
    with closing(Actor(chromium, harbour, "ada@example.org", size=size)) as ada:
        ada.sign_in("Ada Example")
        page = ada.page
        page.emulate_media(color_scheme="dark")
        ada.go(PAD)
        found["reading"] = faults(page)
        ada.press("Edit")
        page.locator(".cm-content[contenteditable=true]").click()
        page.keyboard.press("Control+End")
        page.keyboard.type("\n- by Ada `code` **bold** ##tag\n> quoted\n")
        page.get_by_text("All changes saved").wait_for()
        ada.press("Preview")
        page.locator("#pad-text .tag", has_text="##tag").first.wait_for()
        found["editor and preview"] = faults(page)
        page.get_by_role("button", name="Who wrote what").click()
        page.locator(".pad-author-sign").first.wait_for()
        found["authors"] = faults(page)
        page.locator(".cm-content").press("Control+Home")
        page.keyboard.type("one more line\n" * 60)
        page.locator("#pad-text", has_text="one more line one more line").wait_for()
        found["a long text beside the editor"] = faults(page)
        for path in (f"{PAD}history/", f"{PAD}history/?lines=on", f"{MEETUP}/desk/pads/names/"):
            ada.go(path)
            found[path] = faults(page)
        page.get_by_role("link", name="Take the name Ada Example away").click()
        page.get_by_role("button", name="Take the name away").wait_for()
        found["taking a name away"] = faults(page)
    assert found == {page: [] for page in found}


def test_in_an_archived_meetup_an_organiser_takes_a_name_away_by_its_button(chromium: Browser, tmp_path: Path) -> None:
    with demo_instance(tmp_path) as served:
        served.run("tests.system.harbour")
        ada = Actor(chromium, served, "ada@example.org", size=PHONE)
        ada.sign_in("Ada Example")
        ada.go(PAD)
        ada.press("Edit")
        ada.page.locator(".cm-content[contenteditable=true]").click()
        ada.page.keyboard.type("by Ada ")
        ada.page.get_by_text("All changes saved").wait_for()
        with closing(sqlite3.connect(served.data / "midcycle.sqlite3")) as file, file:
            file.execute("UPDATE meetups_meetup SET stage = 'archived'")
        ada.go(f"{MEETUP}/pads/")
        ada.page.get_by_role("link", name="Who wrote").click()
        ada.page.get_by_role("link", name="Take the name Ada Example away").click()
        ada.press("Take the name away")
        ada.page.get_by_text("The name Ada Example is gone; the text stays.").wait_for()
        ada.page.get_by_text("No name stands in the pads of this meetup.").wait_for()
        ada.close()
