"""Registers the app."""

from django.apps import AppConfig


class MailingConfig(AppConfig):
    """The app `mailing`."""

    name = "midcycle.mailing"
    default_auto_field = "django.db.models.BigAutoField"
