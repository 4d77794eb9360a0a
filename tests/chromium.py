"""Finds Chromium, or installs it: `python -m tests.chromium`."""

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
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "-qq", "update"], check=False, env=quiet)
        subprocess.run(
            ["apt-get", "-qq", "install", "-y", "--no-install-recommends", "chromium"],
            check=False,
            env=quiet,
            stdout=subprocess.DEVNULL,
        )
    if installed() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return installed() is not None


def main() -> int:
    """Make sure there is a Chromium; return the exit status."""
    if installed() or install():
        return 0
    sys.stderr.write("The browser tests need Chromium: install your system's chromium package, then run make again.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
