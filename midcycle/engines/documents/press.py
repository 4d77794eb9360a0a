"""The press: has a document set by a program of its own, so that all the memory it took is given back.

Inside one process typst keeps what it did for the next ten documents: 1.2 GB after ten times 500 badges, where a process that
ends takes 0.25 GB once. It takes 50 ms to start.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Final

_PROGRAM: Final = (sys.executable, "-I", "-m")
_PLAIN: Final = "midcycle.engines.documents.typesetting"
_HYBRID: Final = "midcycle.engines.documents.hybrid"
PATIENCE: Final = 60.0  # seconds; 500 badges take one


class NotPrinted(Exception):  # noqa: N818 - reads as a fact, not as a crash
    """The press stopped: the machine has too little memory or time. What it said last is the message."""


def pressed(template: str, values: Mapping[str, object]) -> bytes:
    """Return the template, filled with the values, as PDF. Raises NotPrinted."""
    return _pressed(_PLAIN, template, [values])[0]


def pressed_each(template: str, several: Sequence[Mapping[str, object]]) -> list[bytes]:
    """Return the template as one PDF/A-3 for each set of values, which tells of the invoice in it. Raises NotPrinted."""
    return _pressed(_HYBRID, template, several)


def _pressed(program: str, template: str, several: Sequence[Mapping[str, object]]) -> list[bytes]:
    asked = json.dumps({"template": template, "several": several}).encode()
    command = (*_PROGRAM, program)
    try:
        done = subprocess.run(command, input=asked, capture_output=True, timeout=PATIENCE, check=True)  # noqa: S603 - our own
    except subprocess.TimeoutExpired:
        raise NotPrinted(f"not ready after {PATIENCE:.0f} seconds") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines()
        raise NotPrinted(said[-1] if said else f"ended with {error.returncode}") from None
    return _parts(done.stdout)


def _parts(answer: bytes) -> list[bytes]:
    """Return what follows a first line of sizes, cut by them."""
    head, _, rest = answer.partition(b"\n")
    ends = list(accumulate(json.loads(head)))
    return [rest[start:end] for start, end in pairwise([0, *ends])]
