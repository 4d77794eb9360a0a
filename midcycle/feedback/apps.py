"""Registers the app."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """The app `feedback`."""

    name = "midcycle.feedback"
    default_auto_field = "django.db.models.BigAutoField"
