"""Registers the app."""

from django.apps import AppConfig


class InvoicingConfig(AppConfig):
    """The app `invoicing`."""

    name = "midcycle.invoicing"
    default_auto_field = "django.db.models.BigAutoField"
