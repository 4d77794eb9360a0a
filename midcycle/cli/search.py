"""`midcycle search NUMBER`: works on a search somebody began on the agenda board; the worker starts it."""

import argparse
import os
import sys
import threading

from midcycle.site.searching import work_on


def run(arguments: argparse.Namespace) -> int:
    """Search, and tell the board how far it is."""
    status = work_on(arguments.number)
    if threading.active_count() > 1:  # a thread is in a program that cannot be interrupted; what it found is stored
        sys.stdout.flush()
        os._exit(status)
    return status
