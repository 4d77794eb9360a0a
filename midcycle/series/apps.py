"""Registers the app."""

from django.apps import AppConfig


class SeriesConfig(AppConfig):
    """The app `series`."""

    name = "midcycle.series"
    default_auto_field = "django.db.models.BigAutoField"
