"""Questions asked and rows added on every request: their SQL is made once, and from then on only the values are new.

Making the SQL of a row with its joins takes Django several times as long as the database takes to answer.
"""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.query import get_related_populators
from django.db.transaction import TransactionManagementError

M = TypeVar("M", bound=Model)


class Constant(str):
    """SQL that is the same each time but for its values: a server may keep its plan."""

    __slots__ = ()


class _Name(str):
    """Stands where a value of this name belongs."""

    __slots__ = ()


def asked(name: str) -> RawSQL:
    """Return what stands in a question for a value that is given each time."""
    return RawSQL("%s", (_Name(name),))


class Prepared(Generic[M]):
    """A question for objects, with `asked(…)` for each value that is a text or a number."""

    def __init__(self, question: Callable[[], QuerySet[M]]) -> None:
        """Take the question. Its SQL is made when it is first asked."""
        self._question = question
        self._made: _Made[M] | None = None

    def all(self, **values: str | int | None) -> list[M]:
        """Return every object that fits. Raises TransactionManagementError where the question itself would."""
        made = self._made or _Made(self._question())
        self._made = made  # two threads may both have made it: it is the same
        if made.locks and connection.get_autocommit():
            raise TransactionManagementError("Rows are locked within a transaction only.")
        with connection.cursor() as cursor:
            cursor.execute(made.sql, [values[each] if isinstance(each, _Name) else each for each in made.values])
            return [made.object_of(row) for row in cursor.fetchall()]

    def first(self, **values: str | int | None) -> M | None:
        """Return the first object that fits, None when there is none. The question should end with `[:1]`."""
        return next(iter(self.all(**values)), None)


def insert(row: M) -> M:
    """Save a new row, as `save(force_insert=True)` does where the key is a number and there are no parents; return the row."""
    made = _inserts.get(type(row)) or _inserts.setdefault(type(row), _Insert(type(row)))
    with connection.cursor() as cursor:
        cursor.execute(made.sql, [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in made.fields])
        (row.pk,) = cursor.fetchone()
    row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 - as Django's own save does
    return row


class _Insert:
    """The SQL that adds a row of a table, and the fields it takes in their order."""

    def __init__(self, table: type[Model]) -> None:
        self.fields = [field for field in table._meta.local_concrete_fields if not field.primary_key]
        quote = connection.ops.quote_name
        columns = ", ".join(quote(field.column or field.attname) for field in self.fields)
        places = ", ".join("%s" for _ in self.fields)
        into = quote(table._meta.db_table)
        self.sql = Constant(f"INSERT INTO {into} ({columns}) VALUES ({places}) RETURNING id")  # noqa: S608 - our own names


_inserts: dict[type[Model], _Insert] = {}


class _Made(Generic[M]):
    """The SQL of a question, and how a row of its answer becomes an object: as Django's ModelIterable does it."""

    def __init__(self, question: QuerySet[M]) -> None:
        compiler = question.query.get_compiler(using=question.db)
        sql, self.values = compiler.as_sql()
        self.sql = Constant(sql)
        info: Any = compiler.klass_info
        columns = [column for column, _, _ in compiler.select]
        self.locks = question.query.select_for_update
        self._model = question.model
        self._own = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
        self._names = [column.target.attname for column in columns[self._own]]
        self._related = get_related_populators(info, compiler.select, question.db)  # type: ignore[call-arg]  # as of Django 5.2
        self._notes = (compiler.annotation_col_map or {}).items()
        self._converters = compiler.get_converters(columns).items()

    def object_of(self, row: Sequence[Any]) -> M:
        """Return what a row is, with the objects it is selected together with and its annotations."""
        values = list(row)
        for position, (converters, expression) in self._converters:
            for converter in converters:
                values[position] = converter(values[position], expression, connection)
        found = self._model.from_db(connection.alias, self._names, values[self._own])
        for each in self._related:
            each.populate(values, found)
        for name, position in self._notes:
            setattr(found, name, values[position])
        return found
