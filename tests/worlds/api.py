"""Machines that ask the API."""

import json
from collections.abc import Mapping

from midcycle.kernel.problems import MEDIA_TYPE
from midcycle.meetups.actions import make_token
from midcycle.meetups.models import Meetup
from tests.world import NOW, browser_of

ROOT = "/api/v1"


def bearer(meetup: Meetup, scope: str = "seats:write") -> dict[str, str]:
    """Return the header of a machine with a new token."""
    return {"Authorization": f"Bearer {make_token(meetup, scope, now=NOW)}"}


def ask(method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None):
    """Send a request to the API; a body that is text or bytes is sent as it is, anything else as JSON."""
    data = "" if body is None else body if isinstance(body, str | bytes) else json.dumps(body)
    kind = "" if body is None else "application/json"
    return browser_of().generic(method, f"{ROOT}{path}", data, content_type=kind, headers=dict(headers or {}))


def problem_of(answer) -> dict[str, object]:
    """Return the problem an answer tells; fail for anything that is none."""
    told = json.loads(answer.content)
    assert answer.headers["Content-Type"] == MEDIA_TYPE
    assert int(answer.headers.get("Content-Length") or len(answer.content)) == len(answer.content)
    assert set(told) - {"errors"} == {"type", "title", "status", "detail"}
    assert told["status"] == answer.status_code
    assert told["detail"].endswith(".")
    return told


def wrong_fields(answer) -> dict[str, str]:
    """Return what an answer says is wrong, by field."""
    return {error["field"]: error["detail"] for error in problem_of(answer).get("errors", ())}
