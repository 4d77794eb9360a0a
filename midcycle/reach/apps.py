"""Registers the app."""

from django.apps import AppConfig


class ReachConfig(AppConfig):
    """The app `reach`."""

    name = "midcycle.reach"
    default_auto_field = "django.db.models.BigAutoField"
