"""Lists in the settings: from a file of their own, and their secrets told to nobody."""

import json

import pytest

from midcycle.conf.schema import ConfigError, load

OPS = {
    "kind": "mailman",
    "url": "http://127.0.0.1:8001/3.1",
    "user": "restadmin",
    "secret": "hush",
    "list": "ops.lists.test",
    "open_to": ["spring"],
}


@pytest.fixture
def said(tmp_path, monkeypatch):
    """Give a way to load settings in which a secret file tells the lists."""
    file = tmp_path / "lists.json"
    monkeypatch.setenv("MIDCYCLE_DATA", str(tmp_path))
    monkeypatch.setenv("MIDCYCLE_LISTS_FILE", str(file))

    def settings(text):
        file.write_text(text if isinstance(text, str) else json.dumps(text))
        return load()

    return settings


def test_a_secret_file_names_lists(said):
    settings = said({"ops": OPS})
    assert (settings.lists["ops"].list, settings.lists["ops"].open_to) == ("ops.lists.test", ("spring",))
    assert settings.lists["ops"].secret.get_secret_value() == "hush"
    assert "hush" not in repr(settings)


def test_so_does_the_file_of_all_settings(tmp_path, monkeypatch):
    monkeypatch.setenv("MIDCYCLE_DATA", str(tmp_path))
    lines = [f"{name} = {json.dumps(value)}" for name, value in OPS.items()]
    (tmp_path / "midcycle.toml").write_text("\n".join(["[lists.ops]", *lines]))
    assert load().lists["ops"].url == OPS["url"]


@pytest.mark.parametrize(
    "wrong",
    [
        "no json",
        {"ops": {**OPS, "kind": "majordomo"}},
        {"ops": {**OPS, "url": "file:///etc/passwd"}},
        {"ops": {**OPS, "url": "http://127.0.0.1:8001/3.1/"}},
        {"ops": {**OPS, "url": "http://restadmin:hush@127.0.0.1:8001/3.1"}},
        {"ops": {**OPS, "open_to": []}},
        {"ops": {**OPS, "passwort": "x"}},
        {"ops": {**OPS, "user": "a\r\nb"}},
    ],
)
def test_mistakes_are_told_without_the_secret(said, wrong):
    with pytest.raises(ConfigError) as mistake:
        said(wrong)
    assert "MIDCYCLE_LISTS" in str(mistake.value)
    assert "hush" not in str(mistake.value)
