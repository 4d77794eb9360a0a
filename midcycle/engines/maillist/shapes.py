"""What is asked of a list's server, and what it answers."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeAlias


@dataclass(frozen=True)
class Request:
    """A request over HTTP. What it carries may be secret, so it shows nothing but where it goes."""

    method: str
    url: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Answer:
    """The answer over HTTP. `wait` is how many seconds the server wants to be left alone (`Retry-After`)."""

    status: int
    body: bytes = field(repr=False)
    wait: int = 0

    def told(self) -> Any:  # noqa: ANN401 - JSON
        """Return what the JSON of the body says; None for anything else."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):  # the latter: brackets in brackets, without an end
            return None


# What is known of a request that led to trouble: whether it was done, that it was not and can be later, or never will be.
Fate: TypeAlias = Literal["unclear", "later", "never"]


class Trouble(Exception):  # noqa: N818 - reads as a fact, not as a crash
    """Raised when a list's server cannot be reached or answers what cannot be understood; the message is for people."""

    def __init__(self, said: str, *, fate: Fate = "unclear", wait: int = 0) -> None:
        """Say what is known of the request, and how many seconds the server wants to be left alone."""
        super().__init__(said)
        self.fate: Fate = fate
        self.wait = wait


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
