"""Settings of the test run: a data directory of its own, SQLite unless TEST_DATABASE=postgres."""

import os
import tempfile
from importlib import import_module
from pathlib import Path

import django
import pytest
from hypothesis import settings

_DATA = Path(tempfile.mkdtemp(prefix="midcycle-test-"))
os.environ["MIDCYCLE_DATA"] = str(_DATA)
os.environ["MIDCYCLE_DEMO"] = "1"
os.environ["MIDCYCLE_LOG_LEVEL"] = "ERROR"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "midcycle.site.settings")

if os.environ.get("TEST_DATABASE") == "postgres":
    from tests.postgres import shared_postgres_url

    os.environ["MIDCYCLE_DATABASE_URL"] = shared_postgres_url()

# A slow machine is no fault of the code: no test is timed. The same code gets the same answer twice; to look for cases nobody
# has met yet, run with HYPOTHESIS_PROFILE=search.
settings.register_profile("midcycle", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "midcycle"))

django.setup()


@pytest.fixture(autouse=True)
def limits_begin_anew():
    """Let no test wait because another one registered with the same address just now."""
    for name in ("midcycle.registration.views.common", "midcycle.hosting.access"):
        common = import_module(name)
        for limit in (common.FROM_ONE_PLACE, common.FOR_ONE_ADDRESS):
            limit.forget()


@pytest.fixture(autouse=True)
def no_answer_is_ready():
    """Forget the answers that are kept by the number of a row: each test begins with numbers of its own."""
    public, pages = import_module("midcycle.agenda.views.public"), import_module("midcycle.agenda.queries.pages")
    for shelf in (public.PAGES, public.FILES, pages.RELEASES):
        shelf.clear()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about the other database."""
    other = "of_sqlite" if os.environ.get("TEST_DATABASE") == "postgres" else "of_postgres"
    left_out = [item for item in items if item.get_closest_marker(other)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
