"""Counts what a PostgreSQL server was asked, from its own log of statements."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

_LINE = re.compile(r"^#(\d+)# LOG:  (?:statement|execute [^:]*):\s+((?:.|\n(?!#))*)", re.MULTILINE)
_FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
_WORKER = "journal_cursor"  # only the worker asks for it; what its connections asked is not part of a registration


@dataclass
class Asked:
    """Statements by their first words; those that only frame a transaction are told apart."""

    work: Counter[str] = field(default_factory=Counter)
    frame: Counter[str] = field(default_factory=Counter)

    def each(self, people: int) -> tuple[float, float]:
        """Return statements and frames per person."""
        return self.work.total() / people, self.frame.total() / people


@contextmanager
def listening(url: str, log: Path) -> Iterator[Asked]:
    """Let the server write down every statement for a while; what is given is filled in at the end."""
    asked = Asked()
    _tell(url, "ALTER SYSTEM SET log_line_prefix = '#%p# '", "ALTER SYSTEM SET log_statement = 'all'")
    begins = log.stat().st_size
    try:
        yield asked
    finally:
        _tell(url, "ALTER SYSTEM RESET log_statement", "ALTER SYSTEM RESET log_line_prefix")
        with log.open("rb") as file:
            file.seek(begins)
            _count(asked, file.read().decode(errors="replace"))


def _count(asked: Asked, log: str) -> None:
    found = _LINE.findall(log)
    others = {process for process, statement in found if _WORKER in statement or "ALTER SYSTEM" in statement}
    for process, statement in found:
        if process not in others:
            short = _in_short(statement)
            (asked.frame if short in _FRAME else asked.work)[short] += 1


def _in_short(statement: str) -> str:
    """Return the verb and the table of a statement."""
    verb = statement.partition(" ")[0].rstrip(";")
    table = re.search(r'(?:FROM|INTO|UPDATE) "?(\w+)"?', statement)
    return verb if verb in _FRAME else f"{verb} {table[1]}" if table else statement[:40]


def _tell(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as server:
        for statement in (*statements, "SELECT pg_reload_conf()", "SELECT pg_sleep(0.3)"):
            server.execute(statement.encode())
