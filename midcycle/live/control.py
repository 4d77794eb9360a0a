"""Text messages in JSON: everything that is not the document or a caret."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from midcycle.kernel.tickets import Role


class BadMessage(ValueError):  # noqa: N818 - reads as a fact
    """The client's text message is none we know."""


@dataclass(frozen=True, slots=True)
class Present:
    """One connection in a pad. The same person may have several."""

    client_id: int
    person: str
    name: str
    colour: int
    role: Role


@dataclass(frozen=True, slots=True)
class Knock:
    """The client's ticket, and the client id it would like to keep."""

    ticket: str
    client_id: int | None


def read_knock(text: str) -> Knock:
    """Read `{"type": "ticket", …}`, the only text message a client sends."""
    match load(text):
        case {"type": "ticket", "ticket": str(ticket), "client_id": int(wanted)}:
            return Knock(ticket, wanted)
        case {"type": "ticket", "ticket": str(ticket)}:
            return Knock(ticket, None)
    raise BadMessage("Only a ticket is expected here.")


def hello(me: Present, people: Iterable[Present]) -> str:
    """Greet: who the client is and who else is here, itself included."""
    return _dump(type="hello", role=me.role, client_id=me.client_id, people=[asdict(one) for one in people])


def ack(seq: int) -> str:
    """Say that the first `seq` updates sent on this connection are committed."""
    return _dump(type="ack", seq=seq)


def people(joined: Iterable[Present], left: Iterable[int]) -> str:
    """Say who came and which client ids went."""
    return _dump(type="people", joined=[asdict(one) for one in joined], left=list(left))


def refused(reason: str) -> str:
    """Say why something was not taken."""
    return _dump(type="refused", reason=reason)


BEAT = '{"type":"beat"}'


def load(text: str) -> Any:  # noqa: ANN401  (JSON of a stranger)
    """Read JSON or raise `BadMessage`, also where the nesting is too deep."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadMessage("This is not JSON.") from error


def _dump(**fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
