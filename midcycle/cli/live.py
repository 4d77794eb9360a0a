"""`midcycle live`."""

import argparse

from midcycle.cli.serve import take_address
from midcycle.conf.schema import load
from midcycle.conf.secrets import secret_key
from midcycle.live.server import run as run_live


def run(arguments: argparse.Namespace) -> int:
    """Run the live server until told to stop."""
    take_address(arguments)
    settings = load()
    run_live(
        host=settings.host,
        port=settings.live_port_used,
        database_url=settings.database_url_used,
        secret=secret_key(settings),
        origins=None if settings.demo else (settings.public_url_used,),
    )
    return 0
