"""What is needed of a provider of payments by card."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from midcycle.invoicing.rules.cards import Told


class UnansweredError(Exception):
    """No answer came, so nobody knows what happened: the same may be asked again, with the same key."""


class RefusedError(Exception):
    """The provider said no, or something that makes no sense: the same key would get the same answer again."""


class ForgedError(Exception):
    """What came does not come from the provider."""


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody is to pay: an amount in minor units, for what, until when, and where the browser goes afterwards.

    `key` comes back with what is told of the payment, and makes asking twice the same as asking once.
    """

    key: str
    reference: str
    name: str
    amount: int
    currency: str
    ends_at: datetime
    paid_url: str
    back_url: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What the provider took for a payment, in minor units."""

    amount: int
    currency: str


class Provider(Protocol):
    """Takes payments by card on a page of its own. All of it raises UnansweredError and RefusedError."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def page(self) -> str:
        """Scheme and host of the page on which people pay."""

    @property
    def is_test(self) -> bool:
        """Say whether it only plays, and no money moves."""

    @property
    def currencies(self) -> frozenset[str]:
        """Currencies whose minor units it counts as we do."""

    def begin(self, order: Order) -> str:
        """Return the address of a page on which this can be paid."""

    def give_back(self, payment: str, *, key: str) -> None:
        """Ask it to give back what is left of a payment. That it did so is told by an event."""

    def taken_for(self, payment: str) -> Taken | None:
        """Return what it took for a payment; None while it does not know."""

    def read(self, body: bytes, signature: str, *, now: datetime) -> Told | None:
        """Return what an event tells of a payment; None when it is about something else. Raises ForgedError."""
