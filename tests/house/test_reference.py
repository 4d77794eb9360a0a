"""Every setting, command, app, page and export has its line in `docs/reference/`."""

import pytest

from midcycle.cli.commands import COMMANDS
from midcycle.conf.schema import PREFIX, Settings
from midcycle.meetups.rules import SCOPES, STAGES
from tests import reference
from tests.house.floors import PACKAGE, ROOT, floor_of

PAGES = ROOT / "docs" / "reference"


@pytest.mark.parametrize("name", sorted(reference.PAGES))
def test_generated_pages_are_current(name):
    assert (PAGES / name).read_text() == reference.PAGES[name]()


def test_every_setting_is_documented():
    text = (PAGES / "settings.md").read_text()
    assert [name for name in Settings.model_fields if f"`{PREFIX}{name.upper()}`" not in text] == []


def test_every_command_is_documented():
    text = (PAGES / "commands.md").read_text()
    assert [name for name in COMMANDS if f"## midcycle {name}\n" not in text] == []


def test_every_package_is_documented():
    text = (PAGES / "apps.md").read_text()
    packages = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert packages == set(floor_of())
    assert sorted(name for name in packages if f"| `{name}` |" not in text) == []


def test_every_stage_and_scope_is_documented():
    text = (PAGES / "api.md").read_text()
    assert sorted(word for word in {*STAGES, *SCOPES} if f"`{word}`" not in text) == []
