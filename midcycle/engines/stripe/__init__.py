"""What is said to Stripe, and what it says: Checkout Sessions, refunds, charges, and signed events. No network, no clock.

Shapes: docs.stripe.com/api (checkout/sessions/create, refunds/create, payment_intents/retrieve, events) and
docs.stripe.com/webhooks (signatures).
"""

from midcycle.engines.stripe.answers import Charged, NotAnAnswerError, charged_in, error_in, page_in
from midcycle.engines.stripe.events import (
    TOLERANCE,
    Moved,
    NotAnEventError,
    NotSignedError,
    read_event,
    verify,
)
from midcycle.engines.stripe.requests import CURRENCIES, LEAST_SECONDS, Session, form_of_refund, form_of_session, path_of_charge

__all__ = [
    "CURRENCIES", "LEAST_SECONDS", "TOLERANCE", "Charged", "Moved", "NotAnAnswerError", "NotAnEventError",
    "NotSignedError", "Session", "charged_in", "error_in", "form_of_refund", "form_of_session", "page_in", "path_of_charge",
    "read_event", "verify",
]  # fmt: skip
