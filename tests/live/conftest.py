"""A live server process on each kind of database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.database import Database, new_database
from tests.live.process import LiveServer


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with new_database(request.param, tmp_path_factory.mktemp("pads")) as made:
        yield made


@pytest.fixture(scope="module")
def server(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """One server for all stories of a module: whatever a client does to it, the next story needs it."""
    running = LiveServer(database.url, tmp_path_factory.mktemp("server") / "live.log")
    running.start()
    yield running
    running.end()


@pytest.fixture
def mortal(database: Database, tmp_path: Path) -> Iterator[LiveServer]:
    """A server of one's own, to stop and to kill."""
    running = LiveServer(database.url, tmp_path / "live.log")
    running.start()
    yield running
    running.end()
