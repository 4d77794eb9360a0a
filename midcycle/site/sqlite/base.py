"""Django's SQLite, whose writers stand in line: each takes its turn at a lock of the operating system before BEGIN IMMEDIATE.

SQLite itself lets a writer that finds the file locked sleep and look again, longer each time. In a rush the lock then stands
idle while everybody sleeps, who has just come is served before who has slept longest, and after `timeout` somebody is told
that the database is locked. The turn is at a file of its own: closing the database file would let go of SQLite's locks.
"""

import fcntl
import os
from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that waits for its turn to write."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        """Take what Django's own takes."""
        super().__init__(*args, **kwargs)
        self._line: int | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:  # noqa: ANN401 - as Django types it
        """Open the database, and the file at which turns are taken."""
        connection = super().get_new_connection(conn_params)
        if self._line is None:
            self._line = os.open(f"{self.settings_dict['NAME']}-turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        return connection

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in the stubs
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]  # not in the stubs
        finally:
            self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # not in the stubs
        finally:
            self._end_turn()

    def _close(self) -> None:
        super()._close()  # type: ignore[misc]  # not in the stubs
        if self._line is not None:
            os.close(self._line)
            self._line = None

    def _take_turn(self) -> None:
        if self._line is not None:
            fcntl.flock(self._line, fcntl.LOCK_EX)

    def _end_turn(self) -> None:
        if self._line is not None:
            fcntl.flock(self._line, fcntl.LOCK_UN)
