"""Registers the app."""

from django.apps import AppConfig

from midcycle.kernel.words import speak_through
from midcycle.web.languages import SPEAKER


class WebConfig(AppConfig):
    """The app `web`."""

    name = "midcycle.web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have what rules and engines say said in the language of whoever is being answered."""
        speak_through(SPEAKER)
