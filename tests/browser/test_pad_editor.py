"""The pad editor in a real browser, with the live server and a small web side of its own under the strict policy."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from midcycle.kernel.tickets import PadTicket, Role
from tests.live.database import Database, new_database
from tests.live.process import LiveServer
from tests.live.webside import CHANGES, webside

PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Stage:
    """A live server, a web side, and whoever comes."""

    chromium: Browser
    database: Database
    live: LiveServer
    origin: str
    pad: str
    blocked: list[str] = field(default_factory=list)  # what the policy forbade
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(self, person: str, *, role: str = "write", width: int = 1280, plain: bool = False) -> Page:
        context = self.chromium.new_context(viewport={"width": width, "height": 800})
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self._heard(message.text))
        page.on("pageerror", lambda error: self._heard(f"Content Security Policy? {error}"))
        page.goto(
            f"{self.origin}/?pad={self.pad}&person={person}&role={role}&live={self.live.port}{'&plain=1' if plain else ''}"
        )
        return page

    def _heard(self, text: str) -> None:
        if "Content Security Policy" in text:
            self.blocked.append(text)


@pytest.fixture
def stage(chromium: Browser, tmp_path: Path) -> Iterator[Stage]:
    with new_database("sqlite", tmp_path) as database, webside() as origin:
        live = LiveServer(database.url, tmp_path / "live.log", origin)
        live.start()
        made = Stage(chromium, database, live, origin, database.new_pad("# Ceph\n\nWe run it.\n"))
        yield made
        for context in made.contexts:
            context.close()
        live.end()


def _saved(page: Page) -> None:
    expect(page.locator(".pad-status")).to_have_text("All changes saved")


def _write(page: Page, text: str) -> None:
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_MS / 1000
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_two_browsers_see_each_others_typing_names_and_carets(stage: Stage) -> None:
    ada, bo = stage.open("ada"), stage.open("bo", width=360)
    _saved(ada)
    _saved(bo)
    _write(ada, "Ada says 😀.")
    expect(bo.locator(".cm-content")).to_contain_text("Ada says 😀.")
    _write(bo, " Bo too.")
    expect(ada.locator(".cm-content")).to_contain_text("Ada says 😀. Bo too.")
    expect(ada.locator(".pad-caret")).to_have_text("\u2060BBo\u2060")
    expect(ada.locator(".people .person")).to_have_text(["AAda you", "BBoFollow"])
    _saved(bo)
    assert stage.database.text(stage.pad) == "# Ceph\n\nWe run it.\nAda says 😀. Bo too."
    bo.close()
    expect(ada.locator(".people .person")).to_have_text(["AAda you"])
    assert stage.blocked == []


def test_text_typed_while_the_server_is_away_is_kept_shown_as_unsaved_and_saved_later(stage: Stage) -> None:
    ada = stage.open("ada")
    _saved(ada)
    stage.live.kill()
    _write(ada, "typed")
    expect(ada.locator(".pad-status")).to_have_text("Offline: keep this page open; your text is kept (5 changes not saved yet)")
    ada.on("dialog", lambda dialog: dialog.accept())
    ada.reload()
    expect(ada.locator(".cm-content")).to_contain_text("We run it.typed")
    stage.live.start()
    _saved(ada)
    assert stage.database.text(stage.pad) == "# Ceph\n\nWe run it.\ntyped"


def test_a_network_that_goes_in_mid_sentence_is_told_at_once_and_loses_no_word(stage: Stage) -> None:
    ada, bo = stage.open("ada"), stage.open("bo")
    _saved(ada)
    _saved(bo)
    _write(ada, "half a ")
    _saved(ada)
    stage.contexts[0].set_offline(True)
    ada.keyboard.type("sentence")
    expect(ada.locator(".pad-status")).to_have_text("Offline: keep this page open; your text is kept (8 changes not saved yet)")
    _write(bo, " Bo goes on.")
    _saved(bo)
    stage.contexts[0].set_offline(False)
    _saved(ada)
    _saved(bo)
    whole = stage.database.text(stage.pad)
    assert "half a " in whole
    assert "sentence" in whole
    assert " Bo goes on." in whole
    for page in (ada, bo):
        expect(page.locator(".cm-content")).to_contain_text("sentence")
        expect(page.locator(".cm-content")).to_contain_text("Bo goes on.")


def test_a_reader_sees_the_text_grow_and_cannot_type(stage: Stage) -> None:
    ada, cy = stage.open("ada"), stage.open("cy", role="read")
    expect(cy.locator(".pad-status")).to_have_text("You read along")
    expect(cy.locator(".cm-content")).to_have_attribute("aria-readonly", "true")
    _write(cy, "sneaked in")
    _write(ada, "notes")
    expect(cy.locator(".cm-content")).to_contain_text("We run it.notes")
    _saved(ada)
    assert stage.database.text(stage.pad) == "# Ceph\n\nWe run it.\nnotes"


def test_a_pad_that_is_locked_and_unlocked_tells_those_who_are_in_it(stage: Stage) -> None:
    ada = stage.open("ada")
    _saved(ada)
    _write(ada, "before ")
    _saved(ada)
    _let(stage, "read", 1)
    expect(ada.locator(".pad-status")).to_have_text("You read along")
    expect(ada.locator(".cm-content")).to_have_attribute("aria-readonly", "true")
    _let(stage, "write", 2)
    _saved(ada)
    _write(ada, "after")
    _saved(ada)
    assert stage.database.text(stage.pad) == "# Ceph\n\nWe run it.\nbefore after"


def _let(stage: Stage, role: Role, rights: int) -> None:
    CHANGES[stage.pad] = PadTicket(stage.pad, "", "", 0, role, rights)
    stage.database.ask("UPDATE pads_pad SET rights = ? WHERE id = ?", rights, stage.pad)


def test_whoever_takes_their_name_away_goes_on_in_an_open_pad_as_nobody(stage: Stage) -> None:
    ada = stage.open("ada")
    _saved(ada)
    _write(ada, "before ")
    _saved(ada)
    CHANGES[stage.pad] = PadTicket(stage.pad, "", "", 0, "write", 1)
    stage.database.forget(stage.pad, "ada")
    _write(ada, "and ")
    expect(ada.locator(".people .person")).to_have_text(["AAda you"])
    _write(ada, "after")
    _saved(ada)
    assert stage.database.text(stage.pad) == "# Ceph\n\nWe run it.\nbefore and after"
    assert (stage.database.people(stage.pad), stage.database.writers(stage.pad)) == (["gone"], [("gone", "")])


def test_the_tab_key_leaves_the_editor(stage: Stage) -> None:
    ada = stage.open("ada")
    _saved(ada)
    ada.locator(".cm-content").click()
    ada.keyboard.press("Tab")
    expect(ada.get_by_role("link", name="After the pad")).to_be_focused()
    assert stage.database.text(stage.pad) == "# Ceph\n\nWe run it.\n"


def test_the_toolbar_writes_markdown_and_is_one_stop_for_the_tab_key(stage: Stage) -> None:
    ada = stage.open("ada")
    _saved(ada)
    _write(ada, "- [ ] ada: first\nsecond")
    ada.get_by_role("button", name="Tag").click()
    ada.keyboard.type("ceph ")
    ada.get_by_role("button", name="Bold").click()
    ada.keyboard.type("now")
    _until(lambda: stage.database.text(stage.pad).endswith("- [ ] ada: first\n- [ ] second ##ceph **now**"))
    ada.get_by_role("button", name="Bold").focus()
    ada.keyboard.press("ArrowRight")
    expect(ada.get_by_role("button", name="Heading")).to_be_focused()


def test_undo_takes_back_ones_own_changes_only(stage: Stage) -> None:
    ada, bo = stage.open("ada"), stage.open("bo")
    _saved(ada)
    _saved(bo)
    _write(ada, "mine")
    expect(bo.locator(".cm-content")).to_contain_text("mine")
    _write(bo, " theirs")
    expect(ada.locator(".cm-content")).to_contain_text("mine theirs")
    ada.locator(".cm-content").press("Control+z")
    expect(bo.locator(".cm-content")).not_to_contain_text("mine")
    _saved(ada)
    assert stage.database.text(stage.pad) == "# Ceph\n\nWe run it.\n theirs"


def test_an_emoji_replaced_by_its_neighbour_is_never_cut_in_two(stage: Stage) -> None:
    """Both begin with the same half, so the smallest difference lies inside the character."""
    ada = stage.open("ada")
    _saved(ada)
    _write(ada, "a😀b")
    _saved(ada)
    ada.locator(".cm-content .cm-line").last.evaluate(
        "line => { line.firstChild.textContent = line.firstChild.textContent.replace('\\u{1F600}', '\\u{1F601}'); }"
    )
    _until(lambda: stage.database.text(stage.pad).endswith("a😁b"))
    _saved(ada)


def test_text_with_carriage_returns_is_pasted_as_lines(stage: Stage) -> None:
    ada, bo = stage.open("ada"), stage.open("bo")
    _saved(ada)
    _write(ada, "")
    ada.locator(".cm-content").evaluate(
        """content => { const data = new DataTransfer(); data.setData("text/plain", "one\\r\\ntwo\\rthree");
        content.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})); }"""
    )
    _write(ada, " end")
    expect(bo.locator(".cm-content")).to_contain_text("three end")
    _saved(ada)
    assert stage.database.text(stage.pad) == "# Ceph\n\nWe run it.\none\ntwo\nthree end"


def test_whoever_follows_somebody_sees_where_they_write_until_they_look_for_themselves(stage: Stage) -> None:
    stage.pad = stage.database.new_pad("".join(f"Line {number}.\n\n" for number in range(200)))
    ada, bo = stage.open("ada"), stage.open("bo")
    _saved(ada)
    _saved(bo)
    ada.get_by_role("button", name="Follow Bo").click()
    expect(ada.get_by_role("button", name="Follow Bo")).to_have_attribute("aria-pressed", "true")
    expect(ada.locator("p[aria-live=polite]")).to_contain_text("You follow Bo.")
    _write(bo, "Here I write.")
    expect(ada.locator(".cm-line", has_text="Here I write.")).to_be_in_viewport()
    ada.keyboard.press("Escape")
    expect(ada.get_by_role("button", name="Follow Bo")).to_have_attribute("aria-pressed", "false")
    bo.keyboard.press("Control+Home")
    bo.keyboard.type("And here. ")
    _saved(bo)
    expect(ada.locator(".cm-line", has_text="Here I write.")).to_be_in_viewport()


def test_a_plain_field_has_the_same_text_and_keeps_the_caret_where_it_is(stage: Stage) -> None:
    ada, bo = stage.open("ada", plain=True, width=360), stage.open("bo")
    field = ada.get_by_role("textbox", name="Ceph in production")
    _saved(ada)
    _saved(bo)
    expect(field).to_have_value("# Ceph\n\nWe run it.\n")
    field.evaluate("area => { area.focus(); area.setSelectionRange(8, 8); }")
    ada.keyboard.type("\U0001f600 ")
    expect(bo.locator(".cm-content")).to_contain_text("\U0001f600 We run it.")
    bo.locator(".cm-content").click()
    bo.keyboard.press("Control+Home")
    bo.keyboard.type("Bo: ")
    expect(field).to_have_value("Bo: # Ceph\n\n\U0001f600 We run it.\n")
    ada.keyboard.type("here ")
    _saved(ada)
    assert stage.database.text(stage.pad) == "Bo: # Ceph\n\n\U0001f600 here We run it.\n"
    ada.keyboard.press("Control+z")
    expect(bo.locator(".cm-content")).not_to_contain_text("here")
    if "\U0001f600" in field.input_value():  # two steps, where typing them took longer than one step lasts
        ada.keyboard.press("Control+z")
    expect(field).to_have_value("Bo: # Ceph\n\nWe run it.\n")
    field.evaluate("area => area.select()")
    ada.keyboard.press("Backspace")
    _saved(ada)
    assert stage.database.text(stage.pad) == ""
    assert stage.blocked == []


def test_a_plain_field_keeps_what_is_typed_while_the_server_is_away(stage: Stage) -> None:
    ada = stage.open("ada", plain=True)
    _saved(ada)
    stage.live.kill()
    field = ada.get_by_role("textbox", name="Ceph in production")
    field.press("Control+End")
    ada.keyboard.type("typed")
    expect(ada.locator(".pad-status")).to_have_text("Offline: keep this page open; your text is kept (5 changes not saved yet)")
    ada.on("dialog", lambda dialog: dialog.accept())
    ada.reload()
    expect(field).to_have_value("# Ceph\n\nWe run it.\ntyped")
    stage.live.start()
    _saved(ada)
    assert stage.database.text(stage.pad) == "# Ceph\n\nWe run it.\ntyped"


def test_a_reader_of_a_plain_field_cannot_type(stage: Stage) -> None:
    cy = stage.open("cy", role="read", plain=True)
    expect(cy.locator(".pad-status")).to_have_text("You read along")
    expect(cy.get_by_role("textbox", name="Ceph in production")).to_have_attribute("readonly", "")
