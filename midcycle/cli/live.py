"""`midcycle live`."""

import argparse

from midcycle.cli.serve import take_address
from midcycle.conf.schema import Settings, load
from midcycle.conf.secrets import secret_key
from midcycle.live.server import Setup
from midcycle.live.server import run as run_live
from midcycle.site.ports import check_port
from midcycle.site.tables import check_tables


def run(arguments: argparse.Namespace) -> int:
    """Run the live server until told to stop."""
    take_address(arguments)
    settings = load()
    check_tables(settings)
    check_port(settings.host, settings.live_port_used, whose="live")
    setup = Setup(
        host=settings.host,
        port=settings.live_port_used,
        database_url=settings.database_url_used,
        secret=secret_key(settings),
        origins=origins(settings),
        bus_url=settings.nats_url,
        metrics_token=settings.metrics_token,
    )
    run_live(setup, ready=lambda _port: None)
    return 0


def origins(settings: Settings) -> tuple[str, ...]:
    """Return the origins browsers may come from: the public address, and this machine's own names for itself."""
    return (settings.public_url_used, *(f"http://{host}:{settings.port}" for host in ("localhost", "127.0.0.1", "[::1]")))
