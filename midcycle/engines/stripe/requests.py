"""Requests to Stripe, as the pairs of a form (`application/x-www-form-urlencoded`)."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from midcycle.kernel.money import CURRENCIES as OURS

Form = tuple[tuple[str, str], ...]

CURRENCIES: Final = frozenset(code for code, digits in OURS.items() if digits <= 2) - {"ISK", "MGA", "UGX"}
"""Currencies whose smallest unit is the same at Stripe as in ISO 4217; three have another (docs.stripe.com/currencies)."""
LEAST_SECONDS: Final = 30 * 60
"""How long a Checkout Session is open at least, says Stripe; a day at most."""


@dataclass(frozen=True, slots=True)
class Session:
    """What somebody is asked to pay on Stripe's page: an amount in minor units, and where the browser goes afterwards.

    `key` comes back with each event about the payment, `reference` is what people read at Stripe. Nothing names who pays.
    """

    key: str
    reference: str
    name: str
    amount: int
    currency: str
    ends_at: int
    paid_url: str
    back_url: str


def form_of_session(session: Session) -> Form:
    """Return the form that makes a Checkout Session (`POST /v1/checkout/sessions`): one amount, by card, in one currency."""
    return (
        ("mode", "payment"),
        ("payment_method_types[0]", "card"),
        ("line_items[0][quantity]", "1"),
        ("line_items[0][price_data][currency]", session.currency.lower()),
        ("line_items[0][price_data][unit_amount]", str(session.amount)),
        ("line_items[0][price_data][product_data][name]", session.name),
        ("client_reference_id", session.reference),
        ("metadata[fee]", session.key),
        ("payment_intent_data[metadata][fee]", session.key),
        ("payment_intent_data[description]", session.reference),
        ("adaptive_pricing[enabled]", "false"),  # the amount that comes is the amount that was asked
        ("expires_at", str(session.ends_at)),
        ("success_url", session.paid_url),
        ("cancel_url", session.back_url),
    )


def form_of_refund(payment: str) -> Form:
    """Return the form that gives back what is left of a payment (`POST /v1/refunds`)."""
    return (("payment_intent", payment),)


def path_of_charge(payment: str) -> str:
    """Return where a payment is read with what Stripe took for it (`GET /v1/payment_intents/…`)."""
    return f"/v1/payment_intents/{quote(payment, safe='')}?expand[]=latest_charge.balance_transaction"
