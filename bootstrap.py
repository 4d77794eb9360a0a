"""Makes `.venv` and puts uv into it, with nothing but Python's own library.

pip is used where Python brings it (it honours your mirrors and certificates); where it does not, as on Debian without
python3-venv, the wheel of uv is taken from PyPI and checked against the digest PyPI states.
"""

import hashlib
import io
import json
import os
import platform
import subprocess
import sys
import urllib.request
import venv
import zipfile
from pathlib import Path

UV = "0.13.9"
VENV = Path(__file__).resolve().parent / ".venv"
PYTHON = VENV / "bin" / "python"
PROGRAM = VENV / "bin" / "uv"


def main() -> int:
    """Make what is missing; return the exit status."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file runs before anything checked the version
        return fail(f"Python 3.11 or newer is needed, this is {platform.python_version()}. Try make PYTHON=python3.12")
    if not PYTHON.exists():
        venv.create(VENV, symlinks=True, with_pip=False)
    if PROGRAM.exists() and UV in subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=False).stdout:  # noqa: S603
        return 0
    sys.stdout.write(f"Getting uv {UV}\n")
    try:
        if not with_pip():
            from_pypi()
    except OSError as error:
        return fail(f"PyPI cannot be reached: {error}. Check the network, then run make again")
    return 0


def with_pip() -> bool:
    """Install uv through this Python's pip, if it has one."""
    command = [sys.executable, "-m", "pip", "--python", str(PYTHON), "install", "--quiet", f"uv=={UV}"]
    return subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode == 0  # noqa: S603


def from_pypi() -> None:
    """Unpack the programs of the wheel that fits this machine. Raises OSError when there is none or it is damaged."""
    with urllib.request.urlopen(f"https://pypi.org/pypi/uv/{UV}/json", timeout=60) as answer:
        files = json.load(answer)["urls"]
    system = "macosx" if sys.platform == "darwin" else ("musllinux" if platform.libc_ver()[0] == "" else "manylinux")
    machine = {"aarch64": "aarch64", "arm64": "arm64" if system == "macosx" else "aarch64"}.get(
        platform.machine(), platform.machine()
    )
    fitting = [file for file in files if system in file["filename"] and machine in file["filename"]]
    if not fitting:
        raise OSError(f"there is no uv for {system} on {machine}")
    with urllib.request.urlopen(fitting[0]["url"], timeout=300) as answer:  # noqa: S310 - an https address PyPI gave
        wheel = answer.read()
    if hashlib.sha256(wheel).hexdigest() != fitting[0]["digests"]["sha256"]:
        raise OSError("the download of uv is damaged")
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        content = archive.read(next(name for name in archive.namelist() if name.endswith("scripts/uv")))
    with os.fdopen(os.open(PROGRAM, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o755), "wb") as program:
        program.write(content)


def fail(sentence: str) -> int:
    """Say what is wrong and what to do."""
    sys.stderr.write(f"{sentence}.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
