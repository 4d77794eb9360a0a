"""The pad editor on a phone, whose keyboard covers the lower part of the page."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import faults
from tests.browser.test_pad_editor import Stage, _saved, _write, stage

__all__ = ["stage"]
KEYBOARD = 300
# A browser without a screen has no keyboard; this one says that it covers part of the page.
COVERED = """keyboard => {
    const what = { height: innerHeight - keyboard, width: innerWidth, offsetTop: 0, scale: 1 };
    const seen = Object.assign(new EventTarget(), what);
    Object.defineProperty(window, "visualViewport", { value: seen });
}"""


def _place(page: Page, selector: str) -> dict[str, float]:
    found: dict[str, float] = page.locator(selector).evaluate("e => e.getBoundingClientRect().toJSON()")
    return found


@pytest.mark.parametrize("plain", [False, True])
def test_the_toolbar_stands_on_the_keyboard_in_one_row_and_leaves_it_open(stage: Stage, plain: bool) -> None:
    stage.pad = stage.database.new_pad("# Ceph\n" + "A line.\n" * 100)
    ada = stage.open("ada", width=360, plain=plain)
    ada.add_init_script(f"({COVERED})({KEYBOARD})")
    ada.reload()
    _saved(ada)
    tools = _place(ada, ".pad-tools")
    assert (tools["left"], tools["right"], tools["bottom"]) == (0, 360, 800 - KEYBOARD)
    assert tools["height"] < 64
    smallest = ada.locator(".pad-tool").evaluate_all("all => Math.min(...all.flatMap(e => [e.offsetWidth, e.offsetHeight]))")
    assert smallest >= 44
    assert ada.evaluate("document.documentElement.scrollWidth") == 360
    if not plain:
        _write(ada, "")
        for _ in range(30):
            ada.keyboard.press("ArrowUp")
        for _ in range(10):
            ada.keyboard.press("ArrowDown")
        ada.keyboard.type("here ")
        ada.get_by_role("button", name="Tag").click()
        expect(ada.locator(".cm-content")).to_be_focused()
        line = _place(ada, ".cm-line:has-text('here')")
        assert line["bottom"] <= tools["top"]
    assert faults(ada) == []


def test_without_a_keyboard_the_toolbar_is_one_row_above_the_text(stage: Stage) -> None:
    ada = stage.open("ada", width=360)
    _saved(ada)
    tools, text = _place(ada, ".pad-tools"), _place(ada, ".cm-content")
    assert tools["bottom"] <= text["top"]
    assert tools["height"] < 64
    assert ada.evaluate("document.documentElement.scrollWidth") == 360
    assert faults(ada) == []
    ada.get_by_role("button", name="Bold").focus()
    ada.keyboard.press("End")
    expect(ada.get_by_role("button", name="Plain text field")).to_be_in_viewport(ratio=1)
