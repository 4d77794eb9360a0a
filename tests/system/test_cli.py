"""Commands fail in one sentence on stderr, never with a traceback."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from midcycle.cli.commands import COMMANDS

SERIES = Path(__file__).parents[1] / "data" / "series" / "openstack-ops-meetups.yaml"
FIVE = ["manchester-2016", "new-york-2016", "milan-2017", "mexico-city-2017", "tokyo-2018"]
PROGRAM = Path(sys.executable).parent / "midcycle"


def run(*arguments, data, **environment):
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("MIDCYCLE_", "DJANGO_"))}
    return subprocess.run(
        [PROGRAM, *arguments, "--data", data] if data else [PROGRAM, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**clean, **environment},
        timeout=60,
    )


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    data = str(tmp_path_factory.mktemp("instance"))
    assert run("migrate", data=data).returncode == 0
    return data


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself(command):
    answer = run(command, "--help", data=None)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "--data DIR" in answer.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["token", "nowhere", "--scope", "seats:write"], "there is no meetup nowhere"),
        (["token", "nowhere", "--list"], "there is no meetup nowhere"),
        (["admin", "not-an-address"], "not-an-address is not an e-mail address"),
        (["replay", "/no/such/file.yaml"], "/no/such/file.yaml cannot be read: No such file or directory"),
    ],
)
def test_a_failure_is_one_sentence(instance, arguments, sentence):
    answer = run(*arguments, data=instance)
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert answer.stderr.startswith(f"midcycle: {sentence}")
    assert answer.stderr.count("\n") == 1


def test_a_token_is_made_listed_and_revoked(instance):
    world = "from midcycle.site.boot import boot; boot(tables=False); from tests.world import placed; placed()"
    made = subprocess.run([sys.executable, "-c", world], env={**os.environ, "MIDCYCLE_DATA": instance}, check=False)
    assert made.returncode == 0
    token = run("token", "spring-meetup", "--scope", "seats:write", data=instance).stdout
    assert re.fullmatch(r"mc_[\w-]{43}\n", token)
    listed = run("token", "spring-meetup", "--list", data=instance).stdout
    assert re.fullmatch(r"1\tseats:write\tmade \d{4}-\d\d-\d\d\tnever used\n", listed)
    everything = run("token", "spring-meetup", "--scope", "everything", data=instance)
    assert one_sentence(everything).startswith("There is no scope everything. Choose one of: agenda:read, agenda:write,")
    assert run("token", "spring-meetup", "--revoke", "1", data=instance).stdout == "Token 1 opens nothing any more.\n"
    assert one_sentence(run("token", "spring-meetup", "--revoke", "1", data=instance)) == (
        "spring-meetup has no token 1; midcycle token spring-meetup --list shows those it has"
    )
    assert run("token", "spring-meetup", "--list", data=instance).stdout == ""


PORTS = [["serve", "--port", bad] for bad in ("many", "0", "70000", "²")]


TOKENS = [["token", "x"], ["token", "x", "--scope", "seats:read", "--list"], ["token", "x", "--revoke", "all"]]


@pytest.mark.parametrize("arguments", [[], ["fly"], ["token"], *PORTS, *TOKENS])
def test_wrong_arguments_are_one_sentence(arguments):
    answer = run(*arguments, data=None)
    assert answer.returncode == 2
    assert answer.stderr.count("\n") == 1
    assert "--help" in answer.stderr


def test_all_wrong_settings_are_told_at_once(tmp_path):
    answer = run("migrate", data=str(tmp_path), MIDCYCLE_PORT="0", MIDCYCLE_LOG_LEVEL="LOUD", MIDCYCLE_MAIL_URL="post")
    assert answer.returncode == 1
    assert [name in answer.stderr for name in ("MIDCYCLE_PORT", "MIDCYCLE_LOG_LEVEL", "MIDCYCLE_MAIL_URL")] == [True] * 3
    assert answer.stderr.count("\n") == 1


def test_a_database_without_tables_says_what_to_do(tmp_path):
    answer = run("token", "x", "--scope", "seats:write", data=str(tmp_path))
    assert (answer.returncode, answer.stderr.count("\n")) == (1, 1)
    assert "midcycle migrate" in answer.stderr


def test_settings_come_from_the_file_and_secrets_from_files(tmp_path):
    (tmp_path / "midcycle.toml").write_text('instance_name = "Ours"\nport = "no"\n')
    assert "MIDCYCLE_PORT" in run("migrate", data=str(tmp_path)).stderr
    (tmp_path / "midcycle.toml").write_text('instance_name = "Ours"\n')
    assert run("migrate", data=str(tmp_path), MIDCYCLE_SECRET_KEY_FILE="/no/such/file").stderr == (
        "midcycle: a secret file cannot be read: /no/such/file\n"
    )
    key = tmp_path / "key"
    key.write_text("not-so-secret\n")
    assert run("migrate", data=str(tmp_path), MIDCYCLE_SECRET_KEY_FILE=str(key)).returncode == 0
    assert not (tmp_path / "secret-key").exists()


def one_sentence(answer) -> str:
    assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (1, "", 1)
    return answer.stderr.removeprefix("midcycle: ").strip()


@pytest.mark.parametrize("command", ["serve", "live"])
def test_a_server_says_what_is_wrong_with_the_database_and_does_not_start(tmp_path, command):
    assert one_sentence(run(command, data=str(tmp_path))) == (
        f"there is no database in {tmp_path}; run midcycle migrate with the same --data first"
    )
    database = tmp_path / "midcycle.sqlite3"
    database.write_bytes(b"")
    assert one_sentence(run(command, data=str(tmp_path))).startswith(
        "the database has no tables yet, or old ones; run midcycle"
    )
    database.write_bytes(b"years of work" * 999)
    assert (
        one_sentence(run(command, data=str(tmp_path))) == f"the database at {database} cannot be used: file is not a database"
    )
    nobody = "postgresql://nobody@127.0.0.1:1/real"
    said = one_sentence(run(command, data=str(tmp_path), MIDCYCLE_DATABASE_URL=nobody))
    assert said.startswith("the database at MIDCYCLE_DATABASE_URL cannot be used: connection failed")


def test_a_data_directory_that_is_none_is_told_by_its_path(tmp_path):
    file = tmp_path / "file"
    file.write_text("x")
    assert one_sentence(run("migrate", data=str(file))).startswith(str(file))
    (tmp_path / "midcycle.sqlite3").write_bytes(b"years of work" * 999)
    said = one_sentence(run("token", "x", "--scope", "seats:write", data=str(tmp_path)))
    assert said == f"the database of {tmp_path} cannot be used: file is not a database"


def test_a_setting_that_does_not_exist_is_told_with_the_one_that_may_be_meant(tmp_path):
    wrong = {"MIDCYCLE_PROT": "1", "MIDCYCLE_DATABASE_URL": "mysql://x", "MIDCYCLE_XYZZY": "1"}
    said = one_sentence(run("migrate", data=str(tmp_path), **wrong))
    assert said.startswith(
        "wrong settings: there is no setting MIDCYCLE_PROT, perhaps MIDCYCLE_PORT; there is no setting MIDCYCLE_XYZZY;"
    )
    assert "MIDCYCLE_DATABASE_URL: " in said


def test_a_series_is_judged_without_a_server():
    answer = run("rotation", str(SERIES), "--judged-from", "2016-02-15", "--json", data=None)
    told = json.loads(answer.stdout)
    assert (answer.returncode, [row["key"] for row in told["editions"] if row["state"] == "kept"]) == (0, FIVE)
    broken = run("rotation", str(SERIES), "--judged-from", "2015-01-01", data=None)
    assert (broken.returncode, "philadelphia-2015: Broken. " in broken.stdout) == (1, True)
    for wrong, sentence in (
        (["rotation", "nowhere.yaml"], "midcycle: nowhere.yaml cannot be read: No such file or directory\n"),
        (["rotation", str(SERIES), "--judged-from", "x"], "midcycle: x is no day; write it as 2016-02-15\n"),
    ):
        assert run(*wrong, data=None).stderr == sentence
