"""What a copy of the database's files tells beside its tables."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from midcycle.feedback import actions
from midcycle.site import traces
from tests.world import NOW, ada
from tests.worlds.feedback import answered, said

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.of_sqlite]
NEEDLE = "needle 51c2"


def test_what_is_deleted_is_wiped_whichever_sqlite_it_is():
    assert "secure_delete=ON" in settings.DATABASES["default"]["OPTIONS"]["init_command"]
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA secure_delete").fetchone() == (1,)


def test_the_states_between_two_answers_are_gone_from_the_files_within_an_hour_of_the_workers():
    """Each answer writes all texts anew, so the log holds the first one as often as people answered after it."""
    world = answered(said(words=NEEDLE), *[said(words=f"Text {number}") for number in range(5)], close=False)
    actions.close_survey(world.meetup, by=ada(), now=NOW)
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    assert log.read_bytes().count(NEEDLE.encode()) >= 6
    traces._done.clear()
    assert traces.empty_log(NOW) == 1
    assert log.read_bytes() == b""
    assert Path(connection.settings_dict["NAME"]).read_bytes().count(NEEDLE.encode()) == 1
    assert [traces.empty_log(NOW + timedelta(minutes=1)), traces.empty_log(NOW + timedelta(hours=1))] == [None, 1]
