"""Develops pictures in a program of its own, with little memory and behind everybody else.

Reads a line of JSON for each, `{"name", "source", "folder"}`, and writes one: what `photos.Developed` holds, or why not.
"""

import ctypes
import json
import os
import resource
import signal
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Final

from midcycle.engines.pictures.photos import develop
from midcycle.kernel.refusal import Refusal

MOST_MEMORY: Final = 1024 * 1024 * 1024
"""Bytes of address space: 64 million pixels, decoded slowly, take three quarters of it."""
MOST_WRITTEN: Final = 32 * 1024 * 1024
_NICENESS: Final = 10
_PR_SET_PDEATHSIG: Final = 1


def answer(asked: Mapping[str, str]) -> dict[str, object]:
    """Develop one picture; return what to say about it."""
    try:
        developed = develop(Path(asked["source"]), Path(asked["folder"]))
    except Refusal as refusal:
        return {"name": asked["name"], "refused": refusal.message}
    return {"name": asked["name"], **asdict(developed)}


def main() -> None:
    """Answer line by line, until nothing more comes."""
    os.nice(_NICENESS)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)  # nobody would fetch what is developed after that
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
