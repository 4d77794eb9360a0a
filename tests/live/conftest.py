"""A live server process on each kind of database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.database import Database, new_database
from tests.live.process import LiveServer


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    with new_database(request.param, tmp_path) as made:
        yield made


@pytest.fixture
def server(database: Database, tmp_path: Path) -> Iterator[LiveServer]:
    running = LiveServer(database.url, tmp_path / "live.log")
    running.start()
    yield running
    running.end()
