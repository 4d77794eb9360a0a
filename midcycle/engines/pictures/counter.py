"""The counter of the darkroom: pictures are handed in and fetched here, and nobody waits for one.

A picture that brings the darkroom down, or keeps it busy for too long, is told apart from those behind it.
"""

import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from midcycle.engines.pictures.photos import Developed

_PROGRAM: Final = (sys.executable, "-I", "-m", "midcycle.engines.pictures.darkroom")
PATIENCE: Final = 60.0  # seconds for one picture; one of 12 million pixels takes half of one
BROKE: Final = "This picture could not be developed. Save it anew as a JPEG, and send that."


@dataclass(frozen=True, slots=True)
class Job:
    """A picture to develop: a name to know it by, the file, and the folder its sizes go to."""

    name: str
    source: Path
    folder: Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a picture: developed, or why not."""

    name: str
    developed: Developed | None = None
    refused: str = ""


@dataclass
class Counter:
    """Pictures under way in one darkroom, first come first. Moments are seconds of one clock that only goes on."""

    patience: float = PATIENCE
    program: Sequence[str] = _PROGRAM
    _process: subprocess.Popen[bytes] | None = None
    _under_way: deque[str] = field(default_factory=deque)
    _unread: bytes = b""
    _heard_at: float = 0.0

    @property
    def under_way(self) -> frozenset[str]:
        """Names of those handed in and not fetched."""
        return frozenset(self._under_way)

    def hand_in(self, jobs: Sequence[Job], *, now: float) -> None:
        """Hand pictures in; the darkroom is opened if it is closed."""
        if not jobs:
            return
        if not self._under_way:
            self._heard_at = now
        process = self._process or self._opened()
        asked = [{"name": job.name, "source": str(job.source), "folder": str(job.folder)} for job in jobs]
        self._under_way.extend(job.name for job in jobs)
        try:
            if process.stdin is not None:
                process.stdin.write(b"".join(json.dumps(one).encode() + b"\n" for one in asked))
                process.stdin.flush()
        except BrokenPipeError:
            return  # it ended; the next fetch tells

    def fetch(self, *, now: float) -> list[Outcome]:
        """Return what is ready. Those that were behind one that failed are under way no more: hand them in again."""
        if self._process is None:
            return []
        has_ended = self._process.poll() is not None
        found = self._read(now)
        if not self._under_way:
            self.close()
        elif has_ended or now - self._heard_at > self.patience:
            found.append(Outcome(self._under_way[0], refused=BROKE))
            self.close()
        return found

    def close(self) -> None:
        """Close the darkroom; what is under way is forgotten."""
        process, self._process = self._process, None
        self._under_way.clear()
        self._unread = b""
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        process.wait()

    def _opened(self) -> "subprocess.Popen[bytes]":
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            self.program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
        )
        if self._process.stdout is not None:
            os.set_blocking(self._process.stdout.fileno(), False)
        return self._process

    def _read(self, now: float) -> list[Outcome]:
        while self._process is not None and self._process.stdout is not None and (more := self._process.stdout.read(65536)):
            self._unread += more
        *lines, self._unread = self._unread.split(b"\n")
        if lines:
            self._heard_at = now
        return [self._outcome(line) for line in lines]

    def _outcome(self, line: bytes) -> Outcome:
        told = json.loads(line)
        self._under_way.remove(told["name"])
        if "refused" in told:
            return Outcome(told["name"], refused=told["refused"])
        return Outcome(told["name"], Developed(told["width"], told["height"], told["size"], told["digest"]))
