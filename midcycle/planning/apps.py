"""Registers the app."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """The app `planning`."""

    name = "midcycle.planning"
    default_auto_field = "django.db.models.BigAutoField"
