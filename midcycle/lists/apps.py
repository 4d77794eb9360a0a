"""Registers the app."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """The app `lists`."""

    name = "midcycle.lists"
    default_auto_field = "django.db.models.BigAutoField"
