"""`midcycle COMMAND`: reads the arguments, then hands over to one module of this package."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from midcycle import __version__
from midcycle.cli.commands import COMMANDS
from midcycle.conf.schema import ConfigError
from midcycle.kernel.refusal import Refusal

# By name: Django, which has the classes, is not loaded by every command.
DATABASE_ERRORS = frozenset({"DatabaseError", "OperationalError", "InterfaceError", "ProgrammingError", "StoreDown"})


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Print the sentence on stderr and exit with 2."""
        self.exit(2, f"{self.prog}: {message}. See {self.prog} --help.\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status: 0 done, 1 failed, 2 wrong arguments."""
    arguments = parser().parse_args(argv)
    command = COMMANDS[arguments.command]
    os.environ["MIDCYCLE_DATA"] = str(arguments.data or os.environ.get("MIDCYCLE_DATA") or command.data)
    if command.is_demo:
        os.environ["MIDCYCLE_DEMO"] = "1"
    try:
        if command.needs_django:
            importlib.import_module("midcycle.site.boot").boot(tables=command.needs_tables)
        return int(importlib.import_module(f"midcycle.cli.{command.module}").run(arguments))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (ConfigError, Refusal) as error:
        return _fail(str(error))
    except Exception as error:  # noqa: BLE001 - the last door: never a traceback, always a sentence
        return _fail(_sentence_of(error))


def parser() -> Parser:
    """Return the parser of all commands; `docs/reference/commands.md` is checked against it."""
    top = Parser(prog="midcycle", description="Runs operators' meetups on your own server.")
    top.add_argument("--version", action="version", version=f"midcycle {__version__}")
    subparsers = top.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=Parser)
    for name, command in COMMANDS.items():
        sub = subparsers.add_parser(name, help=command.help, description=command.help)
        sub.add_argument("--data", metavar="DIR", help=f"data directory (default: $MIDCYCLE_DATA or {command.data})")
        command.arguments(sub)
    return top


def _sentence_of(error: Exception) -> str:
    """Return what went wrong and where to look, for errors an operator can meet; else the error in its own words."""
    own = " ".join(str(error).split())[:300]
    if isinstance(error, OSError) and error.strerror and error.filename:
        return f"{error.filename}: {error.strerror[:1].lower()}{error.strerror[1:]}"
    if type(error).__name__ in DATABASE_ERRORS:
        where = (os.environ.get("MIDCYCLE_DATABASE_URL") and "MIDCYCLE_DATABASE_URL") or os.environ["MIDCYCLE_DATA"]
        return f"the database of {where} cannot be used: {own}"
    return f"{type(error).__name__}: {own}"


def _fail(sentence: str) -> int:
    sys.stderr.write(f"midcycle: {sentence}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
