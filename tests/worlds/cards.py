"""Meetups whose fees can be paid by card, what the provider tells of them, and the double that takes its part."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from urllib.request import Request, urlopen

from django.test import Client
from pydantic import SecretStr

from midcycle.engines.stripe.events import sha256_of
from midcycle.invoicing.models import Fee
from midcycle.invoicing.payments.stripe import Stripe
from midcycle.invoicing.queries.money import balances
from midcycle.meetups.models import Meetup
from tests.house.floors import ROOT
from tests.world import browser_of
from tests.worlds.fees import charged, charging

KEY = "sk_test_notarealkey"
SECRET = "whsec_notarealsecret"
EVENTS = "/payments/stripe/events/"
_numbers = count(1)


def with_cards(settings, **changes: object) -> None:
    """Give this instance the keys of an account at Stripe."""
    keys = {"stripe_secret_key": SecretStr(KEY), "stripe_webhook_secret": SecretStr(SECRET)}
    settings.MIDCYCLE = settings.MIDCYCLE.model_copy(update={**keys, **changes})


def paying(title: str = "Spring meetup", **changes: object) -> tuple[Meetup, Fee]:
    """Return a meetup that takes cards, and the fee of somebody who went to pay it: their key is `key-…`."""
    meetup = charging(title, takes_cards=True, **changes)
    return meetup, trying(charged(meetup)[1])


def trying(fee: Fee) -> Fee:
    """Let somebody go to the page of the provider, which nobody asks here."""
    at = fee.made_at
    fee.card_tries.create(key=key_of(fee), amount=fee.amount, currency=fee.currency, began_at=at, ends_at=at)
    return fee


def key_of(fee: Fee) -> str:
    """Return the key that comes back with a payment of this fee."""
    return f"key-{fee.pk}"


def event(kind: str, said: dict, *, name: str = "", at: float | None = None) -> bytes:
    """Return an event, in the documented shape."""
    made = {
        "id": name or f"evt_{next(_numbers)}",
        "object": "event",
        "type": kind,
        "created": int(time.time() if at is None else at),
        "livemode": False,
        "data": {"object": said},
    }
    return json.dumps(made, indent=2).encode()


def came(fee: Fee, *, amount: int = 4_500, currency: str = "eur", number: str = "pi_1", **changes: object) -> bytes:
    """Return the event that a payment for a fee came."""
    metadata = {"fee": key_of(fee)}
    said = {"id": number, "amount": amount, "amount_received": amount, "currency": currency, "metadata": metadata}
    return event("payment_intent.succeeded", {**said, **changes})


def went_back(fee: Fee, returned: int, *, amount: int = 4_500, number: str = "pi_1", **changes: object) -> bytes:
    """Return the event that so much of a payment went back so far."""
    said = {
        "id": "ch_1",
        "payment_intent": number,
        "amount": amount,
        "amount_captured": amount,
        "amount_refunded": returned,
        "currency": "eur",
        "metadata": {"fee": key_of(fee)},
    }
    return event("charge.refunded", {**said, **changes})


def signed(body: bytes, *, secret: str = SECRET, at: float | None = None) -> str:
    """Return the header Stripe signs a body with."""
    moment = int(time.time() if at is None else at)
    return f"t={moment},v1={sha256_of(secret, b'%d.%b' % (moment, body))}"


def tell(body: bytes, header: str | None = None, client: Client | None = None):
    """Send an event as Stripe does, and return the answer."""
    headers = {"Stripe-Signature": signed(body) if header is None else header}
    return (client or browser_of()).post(EVENTS, body, content_type="application/json", headers=headers)


def heeded(*bodies: bytes) -> None:
    """Send events, each of which is about a fee of ours."""
    assert [tell(body).content for body in bodies] == [b"Heeded.\n"] * len(bodies)


def standing(meetup: Meetup) -> dict[str, int]:
    """Return what each account comes to, but for those that come to nothing."""
    found = {account: amount for (account, _), amount in balances(meetup).items() if amount}
    assert sum(found.values()) == 0
    return found


@dataclass
class Double:
    """A running double of Stripe: where its API is, and where its pages are."""

    api: str
    page: str

    def provider(self, **changes: object) -> Stripe:
        """Return the provider this instance would have."""
        return Stripe(**{"key": KEY, "secret": SECRET, "api": self.api, "page": self.page, **changes})

    def settings(self) -> dict[str, str]:
        """Return what leads an instance here."""
        return {"stripe_api_url": self.api, "stripe_checkout_url": self.page}

    def be(self, mood: str) -> None:
        """Let it behave so from now on; blank is well."""
        self._post("/_config/mood", {"name": mood})

    def pay(self, fee: Fee, *, amount: int = 4_500, currency: str = "eur", key: str = "") -> str:
        """Let somebody pay past any page, and return the number of the payment."""
        said = {"amount": amount, "currency": currency, "metadata": {"fee": key or key_of(fee)}}
        number: str = json.loads(self._post("/_config/payments", said))["id"]
        return number

    def tell(self, base: str) -> None:
        """Let it send its events to an instance."""
        kinds = ["payment_intent.succeeded", "charge.refunded"]
        self._post("/_config/webhooks/ours", {"url": f"{base}{EVENTS}", "secret": SECRET, "events": kinds})

    def asked(self) -> list[dict]:
        """Return what it was asked so far."""
        with urlopen(f"{self.api}/_config/asked", timeout=10) as answer:  # noqa: S310 - our own
            found: list[dict] = json.load(answer)
        return found

    def _post(self, path: str, said: dict) -> bytes:
        question = Request(f"{self.api}{path}", json.dumps(said).encode(), {"Content-Type": "application/json"})  # noqa: S310
        with urlopen(question, timeout=10) as answer:  # noqa: S310 - our own
            body: bytes = answer.read()
        return body


@contextmanager
def doubled() -> Iterator[Double]:
    """Give a double of Stripe, running as a process of its own."""
    ports = [str(_free_port()) for _ in range(2)]
    command = [sys.executable, "-m", "tests.worlds.stripe_double", *ports]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout
        try:
            assert json.loads(process.stdout.readline()) == {"ready": True}
            yield Double(*(f"http://127.0.0.1:{port}" for port in ports))
        finally:
            process.kill()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port
