"""Registers the app."""

from django.apps import AppConfig


class OnsiteConfig(AppConfig):
    """The app `onsite`."""

    name = "midcycle.onsite"
    default_auto_field = "django.db.models.BigAutoField"
