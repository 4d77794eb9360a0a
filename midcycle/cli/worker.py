"""`midcycle worker`."""

import argparse

from midcycle.site.worker import run_worker


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001 - every command has this signature
    """Work until told to stop."""
    run_worker()
    return 0
