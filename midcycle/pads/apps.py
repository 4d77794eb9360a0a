"""Registers the app."""

from django.apps import AppConfig


class PadsConfig(AppConfig):
    """The app `pads`."""

    name = "midcycle.pads"
    default_auto_field = "django.db.models.BigAutoField"
