"""`compose.yaml` says nothing that Midcycle does not know."""

from typing import Any

import pytest
import yaml

from midcycle.cli.commands import COMMANDS
from midcycle.conf.schema import PREFIX, Settings
from tests.house.floors import ROOT

WHOLE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
OURS = {name: service for name, service in WHOLE["services"].items() if service["image"] == "midcycle"}


def test_the_services_are_these():
    assert sorted(WHOLE["services"]) == ["live", "migrate", "nats", "postgres", "proxy", "web"]


@pytest.mark.parametrize("name", OURS)
def test_each_command_is_one_of_ours(name):
    program, command = OURS[name]["command"]
    assert (program, command in COMMANDS) == ("midcycle", True)


@pytest.mark.parametrize("name", OURS)
def test_each_variable_is_a_setting(name):
    known = {f"{PREFIX}{field.upper()}" for field in Settings.model_fields}
    assert set(OURS[name]["environment"]) - known == set()


def test_several_live_servers_share_a_database_and_a_bus():
    assert WHOLE["services"]["live"]["deploy"]["replicas"] == 2
    assert OURS["live"]["environment"] == OURS["web"]["environment"]


def test_everything_that_is_kept_has_a_place():
    assert sorted(WHOLE["volumes"]) == ["data", "postgres"]
