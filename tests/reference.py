"""Writes the generated reference pages: `python -m tests.reference`."""

import argparse
import inspect
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

import tests.conftest  # noqa: F401 - starts Django when this runs as a program
from midcycle.cli.commands import COMMANDS
from midcycle.cli.main import parser
from midcycle.conf.schema import PREFIX, Settings
from midcycle.meetups.rules import SCOPES, STAGES
from midcycle.registration.rules import SEAT_STATES
from midcycle.report.rules.datapoints import DEFINITIONS
from midcycle.site.api import document

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


def addresses_page() -> str:
    """Return the page of all addresses, each with the first line of its view's docstring."""
    rows = [f"| `/{route}` | {meaning} |" for route, meaning in sorted(routes(get_resolver()).items())]
    head = (
        "# Addresses\n\nMade by `make docs` from the views. What is not there and what is not for you answer alike, with 404.\n"
        "Organiser's pages are below `/m/<slug>/desk/`; pages with a token are as private as the token.\n\n"
        "| address | what it does |\n|---|---|\n"
    )
    return head + "\n".join(rows) + "\n"


def api_page() -> str:
    """Return the page of the API: stages, scopes, every operation with what it may answer, and every problem."""
    described = document()
    answers = described["components"]["responses"]
    operations = [
        f"| `{method.upper()} {path}` | {details['summary']} | {_who(details)} | {', '.join(sorted(details['responses']))} |"
        for path, methods in described["paths"].items()
        for method, details in methods.items()
    ]
    told = {
        status: answers[answer["$ref"].rpartition("/")[2]]["description"]
        for methods in described["paths"].values()
        for details in methods.values()
        for status, answer in details["responses"].items()
        if "$ref" in answer
    }
    problems = [f"| {status} | {text} |" for status, text in sorted(told.items())]
    head = (
        "# The API\n\nMade by `make docs`. `GET /api/v1/openapi.json` has every field (OpenAPI 3.1).\n\n"
        "`midcycle token SLUG --scope SCOPE` prints a bearer token for one meetup and one scope; send it as\n"
        "`Authorization: Bearer TOKEN`. A scope that ends in `:write` may also read the same things.\n"
        "[How to write with it](../how-to/write-with-the-api.md).\n\n"
        f"Stages of a meetup: {', '.join(f'`{stage}`' for stage in STAGES)}.\n\n"
        f"States of a seat: {', '.join(f'`{state}`' for state in SEAT_STATES)}.\n\n"
        f"Scopes: {', '.join(f'`{scope}`' for scope in sorted(SCOPES))}.\n\n"
        "| operation | what it does | scope | answers |\n|---|---|---|---|\n"
    )
    tail = (
        "\n\n## Problems\n\nEvery error is `application/problem+json` (RFC 9457) with `type`, `title`, `status` and `detail`,\n"
        'a sentence that says what to do next; where fields are wrong, `errors` is a list of `{"field", "detail"}`. An\n'
        "address may also answer 405, 429 and 503.\n\n| status | means |\n|---|---|\n"
    )
    return head + "\n".join(operations) + tail + "\n".join(problems) + "\n"


def _who(details: dict[str, Any]) -> str:
    scopes = [scope for wanted in details.get("security", ()) for scope in wanted["Token"]]
    return ", ".join(f"`{scope}`" for scope in scopes) or "none: everybody"


def routes(resolver: URLResolver, prefix: str = "") -> dict[str, str]:
    """Return every route with its meaning, the API's aside; `<slug:slug>` is written as `<slug>`."""
    found: dict[str, str] = {}
    for entry in resolver.url_patterns:
        route = prefix + re.sub(r"<\w+:(\w+)>", r"<\1>", str(entry.pattern).removeprefix("^").removesuffix("$"))
        if route.startswith("api/"):
            continue
        if isinstance(entry, URLPattern):
            found[route] = LIBRARY_VIEWS.get(entry.name or "") or _first_line(entry)
        else:
            found |= routes(entry, route)
    return found


def _first_line(entry: URLPattern) -> str:
    return (inspect.getdoc(inspect.unwrap(entry.callback)) or "").split("\n")[0]


LIBRARY_VIEWS = {
    "account_login": "Ask for a sign-in code.",
    "account_request_login_code": "Ask for a sign-in code.",
    "account_signup": "Ask for a sign-in code.",
    "account_confirm_login_code": "Type the code.",
    "account_logout": "Sign out.",
    "account_inactive": "Say that an account is closed.",
}


def data_points_page() -> str:
    """Return the page of all data points: what each means, and since which version it is computed so."""
    rows = [
        f"| `{one.key}` | {one.title} | {one.meaning} | {_UNITS[one.unit]} | {one.version} | {one.page} |"
        for one in DEFINITIONS
    ]
    head = (
        "# Data points\n\nMade by `make docs` from `midcycle/report/rules/datapoints.py`.\n\n"
        "Figures with a fixed meaning, computed in the same way for every edition. A key never changes what it means;\n"
        "where it is computed otherwise, its version goes up. They are published once (`/m/<slug>/data-points/`, as JSON\n"
        "beside it, and `GET /api/v1/meetups/{slug}/data-points`) and do not change any more; later only what was not known\n"
        "then is added.\n"
        "Their [JSON Schema](../../midcycle/report/schemas/data-points-1.json) is served at `/schemas/data-points-1.json`.\n\n"
        "A point is `told`, `withheld` (it, its complement, or what is left beside other points would be one to four people)\n"
        "or `unknown`. [Decision 0055](../decisions/0055-data-points-are-counted-once-and-audited-together.md) says how.\n\n"
        "| key | is called | means | unit | version | made of what is shown at |\n|---|---|---|---|---|---|\n"
    )
    return head + "\n".join(rows) + "\n"


_UNITS = {
    "people": "people", "things": "number", "share": "0 to 1, `part` of `n`", "groups": "people by group",
    "minor": "minor units of `currency`",
}  # fmt: skip
PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings_page,
    "commands.md": commands_page,
    "addresses.md": addresses_page,
    "api.md": api_page,
    "data-points.md": data_points_page,
}


if __name__ == "__main__":
    for page, text in PAGES.items():
        (FOLDER / page).write_text(text())
    sys.exit(0)
