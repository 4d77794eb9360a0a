"""What the machine was doing: its load, and the processor time of processes (Linux)."""

import os
import time
from collections.abc import Mapping
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def family(root: int) -> list[int]:
    """Return a process and all that came of it."""
    parents = {int(stat.parent.name): int(_fields(stat)[1]) for stat in Path("/proc").glob("[0-9]*/stat") if stat.exists()}
    found = [root]
    for process in found:
        found += [child for child, parent in parents.items() if parent == process]
    return found


def processor_seconds(root: int, part: str = "") -> float:
    """Return the processor time of those in a family whose command has `part` in it, with their children that ended."""
    return sum(_seconds(process) for process in family(root) if part in _command(process))


def own() -> float:
    """Return the processor time of this process."""
    return time.process_time()


def wait_until_quiet(root: int, *, patience: float = 30.0) -> None:
    """Wait until a family uses less than a twentieth of a processor."""
    deadline = time.monotonic() + patience
    before = processor_seconds(root)
    while time.monotonic() < deadline:
        time.sleep(0.6)
        now = processor_seconds(root)
        if now - before < 0.03:
            return
        before = now


def load() -> str:
    """Return processors and how many processes wanted one lately, for reading beside figures."""
    return f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} over the last minute"


def spent(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    """Return the difference, name by name."""
    return {name: after[name] - before[name] for name in after}


def _seconds(process: int) -> float:
    try:
        return sum(int(ticks) for ticks in _fields(Path(f"/proc/{process}/stat"))[11:15]) / TICKS
    except OSError:
        return 0.0


def _command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _fields(stat: Path) -> list[str]:
    """Return the fields of a `stat` file from the third, the state, on; a process that is gone has none worth reading."""
    try:
        return stat.read_text().rsplit(")", 1)[1].split()
    except OSError:
        return ["X"] + ["0"] * 50
