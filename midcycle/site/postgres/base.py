"""Django's PostgreSQL, which looks whether a kept connection still stands without asking the server.

Django asks `SELECT 1` at the start of each request. A server that hung up has said so on the line, where it can be seen.
"""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that is asked whether it stands only when there is something on the line."""

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
