"""`midcycle serve`."""

import argparse
import os

from midcycle.conf.schema import load
from midcycle.site.ports import check_ports
from midcycle.site.processes import supervise
from midcycle.site.tables import check_tables


def run(arguments: argparse.Namespace) -> int:
    """Run every process of this instance until told to stop."""
    take_address(arguments)
    settings = load()
    check_tables(settings)
    check_ports(settings, hint="midcycle serve --port {port}")
    return supervise(settings)


def take_address(arguments: argparse.Namespace) -> None:
    """Let `--host` and `--port` override the settings, for this process and its children."""
    for name in ("host", "port"):
        if getattr(arguments, name) is not None:
            os.environ[f"MIDCYCLE_{name.upper()}"] = str(getattr(arguments, name))
