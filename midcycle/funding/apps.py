"""Registers the app."""

from django.apps import AppConfig


class FundingConfig(AppConfig):
    """The app `funding`."""

    name = "midcycle.funding"
    default_auto_field = "django.db.models.BigAutoField"
