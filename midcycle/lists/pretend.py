"""The list of the demo: answers as a Mailman would, so that joining and writing can be tried without one. It keeps nothing."""

import json
from typing import Final

from midcycle.conf.schema import ListServer
from midcycle.engines.maillist import Answer, Request

URL: Final = "http://mailman.invalid/3.1"
NAME: Final = "operators"
ADDRESS: Final = "operators@lists.example.org"
SERVERS: Final = {
    NAME: ListServer(
        kind="mailman",
        url=URL,
        user="demo",
        secret="",
        list="operators.lists.example.org",
        open_to=("european-operators-mid-cycle",),
    )
}


def answer(request: Request) -> Answer:
    """Return what a Mailman with a list nobody is on yet would answer."""
    if request.method == "POST":
        return Answer(201, b"")
    told = {"entries": [], "total_size": 0, "display_name": "Operators", "fqdn_listname": ADDRESS}
    return Answer(200, json.dumps(told).encode())
