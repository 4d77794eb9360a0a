"""What is asked of a list's server, and what it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias


@dataclass(frozen=True)
class Request:
    """A request over HTTP. What it carries may be secret, so it shows nothing but where it goes."""

    method: str
    url: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Answer:
    """The answer over HTTP."""

    status: int
    body: bytes = field(repr=False)


class Trouble(Exception):  # noqa: N818 - reads as a fact, not as a crash
    """Raised when a list's server cannot be reached or answers what cannot be understood; the message is for people."""


# Raises Trouble.
Fetch: TypeAlias = Callable[[Request], Answer]
# `joined` now, was `there` already, is `held` for the list's moderator, or `refused` for good.
Outcome = Literal["joined", "there", "held", "refused"]


@dataclass(frozen=True)
class About:
    """What a list's server tells of the list: its name, and the address postings go to; blank where there is none."""

    name: str
    address: str


@dataclass(frozen=True)
class Members:
    """One page of the members' addresses, and whether there are more."""

    addresses: tuple[str, ...] = field(repr=False)
    goes_on: bool


class MemberList(Protocol):
    """A list on a server. Each method is one request and what its answer means."""

    def about(self, fetch: Fetch) -> About:
        """Return what the server tells of the list. Raises Trouble."""
        ...

    def join(self, fetch: Fetch, address: str, *, digest: bool) -> Outcome:
        """Let an address join whose owner has confirmed it. Raises Trouble."""
        ...

    def members(self, fetch: Fetch, page: int) -> Members:
        """Return a page of the members, counted from 1. Raises Trouble."""
        ...
