"""Messages that were changed at random: what a broken or hostile client may send to the live server."""

import json
from collections.abc import Callable, Sequence
from random import Random

from pycrdt import Doc, Text

from midcycle.engines.crdt import protocol
from midcycle.engines.crdt.lib0 import buffer, number
from midcycle.engines.crdt.updates import ROOT

Message = bytes | str
_ODD = (0, 1, 2**7 - 1, 2**7, 2**14, 2**28 - 1, 2**28, 2**31 - 1, 2**31, 2**32 - 1, 2**32, 2**53 - 1, 2**53, 2**63, 2**64 - 1)
_WORDS = ("x", "notes ", "\n", "é", "😀", "🎉🎉", "\0", "a" * 300)


def seeds(base: bytes, client: int, chance: Random) -> list[Message]:
    """Give honest messages of a client that knows `base`, a whole document as one update."""
    doc = Doc[Text](client_id=client)
    doc.apply_update(base)
    text = doc.get(ROOT, type=Text)
    found: list[Message] = [protocol.question({}), b"\x03", protocol.answer(protocol.EMPTY)]
    for _ in range(4):
        before = doc.get_state()
        text.insert(len(str(text)[: chance.randrange(20)].encode()), chance.choice(_WORDS))
        found += [protocol.change(doc.get_update(before)), protocol.question({client: 3, 1: 2})]
    before = doc.get_state()
    del text[0 : len(str(text)[:2].encode())]
    found += [protocol.change(doc.get_update(before)), protocol.answer(doc.get_update())]
    place = {"tname": ROOT, "item": {"client": 1, "clock": 1}, "assoc": 0}
    look = json.dumps({"user": {"name": "<b>"}, "cursor": {"anchor": place, "head": place}})
    found.append(protocol.looks([protocol.look(protocol.Look(client, 7, look))]))
    found += [_crafted(client, chance) for _ in range(4)]
    found.append(json.dumps({"type": "ticket", "ticket": "x.y.z", "client_id": client}))
    found.append(json.dumps({"type": "vote", "anchor": f"{client}:0", "on": True}))
    return found


def _crafted(client: int, chance: Random) -> bytes:
    """Write an update by hand, with neighbours that need not be there."""
    info, parts = 4, b""
    for flag in (0x80, 0x40):
        if chance.random() < 0.7:
            info |= flag
            parts += number(chance.choice((1, client, 7, *_ODD[:6]))) + number(chance.choice((0, 1, 5, 6, 7, *_ODD)))
    if info == 4:
        parts = number(1) + buffer(ROOT.encode())
    if chance.random() < 0.2:
        info = info & ~0x1F | chance.randrange(32)
    run = bytes((info,)) + parts + buffer(chance.choice(_WORDS).encode())
    amount = chance.choice((1, 1, 1, 2, *_ODD))
    head = number(1) + number(amount) + number(client) + number(chance.choice((0, 0, 0, 1, *_ODD)))
    gone = (
        number(chance.choice((1, client))) + number(1) + number(chance.choice((0, 5, 6, *_ODD))) + number(chance.choice(_ODD))
    )
    return protocol.change(head + run + (number(1) + gone if chance.random() < 0.4 else number(0)))


def mutant(honest: Sequence[Message], chance: Random) -> Message:
    """Change one of the messages."""
    message = chance.choice(honest)
    data = bytearray(message.encode() if isinstance(message, str) else message)
    other = chance.choice(honest)
    for _ in range(chance.choice((0, 1, 1, 1, 2, 3, 8))):
        chance.choice(_CHANGES)(data, other.encode() if isinstance(other, str) else other, chance)
    if isinstance(message, str):
        return data.decode("utf-8", "replace")
    return _fitted(bytes(data), chance)


def _fitted(data: bytes, chance: Random) -> bytes:
    """Often correct the length before an update, so that the change is seen by what lies deeper."""
    if data[:1] == b"\x00" and len(data) > 4 and chance.random() < 0.6:
        at = 2
        while at < len(data) - 1 and data[at] >= 0x80:
            at += 1
        return data[:2] + buffer(data[at + 1 :])
    return data


def _flip(data: bytearray, _: bytes, chance: Random) -> None:
    if data:
        data[chance.randrange(len(data))] = chance.randrange(256)


def _bit(data: bytearray, _: bytes, chance: Random) -> None:
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _cut(data: bytearray, _: bytes, chance: Random) -> None:
    del data[chance.randrange(len(data) + 1) :]


def _drop(data: bytearray, _: bytes, chance: Random) -> None:
    at = chance.randrange(len(data) + 1)
    del data[at : at + chance.randint(1, 4)]


def _repeat(data: bytearray, _: bytes, chance: Random) -> None:
    at = chance.randrange(len(data) + 1)
    data[at:at] = data[at : at + chance.randint(1, 20)] * chance.randint(1, 5)


def _splice(data: bytearray, other: bytes, chance: Random) -> None:
    data[chance.randrange(len(data) + 1) :] = other[chance.randrange(len(other) + 1) :]


def _odd(data: bytearray, _: bytes, chance: Random) -> None:
    at = chance.randrange(len(data) + 1)
    data[at : at + chance.randint(0, 4)] = number(chance.choice(_ODD))


_CHANGES: tuple[Callable[[bytearray, bytes, Random], None], ...] = (_flip, _bit, _cut, _drop, _repeat, _splice, _odd, _odd)
