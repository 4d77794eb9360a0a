"""`compose.yaml` says nothing that Midcycle does not know."""

import re
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


def test_the_proxy_asks_for_the_address_of_every_server_again_and_again():
    proxy = WHOLE["services"]["proxy"]
    said = WHOLE["configs"]["proxy"]["content"].replace("$$", "$")
    assert proxy["configs"] == [{"source": "proxy", "target": "/etc/nginx/templates/default.conf.template"}]
    assert proxy["environment"] == {"NGINX_ENTRYPOINT_LOCAL_RESOLVERS": "1"}  # else the name below stays
    assert "resolver ${NGINX_LOCAL_RESOLVERS} valid=2s;" in said
    servers = re.findall(r"\bserver (\w+:\d+)([^;{]*);", said)
    assert [name for name, how in servers if "resolve" in how.split()] == ["web:8000", "live:8001", "web:8001"]
    assert len(servers) == 3
    groups = re.findall(r"upstream (\w+) \{\s*zone (\w+) ", said)
    assert groups == [("web", "web"), ("live", "live")]
    assert re.findall(r"proxy_pass http://(.*?);", said) == ["live", "web"]


def test_the_proxy_is_new_enough_for_that():
    version = re.search(r"nginx:(\d+)\.(\d+)", WHOLE["services"]["proxy"]["image"])
    assert tuple(map(int, version.groups())) >= (1, 28)
