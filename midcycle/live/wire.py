"""What a transport must do for a connection, and how connections end."""

from enum import IntEnum
from typing import Protocol


class Close(IntEnum):
    """Close codes of ours (RFC 6455 leaves 4000 to 4999 to us) and two of the standard."""

    RESTART = 1012  # come back soon
    FAILED = 1011  # the server's fault
    MALFORMED = 4400  # not the protocol
    TICKET = 4401  # no valid ticket: fetch a new one
    FORBIDDEN = 4403  # not allowed to write so
    UNKNOWN = 4404  # no such pad, or none any more
    SLOW = 4408  # a deadline passed, or nothing is read any more
    AGAIN = 4409  # connect again and synchronise; also: the same client id came again
    TOO_LARGE = 4413  # a message or the pad
    TOO_MANY = 4429  # connections, or client ids


class Wire(Protocol):
    """One socket. Sending to a closed one does nothing."""

    def send_text(self, text: str) -> None:
        """Send a text message."""

    def add_text(self, text: str) -> None:
        """Send a short text message with the next binary one of this turn of the loop, or at its end."""

    def send_bytes(self, data: bytes) -> None:
        """Send a binary message."""

    def pass_on(self, data: bytes, most: int) -> bool:
        """Send a binary message unless more than `most` bytes wait already; say whether it went."""

    def unsent(self) -> int:
        """Count the bytes that wait for the client to read."""

    def pause(self) -> None:
        """Stop reading: the client's sending stalls, nothing is lost."""

    def resume(self) -> None:
        """Read again."""

    def close(self, code: int, reason: str) -> None:
        """Say why and end."""
