"""Registers the app."""

from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    """The app `registration`."""

    name = "midcycle.registration"
    default_auto_field = "django.db.models.BigAutoField"
