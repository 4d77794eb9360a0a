"""Registers the app."""

from django.apps import AppConfig


class ReportConfig(AppConfig):
    """The app `report`."""

    name = "midcycle.report"
    default_auto_field = "django.db.models.BigAutoField"
