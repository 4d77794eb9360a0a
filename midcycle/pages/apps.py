"""Registers the app."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The app `pages`."""

    name = "midcycle.pages"
    default_auto_field = "django.db.models.BigAutoField"
