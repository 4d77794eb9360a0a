"""Registers the app."""

from django.apps import AppConfig


class BiddingConfig(AppConfig):
    """The app `bidding`."""

    name = "midcycle.bidding"
    default_auto_field = "django.db.models.BigAutoField"
