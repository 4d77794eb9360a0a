"""`python -m tests.migrations`: fails when a model changed and no migration says so."""

import os
import sys
import tempfile

import django
from django.core.management import call_command

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as data:
        os.environ["MIDCYCLE_DATA"] = data
        os.environ["MIDCYCLE_PUBLIC_URL"] = "https://meet.example.org"
        os.environ["DJANGO_SETTINGS_MODULE"] = "midcycle.site.settings"
        django.setup()
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
        call_command("check", "--deploy", "--fail-level", "WARNING")
    sys.exit(0)
