"""Makes sure that the browser tests find a Chromium: the system's, Playwright's own, or one of Debian's packages."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PACKAGES = ("chromium-headless-shell", "chromium")  # the first is the same without its windows; older Debians lack it
NAMES = (*PACKAGES, "chromium-browser", "google-chrome")


def find_browser() -> str | None:
    """Return the path of a browser that is there, or None."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def install() -> None:
    """Try Playwright's own download, then the distribution's packages, until one is there."""
    own = subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], capture_output=True)
    if own.returncode == 0 or not shutil.which("apt-get"):
        return
    elevate = [] if os.geteuid() == 0 else ["sudo", "-n"]
    subprocess.run([*elevate, "apt-get", "update"], capture_output=True, check=False)
    for package in PACKAGES:
        command = [*elevate, "apt-get", "install", "-y", "--no-install-recommends", package]
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:
            return


def main() -> int:
    """Return 0 once a browser is there; else say how to get one."""
    if find_browser() is None:
        print("Installing a browser for the tests…")
        install()
    if find_browser() is None:
        print("No Chromium was found and none could be installed. Install the package chromium, then try again.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
