"""Wakes the worker of this machine: one datagram to a Unix socket whose path is in the environment.

Losing a datagram is harmless: the worker looks by itself every second.
"""

import os
import socket

VARIABLE = "MIDCYCLE_WAKE_SOCKET"


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
