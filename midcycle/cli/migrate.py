"""`midcycle migrate`."""

import argparse
import sys

from django.core.management import call_command


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001 - every command has this signature
    """Make or update the tables."""
    call_command("migrate", interactive=False, verbosity=0)
    sys.stdout.write("The database is up to date.\n")
    return 0
