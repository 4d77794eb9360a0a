"""Writes the generated reference pages: `python -m tests.reference`."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from midcycle.cli.commands import COMMANDS
from midcycle.cli.main import parser
from midcycle.conf.schema import PREFIX, Settings

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"


def settings_page() -> str:
    """Return the page of all settings."""
    rows = []
    for name, field in Settings.model_fields.items():
        default = "" if field.default in (None, "") else f"`{field.default}`"
        rows.append(f"| `{PREFIX}{name.upper()}` | {default} | {field.description} |")
    head = (
        "# Settings\n\nMade by `make docs` from `midcycle/conf/schema.py`.\n\n"
        "A value comes from the environment, else from the file that `MIDCYCLE_<NAME>_FILE` names, else from\n"
        "`midcycle.toml` in the data directory (names in lower case, without the prefix), else it is the default.\n"
        "A wrong setting stops the start; all mistakes are told at once.\n\n| setting | default | meaning |\n|---|---|---|\n"
    )
    return head + "\n".join(rows) + "\n"


def commands_page() -> str:
    """Return the page of all commands, with their `--help`."""
    parts = [
        "# Commands\n\nMade by `make docs` from `midcycle/cli/commands.py`. Mistakes are told in one sentence on stderr; a"
    ]
    parts[0] += "\nfailed command exits with 1, wrong arguments with 2.\n"
    subparsers = next(a for a in parser()._actions if getattr(a, "choices", None) and "serve" in a.choices)
    for name, command in COMMANDS.items():
        actions = [action for action in subparsers.choices[name]._actions if action.dest != "help"]
        rows = [f"| `{_usage(action)}` | {action.help} |" for action in actions]
        parts.append(f"## midcycle {name}\n\n{command.help}\n\n| argument | meaning |\n|---|---|\n" + "\n".join(rows) + "\n")
    return "\n".join(parts)


def _usage(action: argparse.Action) -> str:
    value = "" if action.nargs == 0 else f" {action.metavar or action.dest.upper()}"
    return f"{action.option_strings[-1]}{value}" if action.option_strings else str(action.metavar)


PAGES: dict[str, Callable[[], str]] = {"settings.md": settings_page, "commands.md": commands_page}


if __name__ == "__main__":
    for page, text in PAGES.items():
        (FOLDER / page).write_text(text())
    sys.exit(0)
