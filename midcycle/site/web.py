"""The web server: Django over WSGI, served by granian."""

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from midcycle.conf.schema import load


def main() -> None:
    """Serve until told to stop."""
    settings = load()
    Server(
        "midcycle.site.wsgi:application",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.web_workers,
        blocking_threads=settings.web_threads,
        backlog=1024,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,
        workers_kill_timeout=8,
    ).serve()


if __name__ == "__main__":
    main()
