"""No word is lost in the browser: servers killed, browsers closed, two tabs, and a server that will not have the text."""

from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect

from tests.browser.test_pad_editor import Stage, _saved, _write, stage
from tests.chromium import FLAGS, installed

__all__ = ["stage"]
START = "# Ceph\n\nWe run it.\n"


def _unsaved(page: Page, changes: int, why: str = "Offline") -> None:
    expect(page.locator(".pad-status")).to_have_text(
        f"{why}: keep this page open; your text is kept ({changes} changes not saved yet)"
    )


def _opened(stage: Stage, context: BrowserContext, role: str = "write", door: str = "") -> Page:
    """Open the pad in a browser of Ada that is there already."""
    page = context.new_page()
    page.goto(f"{stage.origin}/?pad={stage.pad}&person=ada&role={role}&live={stage.live.port}&door={door}")
    return page


def _left(stage: Stage, context: BrowserContext) -> None:
    """Type what nobody hears of, and close the page."""
    ada = _opened(stage, context, door="1")
    expect(ada.locator(".cm-content")).to_have_count(0)
    ada.get_by_role("button", name="Edit").click()
    _saved(ada)
    stage.live.kill()
    _write(ada, "typed")
    _unsaved(ada, 5)
    ada.close()


def _home(chromium: Browser, directory: Path) -> BrowserContext:
    """A browser that keeps what it knows in a directory, as those of people do."""
    return chromium.browser_type.launch_persistent_context(directory, executable_path=installed(), args=list(FLAGS))


def test_a_server_killed_in_mid_sentence_is_found_again_and_every_word_is_there_once(stage: Stage) -> None:
    ada, bo = stage.open("ada"), stage.open("bo")
    _saved(ada)
    _saved(bo)
    _write(ada, "Ada was saying ")
    stage.live.kill()
    ada.keyboard.type("that nobody waits.")
    _write(bo, " Bo wrote on.")
    expect(ada.locator(".pad-status")).to_contain_text("not saved yet")
    stage.live.start()
    _saved(ada)
    _saved(bo)
    expect(ada.locator(".cm-content")).to_contain_text("Bo wrote on.")
    expect(bo.locator(".cm-content")).to_contain_text("that nobody waits.")
    text = stage.database.text(stage.pad)
    assert sorted(text.removeprefix(START)) == sorted("Ada was saying that nobody waits. Bo wrote on.")
    assert "that nobody waits." in text


def test_what_was_typed_offline_comes_back_in_a_browser_that_was_closed(stage: Stage, tmp_path: Path) -> None:
    home = tmp_path / "browser"
    first = _home(stage.chromium, home)
    ada = _opened(stage, first)
    _saved(ada)
    stage.live.kill()
    _write(ada, "typed")
    _unsaved(ada, 5)
    first.close()
    again = _home(stage.chromium, home)
    stage.contexts.append(again)
    ada = _opened(stage, again)
    expect(ada.locator(".cm-content")).to_contain_text("We run it.typed")
    stage.live.start()
    _saved(ada)
    assert stage.database.text(stage.pad) == f"{START}typed"


def test_two_tabs_of_one_person_lose_nothing_when_one_sends_what_the_other_typed(stage: Stage) -> None:
    one = stage.open("ada")
    other = _opened(stage, one.context)
    _saved(one)
    _saved(other)
    stage.live.kill()
    _write(one, "first")
    _unsaved(one, 5)
    _write(other, "second")
    _unsaved(other, 6)
    other.on("dialog", lambda dialog: dialog.accept())
    other.reload()
    expect(other.locator(".cm-content")).to_contain_text("first")
    expect(other.locator(".cm-content")).to_contain_text("second")
    stage.live.start()
    _saved(one)
    _saved(other)
    _write(one, " third")
    _saved(one)
    for page in (one, other):
        for word in ("first", "second", "third"):
            expect(page.locator(".cm-content")).to_contain_text(word)
    assert sorted(stage.database.text(stage.pad).removeprefix(START)) == sorted("firstsecond third")


def test_whoever_may_only_read_after_a_break_keeps_the_text_and_can_copy_it(stage: Stage) -> None:
    ada = stage.open("ada")
    ada.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=stage.origin)
    _saved(ada)
    stage.live.kill()
    _write(ada, "mine alone")
    _unsaved(ada, 10)
    ada.route("**/ticket?*", _as_reader)
    stage.live.start()
    notice = ada.get_by_role("alert")
    expect(notice).to_contain_text("You may read this pad, not write in it. Your last changes are not in it.")
    expect(ada.locator(".pad-status")).to_have_text("10 changes not saved yet")
    expect(ada.locator(".cm-content")).to_contain_text("mine alone")
    notice.get_by_role("button", name="Copy my text").click()
    expect(notice.get_by_role("button", name="Copied")).to_be_visible()
    assert ada.evaluate("navigator.clipboard.readText()") == f"{START}mine alone"
    assert stage.database.text(stage.pad) == START
    ada.unroute("**/ticket?*")
    stage.live.kill()
    stage.live.start()
    _saved(ada)
    expect(notice).to_be_hidden()
    assert stage.database.text(stage.pad) == f"{START}mine alone"


def test_a_refusal_is_seen_at_the_end_of_a_long_pad(stage: Stage) -> None:
    ada = stage.open("ada", width=360)
    _saved(ada)
    ada.locator(".cm-content").click()
    ada.keyboard.press("Control+End")
    ada.keyboard.insert_text("line\n" * 60)
    _saved(ada)
    stage.live.kill()
    _write(ada, "mine alone")
    _unsaved(ada, 10)
    ada.route("**/ticket?*", _as_reader)
    stage.live.start()
    expect(ada.get_by_role("alert").get_by_role("button", name="Copy my text")).to_be_in_viewport()
    expect(ada.get_by_text("mine alone")).to_be_in_viewport()


def test_whoever_was_signed_out_writes_on_and_it_is_saved_after_signing_in(stage: Stage) -> None:
    ada = stage.open("ada")
    _saved(ada)
    ada.route("**/ticket?*", lambda route: route.fulfill(status=403, body=""))
    stage.live.kill()
    stage.live.start()
    expect(ada.locator(".pad-status")).to_contain_text("You are signed out")
    _write(ada, "typed")
    _unsaved(ada, 5, "You are signed out")
    ada.unroute("**/ticket?*")
    _saved(ada)
    assert stage.database.text(stage.pad) == f"{START}typed"


def test_a_pad_that_is_full_says_so_and_keeps_the_text(stage: Stage) -> None:
    stage.pad = stage.database.new_pad("word " * 209_000)
    ada = stage.open("ada")
    _saved(ada)
    _write(ada, "")
    ada.keyboard.insert_text("more " * 2_000)
    notice = ada.get_by_role("alert")
    expect(notice).to_contain_text("This pad is full. Your last changes are not in it.")
    expect(notice.get_by_role("button", name="Copy my text")).to_be_visible()
    expect(ada.locator(".cm-content")).to_contain_text("more more")


def test_changes_of_a_page_that_was_closed_are_sent_as_soon_as_the_pad_is_looked_at(stage: Stage) -> None:
    context = stage.chromium.new_context()
    stage.contexts.append(context)
    _left(stage, context)
    stage.live.start()
    ada = _opened(stage, context, door="1")
    _saved(ada)
    assert stage.database.text(stage.pad) == f"{START}typed"
    ada.goto("about:blank")
    ada = _opened(stage, context, door="1")
    expect(ada.get_by_role("button", name="Edit")).to_be_enabled()
    expect(ada.locator(".cm-content")).to_have_count(0)


def test_changes_that_are_refused_for_good_can_be_thrown_away(stage: Stage) -> None:
    context = stage.chromium.new_context()
    stage.contexts.append(context)
    _left(stage, context)
    stage.live.start()
    ada = _opened(stage, context, "read", door="1")
    expect(ada.get_by_role("alert")).to_contain_text("You may read this pad, not write in it.")
    expect(ada.locator(".cm-content")).to_contain_text("We run it.typed")
    ada.on("dialog", lambda dialog: dialog.accept())
    ada.get_by_role("button", name="Throw my changes away").click()
    expect(ada.get_by_text("What readers see.")).to_be_visible()
    expect(ada.locator(".cm-content")).to_have_count(0)
    ada = _opened(stage, context)
    _saved(ada)
    expect(ada.locator(".cm-content")).not_to_contain_text("typed")
    assert stage.database.text(stage.pad) == START


def test_the_letter_before_a_page_is_closed_is_kept_even_if_the_browser_has_not_stored_it(stage: Stage) -> None:
    ada = stage.open("ada")
    _saved(ada)
    stage.live.kill()
    _write(ada, "type")
    _unsaved(ada, 4)
    ada.evaluate("IDBObjectStore.prototype.add = () => ({})")
    ada.keyboard.type("d")
    _unsaved(ada, 5)
    ada.on("dialog", lambda dialog: dialog.accept())
    ada.reload()
    expect(ada.locator(".cm-content")).to_contain_text("We run it.typed")
    stage.live.start()
    _saved(ada)
    assert stage.database.text(stage.pad) == f"{START}typed"


def _as_reader(route: Route, request: Request) -> None:
    route.continue_(url=request.url.replace("role=write", "role=read"))
