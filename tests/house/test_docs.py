"""The documents lead where they say, and the README keeps to two commands and two pictures."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.house.floors import ROOT
from tests.house.test_house import tracked
from tests.pictures import FOLDER, LARGEST, PICTURES

README = ROOT / "README.md"
DOCUMENTS = tracked(":(glob)*.md", "docs/*.md")
LINK = re.compile(r"""\]\(([^)\s]+)\)|(?:src|href)="([^"]+)\"""")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
ELSEWHERE = re.compile(r"[a-z]+:|//")


def targets(page: Path) -> list[str]:
    """Return where the links and pictures of a page lead within this repository; what is code is no link."""
    text = CODE.sub("", page.read_text())
    return [target for pair in LINK.findall(text) if (target := "".join(pair)) and not ELSEWHERE.match(target)]


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", CODE.sub(_without_words, page.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _without_words(code: re.Match[str]) -> str:
    return "" if code[0].startswith("```") else code[0].strip("`")


def is_there(page: Path, target: str) -> bool:
    """Say whether a relative link of a page leads to a file, and to a heading of it if it names one."""
    path, _, anchor = unquote(target).partition("#")
    led_to = (page.parent / path).resolve() if path else page
    if not led_to.is_relative_to(ROOT) or not led_to.exists():
        return False
    return not anchor or led_to.suffix != ".md" or anchor in anchors(led_to)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_relative_link_resolves(name):
    page = ROOT / name
    assert [target for target in targets(page) if not is_there(page, target)] == []


def test_every_document_can_be_reached_from_the_readme():
    reached, waiting = {README}, [README]
    while waiting:
        page = waiting.pop()
        found = {(page.parent / target.partition("#")[0]).resolve() for target in targets(page)}
        fresh = {path for path in found if path.suffix == ".md"} - reached
        reached |= fresh
        waiting += fresh
    assert [name for name in DOCUMENTS if (ROOT / name).resolve() not in reached] == []


def test_the_readme_names_both_commands_and_no_other_first():
    commands = re.findall(r"```sh\n(.*?)\n```", README.read_text(), re.DOTALL)
    assert commands == ["make demo", "make test"]


def test_both_pictures_are_there_small_and_shown():
    shown = [target for target in targets(README) if target.endswith(".png")]
    assert shown == [f"docs/images/{picture.name}" for picture in PICTURES]
    assert [path.name for path in sorted(FOLDER.iterdir())] == sorted(picture.name for picture in PICTURES)
    assert [picture.name for picture in PICTURES if (FOLDER / picture.name).stat().st_size > LARGEST] == []
