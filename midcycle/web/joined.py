"""Texts of many rows in one, so that a page asks once: `GROUP_CONCAT` on SQLite, `STRING_AGG` on PostgreSQL."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Aggregate, TextField
from django.db.models.sql.compiler import SQLCompiler


class Joined(Aggregate):
    """The texts of all rows with a comma between them, in no order; NULL where there is no row."""

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s, ',')"
    output_field = TextField()

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any) -> tuple[str, list[Any]]:  # noqa: ANN401 - Django's signature
        """Write it as PostgreSQL calls it."""
        sql, values = self.as_sql(compiler, connection, function="STRING_AGG", **more)
        return sql, list(values)
