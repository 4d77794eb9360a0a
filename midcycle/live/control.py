"""Text messages in JSON: everything that is not the document or a caret."""

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from midcycle.engines.crdt.lib0 import LARGEST
from midcycle.kernel.tickets import Role

_ANCHOR = re.compile(r"([0-9]{1,16}):([0-9]{1,16})")

Anchor = tuple[int, int]  # client id and clock of a character


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


@dataclass(frozen=True, slots=True)
class Wish:
    """The client's +1 for the line that begins with a character, or that it be taken away."""

    anchor: Anchor
    on: bool


def read_message(text: str) -> Knock | Wish:
    """Read `{"type": "ticket", …}` or `{"type": "vote", …}`, the only text messages a client sends."""
    match load(text):
        case {"type": "ticket", "ticket": str(ticket), "client_id": int(wanted)}:
            return Knock(ticket, wanted)
        case {"type": "ticket", "ticket": str(ticket)}:
            return Knock(ticket, None)
        case {"type": "vote", "anchor": str(anchor), "on": bool(on)}:
            return Wish(_read_anchor(anchor), on)
    raise BadMessage("Only a ticket or a vote is expected here.")


def hello(me: Present, people: Iterable[Present]) -> str:
    """Greet: who the client is and who else is here, itself included."""
    head = _dump(type="hello", role=me.role, client_id=me.client_id)
    return f'{head[:-1]},"people":[{",".join(map(_person, people))}]}}'


def ack(seq: int) -> str:
    """Say that the first `seq` updates sent on this connection are committed."""
    return f'{{"type":"ack","seq":{seq}}}'


def people(joined: Iterable[Present], left: Iterable[int]) -> str:
    """Say who came and which client ids went."""
    return f'{{"type":"people","joined":[{",".join(map(_person, joined))}],"left":{_numbers(left)}}}'


@lru_cache(8192)
def _person(one: Present) -> str:
    """Write somebody down once: everybody who comes is told of everybody who is here."""
    return _dump(**asdict(one))


def _numbers(values: Iterable[int]) -> str:
    return f"[{','.join(map(str, values))}]"


def votes(people: Iterable[tuple[Anchor, Collection[str]]], *, refused: bool = False) -> str:
    """Say who is for which lines, nobody included; `refused` to the one whose vote was not counted."""
    listed = [
        {"anchor": f"{client}:{clock}", "count": len(those), "people": sorted(those)} for (client, clock), those in people
    ]
    return _dump(type="votes", votes=listed, **({"refused": True} if refused else {}))


def refused(reason: str, *, vote: bool = False) -> str:
    """Say why something was not taken: an update, or a vote, which has no number."""
    return _dump(type="refused", reason=reason, **({"vote": True} if vote else {}))


BEAT = '{"type":"beat"}'
RENEW = '{"type":"renew"}'  # show a new ticket: who may do what has changed


def load(text: str) -> Any:  # noqa: ANN401  (JSON of a stranger)
    """Read JSON or raise `BadMessage`, also where the nesting is too deep."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadMessage("This is not JSON.") from error


def _read_anchor(text: str) -> Anchor:
    found = _ANCHOR.fullmatch(text)
    if found is None or max(int(found[1]), int(found[2])) > LARGEST:
        raise BadMessage("A vote is for a character: its client id, a colon, its clock.")
    return int(found[1]), int(found[2])


def _dump(**fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
