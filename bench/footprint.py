"""Disk, memory and start of a whole instance: `python -m bench.footprint [runs]`.

Prints the size of the environment a demo needs, the cold start from nothing running to the first page, and the memory of all
processes when idle (PSS: shared pages are counted once). Peer, measured elsewhere on 2 cores: pretalx 2026.2.1 with 195 MB,
1.6 s and 551 MB.
"""

import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = Path(sys.executable).parent / "midcycle"
IDLE_AFTER = 5.0
GIVE_UP_AFTER = 30.0


def main(runs: int) -> None:
    """Print the figures."""
    print(f"environment on disk, without tools for tests: {environment_size() / 1e6:.0f} MB (aim 400)")
    starts, memories = zip(*(one_start() for _ in range(runs)), strict=True)
    print(f"cold start to the first page, median of {runs}: {statistics.median(starts):.2f} s (aim 2.0), all {rounded(starts)}")
    middle = statistics.median(memories)
    print(f"idle memory of all processes (PSS), median of {runs}: {middle:.0f} MB (aim 250), all {rounded(memories)}")


def environment_size() -> int:
    """Return the bytes of an environment made as `make demo` makes it, in a directory of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        environment = {**os.environ, "UV_PROJECT_ENVIRONMENT": str(Path(scratch) / "venv"), "UV_PYTHON_DOWNLOADS": "never"}
        uv = Path(sys.executable).parent / "uv"
        command = [uv, "sync", "--quiet", "--frozen", "--no-default-groups", "--link-mode", "copy"]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        dist = ROOT / "midcycle" / "web" / "static" / "dist"
        return size_of(Path(scratch)) + size_of(dist) + uv.stat().st_size


def one_start() -> tuple[float, float]:
    """Start an instance; return seconds to its first page and its idle megabytes."""
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "MIDCYCLE_DEMO": "1"}
        subprocess.run([PROGRAM, "migrate", "--data", data], env=environment, check=True, stdout=subprocess.DEVNULL)
        port = free_ports()
        command = [PROGRAM, "serve", "--data", data, "--port", str(port)]
        began = time.perf_counter()
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        ) as tree:
            try:
                while not answers(port) and time.perf_counter() - began < GIVE_UP_AFTER:
                    time.sleep(0.02)
                started = time.perf_counter() - began
                time.sleep(IDLE_AFTER)
                memory = sum(pss(process) for process in family(tree.pid))
            finally:
                os.killpg(tree.pid, signal.SIGTERM)
                tree.wait()
    return started, memory


def answers(port: int) -> bool:
    """Say whether the home page answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def family(root: int) -> list[int]:
    """Return the process and all that came of it."""
    parents = {
        int(stat.parent.name): int(stat.read_text().rsplit(")", 1)[1].split()[1]) for stat in Path("/proc").glob("[0-9]*/stat")
    }
    found = [root]
    for process in found:
        found += [child for child, parent in parents.items() if parent == process]
    return found


def pss(process: int) -> float:
    """Return the proportional set size in megabytes."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def size_of(folder: Path) -> int:
    """Return the bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def free_ports() -> int:
    """Return a port that is free, and whose next one is too."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


def rounded(values: tuple[float, ...]) -> str:
    """Return the values for reading."""
    return ", ".join(f"{value:.2f}" for value in values)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
