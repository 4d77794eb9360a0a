"""Finds Chromium and curl, or installs them: `python -m tests.chromium`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def installed() -> str | None:
    """Return the path of a Chromium on this machine: the system's, else Playwright's own."""
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return str(own) if own.exists() else None


def install() -> bool:
    """Install Debian's Chromium when root, Playwright's otherwise; say whether one is there afterwards."""
    from_debian("chromium")
    if installed() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return installed() is not None


def from_debian(package: str) -> None:
    """Install a package of Debian, when root there."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "-qq", "update"], check=False, env=quiet)
        command = ["apt-get", "-qq", "install", "-y", "--no-install-recommends", package]
        subprocess.run(command, check=False, env=quiet, stdout=subprocess.DEVNULL)


def main() -> int:
    """Make sure there are a Chromium and curl; return the exit status."""
    if shutil.which("curl") is None:
        from_debian("curl")
    if shutil.which("curl") and (installed() or install()):
        return 0
    sys.stderr.write("The tests need Chromium and curl: install your system's packages, then run make again.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
