"""Registers the app."""

from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    """The app `outcomes`."""

    name = "midcycle.outcomes"
    default_auto_field = "django.db.models.BigAutoField"
