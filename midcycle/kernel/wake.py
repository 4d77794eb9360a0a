"""Wakes the worker of this machine: one datagram to a Unix socket whose path is in the environment.

Losing a datagram is harmless: the worker looks by itself every second.
"""

import hashlib
import os
import socket
import tempfile
from pathlib import Path

VARIABLE = "MIDCYCLE_WAKE_SOCKET"
LONGEST = 100  # bytes; the address of a Unix socket holds 107 on Linux, 103 elsewhere


def socket_path(data: Path) -> str:
    """Return where the socket of an instance is: in its data directory, or in the temporary one when that path is too long."""
    path = str((data / "wake.socket").resolve())
    if len(os.fsencode(path)) <= LONGEST:
        return path
    return str(Path(tempfile.gettempdir()) / f"midcycle-{hashlib.sha256(os.fsencode(path)).hexdigest()[:16]}.socket")


def wake() -> None:
    """Tell the worker that there is something to do; silent when there is no worker."""
    path = os.environ.get(VARIABLE)
    if not path:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.settimeout(0)
        try:
            sender.sendto(b"1", path)
        except OSError:
            return
