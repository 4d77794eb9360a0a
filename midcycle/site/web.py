"""The web server: Django over WSGI, served by granian: `python -m midcycle.site.web HOST PORT WORKERS THREADS`.

Nothing is imported here that the parent of the web workers does not need: the first page waits for it.
"""

import sys

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server


def main(host: str, port: int, workers: int, threads: int) -> None:
    """Serve until told to stop."""
    Server(
        "midcycle.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        backlog=1024,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.error,  # it warns of the number of threads, which is ours to choose
        log_access=False,
        respawn_failed_workers=True,  # alone: the others serve on
        workers_kill_timeout=5,  # what is under way has so many seconds to end
    ).serve()


if __name__ == "__main__":
    main(sys.argv[1], *(int(number) for number in sys.argv[2:5]))
