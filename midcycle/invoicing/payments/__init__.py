"""The door to whoever takes payments by card: what is needed of one, and the one this instance has, if any."""

from midcycle.conf.schema import Settings
from midcycle.invoicing.payments.provider import (
    ForgedError,
    Order,
    Provider,
    RefusedError,
    Taken,
    UnansweredError,
)
from midcycle.invoicing.payments.stripe import Stripe

__all__ = ["ForgedError", "Order", "Provider", "RefusedError", "Taken", "UnansweredError", "provider_of"]


def provider_of(settings: Settings) -> Provider | None:
    """Return the provider of this instance; None where its keys are not set, and nothing is said of cards."""
    if settings.stripe_secret_key is None or settings.stripe_webhook_secret is None:
        return None
    return Stripe(
        key=settings.stripe_secret_key.get_secret_value(),
        secret=settings.stripe_webhook_secret.get_secret_value(),
        api=settings.stripe_api_url,
        page=settings.stripe_checkout_url,
    )
