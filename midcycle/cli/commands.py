"""The commands: name, help, arguments, and the module of this package that does it."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

MOST_SECONDS: Final = 1_000_000
LAST_PORT: Final = 65_534  # the live server takes the one after it


def _none(parser: ArgumentParser) -> None:
    """Take no arguments of its own."""


def _port_number(text: str) -> int:
    port = int(text) if text.isascii() and text.isdecimal() else 0
    if not 1 <= port <= LAST_PORT:
        raise ArgumentTypeError(f"{text} is no port; choose a number from 1 to {LAST_PORT}")
    return port


def _port(parser: ArgumentParser) -> None:
    parser.add_argument("--host", help="address to listen on (default: 127.0.0.1)")
    text = "port of the web server; the live server takes the next one (default: 8000)"
    parser.add_argument("--port", type=_port_number, metavar="PORT", help=text)


def _demo(parser: ArgumentParser) -> None:
    _port(parser)
    parser.add_argument("--fresh", action="store_true", help="forget the demo that is there and start over")


def _replay(parser: ArgumentParser) -> None:
    parser.add_argument("facts", metavar="FACTS.yaml", help="facts of a real meetup or series")
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of lines")


def _token(parser: ArgumentParser) -> None:
    parser.add_argument("slug", metavar="SLUG", help="the meetup, as in /m/SLUG/")
    deed = parser.add_mutually_exclusive_group(required=True)
    deed.add_argument("--scope", help="make a token that may do this, such as seats:write")
    deed.add_argument("--list", action="store_true", help="list the tokens: number, scope, day made, day last used")
    deed.add_argument("--revoke", type=int, metavar="NUMBER", help="let the token of this number open nothing any more")


def _rotation(parser: ArgumentParser) -> None:
    parser.add_argument("facts", metavar="FACTS.yaml", help="facts of a series, as on the page of a series")
    parser.add_argument("--judged-from", metavar="DAY", help="judge editions from this day on, such as 2016-02-15")
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of lines")


def _archive(parser: ArgumentParser) -> None:
    parser.add_argument("slug", metavar="SLUG", help="the meetup, as in /m/SLUG/")
    text = "folder for the files: not there yet, empty, or with an earlier archive of the same meetup"
    parser.add_argument("--out", required=True, metavar="DIR", help=text)


def _draw(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="draw.json, from the page of a waitlist")


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds <= MOST_SECONDS:
        raise ArgumentTypeError(f"{text} is no time; choose seconds up to {MOST_SECONDS}")
    return seconds


def _solve(parser: ArgumentParser) -> None:
    parser.add_argument("problem", metavar="PROBLEM.json", help="a problem of the format midcycle-agenda/1")
    parser.add_argument("--out", required=True, metavar="PLAN.json", help="file for the plan")
    parser.add_argument("--seconds", type=_seconds, default=15.0, help="how long to search at the most (default: 15)")
    parser.add_argument("--seed", type=int, default=1, help="where chance begins (default: 1)")
    parser.add_argument("--from", dest="start", metavar="PLAN", help="a plan to begin from, to change it as little as pays")


def _verify(parser: ArgumentParser) -> None:
    parser.add_argument("problem", metavar="PROBLEM.json", help="the problem")
    parser.add_argument("plan", metavar="PLAN.json", help="a plan for it, with its certificate")
    parser.add_argument("--seconds", type=_seconds, default=600.0, help="how long to check at the most (default: 600)")


def _search(parser: ArgumentParser) -> None:
    parser.add_argument("number", type=int, metavar="NUMBER", help="the search, as the worker knows it")


def _admin(parser: ArgumentParser) -> None:
    parser.add_argument("email", metavar="EMAIL", help="address of the person; made known if new")


@dataclass(frozen=True)
class Command:
    """One command."""

    help: str
    module: str
    arguments: Callable[[ArgumentParser], None] = _none
    needs_django: bool = True
    needs_tables: bool = False
    data: str = ".midcycle"
    is_demo: bool = False


COMMANDS: Final = {
    "serve": Command("Run the web server, the live server and the worker.", "serve", _port, needs_django=False),
    "demo": Command("Load a demo and run it.", "demo", _demo, needs_django=False, data=".demo", is_demo=True),
    "load-demo": Command(
        "Load the demo, or bring it up to today, and print its sign-in links.", "load_demo", data=".demo", is_demo=True
    ),
    "migrate": Command("Make or update the database tables.", "migrate"),
    "replay": Command("Run the facts of a real meetup through the real actions and compare.", "replay", _replay),
    "rotation": Command("Hold the editions of a series against its rule.", "rotation", _rotation, needs_django=False),
    "token": Command("Make, list or revoke the bearer tokens of a meetup.", "token", _token, needs_tables=True),
    "archive": Command(
        "Write what everybody can read of a meetup as files that open from a disk.", "archive", _archive, needs_tables=True
    ),
    "draw": Command("Draw the lots of a waitlist again from its published file.", "draw", _draw, needs_django=False),
    "solve": Command("Compute the best agenda for a problem, with a proven bound.", "solve", _solve, needs_django=False),
    "verify": Command("Check a plan and its proven bound without the solver.", "verify", _verify, needs_django=False),
    "admin": Command("Let a person look after this instance.", "admin", _admin, needs_tables=True),
    "search": Command("Work on a search for a better agenda; the worker starts it.", "search", _search, needs_tables=True),
    "worker": Command("Run the worker alone.", "worker", needs_tables=True),
    "live": Command("Run the live server alone.", "live", _port, needs_django=False),
}
