"""Registers the app."""

from django.apps import AppConfig


class HostingConfig(AppConfig):
    """The app `hosting`."""

    name = "midcycle.hosting"
    default_auto_field = "django.db.models.BigAutoField"
