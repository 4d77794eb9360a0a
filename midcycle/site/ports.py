"""Whether the servers of an instance can listen where they shall."""

import os
import socket
import time
from typing import Final

from midcycle.conf.schema import Settings
from midcycle.kernel.refusal import Refusal

_PATIENCE: Final = 1.5  # seconds; one that was just killed may still be letting go
_LAST_PORT: Final = 65_534  # the live server takes the one after it


def check_ports(settings: Settings, *, hint: str) -> None:
    """Raise Refusal when the web server or the live server could not listen; `hint` has a `{port}` that is free.

    The web server would share its port with another one without a word, and answer for it.
    """
    if settings.port == settings.live_port_used:
        raise Refusal(
            f"the web server and the live server cannot both listen on port {settings.port}; give them different ports"
        )
    for port, whose in ((settings.port, "web"), (settings.live_port_used, "live")):
        check_port(settings.host, port, whose=whose, hint=hint, beside=settings.port)


def check_port(host: str, port: int, *, whose: str, hint: str = "midcycle live --port {port}", beside: int = 0) -> None:
    """Raise Refusal when the server `whose` could not listen there; the hint names a free port near `beside`."""
    patience = time.monotonic() + _PATIENCE
    while (fault := _fault_of(host, port)) and time.monotonic() < patience:
        time.sleep(0.1)
    if fault:
        other = hint.format(port=_free_port(host, beside or port))
        raise Refusal(f"the {whose} server cannot listen on {host}:{port} ({fault}); choose another port: {other}")


def _fault_of(host: str, port: int) -> str:
    """Return why nobody can listen there, empty when somebody can."""
    if port > _LAST_PORT + 1:
        return "there is no such port"
    try:
        with socket.create_server((host, port)):
            return ""
    except OSError as error:
        return (os.strerror(error.errno) if error.errno and error.errno > 0 else str(error)).lower()


def _free_port(host: str, port: int) -> int:
    """Return a port that is free, with the one after it."""
    candidates = (*range(port + 10, min(port + 200, _LAST_PORT)), 8123)
    return next((p for p in candidates if not _fault_of(host, p) and not _fault_of(host, p + 1)), 8123)
