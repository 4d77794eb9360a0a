"""Payments by card with Stripe Checkout."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from threading import Semaphore
from time import sleep
from typing import Final
from urllib.parse import urlencode

from midcycle.engines import stripe
from midcycle.invoicing.payments.https import WITHIN, Question, ask
from midcycle.invoicing.payments.provider import ForgedError, Order, RefusedError, Taken, UnansweredError
from midcycle.invoicing.rules.cards import Told

_AT_ONCE: Final = Semaphore(2)
"""Requests of this process that wait for Stripe: each holds one of the few places at which requests are served."""
_PATIENCE: Final = 0.2  # seconds
_TRIES: Final = 3
_PAUSE: Final = 0.4  # seconds, when the same is under way already
_log = logging.getLogger("midcycle.invoicing")


@dataclass(frozen=True)
class Stripe:
    """An account at Stripe: its keys, where its API is, and where its page is."""

    key: str = field(repr=False)
    secret: str = field(repr=False)
    api: str
    page: str
    wait: Callable[[float], None] = sleep
    within: float = WITHIN
    name: str = "Stripe"
    currencies: frozenset[str] = stripe.CURRENCIES

    @property
    def is_test(self) -> bool:
        """Say whether the key is of Stripe's test mode."""
        return "_test_" in self.key[:8]

    def begin(self, order: Order) -> str:
        """Make a Checkout Session, and return the address of its page."""
        session = stripe.Session(
            key=order.key,
            reference=order.reference,
            name=order.name,
            amount=order.amount,
            currency=order.currency,
            ends_at=int(order.ends_at.timestamp()),
            paid_url=order.paid_url,
            back_url=order.back_url,
        )
        body = self._ask("/v1/checkout/sessions", urlencode(stripe.form_of_session(session)), key=f"checkout-{order.key}")
        try:
            return stripe.page_in(body, self.page)
        except stripe.NotAnAnswerError as error:
            raise RefusedError(str(error)) from None

    def give_back(self, payment: str, *, key: str) -> None:
        """Ask for a refund of what is left."""
        self._ask("/v1/refunds", urlencode(stripe.form_of_refund(payment)), key=f"refund-{key}")

    def taken_for(self, payment: str) -> Taken | None:
        """Read the fee of the balance transaction."""
        try:
            found = stripe.charged_in(self._ask(stripe.path_of_charge(payment)))
        except stripe.NotAnAnswerError as error:
            raise RefusedError(str(error)) from None
        return Taken(found.amount, found.currency) if found else None

    def read(self, body: bytes, signature: str, *, now: datetime) -> Told | None:
        """Check the signature, then read the event."""
        try:
            stripe.verify(body, signature, self.secret, now=now.timestamp())
            moved = stripe.read_event(body)
        except (stripe.NotSignedError, stripe.NotAnEventError) as error:
            raise ForgedError(str(error)) from None
        if moved is None:
            return None
        return Told(
            event=moved.event,
            kind=moved.kind,
            payment=moved.payment,
            key=moved.key,
            amount=moved.amount,
            returned=moved.returned,
            currency=moved.currency,
            at=datetime.fromtimestamp(min(moved.at, int(now.timestamp())), UTC),
        )

    def _ask(self, path: str, form: str | None = None, *, key: str = "") -> bytes:
        """Return what Stripe answers; while it is at work on the same, wait a moment and ask again."""
        if not _AT_ONCE.acquire(timeout=_PATIENCE):
            raise UnansweredError("many ask at once")
        try:
            for tried in range(_TRIES):
                if tried:
                    self.wait(_PAUSE)
                status, body = ask(Question(self.api, path, self.key, form, key, self.within))
                if status != HTTPStatus.CONFLICT:
                    break
        finally:
            _AT_ONCE.release()
        if status == HTTPStatus.OK:
            return body
        _log.warning("Stripe refused", extra={"fields": {"status": status, "error": stripe.error_in(body)}})
        if status in (HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS):
            raise UnansweredError(f"status {status}")
        raise RefusedError(f"status {status} {stripe.error_in(body)}".strip())
