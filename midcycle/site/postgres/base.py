"""Django's PostgreSQL, with less to do for the server.

Django asks `SELECT 1` at the start of each request. A server that hung up has said so on the line, where it can be seen.

Django puts values into the text of each statement, which the server then reads and plans anew: half of what the database does
in a rush. What is asked on every request is sent with its values apart, and the server keeps its plan.
"""

import select
from collections.abc import Callable
from typing import Any, Final

from django.db.backends.postgresql import base, operations

from midcycle.web.prepared import Constant

PLANNED_ONCE: Final = 2  # how often a statement is asked on a connection before its plan is kept


def ask_apart(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: ANN401, FBT001 - Django's signature
    """Send a constant statement with its values apart; an execute wrapper of Django."""
    if isinstance(sql, Constant):
        context["cursor"].cursor = base.ServerBindingCursor(context["connection"].connection)  # type: ignore[call-arg]
    return execute(sql, params, many, context)


class DatabaseOperations(operations.DatabaseOperations):
    """What Django asks of a database, where a test or a log wants to know what was said to it."""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:  # noqa: ANN401 - Django's signature
        """Return a statement with its values in its text, however it was sent."""
        said: str = (
            self.compose_sql(sql, params) if isinstance(sql, Constant) else super().last_executed_query(cursor, sql, params)
        )
        return said


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that is asked whether it stands only when there is something on the line, and keeps plans."""

    ops_class = DatabaseOperations

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        """Take what Django's own takes."""
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(ask_apart)

    def get_connection_params(self) -> dict[str, Any]:
        """Return what psycopg is told; it keeps no plan of what has its values in the text."""
        return {**super().get_connection_params(), "prepare_threshold": PLANNED_ONCE}

    def is_usable(self) -> bool:
        """Say whether the connection stands: nothing is heard on a line whose server waits for the next question."""
        if self.connection is None or self.connection.closed:
            return False
        line = select.poll()
        line.register(self.connection.fileno(), select.POLLIN)
        if not line.poll(0):
            return True
        stands: bool = super().is_usable()
        return stands
