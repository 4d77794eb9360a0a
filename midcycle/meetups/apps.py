"""Registers the app."""

from django.apps import AppConfig


class MeetupsConfig(AppConfig):
    """The app `meetups`."""

    name = "midcycle.meetups"
    default_auto_field = "django.db.models.BigAutoField"
