"""Registers the app."""

from django.apps import AppConfig


class PhotosConfig(AppConfig):
    """The app `photos`."""

    name = "midcycle.photos"
    default_auto_field = "django.db.models.BigAutoField"
