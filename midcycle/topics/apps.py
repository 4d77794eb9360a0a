"""Registers the app."""

from django.apps import AppConfig


class TopicsConfig(AppConfig):
    """The app `topics`."""

    name = "midcycle.topics"
    default_auto_field = "django.db.models.BigAutoField"
