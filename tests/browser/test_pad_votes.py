"""+1s, proposals and author marks in the pad editor, in two real browsers with a live server."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.axe import faults
from tests.browser.test_pad_editor import Stage, _saved, _until, _write
from tests.live.database import new_database
from tests.live.process import LiveServer
from tests.live.webside import webside

WISHES = "# Wishes\n\n- longer breaks\n- tea\n\n"


@pytest.fixture
def stage(chromium: Browser, tmp_path: Path) -> Iterator[Stage]:
    with new_database("sqlite", tmp_path) as database, webside() as origin:
        live = LiveServer(database.url, tmp_path / "live.log", origin)
        live.start()
        made = Stage(chromium, database, live, origin, database.new_pad(WISHES))
        yield made
        for context in made.contexts:
            context.close()
        live.end()


def chip(page: Page, start: str) -> Locator:
    """The button of a line."""
    return page.get_by_role("button", name=re.compile(rf"^\+1 for {start}, "), include_hidden=True)


def named(page: Page, start: str, rest: str) -> None:
    expect(chip(page, start)).to_have_attribute("aria-label", f"+1 for {start}, {rest}")


def votes(stage: Stage) -> list[str]:
    return sorted(person for (person,) in stage.database.ask("SELECT person FROM pads_vote WHERE pad_id = ?", stage.pad))


def test_two_people_vote_for_a_line_and_see_each_other(stage: Stage) -> None:
    ada, bo = stage.open("ada"), stage.open("bo", width=360)
    _saved(ada)
    _saved(bo)
    ada.get_by_text("longer breaks").hover()
    chip(ada, "longer breaks").click()
    named(bo, "longer breaks", "1 person")
    expect(chip(bo, "longer breaks")).to_have_attribute("aria-pressed", "false")
    expect(chip(ada, "longer breaks")).to_have_attribute("aria-pressed", "true")
    expect(chip(bo, "longer breaks")).to_be_visible()
    expect(chip(bo, "tea")).not_to_be_visible()
    bo.locator(".cm-line", has_text="longer breaks").click()
    bo.keyboard.press("Alt+Enter")
    named(ada, "longer breaks", "2 people")
    expect(chip(ada, "longer breaks")).to_have_attribute("title", "you, Bo")
    expect(ada.locator("[aria-live=polite].visually-hidden")).to_have_count(1)
    assert votes(stage) == ["ada", "bo"]
    assert stage.database.text(stage.pad) == WISHES
    ada.get_by_text("longer breaks").click()
    ada.get_by_role("button", name="+1 for this line").click()
    named(bo, "longer breaks", "1 person")
    assert (faults(ada), faults(bo), stage.blocked) == ([], [], [])


def test_a_vote_stays_with_its_line_and_goes_with_it(stage: Stage) -> None:
    ada, bo = stage.open("ada"), stage.open("bo")
    _saved(ada)
    _saved(bo)
    chip(ada, "tea").evaluate("button => button.click()")
    named(bo, "tea", "1 person")
    ada.locator(".cm-content").click()
    ada.keyboard.press("Control+Home")
    ada.keyboard.type("- new\n")
    ada.locator(".cm-line", has_text="tea").click()
    ada.get_by_role("button", name="Action item").click()
    expect(bo.locator(".cm-content")).to_contain_text("- [ ] tea")
    named(ada, "tea", "1 person")
    named(bo, "tea", "1 person")
    ada.keyboard.press("Control+Shift+k" if ada.evaluate("navigator.platform").startswith("Mac") else "Home")
    ada.keyboard.press("Shift+ArrowDown")
    ada.keyboard.press("Delete")
    expect(bo.locator(".cm-content")).not_to_contain_text("tea")
    ada.keyboard.type("- coffee\n")
    named(bo, "coffee", "0 people")


def test_a_vote_given_while_the_server_is_away_is_counted_later_even_after_a_reload(stage: Stage) -> None:
    ada = stage.open("ada")
    _saved(ada)
    stage.live.kill()
    chip(ada, "tea").evaluate("button => button.click()")
    expect(chip(ada, "tea")).to_have_attribute("aria-pressed", "true")
    ada.reload()
    stage.live.start()
    _saved(ada)
    _until(lambda: votes(stage) == ["ada"])
    named(ada, "tea", "1 person")


def test_a_reader_sees_the_counts_and_has_no_vote(stage: Stage) -> None:
    ada, cy = stage.open("ada"), stage.open("cy", role="read")
    _saved(ada)
    expect(cy.locator(".pad-status")).to_have_text("You read along")
    chip(ada, "tea").evaluate("button => button.click()")
    named(cy, "tea", "1 person")
    expect(chip(cy, "tea")).to_be_disabled()


def test_tags_are_proposed_and_enter_makes_a_new_line_all_the_same(stage: Stage) -> None:
    ada = stage.open("ada")
    _saved(ada)
    _write(ada, "about ##ce")
    expect(ada.get_by_role("option")).to_have_text(["##ceph"])
    ada.keyboard.press("Enter")
    ada.keyboard.type("and ##up")
    expect(ada.get_by_role("option")).to_have_text(["##upgrade"])
    expect(ada.locator(".cm-content")).to_have_attribute("aria-autocomplete", "list")
    ada.keyboard.press("ArrowDown")
    expect(ada.get_by_role("option", selected=True)).to_have_text("##upgrade")
    expect(ada.locator(".cm-content")).to_have_attribute("aria-activedescendant", re.compile("."))
    assert faults(ada) == []
    ada.keyboard.press("Enter")
    ada.keyboard.type(" now")
    _until(lambda: stage.database.text(stage.pad) == f"{WISHES}about ##ce\nand ##upgrade now")
    assert stage.blocked == []


def test_an_action_gets_its_owner_and_day_by_keyboard(stage: Stage) -> None:
    ada, bo = stage.open("ada"), stage.open("bo", width=360)
    _saved(bo)
    _saved(ada)
    ada.locator(".cm-content").click()
    ada.keyboard.press("Control+End")
    ada.get_by_role("button", name="Action item").click()
    expect(ada.get_by_role("option")).to_have_text(["Ada", "Bo", "Dee Example"])
    ada.keyboard.type("de")
    expect(ada.get_by_role("option")).to_have_text(["Dee Example"])
    ada.keyboard.press("ArrowDown")
    expect(ada.get_by_role("option", selected=True)).to_have_text("Dee Example")
    ada.keyboard.press("Enter")
    ada.keyboard.type("write it down, by ")
    tomorrow = ada.evaluate(
        "() => { const day = new Date(); day.setDate(day.getDate() + 1); return day.toLocaleDateString('sv-SE'); }"
    )
    expect(ada.get_by_role("option").nth(1)).to_contain_text(tomorrow)
    ada.keyboard.press("ArrowDown")
    ada.keyboard.press("ArrowDown")
    ada.keyboard.press("Enter")
    _until(lambda: stage.database.text(stage.pad) == f"{WISHES}- [ ] Dee Example: write it down, by {tomorrow}")


def test_the_editor_shows_who_wrote_what_on_demand(stage: Stage) -> None:
    ada, bo = stage.open("ada"), stage.open("bo")
    _saved(ada)
    _saved(bo)
    _write(ada, "from Ada")
    expect(bo.locator(".cm-content")).to_contain_text("from Ada")
    _write(bo, " from Bo")
    _saved(bo)
    button = ada.get_by_role("button", name="Who wrote what")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(ada.locator(".pad-author")).to_have_text(["from Ada", " from Bo"])
    expect(ada.locator(".pad-author-sign")).to_have_text(["A", "B"])
    expect(ada.locator(".pad-author-sign").last).to_have_attribute("title", "Bo")
    assert faults(ada) == []
    button.click()
    expect(ada.locator(".pad-author")).to_have_count(0)
    assert stage.blocked == []
