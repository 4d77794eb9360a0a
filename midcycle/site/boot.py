"""Starts Django in a process of ours."""

import os

import django


def boot() -> None:
    """Set Django up once. Raises ConfigError when a setting is wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "midcycle.site.settings")
    django.setup()
