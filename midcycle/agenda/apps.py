"""Registers the app."""

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    """The app `agenda`."""

    name = "midcycle.agenda"
    default_auto_field = "django.db.models.BigAutoField"
