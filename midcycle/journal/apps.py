"""Registers the app."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The app `journal`."""

    name = "midcycle.journal"
    default_auto_field = "django.db.models.BigAutoField"
