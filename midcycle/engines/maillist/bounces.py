"""Reading a letter that came back: a delivery status notification (RFC 3464) to a return path of its own."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from typing import Final

MOST_BYTES: Final = 1024 * 1024
_TO: Final = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
_TOKEN: Final = re.compile(r"\+([0-9]{1,18}-[0-9a-f]{16})@", re.ASCII)
_STATUS: Final = re.compile(r"\b([245])\.([0-9]{1,3})\.([0-9]{1,3})\b", re.ASCII)
# Of RFC 3463: there is no such mailbox, host or address; it moved; it is closed. Others pass, or are about one letter.
_FOR_EVER: Final = frozenset({"5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.4"})


@dataclass(frozen=True)
class Bounce:
    """Which letter came back, by what stands in its return path, and the status of RFC 3463."""

    token: str
    status: str

    @property
    def is_for_ever(self) -> bool:
        """Say whether the address will never take a letter."""
        return self.status in _FOR_EVER


def read_bounce(raw: bytes) -> Bounce | None:
    """Return which letter failed and why; None for anything else, such as a delay, a receipt or an answer of a robot.

    Anybody can write to a return path: a letter with parts in parts in parts, without an end, is something else too.
    """
    try:
        return _read(raw[:MOST_BYTES])
    except RecursionError:
        return None


def _read(raw: bytes) -> Bounce | None:
    message = message_from_bytes(raw, policy=compat32)
    token = _token_in(message)
    if token is None:
        return None
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            status = _failed(_groups(part))
            if status is not None:
                return Bounce(token, status)
    return None


def _token_in(message: Message) -> str | None:
    for name in _TO:
        for value in message.get_all(name, []):
            found = _TOKEN.search(str(value).lower())
            if found:
                return found[1]
    return None


def _groups(part: Message) -> Iterable[Message]:
    """Return the groups of fields of a report: the first is about the message, each other about one recipient."""
    groups = part.get_payload()
    return [group for group in groups if isinstance(group, Message)] if isinstance(groups, list) else []


def _failed(groups: Iterable[Message]) -> str | None:
    for group in groups:
        if str(group.get("Action", "")).strip().lower() != "failed":
            continue
        found = _STATUS.search(str(group.get("Status", "")))
        if found and found[1] == "5":
            return found[0]
    return None
